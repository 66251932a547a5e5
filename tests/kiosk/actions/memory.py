"""A unit of work that keeps its tables in memory, and a small office: for tests of rules, not of databases."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from types import SimpleNamespace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contract.tickets import PrintState, TicketState
from contract.times import from_rfc3339
from kiosk.domain.accounts import (
    ClerkAccount,
    ClerkSession,
    PairingRequest,
    PinFailures,
    RegisteredDevice,
    SecondFactor,
)
from kiosk.domain.calendar import OpeningHours, Session
from kiosk.domain.correction import OpenCorrection
from kiosk.domain.counter import Counter
from kiosk.domain.dossier import Dossier
from kiosk.domain.errors import TicketTaken, UnknownTicket
from kiosk.domain.events.event import Event
from kiosk.domain.help_request import HelpRequest
from kiosk.domain.lost_numbers import LostNumbers, LostNumbersNotice
from kiosk.domain.office_clock import OfficeTime
from kiosk.domain.paper import PaperRoll
from kiosk.domain.persons import ADMINISTRATOR, Person, PersonRole
from kiosk.domain.print_job import PrintJob
from kiosk.domain.queue import ARRIVAL_STEP, Waiting
from kiosk.domain.rating import Rating
from kiosk.domain.service import CounterPlace, Office, Service
from kiosk.domain.survey import Survey
from kiosk.domain.ticket import Ticket

MONDAY = from_rfc3339("2024-04-15T08:05:00+07:00")
MINUTE = 60_000


def small_office() -> Office:
    """Open Monday to Friday, 7:00 to 11:30; counters 1 and 2 serve HT, counter 3 DD and KQ; no printer."""
    return Office(
        code="ba-vi",
        name="Ba Vì",
        services={
            "HT": Service("HT", "A", "Hộ tịch"),
            "DD": Service("DD", "C", "Đất đai", daily_cap=3),
            "KQ": Service("KQ", "R", "Trả kết quả"),
        },
        counters={
            "1": CounterPlace("1", "Quầy 1", ("HT",)),
            "2": CounterPlace("2", "Quầy 2", ("HT",)),
            "3": CounterPlace("3", "Quầy 3", ("DD", "KQ")),
        },
        priorities=frozenset({"elderly", "disabled"}),
        hours=OpeningHours(
            ZoneInfo("Asia/Ho_Chi_Minh"), tuple(Session(day, time(7), time(11, 30)) for day in range(5))
        ),
        survey=Survey("attitude", ("good", "fair", "bad"), frozenset({"slow", "rude"})),
        languages=("vi", "en"),
    )


class MemoryTickets:
    def __init__(self) -> None:
        self.rows: dict[str, Ticket] = {}
        self.series: dict[tuple[str, str], int] = {}

    def get(self, ticket_id: str) -> Ticket:
        if ticket_id not in self.rows:
            raise UnknownTicket(f'there is no ticket "{ticket_id}"')
        return self.rows[ticket_id]

    def by_number(self, day: str, number: str) -> Ticket | None:
        return next((t for t in self.rows.values() if (t.business_date, t.number) == (day, number)), None)

    def by_public_token(self, day: str, token: str) -> Ticket | None:
        return next((t for t in self.rows.values() if (t.business_date, t.public_token) == (day, token)), None)

    def waiting(self) -> list[Ticket]:
        return self._sorted(t for t in self.rows.values() if t.state is TicketState.WAITING)

    def aside(self, day: str, state: TicketState) -> list[Ticket]:
        return self._sorted(t for t in self.rows.values() if (t.business_date, t.state) == (day, state))

    def heads(self, pools: Sequence[str], after: int = 0) -> list[Waiting]:
        waiting = [t for t in self.waiting() if t.pool in pools and t.arrival > after]
        return [Waiting(t.id, t.arrival, t.priority is not None) for t in waiting]

    def issued_after(self, day: str, arrival: int) -> list[Ticket]:
        return self._sorted(t for t in self.rows.values() if t.business_date == day and t.arrival > arrival)

    def ahead_of(self, pool: str, has_priority: bool, arrival: int) -> int:
        before = [t for t in self.waiting() if t.pool == pool and t.arrival < arrival]
        return sum(1 for t in before if t.priority is not None or not has_priority)

    def arrivals_around(self, day: str, at: int) -> tuple[int | None, int | None]:
        of_day = [t for t in self.rows.values() if t.business_date == day]
        before, after = (
            [t.arrival for t in of_day if t.issued_at <= at],
            [t.arrival for t in of_day if t.issued_at > at],
        )
        return max(before, default=None), min(after, default=None)

    def add(self, ticket: Ticket) -> None:
        self.rows[ticket.id] = ticket

    def save(self, before: Ticket, after: Ticket) -> None:
        if self.rows[before.id].version != before.version:
            raise TicketTaken(f"{before.number} was changed at another counter", number=before.number)
        self.rows[after.id] = after

    def set_print_state(self, ticket_id: str, state: PrintState, reason: str | None) -> None:
        self.rows[ticket_id] = self.rows[ticket_id]._replace(print_state=state, print_reason=reason)

    def next_ordinal(self, day: str, letter: str) -> int:
        self.series[day, letter] = self.last_ordinal(day, letter) + 1
        return self.series[day, letter]

    def last_ordinal(self, day: str, letter: str) -> int:
        return self.series.get((day, letter), 0)

    def raise_series(self, day: str, letter: str, ordinal: int) -> None:
        self.series[day, letter] = max(self.last_ordinal(day, letter), ordinal)

    @staticmethod
    def _sorted(tickets: object) -> list[Ticket]:
        return sorted(tickets, key=lambda ticket: ticket.arrival)  # type: ignore[call-overload, no-any-return]


class MemoryCounters:
    """As the store does, a counter that is read without its undo steps keeps them when it is saved."""

    def __init__(self) -> None:
        self.rows: dict[str, Counter] = {}

    def get(self, code: str, with_undo: bool = False) -> Counter:
        counter = self.rows.get(code, Counter(code, undo=()))
        return counter if with_undo or code not in self.rows else replace(counter, undo=None)

    def all(self, with_undo: bool = False) -> list[Counter]:
        return [self.get(code, with_undo) for code in sorted(self.rows)]

    def save(self, counter: Counter) -> None:
        if counter.undo is None:
            before = self.rows.get(counter.code, Counter(counter.code, undo=()))
            counter = replace(counter, undo=before.undo, undo_at=before.undo_at)
        self.rows[counter.code] = counter


class MemorySpool:
    def __init__(self) -> None:
        self.rows: dict[str, PrintJob] = {}

    def add(self, job: PrintJob) -> None:
        self.rows[job.id] = job

    def next_for(self, printer: str) -> PrintJob | None:
        return next(iter(self.queued_for(printer, 1)), None)

    def queued_for(self, printer: str, limit: int) -> list[PrintJob]:
        jobs = [j for j in self.rows.values() if j.printer == printer and j.state is PrintState.QUEUED]
        return sorted(jobs, key=lambda job: job.created_at)[:limit]

    def reroute(self, job: str, was: PrintState, printer: str, at: int) -> bool:
        if self.rows[job].state is not was:
            return False
        self.rows[job] = replace(self.rows[job], printer=printer, state=PrintState.QUEUED, updated_at=at)
        return True

    def unsettled(self) -> list[PrintJob]:
        return [j for j in self.rows.values() if j.state in {PrintState.QUEUED, PrintState.SENDING}]

    def sending(self) -> list[PrintJob]:
        return [j for j in self.rows.values() if j.state is PrintState.SENDING]

    def of_ticket(self, ticket: str) -> list[PrintJob]:
        return [j for j in self.rows.values() if j.ticket == ticket][::-1]

    def move(self, job: str, was: PrintState, state: PrintState, reason: str | None, at: int) -> bool:
        if self.rows[job].state is not was:
            return False
        self.rows[job] = replace(self.rows[job], state=state, reason=reason, updated_at=at)
        return True


class MemoryRatings:
    def __init__(self) -> None:
        self.rows: dict[str, Rating] = {}
        self.tokens: dict[str, tuple[str, int]] = {}
        self.further: dict[str, dict[str, str]] = {}

    def add_further(self, rating_id: str, answers: Mapping[str, str], business_date: str) -> None:
        self.further[rating_id] = dict(answers)

    def add(self, rating: Rating) -> None:
        self.rows[rating.id] = rating

    def get(self, rating_id: str) -> Rating | None:
        return self.rows.get(rating_id)

    def set_reasons(self, rating_id: str, reasons: list[str]) -> None:
        self.rows[rating_id] = replace(self.rows[rating_id], reasons=tuple(reasons))

    def add_token(self, token_hash: str, ticket: str, at: int) -> None:
        self.tokens[token_hash] = (ticket, at)

    def ticket_of_token(self, token_hash: str, since: int = 0) -> str | None:
        ticket, at = self.tokens.get(token_hash, (None, 0))
        return ticket if at >= since else None


class MemoryFreeTexts:
    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str, int]] = []
        self.names: dict[str, str] = {}

    def add(self, new_id: str, kind: str, about: str, text: str, at: int) -> None:
        self.rows.append((new_id, kind, about, text, at))

    def put(self, kind: str, about: str, text: str, at: int) -> None:
        self.rows = [row for row in self.rows if row[0] != f"{kind}/{about}"]
        self.add(f"{kind}/{about}", kind, about, text, at)

    def applicant(self, code: str) -> str | None:
        return self.names.get(code)

    def applicants(self) -> dict[str, str]:
        return dict(self.names)

    def set_applicant(self, code: str, name: str | None, at: int) -> None:
        self.names.pop(code, None)
        if name is not None:
            self.names[code] = name


class MemoryDossiers:
    def __init__(self) -> None:
        self.rows: dict[str, Dossier] = {}
        self.put_at: dict[str, int] = {}

    def get(self, code: str) -> Dossier | None:
        return self.rows.get(code)

    def put(self, dossier: Dossier, at: int, new: bool) -> None:
        assert new is (dossier.code not in self.rows)
        self.rows[dossier.code] = dossier
        self.put_at[dossier.code] = at


class MemoryHelpRequests:
    def __init__(self) -> None:
        self.rows: dict[str, HelpRequest] = {}
        self.answered: dict[str, int] = {}

    def add(self, request: HelpRequest) -> None:
        self.rows[request.id] = request

    def open(self) -> list[HelpRequest]:
        return [request for name, request in self.rows.items() if name not in self.answered]

    def answer(self, request_id: str, at: int) -> bool:
        if request_id not in self.rows or request_id in self.answered:
            return False
        self.answered[request_id] = at
        return True


class MemoryPaperRolls:
    def __init__(self) -> None:
        self.rows: dict[str, PaperRoll] = {}
        self.put_at: dict[str, int] = {}

    def get(self, printer: str) -> PaperRoll:
        return self.rows.get(printer, PaperRoll())

    def put(self, printer: str, roll: PaperRoll, at: int) -> None:
        self.rows[printer] = roll
        self.put_at[printer] = at


class MemoryDevices:
    def __init__(self) -> None:
        self.rows: dict[str, RegisteredDevice] = {}
        self.tokens: dict[str, str] = {}

    def get(self, name: str) -> RegisteredDevice | None:
        return self.rows.get(name)

    def all(self) -> list[RegisteredDevice]:
        return list(self.rows.values())

    def add(
        self, name: str, role: str, counter: str | None, token_hash: str, at: int, expires_at: int | None = None
    ) -> None:
        self.rows[name] = RegisteredDevice(name, role, counter, at, expires_at, None, None, "new", "{}")
        self.tokens[token_hash] = name

    def revoke(self, name: str, at: int) -> bool:
        if name not in self.rows or self.rows[name].revoked_at is not None:
            return False
        self.rows[name] = self.rows[name]._replace(revoked_at=at)
        return True

    def rename(self, name: str, new_name: str) -> bool:
        if name not in self.rows:
            return False
        self.rows[new_name] = self.rows.pop(name)._replace(name=new_name)
        return True

    def remove(self, name: str) -> bool:
        return self.rows.pop(name, None) is not None

    def set_state(self, name: str, seen_at: int | None, state: str, report: str) -> None:
        self.rows[name] = self.rows[name]._replace(seen_at=seen_at, state=state, report=report)


class MemoryPairings:
    def __init__(self) -> None:
        self.rows: dict[str, PairingRequest] = {}

    def get(self, code: str) -> PairingRequest | None:
        return self.rows.get(code)

    def waiting(self, since: int) -> list[PairingRequest]:
        return [p for p in self.rows.values() if p.approved_at is None and p.made_at > since]

    def by_secret(self, secret_hash: str) -> PairingRequest | None:
        return next((row for row in self.rows.values() if row.secret_hash == secret_hash), None)

    def remove(self, code: str) -> None:
        self.rows.pop(code, None)

    def add(self, request: PairingRequest) -> None:
        self.rows[request.code] = request

    def approve(self, code: str, name: str, at: int) -> bool:
        if code not in self.rows or self.rows[code].approved_at is not None:
            return False
        self.rows[code] = self.rows[code]._replace(name=name, approved_at=at)
        return True

    def collect(self, code: str, at: int) -> bool:
        if self.rows[code].collected_at is not None:
            return False
        self.rows[code] = self.rows[code]._replace(collected_at=at)
        return True


class MemoryClerks:
    def __init__(self) -> None:
        self.rows: dict[str, ClerkAccount] = {}

    def all(self) -> list[ClerkAccount]:
        return list(self.rows.values())

    def add(self, clerk: str, name: str, pin_hash: str) -> None:
        self.rows[clerk] = ClerkAccount(clerk, name, pin_hash, False)

    def update(self, clerk: str, pin_hash: str, disabled: bool) -> bool:
        self.rows[clerk] = self.rows[clerk]._replace(pin_hash=pin_hash, disabled=disabled)
        return True


class MemoryPinFailures:
    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], PinFailures] = {}

    def get(self, device: str, clerk: str) -> PinFailures:
        return self.rows.get((device, clerk), PinFailures())

    def set(self, device: str, clerk: str, failures: int, blocked_until: int) -> None:
        self.rows[device, clerk] = PinFailures(failures, blocked_until)


class MemorySessions:
    def __init__(self) -> None:
        self.rows: dict[str, ClerkSession] = {}

    def add(self, token_hash: str, clerk: str, counter: str, device: str, expires_at: int) -> None:
        self.rows[token_hash] = ClerkSession(clerk, counter, device, expires_at)

    def remove(self, token_hash: str) -> None:
        self.rows.pop(token_hash, None)

    def end_of(self, device: str) -> None:
        self.rows = {key: session for key, session in self.rows.items() if session.device != device}

    def counters_of(self, device: str) -> list[str]:
        return sorted({session.counter for session in self.rows.values() if session.device == device})

    def move(self, device: str, new_device: str) -> None:
        for key, session in self.rows.items():
            if session.device == device:
                self.rows[key] = session._replace(device=new_device)

    def end_of_clerk(self, clerk: str) -> None:
        self.rows = {key: session for key, session in self.rows.items() if session.clerk != clerk}

    def end_at(self, counter: str) -> None:
        self.rows = {key: session for key, session in self.rows.items() if session.counter != counter}

    def holds(self, counter: str, clerk: str, now: int) -> bool:
        return any((s.counter, s.clerk) == (counter, clerk) and not s.has_ended(now) for s in self.rows.values())


class MemoryPersons:
    def __init__(self) -> None:
        self.rows: dict[str, str] = {}
        self.people: dict[str, Person] = {}
        self.factors: dict[str, SecondFactor] = {}

    def all(self) -> list[Person]:
        return [self.people[name] for name in sorted(self.people)]

    def get(self, name: str) -> Person | None:
        return self.people.get(name)

    def set_role(self, name: str, role: PersonRole, disabled: bool) -> bool:
        self.people[name] = self.people[name]._replace(role=role, disabled=disabled)
        return True

    def second_factor(self, name: str) -> SecondFactor | None:
        return self.factors.get(name)

    def set_second_factor(self, name: str, factor: SecondFactor | None) -> bool:
        self.factors.pop(name, None)
        if factor is not None:
            self.factors[name] = factor
        return name in self.rows

    def password_hash(self, name: str) -> str | None:
        return self.rows.get(name)

    def add(self, name: str, password_hash: str, role: PersonRole = ADMINISTRATOR) -> None:
        self.rows[name] = password_hash
        self.people[name] = Person(name, role)

    def set_password(self, name: str, password_hash: str) -> bool:
        self.rows[name] = password_hash
        return True

    def remove(self, name: str) -> bool:
        self.people.pop(name, None)
        return self.rows.pop(name, None) is not None


class MemoryPersonSessions:
    """token's hash → (person, browser, made at, ends at)."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[str, str, int, int]] = {}

    def add(self, token_hash: str, person: str, browser: str, at: int, expires_at: int) -> None:
        self.rows[token_hash] = (person, browser, at, expires_at)

    def remove(self, token_hash: str) -> None:
        self.rows.pop(token_hash, None)

    def end_of(self, person: str, kept: str = "") -> None:
        self.rows = {key: row for key, row in self.rows.items() if row[0] != person or key == kept}

    def end_all(self) -> None:
        self.rows.clear()


