"""The highest numbers of the latest business date, whatever epoch they were given in."""

from __future__ import annotations

from typing import Any, cast

from contract.events import JournalEvent
from sync.receiver.numbers import highest_numbers
from sync.receiver.store import ReceiverStore
from tests.sync.receiver.samples import OFFICE, batch, journal


def event(day: str, kind: str, **data: Any) -> JournalEvent:
    return cast(JournalEvent, {"business_date": day, "type": kind, "data": data})


def test_only_numbers_given_on_the_latest_date_count_in_every_epoch() -> None:
    first = [
        event("2024-04-15", "ticket.issued", number="A1002"),
        event("2024-04-15", "ticket.called", number="A1500"),
        event("2024-04-15", "ticket.issued", number="C007"),
        event("2024-04-14", "ticket.issued", number="K099"),
    ]
    second = [event("2024-04-15", "ticket.issued", number="A201"), event("2024-04-15", "office.day_opened")]
    expected = {"business_date": "2024-04-15", "last": {"A": 1002, "C": 7}}
    assert highest_numbers([first, second]) == expected == highest_numbers([second, first])


def test_a_day_on_which_nobody_came_yet_has_no_numbers_and_an_unknown_office_no_day() -> None:
    began = [event("2024-04-16", "office.day_opened"), event("2024-04-15", "ticket.issued", number="A009")]
    assert highest_numbers([began]) == {"business_date": "2024-04-16", "last": {}}
    assert highest_numbers([]) is None


def test_a_receiver_tells_them_of_the_office_that_asks() -> None:
    store = ReceiverStore(None)
    store.take(batch(journal(6)))
    store.take(batch(journal(9, office="son-tay")))
    assert store.numbers(OFFICE) == {"business_date": "2024-04-15", "last": {"A": 5}}
    assert store.numbers("nowhere") is None
    store.close()
