"""A report can be made again to the byte from the position of the journal at its foot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier import Dossier
from kiosk.domain.office_facts import OfficeFacts
from kiosk.reports import catalogue
from kiosk.reports.periods import Period
from kiosk.reports.request import AsOf, NoSuchReport, ReportRequest
from tests.kiosk.reports.geometry.letters import LETTER
from tests.kiosk.verify.test_recount import one_served_ticket
from tests.office import OfficeStory

WEEK = Period(date(2024, 4, 15), date(2024, 4, 21))
ABOUT = OfficeFacts("Bộ phận Một cửa xã Ba Vì", "UBND xã Ba Vì", [("Công chức", "Hộ tịch")], 5, 15, {})
LEVELS = {"very_satisfied": "Rất hài lòng", "satisfied": "Hài lòng", "dissatisfied": "Chưa hài lòng"}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    folder: Path = tmp_path_factory.mktemp("again")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        made = OfficeStory(f"sqlite:///{folder / 'motcua.db'}")
        one_served_ticket(made)
        yield made
        made.close()


def make(story: OfficeStory, name: str, kind: str, as_of: AsOf | None = None) -> bytes:
    with story.app.store.reading() as reading:
        request = ReportRequest(name, kind, WEEK, LEVELS, LETTER, ABOUT, as_of=as_of)
        return catalogue.make_report(reading, story.app.office, request)


def test_every_report_is_made_again_to_the_byte_after_more_has_happened(story: OfficeStory) -> None:
    names = [name for name in catalogue.REPORTS if name != "daily"]
    with story.app.store.reading() as reading:
        head = reading.state.head
    first = {name: make(story, name, "json") for name in names}
    printed = make(story, "office-report", "pdf")
    for service in ("HT", "DD"):
        story.take_number(service)
    with story.unit() as unit:
        put_dossiers(unit, [Dossier("000.00.53.H48-240415-0007", "1.001193", "Hộ tịch", 2, 4, 1_713_150_000_000)])
    story.clock.passes(3600)
    place = AsOf(head.epoch, head.seq)
    assert make(story, "queue", "json") != first["queue"], "the week went on"
    assert {name: make(story, name, "json", place) for name in names} == first
    assert make(story, "office-report", "pdf", place) == printed
    assert make(story, "daily", "json", place).count(b'"issued": 2') >= 1


def test_a_position_that_the_journal_does_not_have_is_refused(story: OfficeStory) -> None:
    for place in (AsOf("unknown", 3), AsOf("unknown", 0)):
        with pytest.raises(NoSuchReport, match="no event"):
            make(story, "queue", "json", place)


def test_a_report_names_its_place_in_the_journal(story: OfficeStory) -> None:
    with story.app.store.reading() as reading:
        head = reading.state.head
    text = make(story, "queue", "json").decode()
    assert head.epoch in text and head.hash in text and f" {head.seq}," in text
