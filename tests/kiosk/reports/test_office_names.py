"""What papers call the office follows the end of their period; their head follows the day they are dated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.bootstrap import letterhead, office_facts
from kiosk.reports import catalogue
from kiosk.reports.periods import Period
from kiosk.reports.request import ReportRequest
from tests.office import OfficeStory

OLD, NEW = "Bộ phận Một cửa xã Ba Vì", "Trung tâm Phục vụ hành chính công xã Ba Vì"
DAYS = {"2025-06-30": OLD, "2025-07-01": NEW}
NAMES = [name for name, kind in catalogue.REPORTS.items() if name != "legal-basis"]


@pytest.fixture
def office(home: Path) -> Iterator[OfficeStory]:
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    yield story
    story.close()


def page(office: OfficeStory, name: str, last: date) -> str:
    levels = {level.code: level.name for level in office.app.configuration.survey.levels}
    letter = letterhead(office.app.configuration, last)
    about = office_facts(office.app.configuration, name)
    with office.app.store.reading() as reading:
        request = ReportRequest(name, "html", Period(last, last), levels, letter, about)
        return catalogue.make_report(reading, office.app.office, request).decode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("day", DAYS)
def test_a_report_calls_the_office_as_it_was_called_at_its_end(office: OfficeStory, name: str, day: str) -> None:
    text = page(office, name, date.fromisoformat(day)).casefold()
    (other,) = set(DAYS.values()) - {DAYS[day]}
    assert DAYS[day].casefold() in text and other.casefold() not in text


def test_the_legal_basis_names_both_sides_of_the_change_with_its_source(office: OfficeStory) -> None:
    text = page(office, "legal-basis", date(2025, 7, 1))
    assert "Tên đơn vị" in text and NEW in text and "Nghị định 118/2025/NĐ-CP" in text
    assert NEW not in page(office, "legal-basis", date(2025, 6, 30))


def test_the_head_of_a_letter_follows_its_date(office: OfficeStory) -> None:
    before = letterhead(office.app.configuration, date(2025, 6, 30))
    after = letterhead(office.app.configuration, date(2025, 7, 1))
    district = "Ủy ban nhân dân huyện Ba Tơ"
    assert (before.superior, before.addressees) == (district, (district,))
    assert (after.superior, after.addressees) == ("", ("Ủy ban nhân dân tỉnh Quảng Ngãi",))
    assert "UBND huyện" in before.recipients and "UBND huyện" not in after.recipients
    assert (after.issuer, after.signer) == (before.issuer, before.signer), "what is left out stays"
