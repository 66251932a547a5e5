"""Makes every report of the sample office as PDF and keeps its pages:  python scripts/report_images.py FOLDER"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pdfplumber
from PIL import Image

from kiosk.app import App
from kiosk.bootstrap import letterhead, office_facts
from kiosk.reports import catalogue
from kiosk.reports.periods import Period
from kiosk.reports.request import ReportRequest
from kiosk.samples.filling import put_ba_vi_2024
from kiosk.samples.random_days import RandomDays, fill_random
from tests.office import OfficeStory

DOSSIERS, DAYS = Period(date(2023, 12, 15), date(2024, 4, 14)), Period(date(2024, 4, 8), date(2024, 4, 12))
OF_DAYS = {"daily", "queue", "weekly", "satisfaction", "devices"}
CLERKS = ("Đinh Thị Bình", "Phạm Văn Sơn", "Nguyễn Thị Hà", "Lê Văn Dũng", "Phạm Thị Lan")
DOTS, GAP, MOST_PAGES = 70, 12, 2


def fill(story: OfficeStory) -> None:
    """Two weeks with their clerks, and the dossiers of the commune's own report."""
    with story.unit("admin") as unit:
        for code, clerk in zip(story.app.office.counters, CLERKS, strict=False):
            unit.counters.save(replace(unit.counters.get(code), clerk=clerk))
    now = story.clock.now_ms()
    fill_random(story.app.store, RandomDays.of(10, None, 1), now)
    put_ba_vi_2024(story.app.store, [(one.code, one.field) for one in story.app.configuration.procedure], now)


def made(app: App, name: str, today: date) -> bytes:
    levels = {level.code: level.name for level in app.configuration.survey.levels}
    letter, about = letterhead(app.configuration, today), office_facts(app.configuration, name)
    period = DAYS if name in OF_DAYS else DOSSIERS
    with app.store.reading() as reading:
        request = ReportRequest(name, "pdf", period, levels, letter, about)
        return catalogue.make_report(reading, app.office, request)


def picture(pdf_file: Path) -> Image.Image:
    """The first pages side by side, in greys."""
    with pdfplumber.open(pdf_file) as pdf:
        drawn = [page.to_image(resolution=DOTS, antialias=True) for page in pdf.pages[:MOST_PAGES]]
    pages = [page.original.convert("L") for page in drawn]
    wide, high = sum(page.width for page in pages) + GAP * (len(pages) - 1), max(page.height for page in pages)
    whole = Image.new("L", (wide, high), 200)
    left = 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width + GAP
    return whole


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOTCUA_HOME"] = home
        story = OfficeStory(f"sqlite:///{home}/motcua.db")
        fill(story)
        for name in (name for name, kind in catalogue.REPORTS.items() if "pdf" in kind.formats):
            file = Path(home) / "report.pdf"
            file.write_bytes(made(story.app, name, date(2024, 4, 16)))
            picture(file).save(folder / f"{name.lower().replace('.', '-')}.png", optimize=True)
        story.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
