"""Killing the programs of a whole office under load, and what the clients were promised until then."""

from __future__ import annotations

import http.client
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.bench import programs as bench

ROOT = Path(__file__).resolve().parents[2]
KIOSKS = 4
GIVE_UP_S = 30.0


@dataclass
class Promises:
    """What was acknowledged: numbers issued, tickets called, tickets rated."""

    issued: list[tuple[str, str]] = field(default_factory=list)
    called: list[tuple[str, str]] = field(default_factory=list)
    rated: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.issued) + len(self.called) + len(self.rated)


class Program:
    """One program that is killed and started again."""

    def __init__(self, environment: dict[str, str], *arguments: str) -> None:
        self._environment = environment
        self._arguments = arguments
        self._log = Path(environment["MOTCUA_HOME"]) / f"{arguments[0]}.log"
        self.process = self._start()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)
        self.process = self._start()

    def stop(self) -> None:
        bench.end(self.process)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "kiosk.cli", *self._arguments],
                env=self._environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )


class Client(threading.Thread):
    """Asks again with the same key until it is answered, as every screen of the product does."""

    def __init__(self, port: int, token: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._base = f"http://127.0.0.1:{port}"
        self._token = token
        self._halt = stop
        self.problems: list[str] = []

    def send(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
        """(status, answer); None when the office was stopped before an answer came."""
        key = uuid4().hex
        while not self._halt.is_set():
            try:
                return self._once(path, body, key)
            except (OSError, http.client.HTTPException):
                self._halt.wait(0.05)
        return None

    def _once(self, path: str, body: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json", "Idempotency-Key": key}
        request = urllib.request.Request(self._base + path, json.dumps(body).encode(), headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=GIVE_UP_S) as answer:
                return answer.status, json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                raise ConnectionError(f"{error.code}") from None
            return error.code, json.loads(error.read())


class Kiosk(Client):
    def __init__(self, port: int, token: str, stop: threading.Event, promises: Promises) -> None:
        super().__init__(port, token, stop)
        self._promises = promises

    def run(self) -> None:
        while not self._halt.is_set():
            answer = self.send("/api/v1/tickets", {"service": "HT"})
            if answer is not None and answer[0] == 201:
                self._promises.issued.append((answer[1]["id"], answer[1]["number"]))
            elif answer is not None:
                self.problems.append(f"issue: {answer}")


class Clerk(Client):
    """Calls, completes with the next call, and its tablet rates what was completed."""

    def __init__(
        self, port: int, tokens: dict[str, str], counter: str, stop: threading.Event, promises: Promises
    ) -> None:
        super().__init__(port, tokens["counter"], stop)
        self._tablet = Client(port, tokens[f"tablet {counter}"], stop)
        self._counter = counter
        self._promises = promises

    def run(self) -> None:
        current: str | None = None
        while not self._halt.is_set():
            answer = self.send(f"/api/v1/counters/{self._counter}/call-next", {"finish_current": "complete"})
            if answer is None:
                return
            if current is not None and answer[0] in {200, 204}:
                self._rate(current)
            current = answer[1]["id"] if answer[0] == 200 else None
            if answer[0] == 200:
                self._promises.called.append((answer[1]["id"], self._counter))
            elif answer[0] != 204:
                self.problems.append(f"call: {answer}")
            else:
                self._halt.wait(0.02)

    def _rate(self, ticket: str) -> None:
        answer = self._tablet.send("/api/v1/ratings", {"ticket": ticket, "answers": {"attitude": "satisfied"}})
        if answer is not None and answer[0] == 201:
            self._promises.rated.append(ticket)
        elif answer is not None:
            self.problems.append(f"rate: {answer}")


@contextmanager
def whole_office() -> Iterator[tuple[dict[str, str], dict[str, str], dict[str, Program]]]:
    """Service, board and sync with simulated printer and one-stop system; yields environment, tokens, programs."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        printer_port, onestop_port = bench.free_port(), bench.free_port()
        environment = bench.environment_for(folder, printer_port)
        onestop = f"http://127.0.0.1:{onestop_port}/events"
        environment["MOTCUA__SYNC__CONNECTOR"] = json.dumps([{"name": "tinh", "url": onestop}])
        tokens = bench.found_office(environment)
        for counter in ("1", "2"):
            named = ("--role", "tablet", "--name", f"tablet-{counter}", "--counter", counter)
            tokens[f"tablet {counter}"] = bench.motcua(environment, "token", "create", *named)
        programs = {
            "printer": Program(environment, "simulate", "printer", "--listen", f"127.0.0.1:{printer_port}"),
            "onestop": Program(
                environment,
                "simulate",
                "onestop",
                "--listen",
                f"127.0.0.1:{onestop_port}",
                "--data",
                str(folder / "up"),
            ),
            "serve": Program(environment, "serve"),
            "sync": Program(environment, "sync"),
            "board": Program(environment, "board", "--headless"),
        }
        for program in programs.values():
            stack.callback(program.stop)
        bench.wait_for(
            int(environment["MOTCUA__SERVER__BIND"].rpartition(":")[2]), "/readyz", programs["serve"].process
        )
        yield environment, tokens, programs


def kill_loop(
    kills: int, seed: int, promised: int = 0
) -> tuple[Promises, list[str], dict[str, str], str, dict[str, Any]]:
    """Kill the three programs `kills` times at random under load, spread over at least `promised` acknowledgements.

    Returns the promises, the clients' problems, the environment, what `motcua verify` said, and the journal.
    """
    chance = random.Random(seed)
    stop = threading.Event()
    promises = Promises()
    with whole_office() as (environment, tokens, programs):
        port = int(environment["MOTCUA__SERVER__BIND"].rpartition(":")[2])
        clients: list[Client] = [Kiosk(port, tokens["kiosk"], stop, promises) for _ in range(KIOSKS)]
        clients += [Clerk(port, tokens, str(n % 2 + 1), stop, promises) for n in range(2)]
        for client in clients:
            client.start()
        for kill in range(kills):
            while promises.count < promised * kill // kills and not any(client.problems for client in clients):
                stop.wait(0.02)
            if chance.random() < 0.85:  # else it is killed while it starts
                bench.wait_for(port, "/readyz", programs["serve"].process)
            stop.wait(chance.uniform(0.02, 0.5))
            programs[chance.choices(["serve", "board", "sync"], [6, 1, 1])[0]].kill()
        bench.wait_for(port, "/readyz", programs["serve"].process)
        while promises.count < promised and not any(client.problems for client in clients):
            stop.wait(0.02)
        stop.set()
        for client in clients:
            client.join(GIVE_UP_S)
        problems = [problem for client in clients for problem in client.problems]
        verdict = subprocess.run(
            [sys.executable, "-m", "kiosk.cli", "verify"],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        journal = read_journal(port, tokens["sync"])
        return promises, problems, environment, verdict.stdout + verdict.stderr, journal


def read_journal(port: int, token: str) -> dict[str, Any]:
    """The whole journal of the current epoch."""
    events: list[dict[str, Any]] = []
    while True:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1/journal?limit=1000&after={len(events)}",
            headers={"Authorization": f"Bearer {token}"},
        )
        with urllib.request.urlopen(request, timeout=GIVE_UP_S) as answer:
            page = json.loads(answer.read())
        events += page["events"]
        if not page["events"]:
            return {"events": events, "epoch": page["epoch"]}
