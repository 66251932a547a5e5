"""A table of payloads that an office took in comes out of every report without one."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from kiosk.app import App
from kiosk.jobs.job import Job
from kiosk.reports import catalogue
from kiosk.reports.periods import Period
from kiosk.reports.request import ReportRequest
from kiosk.worker.dossier_tables import take_dossier_table
from tests.kiosk.reports.geometry.letters import LETTER
from tests.kiosk.reports.making import ABOUT, LEVELS, kinds
from tests.office import FixedClock, OfficeStory

TABLE = Path(__file__).parents[2] / "data" / "tables" / "payloads.xls"
MARKS = ("cmd|", "HYPERLINK", "WEBSERVICE", "SUM(A1:A9)", "1+1")
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An office that shows masked names of the field, so that the column of owners is read as well."""
    folder = tmp_path_factory.mktemp("payloads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        patch.setattr("tests.office.FixedClock", lambda: FixedClock("2026-03-10T08:00:00+07:00"))
        story = OfficeStory(f"sqlite:///{folder / 'motcua.db'}")
        app = replace(story.app, office=replace(story.app.office, masked_names=frozenset({"Hộ tịch"})))
        given = {"trial": False, "now_ms": app.clock.now_ms(), "actor": ["admin", "minh", "minh"]}
        answer = take_dossier_table(app, Job("dossier-table", given, TABLE.read_bytes()), lambda _: None).values
        assert answer["taken"] and answer["counted"] == ["260 hồ sơ mới, 0 hồ sơ đổi, 0 hồ sơ giữ nguyên"]
        yield app
        story.close()


def text_of(kind: str, data: bytes) -> str:
    if kind in {"xlsx", "docx"}:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if kind == "pdf":
        with pdfplumber.open(BytesIO(data)) as file:
            return "".join(page.extract_text() for page in file.pages)
    return data.decode()


@pytest.mark.parametrize(("name", "kind"), list(kinds()))
def test_no_report_of_the_month_holds_a_payload(taken: App, name: str, kind: str) -> None:
    with taken.store.reading() as reading:
        request = ReportRequest(name, kind, MARCH, LEVELS, LETTER, ABOUT)
        text = text_of(kind, catalogue.make_report(reading, taken.office, request))
    assert [mark for mark in MARKS if mark in text] == []
    if name == "II.06a" and kind in {"csv", "json", "html"}:
        assert re.search(r"\b260\b", text), "the dossiers are counted"
