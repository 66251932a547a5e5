"""Fills an office's past with many events, written straight to the tables: history for measurements, not a sample."""

from __future__ import annotations

import os
from pathlib import Path

from config.loading import load
from contract.tickets import TicketState
from contract.times import from_rfc3339
from kiosk.app import new_id
from kiosk.bootstrap import build_app
from kiosk.domain.numbering import ticket_number
from kiosk.domain.ticket import Ticket
from kiosk.store import journal
from kiosk.store.unit_of_work import Actor, UnitOfWork

FIRST_DAY = from_rfc3339("2000-01-03T08:00:00+07:00")
DAY_MS = 86_400_000
TICKETS_A_DAY = 500
KINDS = ("ticket.issued", "ticket.called", "ticket.serving_started", "ticket.completed")
AFTER_MS = (0, 60_000, 70_000, 200_000)  # of each kind, since the number was given


def fill(environment: dict[str, str], events: int, first_day: int = FIRST_DAY) -> None:
    """`events` events of completed tickets on days long past, chained as the product chains them.

    `first_day`: in ms since 1970.
    """
    os.environ.update({key: value for key, value in environment.items() if key.startswith("MOTCUA")})
    app = build_app(load(Path(environment["MOTCUA_CONFIG"])))
    tickets = events // len(KINDS)
    for day in range(-(-tickets // TICKETS_A_DAY)):
        now = first_day + day * DAY_MS
        date = app.office.hours.civil_date(now)
        with app.store.unit(Actor("system", "bench"), now) as unit:
            for ordinal in range(1, TICKETS_A_DAY + 1):
                _one_ticket(unit, date, ordinal, now)
    app.close()


def _one_ticket(unit: UnitOfWork, date: str, ordinal: int, now: int) -> None:
    at = now + ordinal * 30_000
    waiting = Ticket(
        id=new_id(),
        number=ticket_number("A", ordinal),
        service="HT",
        issued_service="HT",
        state=TicketState.WAITING,
        business_date=date,
        arrival=unit.next_arrival(),
        issued_at=at,
        pool="s:HT",
        public_token=f"{date}{ordinal}",
    )
    called = waiting.call("1", None, at + AFTER_MS[1], 0)
    serving = called.start(at + AFTER_MS[2])
    done = serving.complete(at + AFTER_MS[3])
    unit.tickets.add(done)
    for kind, after, ticket in zip(KINDS, AFTER_MS, (waiting, called, serving, done), strict=True):
        data = {
            "number": ticket.number,
            "service": "HT",
            "state": ticket.state.value,
            "counter": ticket.counter,
            "clerk": None,
            "priority": None,
            "language": "vi",
            "calls": ticket.calls,
            **({"position": 0, "issued_at": ticket.issued_at, "on_paper": False} if ticket is waiting else {}),
        }
        unit.state.head, entry = journal.chain(
            unit.state.head,
            unit.office.code,
            new_id(),
            kind,
            ticket.id,
            at + after,
            date,
            {"kind": "system", "id": "bench"},
            data,
        )
        unit._entries.append(entry)
