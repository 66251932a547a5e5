"""The events of a range of business dates, found by halving: a month costs the same behind one year or ten."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from kiosk.reports.periods import Period
from kiosk.store.store import Reading

TYPE = '"type":"'
Event = dict[str, Any]


def events_of_period(reading: Reading, period: Period, kinds: tuple[str, ...] = ("",)) -> Iterator[Event]:
    """In the order of the journal. `kinds`: how the types begin that are wanted."""
    first, last = period.first.isoformat(), period.last.isoformat()
    for epoch, begins, ends in _stretches(reading):
        after = _page_of(reading, epoch, (begins, ends), first)
        while after < ends and (read := reading.journal_page(epoch, after)):
            page = read if begins < read[0][0] and read[-1][0] <= ends else _between(read, begins, ends)
            # names are in the order of the alphabet: the type of an event stands last
            for body in [body for _, body in page if body.startswith(kinds, body.rfind(TYPE) + len(TYPE))]:
                event = json.loads(body)
                if first <= event["business_date"] <= last:
                    yield event
            after = read[-1][0]
            # both ends, for a day that was reopened before places of it were noted
            if page and min(json.loads(body)["business_date"] for _, body in (page[0], page[-1])) > last:
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


def _stretches(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """Epochs in parts in which business dates never go back, as they do where a day was reopened: each with the
    position behind which it begins, and its last.
    """
    for epoch, last in _epochs(reading):
        for begins, ends in pairwise([0, *reading.state.clock.turns(epoch), last]):
            yield epoch, begins, ends


def _between(page: Sequence[tuple[int, str]], begins: int, ends: int) -> Sequence[tuple[int, str]]:
    return [(seq, body) for seq, body in page if begins < seq <= ends]


def _page_of(reading: Reading, epoch: str, stretch: tuple[int, int], day: str) -> int:
    """The position behind which the last page of a stretch begins whose first event is of an earlier business date."""
    begins, ends = stretch
    low, high = begins // reading.PAGE, (ends - 1) // reading.PAGE  # where an event of this stretch is the first
    while low < high:
        middle = (low + high + 1) // 2
        page = reading.journal.rows_unchecked(epoch, middle * reading.PAGE, 1)
        if page and json.loads(page[0][1])["business_date"] < day:
            low = middle
        else:
            high = middle - 1
    return low * reading.PAGE
