"""Fills an office's past with many events, written straight to the tables: history for measurements, not a sample."""

from __future__ import annotations

import os
from pathlib import Path

from config.loading import load
from kiosk.bootstrap import build_house, new_id
from kiosk.domain.calendar import utc_ms
from kiosk.domain.numbering import ticket_number
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.store import journal
from kiosk.store.tickets import Tickets
from kiosk.store.unit_of_work import Actor, UnitOfWork

FIRST_DAY = utc_ms("2000-01-03T08:00:00+07:00")
DAY_MS = 86_400_000
TICKETS_A_DAY = 500
KINDS = ("ticket.issued", "ticket.called", "ticket.serving_started", "ticket.completed")


def fill(environment: dict[str, str], events: int) -> None:
    """`events` events of completed tickets on days long past, chained as the product chains them."""
    os.environ.update({key: value for key, value in environment.items() if key.startswith("MOTCUA")})
    house = build_house(load(Path(environment["MOTCUA_CONFIG"])))
    tickets = events // len(KINDS)
    for day in range(-(-tickets // TICKETS_A_DAY)):
        now = FIRST_DAY + day * DAY_MS
        date = house.office.hours.civil_date(now)
        with house.store.unit(Actor("system", "bench"), now) as unit:
            for ordinal in range(1, TICKETS_A_DAY + 1):
                _one_ticket(unit, date, ordinal, now)
    house.close()


def _one_ticket(unit: UnitOfWork, date: str, ordinal: int, now: int) -> None:
    at = now + ordinal * 30_000
    waiting = Ticket(
        id=new_id(), number=ticket_number("A", ordinal), service="HT", issued_service="HT", state=TicketState.WAITING,
        business_date=date, arrival=unit.next_arrival(), issued_at=at, pool="s:HT", public_token=f"{date}{ordinal}",
    )  # fmt: skip
    called = waiting.call("1", None, at + 60_000, 0)
    serving = called.start(at + 70_000)
    done = serving.complete(at + 200_000)
    Tickets(unit.transaction, unit.office.code).add(done._replace(rated=True))
    for kind, ticket in zip(KINDS, (waiting, called, serving, done), strict=True):
        data = {
            "number": ticket.number, "service": "HT", "state": ticket.state.value, "counter": ticket.counter,
            "clerk": None, "priority": None, "language": "vi", "calls": ticket.calls,
        }  # fmt: skip
        unit.state.head, entry = journal.chain(
            unit.state.head, unit.office.code, new_id(), kind, ticket.id, at, date,
            {"kind": "system", "id": "bench"}, data,
        )  # fmt: skip
        unit._entries.append(entry)
