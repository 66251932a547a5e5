"""A report can be made again to the byte from the position of the journal at its foot, years later and elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pytest
from openpyxl import load_workbook

from contract.tickets import CounterState
from kiosk.actions import calling, counters, days, ratings
from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier import Dossier
from kiosk.reports.request import AsOf, NoSuchReport
from tests.kiosk.reports.making import Made, kinds, make, make_all, make_all_elsewhere
from tests.kiosk.verify.test_recount import one_served_ticket
from tests.office import OfficeStory

RECEIVED_MS = 1_713_150_000_000
FIELDS = ("Hộ tịch", "Đất đai", "Bảo trợ xã hội", "Chứng thực")


@dataclass(frozen=True)
class Again:
    """Every report: made first, a second time at once by another process, and again after a week had gone on."""

    story: OfficeStory
    head: AsOf
    digest: str
    first: Made
    second: Made
    later: Made


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Again]:
    folder: Path = tmp_path_factory.mktemp("again")
    database = folder / "motcua.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        story = OfficeStory(f"sqlite:///{database}")
        a_day_of_everything(story)
        with story.app.store.reading() as reading:
            head = reading.state.head
        place = AsOf(head.epoch, head.seq)
        first, second = make_all(story.app), make_all_elsewhere(database, None)
        it_goes_on(story)
        yield Again(story, place, head.hash, first, second, make_all_elsewhere(database, place))
        story.close()


def a_day_of_everything(story: OfficeStory) -> None:
    """Tickets of several services with every end, ratings, counters, dossiers of several fields and statuses."""
    one_served_ticket(story)
    for service in ("DD", "HT", "VP", "VX", "HT"):
        story.take_number(service)
    for counter in ("1", "2", "3"):
        with story.unit() as unit:
            counters.set_state(unit, counter, CounterState.OPEN)
        story.clock.passes(95)
        ticket = story.call_next(counter)
        if ticket is None:
            continue
        story.clock.passes(200)
        with story.unit() as unit:
            if counter == "3":
                calling.mark_no_show(unit, ticket.id)
            else:
                calling.complete(unit, ticket.id)
                answers = {"attitude": "not_satisfied" if counter == "2" else "very_satisfied"}
                ratings.rate(unit, ratings.RatingInput(ticket.id, answers, (), None, unit.now), "t")
    with story.unit() as unit:
        put_dossiers(unit, [dossier(number) for number in range(2, 18)])


def dossier(number: int) -> Dossier:
    """Some open, some ended before, on and after their day, some in electronic form."""
    day = 86_400_000
    is_open = number % 4 == 0
    return Dossier(
        f"000.00.53.H48-240415-{number:04d}",
        f"1.00{number % 5}193",
        FIELDS[number % 4],
        (1, 2, 4)[number % 3],
        2 if is_open else 9,
        RECEIVED_MS,
        due_at=RECEIVED_MS + 2 * day,
        finished_at=None if is_open else RECEIVED_MS + (number % 4 + 1) * day,
        digitised=number % 3 != 0,
    )


def it_goes_on(story: OfficeStory) -> None:
    """More of the same day, then other days: everything that a report counts has changed."""
    for service in ("HT", "DD"):
        story.take_number(service)
    story.call_next("2", "complete")
    with story.unit() as unit:
        put_dossiers(unit, [Dossier("000.00.53.H48-240415-0002", "1.001193", "Hộ tịch", 2, 4, RECEIVED_MS)])
    story.clock.passes(26 * 3600)
    with story.unit() as unit:
        days.ensure_today(unit)
    story.take_number("VP")


@pytest.mark.parametrize("pair", list(kinds()), ids=".".join)
def test_a_report_is_made_again_to_the_byte(again: Again, pair: tuple[str, str]) -> None:
    assert differing(again.first[pair], again.second[pair]) == [], "on the same day in another process"
    assert differing(again.first[pair], again.later[pair]) == [], "years later, after more had happened"


def differing(one: bytes, other: bytes) -> list[str]:
    """The parts of two archives that differ, or where two files do."""
    if one == other:
        return []
    if not one.startswith(b"PK"):
        at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
        return [f"byte {at}: {one[at - 40 : at + 40]!r}, {other[at - 40 : at + 40]!r}"]
    with zipfile.ZipFile(io.BytesIO(one)) as left, zipfile.ZipFile(io.BytesIO(other)) as right:
        parts = [name for name in left.namelist() if left.read(name) != right.read(name)]
    return parts or ["the archive itself"]


def test_without_the_position_the_reports_would_tell_of_today(again: Again) -> None:
    today = make_all(again.story.app)
    same = {name for name, kind in kinds() if kind == "json" and today[name, kind] == again.first[name, kind]}
    assert same == set()


@pytest.mark.parametrize("pair", list(kinds()), ids=".".join)
def test_a_report_carries_its_days_and_its_place_in_the_journal(again: Again, pair: tuple[str, str]) -> None:
    text = "".join(text_of(pair[1], again.first[pair]).split())
    assert again.head.epoch in text and f"{again.head.seq}," in text and again.digest in text
    named = r"15/0?4/2024|ngày15tháng4|2024-04-15|\b(ngày)?15/4"
    assert pair[0] in UNDATED or re.search(named, text), "the first day of the period"


UNDATED = {"staff"}  # who works at the office now


def text_of(kind: str, made: bytes) -> str:
    """What a reader sees, or a program reads."""
    if kind == "pdf":
        with pdfplumber.open(io.BytesIO(made)) as pdf:
            return "".join(page.extract_text() or "" for page in pdf.pages)
    if kind == "docx":
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            parts = [
                archive.read(name).decode()
                for name in sorted(archive.namelist())
                if name.startswith("word/") and name.endswith(".xml")
            ]
        return re.sub(r"<[^>]*>", "", "".join(parts))
    if kind == "xlsx":
        cells = [cell.value for sheet in load_workbook(io.BytesIO(made)) for row in sheet.iter_rows() for cell in row]
        return " ".join(str(value) for value in cells if value is not None)
    return made.decode("utf-8-sig")


def test_a_position_that_the_journal_does_not_have_is_refused(again: Again) -> None:
    for place in (AsOf("unknown", 3), AsOf("unknown", 0)):
        with pytest.raises(NoSuchReport, match="không có sự kiện"):
            make(again.story.app, "queue", "json", place)
