"""Numbers, queue order, opening hours, dossier codes: rules without a database."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.calendar import OpeningHours, Session, utc_ms, utc_text
from kiosk.domain.dossier import holds_personal_number, masked, normalise_code
from kiosk.domain.numbering import parse_number, ticket_number
from kiosk.domain.queue import Waiting, calling_order, choose

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = OpeningHours(
    ZONE,
    tuple(Session(day, *hours) for day in range(5) for hours in ((time(7), time(11, 30)), (time(13, 30), time(17)))),
    frozenset({date(2024, 4, 18)}),
)


@pytest.mark.parametrize(("ordinal", "text"), [(1, "A001"), (12, "A012"), (999, "A999"), (1000, "A1000")])
def test_numbers_run_from_001_over_999_to_1000(ordinal: int, text: str) -> None:
    assert ticket_number("A", ordinal) == text
    assert parse_number(text) == ("A", ordinal)


@pytest.mark.parametrize("typed", ["a 12", "A-012", "a012", " A12 "])
def test_a_number_is_understood_as_people_write_it(typed: str) -> None:
    assert parse_number(typed) == ("A", 12)


@pytest.mark.parametrize("nonsense", ["", "12", "AA1", "A0", "A-"])
def test_nonsense_is_not_a_number(nonsense: str) -> None:
    with pytest.raises(ValueError, match="not a ticket number"):
        parse_number(nonsense)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2024-04-15T06:59:59+07:00", False), ("2024-04-15T07:00:00+07:00", True),
        ("2024-04-15T11:30:00+07:00", False), ("2024-04-15T13:30:00+07:00", True),
        ("2024-04-15T17:00:00+07:00", False), ("2024-04-20T08:00:00+07:00", False),
        ("2024-04-18T08:00:00+07:00", False),
    ],
)  # fmt: skip
def test_the_office_is_open_by_its_table_of_hours(moment: str, is_open: bool) -> None:
    assert HOURS.is_open(utc_ms(moment)) is is_open


def test_after_friday_the_next_opening_is_monday_morning() -> None:
    opening = HOURS.next_opening(utc_ms("2024-04-19T17:30:00+07:00"))
    assert opening is not None and opening.isoformat() == "2024-04-22T07:00:00+07:00"


def test_the_civil_day_is_that_of_the_office_not_of_greenwich() -> None:
    assert HOURS.civil_date(utc_ms("2024-04-14T17:30:00Z")) == "2024-04-15"


@given(st.integers(0, 4_000_000_000_000))
def test_times_survive_their_text(ms: int) -> None:
    assert utc_ms(utc_text(ms)) == ms


waiting = st.lists(st.booleans(), max_size=40).map(
    lambda kinds: [Waiting(str(n), n, has_priority) for n, has_priority in enumerate(kinds)]
)


@given(waiting, st.integers(0, 5), st.integers(1, 4))
def test_everybody_is_called_once_in_arrival_order_of_their_kind(queue: list[Waiting], run: int, limit: int) -> None:
    order = [choice.ticket for choice in calling_order(queue, run, limit)]
    assert sorted(w.arrival for w in order) == [w.arrival for w in queue]
    for kind in (True, False):
        arrivals = [w.arrival for w in order if w.has_priority is kind]
        assert arrivals == sorted(arrivals)


@given(waiting, st.integers(1, 4))
def test_priority_never_makes_others_wait_for_more_than_the_configured_run(queue: list[Waiting], limit: int) -> None:
    order = [choice.ticket for choice in calling_order(queue, 0, limit)]
    run = 0
    for position, ticket in enumerate(order):
        others_wait = any(not later.has_priority for later in order[position:])
        run = run + 1 if ticket.has_priority and others_wait else 0
        assert run <= limit


@given(waiting, st.integers(0, 5), st.integers(1, 4))
def test_the_shown_order_is_the_order_of_calling(queue: list[Waiting], run: int, limit: int) -> None:
    order = calling_order(queue, run, limit)
    first = choose([min((w for w in queue if w.has_priority is k), key=lambda w: w.arrival)
                    for k in (True, False) if any(w.has_priority is k for w in queue)], run, limit)  # fmt: skip
    assert (order[0].ticket if order else None) == (first.ticket if first else None)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("000.00.53.h48-240414-0001", "000.00.53.H48-240414-0001"),
        (" 000.00.53.H48 - 240414 - 0001 ", "000.00.53.H48-240414-0001"),
        ("H48.53.00-240414-0001", "H48.53.00-240414-0001"),
    ],
)
def test_both_orders_of_the_unit_code_are_read(typed: str, code: str) -> None:
    assert normalise_code(typed) == code


def test_in_public_only_date_and_last_four_digits_of_a_code_are_shown() -> None:
    assert masked("000.00.53.H48-240410-0012") == "•••240410-0012"


@pytest.mark.parametrize(
    "text",
    ["gọi 0912 345 678", "(0912) 345 678", "0912/345/678", "0912–345–678", "051/209/901/234", "051– 209– 901– 234",
     "0912_345.678", "0912. 345. 678", "a@b.vn", "hẹn 14/04/2024, 0912345678", "14/04/2024/1234", "12345678"],
)  # fmt: skip
def test_a_number_of_a_person_is_found_whatever_parts_it(text: str) -> None:
    assert holds_personal_number(text)


@pytest.mark.parametrize(
    "text",
    ["Hẹn trả 14/04/2024", "ngày 1/4/2024", "từ 01.04.2024 đến 14-04-2024", "08:05 14/04/2024", "14/04/2024, 8:05:10",
     "Nghị định 61/2018/NĐ-CP", "T-QNG-123456-TT", "1.001193", "Thiết bị quét hỏng", ""],
)  # fmt: skip
def test_a_date_is_no_number_of_a_person(text: str) -> None:
    assert not holds_personal_number(text)
