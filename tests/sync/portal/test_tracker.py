"""What the follower of the portal knows of each dossier, and what it asks about next."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest

from config.portal_schema import PortalSection
from contract.dossiers import DossierInput
from contract.envelope import GENESIS
from contract.events import JournalEvent
from sync.portal.tracker import DossierTracker

UNIT = "H48.53"
TODAY = date(2024, 4, 15)
NOON = 1_713_157_200.0  # 2024-04-15T05:00:00Z, 12:00 in Ba Vì
HOUR = 3600.0


def section(**changes: object) -> PortalSection:
    fields = {"username": "u", "password": "p", "dstcode": "VN", "unit": UNIT, "calls_per_minute": 10, **changes}
    return PortalSection.model_validate(fields)


def dossier(number: int = 1, day: str = "240415", **changes: object) -> DossierInput:
    made: DossierInput = {
        "code": f"{UNIT}-{day}-{number:04d}",
        "status": 4,
        "received_at": "2024-04-15T00:30:00.000Z",
        "due_at": "2024-04-19T10:00:00.000Z",
        "field": "Hộ tịch",
    }
    return {**made, **changes}  # type: ignore[typeddict-item]


def event(kind: str, subject: str, data: object) -> JournalEvent:
    return {
        "id": "i",
        "epoch": "e1",
        "seq": 1,
        "office": "ba-vi",
        "type": kind,
        "time": "2024-04-15T05:00:00.000Z",
        "business_date": "2024-04-15",
        "subject": subject,
        "actor": {"kind": "counter", "id": "1"},
        "data": data,  # type: ignore[typeddict-item]
        "prev_hash": GENESIS,
        "hash": GENESIS,
    }


def ask(tracker: DossierTracker, most: int = 9, now: float = NOON, today: date = TODAY) -> list[str]:
    """The codes that a minute would ask about, when the portal knows none of them."""
    codes = []
    for code in islice(tracker.codes_to_ask(now, today), most):
        tracker.record_miss(code, now)
        codes.append(code)
    return codes


def test_an_answer_is_uploaded_once_and_again_when_it_changed() -> None:
    tracker = DossierTracker(section(discover=False))
    assert tracker.record_answer(dossier(), NOON) == dossier()
    assert tracker.record_answer(dossier(), NOON) is None
    assert tracker.record_answer(dossier(status=5), NOON) == dossier(status=5)


def test_what_the_portal_has_no_word_for_stays_as_the_service_knows_it() -> None:
    tracker = DossierTracker(section(discover=False), [dossier(carried_over=True)])
    assert tracker.record_answer(dossier(), NOON) is None
    assert tracker.record_answer(dossier(status=9), NOON) == dossier(status=9, carried_over=True)


def test_a_change_that_came_in_another_way_is_not_uploaded_again() -> None:
    tracker = DossierTracker(section(discover=False), [dossier()])
    tracker.on_event(event("dossier.updated", dossier()["code"], dossier(status=5)))
    assert tracker.record_answer(dossier(status=5), NOON) is None


def test_a_dossier_that_a_clerk_linked_is_asked_about_until_it_is_known() -> None:
    tracker = DossierTracker(section(discover=False))
    linked = f"{UNIT}-240410-0009"
    tracker.on_event(event("ticket.dossier_linked", "t1", {"dossier": linked}))
    assert list(tracker.codes_to_ask(NOON, TODAY)) == [linked]
    tracker.record_answer(dossier(9, "240410"), NOON)
    assert list(tracker.codes_to_ask(NOON, TODAY)) == []
    assert tracker.following(NOON) == 1


@pytest.mark.parametrize("data", [{}, {"dossier": ""}, {"dossier": "x"}, {"dossier": 7}, {"dossier": None}])
def test_a_link_to_something_that_is_no_code_is_passed_over(data: dict[str, object]) -> None:
    tracker = DossierTracker(section(discover=False))
    tracker.on_event(event("ticket.dossier_linked", "t1", data))
    tracker.on_event(event("ticket.issued", "t1", {"dossier": f"{UNIT}-240410-0009"}))
    assert list(tracker.codes_to_ask(NOON, TODAY)) == []


def test_the_numbers_behind_the_last_known_one_of_each_day_are_tried() -> None:
    tracker = DossierTracker(section(follow_since=date(2024, 4, 14)), [dossier(3), dossier(1, "240414")])
    tried = [code for code in ask(tracker) if code not in {dossier(3)["code"], dossier(1, "240414")["code"]}]
    assert tried == [f"{UNIT}-{number}" for number in ("240414-0002", "240414-0003", "240415-0004", "240415-0005")]


def test_known_dossiers_and_unknown_numbers_are_asked_about_in_turn() -> None:
    asked_before = [dossier(number, status=4, received_at="2024-04-14T00:30:00.000Z") for number in (1, 2)]
    tracker = DossierTracker(section(follow_since=TODAY), asked_before)
    assert ask(tracker) == [f"{UNIT}-240415-000{number}" for number in (1, 3, 2, 4)]


def test_a_found_number_lets_the_next_two_be_tried_in_the_same_minute() -> None:
    tracker = DossierTracker(section(follow_since=TODAY))
    codes = tracker.codes_to_ask(NOON, TODAY)
    assert next(codes) == f"{UNIT}-240415-0001"
    tracker.record_answer(dossier(1, status=10), NOON)
    assert next(codes) == f"{UNIT}-240415-0002"
    tracker.record_miss(f"{UNIT}-240415-0002", NOON)
    assert next(codes) == f"{UNIT}-240415-0003"
    tracker.record_miss(f"{UNIT}-240415-0003", NOON)
    assert next(codes, None) is None


@pytest.mark.parametrize(
    "code", ["H48.54-240415-0007", "H48.53-241315-0007", "H48.53-240431-0007", "000.00.53.H48-240415-0007"]
)
def test_numbers_of_another_unit_and_days_that_are_none_lead_to_no_number(code: str) -> None:
    tracker = DossierTracker(section(follow_since=TODAY), [dossier(code=code, status=10)])
    assert ask(tracker) == [f"{UNIT}-240415-0001", f"{UNIT}-240415-0002"]


def test_without_discovery_no_number_is_tried() -> None:
    assert ask(DossierTracker(section(discover=False))) == []


def test_a_dossier_that_the_portal_lost_is_asked_about_ever_more_seldom_and_five_times_at_most() -> None:
    tracker = DossierTracker(section(discover=False), [dossier(received_at="2024-04-01T00:30:00.000Z")])
    now, asked_after = NOON, []
    for minute in range(3 * 24 * 60):
        for _ in tracker.codes_to_ask(now + minute * 60, TODAY):
            asked_after.append(minute)
            tracker.record_miss(dossier()["code"], now + minute * 60)
    assert asked_after == [0, 10, 70, 430, 1870]
    assert tracker.following(now) == 0


def test_finished_dossiers_are_not_followed() -> None:
    known = [dossier(number, status=status) for number, status in enumerate((3, 4, 7, 9, 10), start=1)]
    assert DossierTracker(section(), known).following(NOON) == 2


def test_dates_of_a_dossier_decide_when_it_is_due_again() -> None:
    """Asked at noon; due tomorrow morning, so again after an hour; received today without a date, after half of one."""
    near = dossier(1, received_at="2024-04-10T00:30:00.000Z", due_at="2024-04-16T01:00:00.000Z")
    fresh = dossier(2, received_at="2024-04-15T00:30:00.000Z", due_at=None)
    far = dossier(3, received_at="2024-04-10T00:30:00.000Z", due_at="2024-04-25T10:00:00.000Z")
    tracker = DossierTracker(section(discover=False), [near, fresh, far])
    for known in (near, fresh, far):
        tracker.record_answer(known, NOON)
    due = [list(tracker.codes_to_ask(NOON + hours * HOUR, TODAY)) for hours in (0.4, 0.5, 1.0, 4.0)]
    assert due[:2] == [[], [fresh["code"]]]
    assert set(due[2]) == {fresh["code"], near["code"]} and set(due[3]) == {row["code"] for row in (near, fresh, far)}


def test_the_month_of_a_code_is_two_digits() -> None:
    known = dossier(5, "241215", status=10)
    tracker = DossierTracker(section(follow_since=date(2024, 12, 15)), [known])
    assert ask(tracker, today=date(2024, 12, 15)) == [f"{UNIT}-241215-0006", f"{UNIT}-241215-0007"]
