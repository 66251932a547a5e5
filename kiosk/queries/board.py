"""What the waiting room sees: counters, queues, calls, the progress of dossiers, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.dossiers import STEPS, DossierProgress, DossierStatus, mask_code
from contract.records import dataclass
from contract.tickets import CounterState
from kiosk.domain.dossier import SHOWN_DECIDED_MS, Dossier
from kiosk.domain.office_clock import ClockDoubt
from kiosk.store.dossiers import PUBLIC_PAGE

if TYPE_CHECKING:
    from contract.fields import FieldRules
    from kiosk.domain.counter import Counter
    from kiosk.domain.lost_numbers import NumberRange
    from kiosk.domain.service import CounterPlace, Office, Service
    from kiosk.domain.ticket import Ticket
    from kiosk.queries.estimates import Estimates
    from kiosk.store.store import Reading

RECENT_CALLS = 8
LOOKED_THROUGH = 600


@dataclass(frozen=True, slots=True)
class BoardCounter:
    """A counter and the ticket in front of it."""

    place: CounterPlace
    state: CounterState
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class BoardQueue:
    """`wait_s`: of a ticket issued now; None while too few were served. `full`: all numbers of the day are given."""

    service: Service
    waiting: int
    wait_s: int | None
    full: bool


@dataclass(frozen=True, slots=True)
class RecentCall:
    """`time` in ms since 1970."""

    number: str
    service: str
    counter: str
    time: int
    recall: bool


@dataclass(frozen=True, slots=True)
class BoardView:
    """One moment of the office, as a follower folds the stream onto it. `next_opening`: local, ISO 8601."""

    seq: int
    epoch: str
    business_date: str
    time: int
    open: bool
    next_opening: str | None
    counters: tuple[BoardCounter, ...]
    queues: tuple[BoardQueue, ...]
    recent_calls: tuple[RecentCall, ...]
    progress: tuple[DossierProgress, ...]
    notices: tuple[tuple[str, str, str], ...]
    lost_numbers: tuple[NumberRange, ...]


def read_board(reading: Reading, office: Office, estimates: Estimates, now: int, with_names: bool) -> BoardView:
    """`now` in ms since 1970. `with_names`: masked names beside dossiers, where the office shows them."""
    state = reading.state
    opening = office.hours.next_opening(now)
    return BoardView(
        seq=state.head.seq,
        epoch=state.head.epoch,
        business_date=state.business_date,
        time=now,
        open=office.hours.is_open(now) or state.clock.doubt is not ClockDoubt.NONE,
        next_opening=None if opening is None else opening.isoformat(),
        counters=_counters(reading, office),
        queues=_queues(reading, office, estimates, state.business_date),
        recent_calls=_recent_calls(reading, state.business_date),
        progress=_progress(reading, office, now, with_names),
        notices=office.notices,
        lost_numbers=_lost_numbers(reading),
    )


def _lost_numbers(reading: Reading) -> tuple[NumberRange, ...]:
    """Numbers of today that may be on paper and that the journal lacks, until staff dismiss the notice."""
    notices = reading.lost_numbers.open()
    today = reading.state.business_date
    return tuple(one for notice in notices if notice.lost.business_date == today for one in notice.lost.ranges)


def _counters(reading: Reading, office: Office) -> tuple[BoardCounter, ...]:
    by_code = {counter.code: counter for counter in reading.counters.all()}
    return tuple(_counter(reading, place, by_code.get(place.code)) for place in office.counters.values())


def _counter(reading: Reading, place: CounterPlace, counter: Counter | None) -> BoardCounter:
    """A counter that nobody opened yet is closed."""
    if counter is None:
        return BoardCounter(place, CounterState.CLOSED, None)
    return BoardCounter(place, counter.state, reading.tickets.get(counter.current) if counter.current else None)


def _queues(reading: Reading, office: Office, estimates: Estimates, day: str) -> tuple[BoardQueue, ...]:
    waiting = reading.statistics.waiting_by_service()
    return tuple(
        BoardQueue(
            service,
            waiting.get(service.code, 0),
            estimates.wait_s(service.code, waiting.get(service.code, 0)),
            bool(service.daily_cap) and reading.tickets.last_ordinal(day, service.letter) >= (service.daily_cap or 0),
        )
        for service in office.services.values()
    )


def _recent_calls(reading: Reading, day: str) -> tuple[RecentCall, ...]:
    rows = reading.statistics.recent_calls(day, RECENT_CALLS)
    return tuple(RecentCall(row.number, row.service, row.counter, row.called_at, row.calls > 1) for row in rows)


def _progress(reading: Reading, office: Office, now: int, with_names: bool) -> tuple[DossierProgress, ...]:
    named = office.masked_names if with_names else frozenset()
    rules = office.field_rules
    decided = reading.dossiers.decided(now - SHOWN_DECIDED_MS)
    return tuple(
        dossier_progress(one, rules, (reading.free_texts.applicant(one.code) or "") if one.field in named else "")
        for one in (*_in_progress(reading, rules), *decided)
    )


def _in_progress(reading: Reading, rules: FieldRules) -> list[Dossier]:
    """By due date, the first 60 that can be read and the first 60 of which only sign and steps are shown: many of
    these keep none of those away.
    """
    readable, veiled, seen = 0, 0, 0
    shown: list[Dossier] = []
    while seen < LOOKED_THROUGH and readable < PUBLIC_PAGE:
        page = reading.dossiers.in_progress(seen)
        for one in page:
            is_veiled = rules.withholds(one.field)
            veiled, readable = veiled + is_veiled, readable + (not is_veiled)
            if (veiled if is_veiled else readable) <= PUBLIC_PAGE:
                shown.append(one)
        seen += len(page)
        if len(page) < PUBLIC_PAGE:
            break
    return shown


def dossier_progress(dossier: Dossier, rules: FieldRules, name: str) -> DossierProgress:
    """Masked code, field, step and due date; `sensitive`: only sign and steps may be shown of it."""
    return DossierProgress(
        mask_code(dossier.code),
        dossier.field,
        STEPS[DossierStatus(dossier.status)],
        dossier.due_at,
        rules.withholds(dossier.field),
        name,
    )
