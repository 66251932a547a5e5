"""The service's p99 while a report of a year is made <= 1.5 x its own, in the same run.

A busy office's load: two machines give numbers and two counters call, each some ten times a second.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from contract.times import from_rfc3339
from tests.bench import filler
from tests.bench import programs as bench
from tests.bench.load import Connection

EVENTS, ROUNDS, EACH = 300_000, 5, 120
DAYS = EVENTS // (filler.TICKETS_A_DAY * len(filler.KINDS))  # business dates of a year's 75,000 tickets
FIRST_DAY = date(2024, 1, 3)
TAIL = 1.5
PATIENCE_S = 600  # a report's process yields to whatever else the machine does
PAUSES_S = (0.04, 0.08, 0.12)
PATHS = {
    "queue of a year, xlsx": ("reports/queue", DAYS, "&format=xlsx"),
    "office-report of a year, docx": ("reports/office-report", DAYS, "&format=docx"),
    "dashboard of a year": ("statistics", DAYS, "&compare=before"),
    "queue of 92 days, json": ("reports/queue", 92, "&format=json"),
}


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of the slowest hundredth without and with a report, and how long the report took."""

    alone: float
    beside: float
    report: float


class Client(threading.Thread):
    """Makes EACH calls, one after a pause behind the other; `seconds` of each."""

    def __init__(self, office: bench.Office, role: str, path: str, body: dict[str, object]) -> None:
        super().__init__(daemon=True)
        self._connection = Connection(office.port, office.tokens[role])
        self._path, self._body = path, body
        self.seconds: list[float] = []
        self.statuses: set[int] = set()

    def run(self) -> None:
        for n in range(EACH):
            time.sleep(PAUSES_S[n % len(PAUSES_S)])
            began = time.perf_counter()
            status, _ = self._connection.call("POST", self._path, self._body)
            self.seconds.append(time.perf_counter() - began)
            self.statuses.add(status)
        self._connection.close()


class Reporting(threading.Thread):
    """Asks for the same report until `enough`."""

    def __init__(self, office: bench.Office, path: str) -> None:
        super().__init__(daemon=True)
        self._connection = Connection(office.port, office.tokens["report"], PATIENCE_S)
        self._path = path
        self.seconds: list[float] = []
        self.statuses: set[int] = set()
        self.enough = False

    def run(self) -> None:
        while not self.enough:
            began = time.perf_counter()
            status, _ = self._connection.call("GET", self._path, {})
            self.seconds.append(time.perf_counter() - began)
            self.statuses.add(status)
        self._connection.close()


def tail_of_load(office: bench.Office) -> float:
    """Seconds of the slowest hundredth of all calls. Raises RuntimeError for an answer that is no success."""
    clients = [Client(office, "kiosk", "/api/v1/tickets", {"service": service}) for service in ("HT", "DD")]
    for counter in (1, 3):
        path = f"/api/v1/counters/{counter}/call-next"
        clients.append(Client(office, "counter", path, {"finish_current": "complete"}))
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if wrong := set().union(*(client.statuses for client in clients)) - {200, 201, 204}:
        raise RuntimeError(f"unexpected answers: {sorted(wrong)}")
    seconds = sorted(taken for client in clients for taken in client.seconds)
    return seconds[int(0.99 * len(seconds))]


def one_round(office: bench.Office, path: str) -> Round:
    alone = tail_of_load(office)
    reporting = Reporting(office, path)
    reporting.start()
    beside = tail_of_load(office)
    reporting.enough = True
    reporting.join()
    if reporting.statuses != {200}:
        raise RuntimeError(f"the report was answered with {sorted(reporting.statuses)}")
    return Round(alone, beside, statistics.median(reporting.seconds))


def measure(office: bench.Office, title: str, path: str) -> bool:
    rounds = [one_round(office, path) for _ in range(ROUNDS)]
    ratio = statistics.median(one.beside / one.alone for one in rounds)
    alone, beside = (
        1000 * statistics.median(values) for values in zip(*((o.alone, o.beside) for o in rounds), strict=True)
    )
    took = statistics.median(one.report for one in rounds)
    verdict = "ok" if ratio <= TAIL else "MISSED"
    print(f"{title:32} p99 ratio {ratio:.2f} (<= {TAIL})  {verdict}", flush=True)
    print(f"{'':32} {alone:.1f} ms alone, {beside:.1f} ms beside it, {took:.2f} s a report", flush=True)
    return ratio <= TAIL


def wait_until_checked(office: bench.Office) -> None:
    """No report is made before the check behind the start has ended. Raises RuntimeError after ten minutes."""
    connection, until = Connection(office.port, office.tokens["report"]), time.monotonic() + 600
    while connection.call("GET", "/api/v1/reports/daily?format=json", {})[0] == 503:
        if time.monotonic() > until:
            raise RuntimeError("the database was not checked in ten minutes")
        time.sleep(0.5)
    connection.close()


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        environment = bench.environment_for(Path(name), None)
        tokens = bench.found_office(environment)
        tokens["report"] = bench.motcua(environment, "token", "create", "--role", "report", "--name", "bench-report")
        filler.fill(environment, EVENTS, from_rfc3339(f"{FIRST_DAY}T08:00:00+07:00"))
        last = FIRST_DAY + timedelta(days=DAYS - 1)
        good = True
        with bench.serving(environment, tokens) as office:
            wait_until_checked(office)
            for title, (call, days, rest) in PATHS.items():
                first = last - timedelta(days=days - 1)
                good = measure(office, title, f"/api/v1/{call}?from={first}&to={last}{rest}") and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
