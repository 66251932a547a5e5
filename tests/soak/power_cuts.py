"""A whole office under load whose power goes at any moment: its files as the disk may hold them, opened again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from config.loading import load
from kiosk.bootstrap import build_app
from kiosk.maintenance.journal_head import recorded_head, what_is_lost
from kiosk.maintenance.verification import verify_store
from tests.bench import programs as bench
from tests.soak.disk_trace import OPTIONS, DiskTrace
from tests.soak.killing import Client

FILES = re.compile(r"(?!.*\.(?:log|toml)$)(?!.*(?:lock|reserve|-shm)).*")
KIOSKS = 4


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A ticket whose number was given to a citizen, and when (s since 1970)."""

    at: float
    ticket: str
    number: str


@dataclass(frozen=True, slots=True)
class RecordedOffice:
    """`base`: the files before the service started; `began`, `ended`: of the load."""

    environment: dict[str, str]
    base: dict[str, bytes]
    trace: DiskTrace
    acknowledged: list[Acknowledged]
    began: float
    ended: float


class TimedKiosk(Client):
    def __init__(self, port: int, token: str, stop: threading.Event, taken: list[Acknowledged]) -> None:
        super().__init__(port, token, stop)
        self._taken = taken

    def run(self) -> None:
        while not self._halt.is_set():
            answer = self.send("/api/v1/tickets", {"service": "HT"})
            if answer is not None and answer[0] == 201:
                self._taken.append(Acknowledged(time.time(), answer[1]["id"], answer[1]["number"]))
            elif answer is not None:
                self.problems.append(f"issue: {answer}")


@contextmanager
def recorded_office(tickets: int) -> Iterator[RecordedOffice]:
    """An office that gave at least so many numbers while every change of its files was recorded."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        environment = bench.environment_for(folder, None)
        tokens = bench.found_office(environment)
        base = files_of(folder)
        output = folder.parent / f"{folder.name}.strace"
        began, taken = time.time(), list[Acknowledged]()
        try:
            _serve_traced(environment, tokens["kiosk"], output, tickets, taken)
            trace = DiskTrace.read(output, folder, FILES)
        finally:
            output.unlink(missing_ok=True)
        yield RecordedOffice(environment, base, trace, taken, began, time.time())


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and FILES.fullmatch(path.name)}


def _serve_traced(
    environment: dict[str, str], token: str, output: Path, tickets: int, taken: list[Acknowledged]
) -> None:
    """The service is killed in the end: a power cut never lets it finish."""
    port = int(environment["MOTCUA__SERVER__BIND"].rpartition(":")[2])
    command = ["strace", *OPTIONS, "-o", str(output), sys.executable, "-m", "kiosk.cli", "serve"]
    process = subprocess.Popen(command, env=environment, cwd=bench.ROOT, stderr=subprocess.DEVNULL)
    stop = threading.Event()
    kiosks = [TimedKiosk(port, token, stop, taken) for _ in range(KIOSKS)]
    try:
        bench.wait_for(port, "/readyz", process)
        for kiosk in kiosks:
            kiosk.start()
        while len(taken) < tickets and process.poll() is None and not any(kiosk.problems for kiosk in kiosks):
            time.sleep(0.01)
    finally:
        stop.set()
        subprocess.run(["pkill", "-KILL", "-P", str(process.pid)], check=False)
        process.wait(20)
    for kiosk in kiosks:
        kiosk.join(30)
        assert kiosk.problems == []


def broken_promises(office: RecordedOffice, moment: float, chance: Random) -> list[str]:
    """What does not hold after the power went at `moment` and the office was opened again."""
    files = office.trace.image(office.base, moment, chance)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        return _checked(office, folder, moment)


def _checked(office: RecordedOffice, folder: Path, moment: float) -> list[str]:
    before = os.environ.get("MOTCUA_HOME")
    os.environ["MOTCUA_HOME"] = str(folder)
    try:
        app = build_app(load(Path(office.environment["MOTCUA_CONFIG"])))
        try:
            broken = list(verify_store(app.store).listed)
            with app.store.reading() as reading:
                known = {row.id: row.number for row in reading.statistics.tickets("1970-01-01", "2999-12-31")}
                record = recorded_head(app.office.code)
                if record is not None and (lost := what_is_lost(record, reading)) is not None:
                    broken.append(f"a power cut is told as a loss: {lost}")
        finally:
            app.close()
    finally:
        os.environ.pop("MOTCUA_HOME") if before is None else os.environ.update(MOTCUA_HOME=before)
    promised = {one.ticket: one.number for one in office.acknowledged if one.at < moment}
    broken += [f"{number} was acknowledged and is lost" for ticket, number in promised.items() if ticket not in known]
    return broken
