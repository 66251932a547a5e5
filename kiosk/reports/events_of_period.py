"""The events of a range of business dates, found by halving: a month costs the same behind one year or ten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kiosk.reports.periods import Period
from kiosk.store.store import Reading

TYPE = '"type":"'
Event = dict[str, Any]


def events_of_period(reading: Reading, period: Period, kinds: tuple[str, ...] = ("",)) -> Iterator[Event]:
    """In the order of the journal. `kinds`: how the types begin that are wanted. Business dates never go back."""
    first, last = period.first.isoformat(), period.last.isoformat()
    for epoch, ends in _epochs(reading):
        after = _page_of(reading, epoch, ends, first)
        while page := reading.journal_page(epoch, after):
            # names are in the order of the alphabet: the type of an event stands last
            for body in [body for _, body in page if body.startswith(kinds, body.rfind(TYPE) + len(TYPE))]:
                event = json.loads(body)
                if first <= event["business_date"] <= last:
                    yield event
            after = page[-1][0]
            # a clock that ran ahead for a while was told so: what lies between belongs to no period of then
            if min(json.loads(body)["business_date"] for _, body in (page[0], page[-1])) > last:
                break


def all_events(reading: Reading, epoch: str | None = None, seq: int | None = None) -> Iterator[Event]:
    """Every event, or those up to position `seq` of an epoch: what the office knew then."""
    for name, _ in _epochs(reading):
        after = 0
        while page := reading.journal_page(name, after):
            for at, body in page:
                if name == epoch and seq is not None and at > seq:
                    return
                yield json.loads(body)
            after = page[-1][0]
        if name == epoch:
            return


def event_at(reading: Reading, epoch: str, seq: int) -> Event | None:
    """The event at a position; None when the journal has none there."""
    page = reading.journal.read_unchecked(epoch, seq - 1, 1)
    if not page or page[0].seq != seq:
        return None
    event: Event = json.loads(page[0].body)
    return event


def _epochs(reading: Reading) -> list[tuple[str, int]]:
    """Each with its last position, oldest first."""
    head = reading.state.head
    return [(row.epoch, head.seq if row.epoch == head.epoch else row.last_seq) for row in reading.epochs.all()]


def _page_of(reading: Reading, epoch: str, ends: int, day: str) -> int:
    """The position behind which the last page begins whose first event is of an earlier business date."""
    low, high = 0, ends // reading.PAGE
    while low < high:
        middle = (low + high + 1) // 2
        page = reading.journal.rows_unchecked(epoch, middle * reading.PAGE, 1)
        if page and json.loads(page[0][1])["business_date"] < day:
            low = middle
        else:
            high = middle - 1
    return low * reading.PAGE
