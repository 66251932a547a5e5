"""A month's report with ten years behind it <= 1.3 x one with one year; a document <= 5 s; how fast verify counts.

A month is 30,000 events, as 3 million events in ten years make it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from config.loading import load
from contract.times import from_rfc3339
from kiosk.bootstrap import build_app, letterhead, office_facts
from kiosk.maintenance.verification import verify_store
from kiosk.reports.catalogue import make_report
from kiosk.reports.periods import Period
from kiosk.reports.request import ReportRequest
from tests.bench import filler
from tests.bench import programs as bench

YEAR, YEARS, ROUNDS = 300_000, 10, 7
A_DAY = filler.TICKETS_A_DAY * len(filler.KINDS)
FIRST_DAY = date(2019, 1, 3)
MONTH = Period(FIRST_DAY, FIRST_DAY + timedelta(days=30_000 // A_DAY - 1))


def seconds(environment: dict[str, str], name: str, kind: str) -> float:
    """Median of one report in a process that has made it before."""
    app = build_app(load(Path(environment["MOTCUA_CONFIG"])))
    names = {level.code: level.name for level in app.configuration.survey.levels}
    letter, about = letterhead(app.configuration, MONTH.last), office_facts(app.configuration)
    request = ReportRequest(name, kind, MONTH, names, letter, about)
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with app.store.reading() as reading:
            make_report(reading, app.office, request)
        took.append(time.perf_counter() - began)
    app.close()
    return statistics.median(took[1:])


def cold(environment: dict[str, str]) -> float:
    """The command in a process of its own."""
    days = ["--from", MONTH.first.isoformat(), "--to", MONTH.last.isoformat()]
    command = [sys.executable, "-m", "kiosk.cli", "report", "queue", *days, "--config", environment["MOTCUA_CONFIG"]]
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def verified(environment: dict[str, str]) -> float:
    """Events a second."""
    app = build_app(load(Path(environment["MOTCUA_CONFIG"])))
    began = time.perf_counter()
    events = verify_store(app.store).events
    app.close()
    return events / (time.perf_counter() - began)


def main(year: int = YEAR) -> int:
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        one, ten = (bench.environment_for(folder, None) for folder in folders)
        for environment, years in ((one, 1), (ten, YEARS)):
            bench.found_office(environment)
            filler.fill(environment, year * years, from_rfc3339(f"{FIRST_DAY}T08:00:00+07:00"))
        ratios = {name: seconds(ten, name, "json") / seconds(one, name, "json") for name in ("daily", "queue")}
        warm = seconds(ten, "queue", "json")
        first = statistics.median(cold(ten) for _ in range(3))
        documents = {kind: seconds(one, "office-report", kind) for kind in ("docx", "pdf")}
        rate = verified(one)
    for name, ratio in ratios.items():
        print(f"{name + ', ten years to one':32} ratio {ratio:.2f} (<= 1.3)  {'ok' if ratio <= 1.3 else 'MISSED'}")
    print(f"{'queue of a month, cold, warm':32} {first:.2f} s (1.0), {1000 * warm:.0f} ms (150)")
    print(f"{'office-report docx, pdf':32} {documents['docx']:.2f} s, {documents['pdf']:.2f} s (5)")
    print(f"{'verify':32} {rate:,.0f} events/s (100,000)")
    return 0 if max(ratios.values()) <= 1.3 and max(documents.values()) <= 5 else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