class MemoryTimeShift:
    """Keeps what was asked of it: (by, began, day) and (ticket, day)."""

    def __init__(self) -> None:
        self.moves: list[tuple[int, int, str]] = []
        self.redated: list[tuple[str, str]] = []

    def move(self, by: int, began: int, day: str) -> None:
        self.moves.append((by, began, day))

    def redate(self, ticket: str, day: str) -> None:
        self.redated.append((ticket, day))


class JournalHead(NamedTuple):
    epoch: str
    seq: int


class JournalText(NamedTuple):
    body: str


class MemoryJournal:
    """The events of each epoch as JSON."""

    def __init__(self) -> None:
        self.bodies: dict[str, list[str]] = {}

    def add(self, epoch: str, event: dict[str, object]) -> int:
        """Returns its seq."""
        bodies = self.bodies.setdefault(epoch, [])
        bodies.append(json.dumps(event))
        return len(bodies)

    def read(self, epoch: str, after: int, limit: int) -> list[JournalText]:
        return [JournalText(body) for body in self.bodies.get(epoch, [])[after : after + limit]]


class MemoryLostNumbers:
    def __init__(self) -> None:
        self.rows: dict[str, LostNumbersNotice] = {}
        self.dismissed: dict[str, int] = {}

    def add(self, epoch: str, reason: str, at: int, lost: LostNumbers) -> None:
        self.rows[epoch] = LostNumbersNotice(epoch, reason, at, lost)

    def of_day(self, day: str) -> list[LostNumbersNotice]:
        return [notice for notice in self.rows.values() if notice.lost.business_date == day]

    def dismiss(self, epoch: str, at: int) -> bool:
        if epoch not in self.rows or epoch in self.dismissed:
            return False
        self.dismissed[epoch] = at
        return True


