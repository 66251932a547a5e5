"""Reading the whole journal once, in pages, and comparing it with the tables and the reports.

Memory holds the tickets of the last few business dates and one digest a dossier, however long the journal is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from kiosk.domain.dossier import Dossier
from kiosk.domain.service import Office
from kiosk.recount.chain import Chain, canonical
from kiosk.recount.day import compare_day
from kiosk.recount.fold import AT_COUNTER, Story, ms
from kiosk.store import statistics
from kiosk.store.store import Reading, Store

PAGE = 1000
LIVE_DAYS = 7
MAX_LISTED = 200
TIMES = ("received_at", "due_at", "finished_at")


@dataclass
class Findings:
    """What was checked and what differs; only the first MAX_LISTED differences are kept as text."""

    events: int = 0
    epochs: int = 0
    tickets: int = 0
    ratings: int = 0
    dossiers: int = 0
    days: int = 0
    figures: int = 0
    differences: int = 0
    listed: list[str] = field(default_factory=list)

    def note(self, *wrong: str) -> None:
        self.differences += len(wrong)
        self.listed += wrong[: max(0, MAX_LISTED - len(self.listed))]


def verify(store: Store) -> Findings:
    """One consistent view of the database, recounted."""
    with store.reading() as reading:
        return _Recount(reading, store.office).run()


class _Recount:
    def __init__(self, reading: Reading, office: Office) -> None:
        self._reading, self._office = reading, office
        self._found = Findings()
        self._live: dict[str, dict[str, Story]] = {}
        self._day_of: dict[str, str] = {}
        self._at: dict[str, str] = {}
        self._closed: set[str] = set()
        self._dossiers: dict[str, bytes] = {}

    def run(self) -> Findings:
        glance = self._reading.glance()
        for known in self._reading.epochs():
            epoch = known["epoch"]
            chain = self._epoch(epoch)
            current = epoch == glance.head.epoch
            last, digest = (glance.head.seq, glance.head.hash) if current else (known["last_seq"], chain.hash)
            if (chain.seq, chain.hash) != (last, digest):
                self._found.note(f"epoch {epoch}: the journal ends at seq {chain.seq}, the office says {last}")
        for day in list(self._live):
            self._finish(day)
        self._days_without_events()
        self._compare_dossiers()
        return self._found

    def _epoch(self, epoch: str) -> Chain:
        self._found.epochs += 1
        chain = Chain(self._office.code, epoch)
        for seq, event in self._events(epoch):
            self._found.events += 1
            self._found.note(*chain.follow(seq, event))
            try:
                self._take(event)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                self._found.note(f"epoch {epoch} seq {seq}: cannot be read ({error!r})")
        return chain

    def _events(self, epoch: str) -> Iterator[tuple[int, dict[str, Any]]]:
        after = 0
        while page := self._reading.journal(epoch, after, PAGE):
            for entry in page:
                yield entry.seq, json.loads(entry.body)
            after = page[-1].seq

    def _take(self, event: dict[str, Any]) -> None:
        kind = event["type"]
        if kind.startswith("ticket."):
            self._ticket(event)
        elif kind == "rating.submitted":
            self._rating(event)
        elif kind == "dossier.updated":
            self._dossiers[event["subject"]] = _digest(event["data"])

    def _ticket(self, event: dict[str, Any]) -> None:
        subject = event["subject"]
        if event["type"] == "ticket.issued":
            self._issue(subject, event["business_date"])
        story = self._story(subject)
        if story is None:
            self._found.note(f"seq {event['seq']}: {event['type']} of a ticket that was never issued ({subject})")
            return
        if wrong := story.add(event):
            self._found.note(wrong)
        self._stand(subject, event)

    def _issue(self, ticket: str, day: str) -> None:
        if ticket in self._day_of:
            self._found.note(f"ticket {ticket} was issued twice")
            return
        if day in self._closed:
            self._found.note(f"{day}: ticket {ticket} was issued long after this day")
        self._found.tickets += 1
        self._day_of[ticket] = day
        self._live.setdefault(day, {})[ticket] = Story()
        if len(self._live) > LIVE_DAYS:
            self._finish(next(iter(self._live)))

    def _story(self, ticket: str) -> Story | None:
        return self._live.get(self._day_of.get(ticket, ""), {}).get(ticket)

    def _stand(self, ticket: str, event: dict[str, Any]) -> None:
        """At any moment a counter has at most one ticket, and a ticket at most one counter."""
        for counter in [counter for counter, there in self._at.items() if there == ticket]:
            del self._at[counter]
        counter = event["data"]["counter"]
        if event["data"]["state"] not in AT_COUNTER:
            return
        if counter in self._at:
            self._found.note(f"seq {event['seq']}: counter {counter} has two tickets, {self._at[counter]} and {ticket}")
        self._at[counter] = ticket

    def _rating(self, event: dict[str, Any]) -> None:
        self._found.ratings += 1
        story = self._story(event["subject"])
        if story is None:
            self._found.note(f"seq {event['seq']}: a rating of a ticket that is not known ({event['subject']})")
        else:
            story.ratings.append(event["data"])

    def _finish(self, day: str) -> None:
        stories = self._live.pop(day)
        wrong, figures = compare_day(self._reading.transaction, self._office, day, stories)
        self._found.note(*wrong)
        self._found.days += 1
        self._found.figures += figures
        self._closed.add(day)
        for ticket in stories:
            del self._day_of[ticket]

    def _days_without_events(self) -> None:
        for day in statistics.business_dates(self._reading.transaction, self._office.code):
            if day not in self._closed:
                self._found.note(f"{day}: the tables have tickets or ratings, the journal has none")

    def _compare_dossiers(self) -> None:
        table = {dossier.code: _digest_row(dossier) for dossier in self._reading.records.dossiers()}
        self._found.dossiers = len(self._dossiers)
        for code in sorted(table.keys() | self._dossiers.keys()):
            if table.get(code) != self._dossiers.get(code):
                self._found.note(f"dossier {code}: the table differs from its last dossier.updated")


def _digest(facts: dict[str, Any]) -> bytes:
    times = {name: None if facts[name] is None else ms(facts[name]) for name in TIMES}
    return sha256(canonical({**facts, **times}).encode()).digest()


def _digest_row(dossier: Dossier) -> bytes:
    names = type(dossier).__dataclass_fields__
    return sha256(canonical({name: getattr(dossier, name) for name in names}).encode()).digest()
