"""Rows of form II.06a by a table worked out by hand, and identities that hold for any dossiers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.reports.measures.dossiers import (
    DossierFact,
    ResolutionFigures,
    digitisation,
    is_in,
    on_time_rates,
    resolution,
    resolution_by_field,
)
from kiosk.reports.periods import Period

PERIOD = Period(date(2024, 4, 1), date(2024, 4, 30))


def day(text: str | None) -> date | None:
    """Of 2024: "15/4"."""
    return None if text is None else date(2024, int(text.split("/")[1]), int(text.split("/")[0]))


def fact(
    status: int,
    received: str,
    due: str | None = None,
    ended: str | None = None,
    channel: int = 2,
    digitised: bool = True,
) -> DossierFact:
    received_on = day(received)
    assert received_on is not None
    return DossierFact("000", "1.001193", "Hộ tịch", channel, status, received_on, day(due), day(ended), digitised)


# status, received, due, ended → columns that count it, beside "received"
CASES = [
    (10, "5/4", "10/4", "9/4", {"online", "resolved", "early"}),
    (10, "5/4", "10/4", "10/4", {"online", "resolved", "on_time"}),
    (9, "5/4", None, "10/4", {"online", "resolved", "on_time"}),
    (9, "5/4", "10/4", "11/4", {"online", "resolved", "late"}),
    (7, "5/4", "10/4", "20/4", {"online", "resolved", "on_time", "withdrawn"}),
    (10, "5/4", "10/4", "30/4", {"online", "resolved", "late"}),
    (10, "25/4", "10/5", "1/5", {"online", "open", "open_in_time"}),
    (10, "5/4", "10/4", "1/5", {"online", "open", "open_overdue"}),
    (4, "5/4", "30/4", None, {"online", "open", "open_in_time"}),
    (4, "5/4", "29/4", None, {"online", "open", "open_overdue"}),
    (2, "30/4", None, None, {"online", "open", "open_in_time"}),
    (5, "5/4", "10/4", None, {"online", "open", "open_in_time"}),
    (6, "5/4", "10/4", None, {"online", "open", "open_in_time"}),
    (8, "5/4", "10/4", None, {"online", "open", "open_in_time"}),
    (10, "31/3", "3/4", "3/4", {"carried_over", "resolved", "on_time"}),
    (10, "31/3", "3/4", "1/4", {"carried_over", "resolved", "early"}),
    (4, "1/2", "1/3", None, {"carried_over", "open", "open_overdue"}),
    (10, "5/4", "10/4", None, {"online", "open", "open_overdue"}),  # nobody knows when it ended
]


@pytest.mark.parametrize(("status", "received", "due", "ended", "columns"), CASES)
def test_a_dossier_counts_where_the_form_says(
    status: int, received: str, due: str | None, ended: str | None, columns: set[str]
) -> None:
    row = resolution([fact(status, received, due, ended)], PERIOD)
    assert row == ResolutionFigures(received=1, **dict.fromkeys(columns, 1))


# status, received, ended of dossiers that the period knows nothing of
ELSEWHERE = [
    (1, "5/4", None),
    (3, "5/4", "5/4"),
    (10, "1/3", "31/3"),
    (7, "1/3", "31/3"),
    (4, "1/5", None),
    (10, "2/5", "3/5"),
]


@pytest.mark.parametrize(("status", "received", "ended"), ELSEWHERE)
def test_a_dossier_of_another_time_or_never_taken_counts_nowhere(status: int, received: str, ended: str | None) -> None:
    other = fact(status, received, None, ended)
    assert not is_in(other, PERIOD) and resolution([other], PERIOD) == ResolutionFigures()


def test_in_person_and_by_post_are_one_column() -> None:
    row = resolution([fact(4, "5/4", channel=channel) for channel in (1, 2, 3)], PERIOD)
    assert (row.online, row.in_person, row.received) == (1, 2, 3)


def test_both_bases_of_on_time_and_a_withdrawn_dossier() -> None:
    row = ResolutionFigures(
        received=10, resolved=6, early=2, on_time=2, late=2, open=4, open_in_time=3, open_overdue=1, withdrawn=1
    )
    rates = on_time_rates(row)
    assert (rates.of_resolved, rates.of_received) == (6667, 7000)
    assert row.decided == 5
    assert on_time_rates(ResolutionFigures()).of_resolved is None


def test_what_is_missing_of_digitisation_is_named() -> None:
    facts = [fact(10, "5/4", None, "6/4", digitised=n > 2) for n in range(681)]
    figures = digitisation(facts, PERIOD)
    assert (figures.counted, len(figures.missing), figures.rate_bp) == (681, 3, 9956)
    assert digitisation([], PERIOD).rate_bp is None


DAYS = st.dates(date(2024, 2, 1), date(2024, 6, 30))
FACTS = st.builds(
    lambda status, channel, field, received, due, ended, digitised: DossierFact(
        "000",
        "1.001193",
        field,
        channel,
        status,
        received,
        due,
        None if ended is None else received + timedelta(ended),
        digitised,
    ),
    st.integers(1, 10),
    st.integers(1, 3),
    st.sampled_from(["Hộ tịch", "Đất đai"]),
    DAYS,
    st.none() | DAYS,
    st.none() | st.integers(0, 90),
    st.booleans(),
)


def naive(facts: list[DossierFact]) -> dict[str, int]:
    """The same rules once more, a column at a time."""
    first, last = date(2024, 4, 1), date(2024, 4, 30)
    known = [one for one in facts if one.status not in (1, 3) and one.received <= last]
    gone = [one for one in known if one.status in (7, 9, 10) and one.ended is not None]
    before = [one for one in gone if one.received < first and one.ended is not None and one.ended < first]
    inside = [one for one in known if not any(one is other for other in before)]
    done = [
        one for one in inside if any(one is other for other in gone) and one.ended is not None and one.ended <= last
    ]
    early = [
        one for one in done if one.status != 7 and one.due is not None and one.ended is not None and one.ended < one.due
    ]
    late = [
        one for one in done if one.status != 7 and one.due is not None and one.ended is not None and one.ended > one.due
    ]
    rest = [one for one in inside if not any(one is other for other in done)]
    overdue = [one for one in rest if one.status not in (5, 6, 8) and one.due is not None and one.due < last]
    return {
        "received": len(inside),
        "carried_over": sum(one.received < first for one in inside),
        "online": sum(one.received >= first and one.channel == 2 for one in inside),
        "resolved": len(done),
        "early": len(early),
        "late": len(late),
        "open": len(rest),
        "open_overdue": len(overdue),
    }


@given(st.lists(FACTS, max_size=30))
def test_the_identities_of_the_form_hold_for_any_dossiers_and_a_plain_count_agrees(facts: list[DossierFact]) -> None:
    row = resolution(facts, PERIOD)
    assert row.received == row.online + row.in_person + row.carried_over
    assert row.resolved == row.early + row.on_time + row.late
    assert row.open == row.open_in_time + row.open_overdue
    assert row.received == row.resolved + row.open
    assert sum(resolution_by_field(facts, PERIOD).values(), ResolutionFigures()) == row
    assert {name: getattr(row, name) for name in naive(facts)} == naive(facts)
