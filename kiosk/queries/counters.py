"""A counter with the ticket in front of it, the one its tablet may ask about, and its day so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.records import dataclass
from kiosk.domain.counter import UNDO_WINDOW_MS, Counter
from kiosk.domain.pools import pools_of

if TYPE_CHECKING:
    from contract.tickets import CounterState
    from kiosk.domain.service import Office
    from kiosk.domain.ticket import Ticket
    from kiosk.store.statistics import CounterDay
    from kiosk.store.store import Reading
    from kiosk.store.tickets import TicketTable


@dataclass(frozen=True, slots=True)
class CounterView:
    """`to_rate`: the ticket that may be rated now. `undo_until`: ms since 1970; None: there is nothing to undo."""

    code: str
    name: str
    state: CounterState
    services: tuple[str, ...]
    clerk: str | None
    officer: str
    ticket: Ticket | None
    to_rate: Ticket | None
    last_served: str | None
    undo_until: int | None
    undo_ticket: str | None


@dataclass(frozen=True, slots=True)
class CounterToday:
    """What a counter did on the present business date; `ratings` maps levels to how often each was given."""

    figures: CounterDay
    ratings: dict[str, int]


def counter_view(office: Office, tickets: TicketTable, counter: Counter, now: int) -> CounterView:
    """`now` in ms since 1970; a counter loaded without its undo has nothing to undo."""
    place = office.counters[counter.code]
    served = tickets.get(counter.last_served) if counter.last_served else None
    return CounterView(
        code=counter.code,
        name=place.name,
        state=counter.state,
        services=place.services,
        clerk=counter.clerk,
        officer=place.officer,
        ticket=tickets.get(counter.current) if counter.current else None,
        to_rate=served if served is not None and _is_ratable(office, served, now) else None,
        last_served=served.number if served else None,
        undo_until=counter.undo_at + UNDO_WINDOW_MS if counter.undo else None,
        undo_ticket=counter.undo[-1].ticket if counter.undo else None,
    )


def read_counter(reading: Reading, office: Office, code: str, now: int) -> CounterView:
    """Raises UnknownCounter."""
    office.counter(code)
    return counter_view(office, reading.tickets, reading.counters.get(code, with_undo=True), now)


def waiting_at(reading: Reading, office: Office, code: str) -> int:
    """People who wait for a counter: for its services, or for it alone."""
    return len(reading.tickets.waiting_in(pools_of(office, code)))


def counter_today(reading: Reading, code: str) -> CounterToday:
    """For the clerk of a counter."""
    day = reading.state.business_date
    return CounterToday(reading.statistics.counter_day(day, code), reading.statistics.counter_ratings(day, code))


def _is_ratable(office: Office, served: Ticket, now: int) -> bool:
    return not served.rated and served.ended_at is not None and now - served.ended_at <= office.survey.window_ms
