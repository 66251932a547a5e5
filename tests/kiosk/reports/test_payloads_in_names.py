"""Texts that would be formulas, in every report: names, fields, reasons, officers, the letter, remarks, points."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from config.loading import build, sample_text
from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier import Dossier
from kiosk.domain.letterhead import Letterhead
from kiosk.domain.office_facts import OfficeFacts, OfficePoints
from kiosk.reports import catalogue
from kiosk.reports.narrative_texts import remark_headings
from kiosk.reports.periods import Period
from kiosk.reports.request import ReportRequest
from tests.kiosk.reports.test_made_again import a_day_of_everything
from tests.kiosk.reports.writers.payloads import PAYLOADS
from tests.office import OfficeStory

WEEK = Period(date(2024, 4, 15), date(2024, 4, 21))
TYPED = [payload for payload in PAYLOADS if payload.isprintable()]  # what a file of the office may hold
NAMES = {"name", "hint", "authority", "position", "field", "heading", "question"}
SUM = re.compile(r"=SUM\(([A-Z]+)\d+:\1\d+\)")  # the program's own
BEGINS = tuple("=+-@")


def spoilt(table: Any, payloads: Iterator[str]) -> Any:
    """The same tables with a payload before every name."""
    if isinstance(table, list):
        return [spoilt(one, payloads) for one in table]
    if not isinstance(table, dict):
        return table
    return {
        key: f"{next(payloads)} {value}" if key in NAMES and isinstance(value, str) else spoilt(value, payloads)
        for key, value in table.items()
    }


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    folder: Path = tmp_path_factory.mktemp("names")
    payloads = cycle(TYPED)
    tables = tomllib.loads(sample_text())
    for part in ("office", "service", "counter", "priority", "survey", "officer"):
        tables[part] = spoilt(tables[part], payloads)
    for counter in tables["counter"]:
        counter.pop("officer")
    tables["printer"], tables["database"] = [], {"url": f"sqlite:///{folder / 'motcua.db'}"}
    tables["server"]["bind"] = "127.0.0.1:0"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        story = OfficeStory(tables["database"]["url"], build(tables, "spoilt"))
        with story.app.store.writing() as rows:
            for counter in "123":
                name = f"{next(payloads)} {counter}"
                rows.clerks.add(counter, name, "")
                rows.counters.save(replace(rows.counters.get(counter), clerk=name))
        a_day_of_everything(story)
        with story.unit("admin") as unit:
            put_dossiers(unit, [dossier(number, payload) for number, payload in enumerate(TYPED, start=1)])
        yield story
        story.close()


RECEIVED_MS = round(datetime(2024, 4, 16, 1, tzinfo=UTC).timestamp() * 1000)


def dossier(number: int, payload: str) -> Dossier:
    """As a call may say it: the name of a field and the reason are any text."""
    known = Dossier(f"000.00.53.H48-240416-{number:04}", "1.001193", payload, 2, 10, RECEIVED_MS)
    reason = f"{payload} lý do"
    return replace(known, finished_at=RECEIVED_MS + 3_600_000, digitised=False, not_digitised_reason=reason)


def made(story: OfficeStory, name: str, kind: str) -> bytes:
    payloads = cycle(TYPED)
    levels = {level.code: level.name for level in story.app.configuration.survey.levels}
    words = [next(payloads) for _ in range(8)]
    letter = Letterhead(
        superior=words[0],
        issuer=words[1],
        symbol=words[2],
        place=words[3],
        day=date(2024, 4, 22),
        signer=(words[4],),
        signer_name=words[5],
        addressees=(words[6],),
        recipients=(words[7],),
    )
    remarks = {heading: [f"{next(payloads)} điều"] for heading in remark_headings()}
    day = date(2024, 4, 22)
    points = [OfficePoints(WEEK.first, WEEK.last, one, 10, day, f"{next(payloads)} vì") for one in range(1, 10)]
    staff = [(f"{next(payloads)} chức", f"{next(payloads)} lĩnh vực")]
    about = OfficeFacts(next(payloads), next(payloads), staff, 5, 15, remarks, points)
    with story.app.store.reading() as reading:
        request = ReportRequest(name, kind, WEEK, levels, letter, about)
        return catalogue.make_report(reading, story.app.office, request)


def reports_as(kind: str) -> list[str]:
    return [name for name, report in catalogue.REPORTS.items() if kind in report.formats]


@pytest.mark.parametrize("name", reports_as("csv"))
def test_no_cell_of_a_csv_begins_a_formula_however_it_is_parted(office: OfficeStory, name: str) -> None:
    text = made(office, name, "csv").decode("utf-8-sig")
    for separator in (",", ";", "\t"):
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]
        assert [cell for cell in cells if cell.strip(' \t\r\n\u200b\ufeff"').startswith(BEGINS)] == []


@pytest.mark.parametrize("name", reports_as("xlsx"))
def test_no_cell_of_a_workbook_is_a_formula_but_its_own_sums(office: OfficeStory, name: str) -> None:
    book = load_workbook(io.BytesIO(made(office, name, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" and not SUM.fullmatch(str(cell.value))] == []
    assert not any(sheet.title.startswith(BEGINS) for sheet in book)


@pytest.mark.parametrize("name", reports_as("docx"))
def test_no_text_of_a_word_file_is_a_field_or_a_link(office: OfficeStory, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(made(office, name, "docx"))) as archive:
        parts = {part: archive.read(part).decode() for part in archive.namelist() if part.endswith((".xml", ".rels"))}
    run = {field.strip() for part in parts.values() for field in re.findall(r"<w:instrText[^>]*>([^<]*)<", part)}
    assert run <= {"PAGE"}
    assert not any("<w:hyperlink" in part or 'TargetMode="External"' in part for part in parts.values())


def test_the_names_do_stand_in_the_reports(office: OfficeStory) -> None:
    """Else the tests above would hold whatever is written."""
    whole = "".join(
        made(office, name, "json").decode() for name in ("daily", "queue", "satisfaction", "II.06a", "staff")
    )
    assert sum(body in whole for body in ("1+1", "cmd|", "HYPERLINK", "WEBSERVICE", "SUM(A1:A9)")) == 5
