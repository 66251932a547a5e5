"""Every report in every format of an office's folder, at once: here, or by `python -m tests.kiosk.reports.making`.

The program is another process, in another year, in another time zone, whose sets have another order.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import time_machine

from kiosk.app import App
from kiosk.bootstrap import build_app
from kiosk.domain.office_facts import OfficeFacts
from kiosk.reports import catalogue
from kiosk.reports.periods import Period
from kiosk.reports.request import AsOf, ReportRequest
from tests.kiosk.reports.geometry.letters import LETTER
from tests.office import FixedClock, sample_configuration
from tests.sources import ROOT

WEEK = Period(date(2024, 4, 15), date(2024, 4, 21))
ABOUT = OfficeFacts("Bộ phận Một cửa xã Ba Vì", "UBND xã Ba Vì", [("Công chức", "Hộ tịch")], 5, 15, {})
LEVELS = {"very_satisfied": "Rất hài lòng", "satisfied": "Hài lòng", "not_satisfied": "Chưa hài lòng"}
LATER = "2031-11-05T19:44:13-05:00"
Made = dict[tuple[str, str], bytes]


def kinds() -> Iterator[tuple[str, str]]:
    for name, kind in catalogue.REPORTS.items():
        for form in kind.formats:
            yield name, form


def make(app: App, name: str, kind: str, as_of: AsOf | None = None) -> bytes:
    with app.store.reading() as reading:
        request = ReportRequest(name, kind, WEEK, LEVELS, LETTER, ABOUT, as_of=as_of)
        return catalogue.make_report(reading, app.office, request)


def make_all(app: App, as_of: AsOf | None = None) -> Made:
    return {pair: make(app, *pair, as_of) for pair in kinds()}


def make_all_elsewhere(database: Path, as_of: AsOf | None) -> Made:
    """By a process that shares nothing with this one but the database."""
    place = [] if as_of is None else [as_of.epoch, str(as_of.seq)]
    environment = {**os.environ, "PYTHONHASHSEED": "11", "TZ": "America/New_York"}
    command = [sys.executable, "-m", "tests.kiosk.reports.making", str(database), *place]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return {(name, kind): base64.b64decode(data) for name, kind, data in json.loads(done.stdout)}


def main(database: str, epoch: str = "", seq: str = "0") -> None:
    app = build_app(sample_configuration(f"sqlite:///{database}"), FixedClock(LATER))
    with time_machine.travel(LATER, tick=True):
        made = make_all(app, AsOf(epoch, int(seq)) if epoch else None)
    app.close()
    print(json.dumps([[name, kind, base64.b64encode(data).decode()] for (name, kind), data in made.items()]))


if __name__ == "__main__":
    main(*sys.argv[1:])
