"""A month's report with ten years behind it <= 1.3 x one with one year; a document <= 5 s; how fast verify is.

A month is 30,000 events, as 3 million events in ten years make it.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from config.loading import load
from contract.times import from_rfc3339
from kiosk.app import App
from kiosk.bootstrap import build_app, letterhead, office_facts
from kiosk.reports.catalogue import make_report
from kiosk.reports.periods import Period
from kiosk.reports.request import ReportRequest
from tests.bench import filler
from tests.bench import programs as bench

YEAR, YEARS, ROUNDS = 300_000, 10, 7
A_DAY = filler.TICKETS_A_DAY * len(filler.KINDS)
FIRST_DAY = date(2019, 1, 3)
MONTH = Period(FIRST_DAY, FIRST_DAY + timedelta(days=30_000 // A_DAY - 1))


def opened(environment: dict[str, str]) -> App:
    """The office of an environment, whose folder the process takes from its own."""
    os.environ.update({name: value for name, value in environment.items() if name.startswith("MOTCUA")})
    return build_app(load(Path(environment["MOTCUA_CONFIG"])))


def seconds(environments: Sequence[dict[str, str]], name: str, kind: str) -> list[float]:
    """Medians of one report in a process that has made it before: one round of each office after the other, so that
    what else the machine does falls on all of them.
    """
    apps = [opened(environment) for environment in environments]
    took: list[list[float]] = [[] for _ in apps]
    for _ in range(ROUNDS):
        for app, times in zip(apps, took, strict=True):
            times.append(one_report(app, name, kind))
    for app in apps:
        app.close()
    return [statistics.median(times[1:]) for times in took]


def one_report(app: App, name: str, kind: str) -> float:
    names = {level.code: level.name for level in app.configuration.survey.levels}
    letter, about = letterhead(app.configuration, MONTH.last), office_facts(app.configuration, name)
    request = ReportRequest(name, kind, MONTH, names, letter, about)
    began = time.perf_counter()
    with app.store.reading() as reading:
        make_report(reading, app.office, request)
    return time.perf_counter() - began


def cold(environment: dict[str, str]) -> float:
    days = ["--from", MONTH.first.isoformat(), "--to", MONTH.last.isoformat()]
    return command(environment, "report", "queue", *days)[0]


def command(environment: dict[str, str], *words: str) -> tuple[float, str]:
    """Seconds and output of a command, in a process of its own, of code that was compiled once, as installing does."""
    environment = {**environment, "PYTHONPYCACHEPREFIX": f"{environment['MOTCUA_HOME']}/compiled"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    whole = [sys.executable, "-m", "kiosk.cli", *words, "--config", environment["MOTCUA_CONFIG"]]
    began = time.perf_counter()
    done = subprocess.run(whole, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return time.perf_counter() - began, done.stdout


def verified(environment: dict[str, str]) -> float:
    """Events a second of the command, with its start."""
    took, told = command(environment, "verify")
    found = re.search(r"(\d+) events", told)
    assert found is not None, told
    return int(found[1]) / took


def main(year: int = YEAR) -> int:
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        one, ten = (bench.environment_for(folder, None) for folder in folders)
        for environment, years in ((one, 1), (ten, YEARS)):
            bench.found_office(environment)
            filler.fill(environment, year * years, from_rfc3339(f"{FIRST_DAY}T08:00:00+07:00"))
        months = {name: seconds((ten, one), name, "json") for name in ("daily", "queue")}
        ratios = {name: old / young for name, (old, young) in months.items()}
        warm = months["queue"][0]
        first = statistics.median([cold(ten) for _ in range(6)][1:])
        documents = {kind: seconds((one,), "office-report", kind)[0] for kind in ("docx", "pdf")}
        rate = statistics.median([verified(ten) for _ in range(3)])
    for name, ratio in ratios.items():
        print(f"{name + ', ten years to one':32} ratio {ratio:.2f} (<= 1.3)  {'ok' if ratio <= 1.3 else 'MISSED'}")
    print(f"{'queue of a month, cold, warm':32} {first:.2f} s (1.0), {1000 * warm:.0f} ms (150)")
    print(f"{'office-report docx, pdf':32} {documents['docx']:.2f} s, {documents['pdf']:.2f} s (5)")
    print(f"{'verify':32} {rate:,.0f} events/s (100,000)")
    return 0 if max(ratios.values()) <= 1.3 and max(documents.values()) <= 5 else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
