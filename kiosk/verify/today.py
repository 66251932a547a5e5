"""The business date that is served now, compared with its events: what citizens and clerks are told today."""

from __future__ import annotations

import json
from typing import Any

from kiosk.store.journal import JournalEntry
from kiosk.store.store import Reading
from kiosk.verify.day import compare_tables
from kiosk.verify.replay import TicketEvents

PAGE = 500


def compare_today(reading: Reading, most_events: int) -> list[str] | None:
    """What differs between the tables and the events of the current date; None when those are more than `most_events`.

    Raises StoredWrongly when an event of today is not as it was chained.
    """
    entries = _todays_entries(reading, most_events)
    if entries is None:
        return None
    tickets: dict[str, TicketEvents] = {}
    wrong: list[str] = []
    for event in (json.loads(entry.body) for entry in entries):
        if event["business_date"] == reading.state.business_date:
            wrong += _take(tickets, event)
    return [*wrong, *compare_tables(reading.statistics, reading.state.business_date, tickets)]


def _take(tickets: dict[str, TicketEvents], event: dict[str, Any]) -> list[str]:
    kind, subject = event["type"], event["subject"]
    if kind == "ticket.issued":
        tickets[subject] = TicketEvents()
    ticket = tickets.get(subject)
    if ticket is None:
        return []
    if kind.startswith("ticket."):
        difference = ticket.add(event)
        return [difference] if difference else []
    if kind == "rating.submitted":
        ticket.ratings.append(event["data"])
    return []


def _todays_entries(reading: Reading, most: int) -> list[JournalEntry] | None:
    """The journal's end, back to before the current date; checked as one chain that ends at the head."""
    head, day = reading.state.head, reading.state.business_date
    entries: list[JournalEntry] = []
    before = head.seq
    while before > 0:
        after = max(0, before - PAGE)
        page = reading.journal.read_whole(head, after, before - after)
        entries = [*page, *entries]
        if json.loads(page[0].body)["business_date"] < day:
            break
        if len(entries) >= most:
            return None
        before = after
    return entries
