"""How far the numbers of an office went, from its events: what an office asks for whose own database was damaged."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contract.events import EventType, JournalEvent
from contract.receipts import NumbersBody

_NUMBER = re.compile(r"([A-ZĐ])([0-9]+)")


def highest_numbers(epochs: Iterable[Iterable[JournalEvent]]) -> NumbersBody | None:
    """Of the latest business date; each epoch's events newest first, read no further than that date."""
    day, last = "", dict[str, int]()
    for events in epochs:
        for event in events:
            if event["business_date"] < day:
                break
            if event["business_date"] > day:
                day, last = event["business_date"], {}
            _note(event, last)
    return {"business_date": day, "last": last} if day else None


def _note(event: JournalEvent, last: dict[str, int]) -> None:
    number = event["data"].get("number") if event["type"] == EventType.TICKET_ISSUED else None
    if isinstance(number, str) and (parts := _NUMBER.fullmatch(number)):
        last[parts[1]] = max(int(parts[2]), last.get(parts[1], 0))