class MemoryCorrections:
    def __init__(self) -> None:
        self.rows: dict[str, OpenCorrection] = {}

    def get(self, event: str) -> OpenCorrection | None:
        return self.rows.get(event)

    def add(self, correction: OpenCorrection) -> None:
        self.rows[correction.event] = correction

    def remove(self, event: str) -> None:
        self.rows.pop(event, None)


@dataclass
class MemoryUnit:
    """One office in memory. `events` holds (type, subject, data); `new_id` counts: id1, id2 …"""

    office: Office = field(default_factory=small_office)
    now: int = MONDAY

    def __post_init__(self) -> None:
        self.state = SimpleNamespace(
            business_date="2024-04-15",
            day_open=True,
            configured="",
            next_arrival=0,
            last_time=self.now,
            clock=OfficeTime(),
            head=JournalHead("memory", 0),
        )
        self.time_shift, self.journal = MemoryTimeShift(), MemoryJournal()
        self.events: list[tuple[str, str, dict[str, object]]] = []
        self.ids = self.arrivals = 0
        self.person: str | None = None
        self.tickets, self.counters, self.spool = MemoryTickets(), MemoryCounters(), MemorySpool()
        self.ratings, self.free_texts, self.dossiers = MemoryRatings(), MemoryFreeTexts(), MemoryDossiers()
        self.help_requests, self.devices, self.pairings = MemoryHelpRequests(), MemoryDevices(), MemoryPairings()
        self.clerks, self.pin_failures, self.sessions = MemoryClerks(), MemoryPinFailures(), MemorySessions()
        self.persons, self.person_sessions = MemoryPersons(), MemoryPersonSessions()
        self.paper_rolls, self.corrections = MemoryPaperRolls(), MemoryCorrections()
        self.lost_numbers, self.starts = MemoryLostNumbers(), list[tuple[str, int]]()

    @property
    def business_date(self) -> str:
        return str(self.state.business_date)

    def new_id(self) -> str:
        self.ids += 1
        return f"id{self.ids}"

    def next_arrival(self) -> int:
        self.arrivals += ARRIVAL_STEP
        return self.arrivals

    def record(self, event: Event) -> str:
        self.events.append((event.type.value, event.subject, dict(event.data())))
        name, epoch = f"e{len(self.events)}", self.state.head.epoch
        kept = {"id": name, "type": event.type.value, "subject": event.subject, "time": self.now, "data": event.data()}
        self.state.head = JournalHead(epoch, self.journal.add(epoch, kept))
        return name

    def begin_epoch(self, reason: str) -> tuple[str, int]:
        """Returns the epoch before and its last seq."""
        before = self.state.head
        self.starts.append((reason, self.now))
        self.state.head = JournalHead(f"epoch {len(self.starts)}", 0)
        return before.epoch, before.seq

    def epoch_starts(self) -> list[tuple[str, int]]:
        return self.starts

    def passes(self, ms: int) -> None:
        self.now += ms

    def types(self) -> list[str]:
        return [kind for kind, _, _ in self.events]
