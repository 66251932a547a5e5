"""Plausible days of an office, played through the real actions with a simulated clock, their figures noted beside.

One transaction holds what happens in one simulated minute. Days end yesterday; the same seed plays the same days.
Closed days, market days, the weeks around Tết and the summer are those of `working_year`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from contract.records import dataclass
from contract.tickets import AT_COUNTER, CounterState, TicketState
from kiosk.actions import calling, days, ratings, tickets, undoing
from kiosk.domain.calendar import Session
from kiosk.domain.service import Office
from kiosk.domain.ticket import Ticket
from kiosk.samples.guard import require_empty
from kiosk.samples.known_tickets import KnownTickets, TicketNotes
from kiosk.samples.working_year import hour_share, working_year
from kiosk.store.store import Store
from kiosk.store.unit_of_work import Actor, UnitOfWork

DEFAULT_DAYS, EVENTS_PER_DAY, MAX_DAYS = 30, 1500, 3660
OVERTIME_MINUTES = 30
OTHER_LANGUAGE = 0.06  # of those who come
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


@dataclass(frozen=True, slots=True)
class PlayedDays:
    """What was recorded, the open days it was played on, and what reports must say of them."""

    events: int
    days: tuple[date, ...]
    tickets: KnownTickets


def fill_random(store: Store, size: RandomDays, now: int) -> int:
    """Plays the days before `now` (ms since 1970); returns how many events were recorded. Raises DatabaseInUse."""
    return play_days(store, size, now).events


def play_days(store: Store, size: RandomDays, now: int) -> PlayedDays:
    """The same, with its known answers. Raises DatabaseInUse."""
    require_empty(store)
    office = replace(store.office, printers=(), require_clerk=False)
    days_asked = sorted(_open_days(office, office.hours.local(now).date(), size.days))
    played = _Simulation(store, office, size, days_asked)
    done = []
    for day in days_asked:
        played.day(day)
        done.append(day)
        if size.events is not None and played.events >= size.events:
            break
    return PlayedDays(played.events, tuple(done), played.notes.known())


def _open_days(office: Office, today: date, count: int) -> Iterator[date]:
    """The last `count` open dates before today; an office that is always open has no holidays."""
    year = working_year()
    for back in range(1, MAX_DAYS * 2):
        day = today - timedelta(days=back)
        if count and (office.hours.always or (office.hours.sessions_on(day) and not year.is_closed(day))):
            count -= 1
            yield day


class _Simulation:
    def __init__(self, store: Store, office: Office, size: RandomDays, open_days: Sequence[date]) -> None:
        self._store, self._office, self._size = store, office, size
        self._random = Random(size.seed)  # nosec B311 # days that are the same each time
        self._begun = False
        self._rush_of = {day: working_year().rush(day) for day in open_days}
        self._usual = sum(self._rush_of.values()) / max(1, len(open_days))
        self.notes = TicketNotes(office.hours.local)
        self.events = 0

    def day(self, day: date) -> None:
        sessions = self._sessions(day)
        spans = [self._minutes(day, session) for session in sessions]
        arrivals = self._arrivals(day, [minute for span in spans for minute in span])
        minutes = [minute for span in spans for minute in (*span, *self._overtime(span))]
        for minute in minutes:
            if self._random.random() < 0.9 or arrivals.get(minute):
                self._minute(minute, arrivals.get(minute, 0), day)
        with self._unit(minutes[-1] + 60_000) as unit:
            before = unit.state.head.seq
            days.close_day(unit)
            self.notes.day_closed(unit.now)
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

    def _arrivals(self, day: date, minutes: list[int]) -> dict[int, int]:
        """Tickets by minute: more on some days than on others, most in the morning."""
        usual = self._size.tickets_a_day * self._rush_of[day] / self._usual
        shares = [hour_share(self._office.hours.local(minute).hour) for minute in minutes]
        count = round(usual * self._random.uniform(0.8, 1.2))
        return Counter(self._random.choices(minutes, shares, k=count))

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
        other = self._random.random() < OTHER_LANGUAGE
        language = self._random.choice(office.languages) if other else office.languages[0]
        capped = office.services[service].daily_cap
        if capped is None or unit.tickets.last_ordinal(unit.business_date, office.services[service].letter) < capped:
            request = tickets.TicketRequest(service, priority, language)
            ticket, _ = tickets.issue_ticket(unit, request, "sample")
            self.notes.issued(ticket.id, service, priority, language, unit.now)
            if draw > 0.985:
                unit.now += 1
                tickets.withdraw(unit, ticket.id, "sample", "sample")
                self.notes.ended(ticket.id, "cancelled", unit.now)

    def _work(self, unit: UnitOfWork, code: str) -> None:
        """What a counter does in a minute: serve on, end, rate, call the next."""
        rounds = 1 + self._size.tickets_a_day // 400
        for _ in range(rounds):
            counter = unit.counters.get(code)
            if counter.state is CounterState.PAUSED:
                return
            if counter.current is None:
                called = calling.call_next(unit, code)
                if called is None:
                    return
                self.notes.called(called.id, unit.now)
            else:
                self._go_on(unit, code, unit.tickets.get(counter.current))
            unit.now += 500 + self._random.randrange(1_000)

    def _go_on(self, unit: UnitOfWork, code: str, ticket: Ticket) -> None:
        draw = self._random.random()
        if ticket.state is TicketState.CALLED and draw < 0.10:
            self._miss(unit, code, ticket)
        elif ticket.state is TicketState.CALLED:
            calling.start_service(unit, ticket.id)
            self.notes.serving(ticket.id, unit.now)
        elif draw < 0.02:
            self._send_on(unit, code, ticket)
        elif draw < self._pace():
            calling.complete(unit, ticket.id)
            self.notes.ended(ticket.id, "served", unit.now)
            self._after_service(unit, code, ticket.id)

    def _send_on(self, unit: UnitOfWork, code: str, ticket: Ticket) -> None:
        others = [service for service in self._office.services if service != ticket.service]
        if ticket.state in AT_COUNTER and others:
            calling.transfer(unit, ticket.id, code, self._random.choice(others), None, False, "sample")
            self.notes.moved(ticket.id)

    def _after_service(self, unit: UnitOfWork, code: str, ticket: str) -> None:
        """Seldom a slip of the hand that is undone; often a rating."""
        unit.now += 400
        if self._random.random() < 0.01:
            undoing.undo(unit, ticket, code)
            self.notes.end_undone(ticket)
        elif self._random.random() < 0.7:
            survey = self._office.survey
            weights = [60, 30, *([10] * (len(survey.levels) - 2))][: len(survey.levels)]
            level = self._random.choices(survey.levels, weights)[0]
            ratings.rate(unit, ratings.RatingInput(ticket, {survey.question: level}, (), None, unit.now), "sample")
            self.notes.rated(level)

    def _pace(self) -> float:
        """The chance that a service ends in a round: six minutes on average, quicker when many people come."""
        return min(0.9, max(1 / 6, self._size.tickets_a_day / 400))

    def _miss(self, unit: UnitOfWork, code: str, ticket: Ticket) -> None:
        if ticket.calls > 1:
            calling.mark_no_show(unit, ticket.id)
            self.notes.ended(ticket.id, "no_show", unit.now)
        else:
            calling.recall(unit, ticket.id, code)
            self.notes.recalled(ticket.id, unit.now)
