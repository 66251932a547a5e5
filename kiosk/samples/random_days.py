"""Plausible days of an office, played through the real actions with a simulated clock.

One transaction holds what happens in one simulated minute. Days end yesterday; the same seed plays the same days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from contract.tickets import AT_COUNTER, CounterState, TicketState
from kiosk.actions import calling, days, ratings, tickets, undoing
from kiosk.domain.calendar import Session
from kiosk.domain.service import Office
from kiosk.domain.ticket import Ticket
from kiosk.samples.guard import require_empty
from kiosk.store.store import Store
from kiosk.store.unit_of_work import Actor, UnitOfWork

DEFAULT_DAYS, EVENTS_PER_DAY, MAX_DAYS = 30, 1500, 3660
OVERTIME_MINUTES = 30
DAYTIME = (time(7), time(17))


@dataclass(frozen=True, slots=True)
class RandomDays:
    """How many days to play; `events` None: as many as 60 citizens a day make."""

    days: int
    events: int | None
    seed: int

    @classmethod
    def of(cls, days: int | None, events: int | None, seed: int) -> RandomDays:
        if days is None:
            days = DEFAULT_DAYS if events is None else max(1, -(-events // EVENTS_PER_DAY))
        return cls(days, events, seed)

    @property
    def tickets_a_day(self) -> int:
        """A ticket makes 4.9 events on average; 4.5 are counted on, so that they are reached."""
        return 60 if self.events is None else max(1, -(-2 * self.events // (self.days * 9)))


def fill_random(store: Store, size: RandomDays, now: int) -> int:
    """Plays the days before `now` (ms since 1970); returns how many events were recorded. Raises DatabaseInUse."""
    require_empty(store)
    office = replace(store.office, printers=(), require_clerk=False)
    played = _Simulation(store, office, size)
    for day in sorted(_open_days(office, office.hours.local(now).date(), size.days)):
        played.day(day)
        if size.events is not None and played.events >= size.events:
            break
    return played.events


def _open_days(office: Office, today: date, count: int) -> Iterator[date]:
    """The last `count` open dates before today."""
    for back in range(1, MAX_DAYS * 2):
        day = today - timedelta(days=back)
        if count and (office.hours.always or office.hours.sessions_on(day)):
            count -= 1
            yield day


class _Simulation:
    def __init__(self, store: Store, office: Office, size: RandomDays) -> None:
        self._store, self._office, self._size = store, office, size
        self._random = Random(size.seed)  # nosec B311 # days that are the same each time
        self._begun = False
        self.events = 0

    def day(self, day: date) -> None:
        sessions = self._sessions(day)
        spans = [self._minutes(day, session) for session in sessions]
        arrivals = self._arrivals([minute for span in spans for minute in span])
        minutes = [minute for span in spans for minute in (*span, *self._overtime(span))]
        for minute in minutes:
            if self._random.random() < 0.9 or arrivals.get(minute):
                self._minute(minute, arrivals.get(minute, 0), day)
        with self._unit(minutes[-1] + 60_000) as unit:
            before = unit.state.head.seq
            days.close_day(unit)
            self.events += unit.state.head.seq - before

    def _sessions(self, day: date) -> list[Session]:
        if self._office.hours.always:
            return [Session(day.weekday(), *DAYTIME)]
        return self._office.hours.sessions_on(day)

    def _minutes(self, day: date, session: Session) -> list[int]:
        zone = self._office.hours.timezone
        ends = (datetime.combine(day, at, zone) for at in (session.opens, session.closes))
        start, end = (round(moment.timestamp() * 1000) for moment in ends)
        return list(range(start, end - 59_999, 60_000))

    @staticmethod
    def _overtime(span: list[int]) -> list[int]:
        """After the doors close those who are inside are still served."""
        return [span[-1] + 60_000 * (n + 1) for n in range(OVERTIME_MINUTES)]

    def _arrivals(self, minutes: list[int]) -> dict[int, int]:
        """More people in the first half of a day than in the second."""
        arrivals: dict[int, int] = {}
        for _ in range(round(self._size.tickets_a_day * self._random.uniform(0.8, 1.2))):
            minute = minutes[int(len(minutes) * self._random.random() ** 1.3)]
            arrivals[minute] = arrivals.get(minute, 0) + 1
        return arrivals

    def _unit(self, now: int) -> UnitOfWork:
        unit = self._store.unit(Actor("system", "sample"), now)
        unit.office = self._office
        return unit

    def _minute(self, now: int, arriving: int, day: date) -> None:
        with self._unit(now) as unit:
            before = unit.state.head.seq
            if not self._begun:
                days.close_day(unit)
                unit.state.business_date = day.isoformat()
                self._begun = True
            days.ensure_today(unit)
            for moment in sorted(self._random.randrange(20_000) for _ in range(arriving)):
                unit.now = now + moment
                self._arrive(unit)
            unit.now = now + 20_000
            for code in self._office.counters:
                unit.now += self._random.randrange(4_000)
                self._work(unit, code)
            self.events += unit.state.head.seq - before

    def _arrive(self, unit: UnitOfWork) -> None:
        draw, office = self._random.random(), self._office
        service = self._random.choice(list(office.services))
        priority = self._random.choice(sorted(office.priorities)) if office.priorities and draw < 0.12 else None
        capped = office.services[service].daily_cap
        if capped is None or unit.tickets.last_ordinal(unit.business_date, office.services[service].letter) < capped:
            ticket, _ = tickets.issue_ticket(unit, tickets.TicketRequest(service, priority), "sample")
            if draw > 0.985:
                unit.now += 1
                tickets.withdraw(unit, ticket.id, "sample", "sample")

    def _work(self, unit: UnitOfWork, code: str) -> None:
        """What a counter does in a minute: serve on, end, rate, call the next."""
        rounds = 1 + self._size.tickets_a_day // 400
        for _ in range(rounds):
            counter = unit.counters.get(code)
            if counter.state is CounterState.PAUSED:
                return
            if counter.current is None:
                if calling.call_next(unit, code) is None:
                    return
            else:
                self._go_on(unit, code, unit.tickets.get(counter.current))
            unit.now += 500 + self._random.randrange(1_000)

    def _go_on(self, unit: UnitOfWork, code: str, ticket: Ticket) -> None:
        draw = self._random.random()
        if ticket.state is TicketState.CALLED and draw < 0.10:
            self._miss(unit, code, ticket)
        elif ticket.state is TicketState.CALLED:
            calling.start_service(unit, ticket.id)
        elif draw < 0.02:
            self._send_on(unit, code, ticket)
        elif draw < self._pace():
            calling.complete(unit, ticket.id)
            self._after_service(unit, code, ticket.id)

    def _send_on(self, unit: UnitOfWork, code: str, ticket: Ticket) -> None:
        others = [service for service in self._office.services if service != ticket.service]
        if ticket.state in AT_COUNTER and others:
            calling.transfer(unit, ticket.id, code, self._random.choice(others), None, False, "sample")

    def _after_service(self, unit: UnitOfWork, code: str, ticket: str) -> None:
        """Seldom a slip of the hand that is undone; often a rating."""
        unit.now += 400
        if self._random.random() < 0.01:
            undoing.undo(unit, ticket, code)
        elif self._random.random() < 0.7:
            survey = self._office.survey
            weights = [60, 30, *([10] * (len(survey.levels) - 2))][: len(survey.levels)]
            level = self._random.choices(survey.levels, weights)[0]
            ratings.rate(unit, ratings.RatingInput(ticket, {survey.question: level}, (), None, unit.now), "sample")

    def _pace(self) -> float:
        """The chance that a service ends in a round: six minutes on average, quicker when many people come."""
        return min(0.9, max(1 / 6, self._size.tickets_a_day / 400))

    @staticmethod
    def _miss(unit: UnitOfWork, code: str, ticket: Ticket) -> None:
        if ticket.calls > 1:
            calling.mark_no_show(unit, ticket.id)
        else:
            calling.recall(unit, ticket.id, code)
