"""A disk that answers an I/O error at a chosen write or sync of one file, by strace's fault injection."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from config.loading import load
from kiosk.bootstrap import build_app
from kiosk.maintenance.journal_head import JournalHeadKeeper
from kiosk.maintenance.verification import verify_store
from tests.bench import programs as bench

_INJECTED = re.compile(r"^\d+\s+(\d+\.\d+) .*\(INJECTED\)", re.MULTILINE)
LONGEST_S = 1.0  # from the error to the end of the process


@dataclass(frozen=True, slots=True)
class FailedRun:
    """`acknowledged`: (when, number); `failed_at`: of the first error, s since 1970, None when none came."""

    code: int
    ended_at: float
    failed_at: float | None
    acknowledged: list[tuple[float, str]]


def template(folder: Path) -> dict[str, str]:
    """An office in `folder`; copies of it are what fails."""
    environment = bench.environment_for(folder, None)
    bench.found_office(environment)
    return environment


def run_on_failing_disk(folder: Path, environment: dict[str, str], file: str, call: str, k: int) -> FailedRun:
    """Bursts of numbers; the `k`-th `call` on `file` of each thread fails with EIO, and those after it."""
    trace = folder.with_suffix(".strace")
    # every write of the file itself: -P follows the path and whatever is opened by it
    command = ["strace", "-f", "-ttt", "-o", str(trace), "-P", str(folder / file), "-e", f"trace={call}"]
    command += ["-e", f"inject={call}:error=EIO:when={k}+", "-e", "signal=none"]
    command += [sys.executable, "-m", "tests.soak.disk_worker", str(max(5, k + 4))]
    done = subprocess.run(
        command, env=environment, cwd=bench.ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    ended_at = trace.stat().st_mtime
    found = _INJECTED.search(trace.read_text(encoding="utf-8", errors="replace"))
    trace.unlink()
    acknowledged = [(float(at), number) for at, number in (line.split() for line in done.stdout.splitlines())]
    return FailedRun(done.returncode, ended_at, float(found[1]) if found else None, acknowledged)


def copy_of(office: Path, folder: Path, environment: dict[str, str]) -> dict[str, str]:
    shutil.copytree(office, folder)
    return {**environment, "MOTCUA_HOME": str(folder), "MOTCUA_CONFIG": str(folder / "office.toml")}


def broken_promises(folder: Path, environment: dict[str, str], run: FailedRun) -> list[str]:
    """What does not hold: during the run, and after a start on a disk that works again."""
    broken = []
    if run.failed_at is not None:
        late = [number for at, number in run.acknowledged if at > run.failed_at + LONGEST_S]
        broken += [f"{number} was acknowledged {LONGEST_S} s after the error" for number in late]
        if run.code == 0:
            broken.append("the error was not noticed")
        if run.ended_at - run.failed_at > LONGEST_S:
            broken.append(f"it ended {run.ended_at - run.failed_at:.2f} s after the error")
    before = os.environ.get("MOTCUA_HOME")
    os.environ["MOTCUA_HOME"] = str(folder)
    try:
        app = build_app(load(Path(environment["MOTCUA_CONFIG"])))
        keeper = JournalHeadKeeper(app)
        if lost := keeper.start():
            broken.append(f"lost: {lost}")
        broken += verify_store(app.store).listed
        with app.store.reading() as reading:
            known = [row.number for row in reading.statistics.tickets("1970-01-01", "2999-12-31")]
        keeper.close()
        app.close()
    finally:
        os.environ.pop("MOTCUA_HOME") if before is None else os.environ.update(MOTCUA_HOME=before)
    broken += [f"{number} was acknowledged and is lost" for _, number in run.acknowledged if number not in known]
    return broken + ([] if len(set(known)) == len(known) else ["a number was given twice"])
