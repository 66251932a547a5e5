"""Reading the whole journal once, in pages, and comparing it with the tables and the reports.

Memory holds the tickets of the last few business dates and one digest a dossier, however long the journal is.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

from contract.records import dataclass
from contract.told_error import ToldError
from kiosk.domain.service import Office
from kiosk.store.failures import UNREADABLE, StorageFailed, StoredWrongly
from kiosk.store.soundness import check_pages
from kiosk.store.store import Reading, Store
from kiosk.verify.chain import Chain, ChainOutcome, EpochCheck, counted, decoded
from kiosk.verify.day import LostRange, compare_day
from kiosk.verify.periods import Beside, Periods
from kiosk.verify.replay import AT_COUNTER, CORRECTED, TicketEvents
from kiosk.verify.second import DailyReport, SecondProcess, bodies

MANY_EVENTS = 20_000  # so many are recounted by two processes sooner than by one
TRIES = 5  # to have both look at the same end of a journal that grows
OPEN_DAYS = 7
MAX_LISTED = 200
TICKET = "ticket."
TICKET_LENGTH = len(TICKET)
OTHERS = ("counter.", "device.", "office.day_closed", CORRECTED)


@dataclass
class RecountResult:
    """What was checked and what differs; only the first MAX_LISTED differences are kept as text.

    `remarks`: what is right in itself and still strange, the first MAX_LISTED; no differences.
    `unusable`: why files of the office's own rules could not be counted by; nothing is equal by them.
    """

    events: int = 0
    epochs: int = 0
    tickets: int = 0
    ratings: int = 0
    dossiers: int = 0
    days: int = 0
    figures: int = 0
    differences: int = 0
    listed: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unusable: list[ToldError] = field(default_factory=list)

    def note(self, *wrong: str) -> None:
        self.differences += len(wrong)
        self.listed += wrong[: max(0, MAX_LISTED - len(self.listed))]


def verify(
    store: Store,
    daily_report: DailyReport,
    beside: Beside | None = None,
    second: SecondProcess | None = None,
) -> RecountResult:
    """Recounts one consistent view of the database and compares it with the tables and what the reports say.

    A database that cannot be read to its end is a difference like any other. `beside`: what the reports say of periods.
    `second`: takes a part of it, when there is much.
    """
    result = RecountResult()
    try:
        if second is None or not _by_two(store, daily_report, beside, result, second):
            check_pages(store.reader, whole=True)
            with store.reading() as reading:
                _Recount(reading, store.office, daily_report, beside, result, None).run()
    except (StorageFailed, StoredWrongly) as damage:
        result.note(str(damage))
    except UNREADABLE as error:
        result.note(f"a row cannot be read ({error!r})")
    return result


def _by_two(
    store: Store,
    daily_report: DailyReport,
    beside: Beside | None,
    result: RecountResult,
    second: SecondProcess,
) -> bool:
    """Whether both looked at the same end of the journal, and there was enough for two."""
    for _ in range(TRIES):
        with store.reading() as reading:
            head = reading.state.head
            if head.seq < MANY_EVENTS:
                return False
            if second.begin(head):
                _Recount(reading, store.office, daily_report, beside, result, second).run()
                if (wrong := second.pages()) is None:
                    check_pages(store.reader, whole=True)
                elif wrong:
                    result.note(wrong)
                return True
    return False


class _Recount:
    def __init__(
        self,
        reading: Reading,
        office: Office,
        daily_report: DailyReport,
        beside: Beside | None,
        result: RecountResult,
        second: SecondProcess | None,
    ) -> None:
        self._reading, self._office, self._daily_report = reading, office, daily_report
        self._beside = beside
        self._result, self._second = result, second
        self._open_days: dict[str, dict[str, TicketEvents]] = {}
        self._day_of: dict[str, str] = {}
        self._known: dict[str, TicketEvents] = {}
        self._at: dict[str, str] = {}
        self._place_of: dict[str, str] = {}
        self._closed: set[str] = set()
        self._lost: dict[str, list[LostRange]] = {}
        self._others: dict[str, list[dict[str, Any]]] = {}
        self._periods = Periods(office)
        self._ends: dict[str, int] = {}

    def run(self) -> None:
        state = self._reading.state
        for row in self._reading.epochs.all():
            epoch = row.epoch
            chain = self._epoch(epoch)
            self._ends[epoch] = chain.seq
            current = epoch == state.head.epoch
            last, digest = (state.head.seq, state.head.hash) if current else (row.last_seq, chain.hash)
            if (chain.seq, chain.hash) != (last, digest):
                self._result.note(f"epoch {epoch}: the journal ends at seq {chain.seq}, the office says {last}")
        for day in list(self._open_days):
            self._compare_day(day)
        self._days_without_events()
        self._compare_periods()

    def _epoch(self, epoch: str) -> Chain | ChainOutcome:
        """Takes every event of an epoch; its chain is checked beside it, or by the second process."""
        self._result.epochs += 1
        chain, is_apart = Chain(self._office.code, epoch), self._second is not None
        events = 0
        for seq, body in bodies(self._reading, epoch):
            events += 1
            if is_apart or chain.follows(seq, body):
                event = counted(body)
            else:
                event = decoded(body)
                self._result.note(*chain.follow(seq, event, body))
            try:
                if event["type"][:TICKET_LENGTH] == TICKET:
                    self._ticket(event)
                else:
                    self._take(event)
            except UNREADABLE as error:
                self._result.note(f"epoch {epoch} seq {seq}: cannot be read ({error!r})")
        self._result.events += events
        return self._chain_apart(epoch) if is_apart else chain

    def _chain_apart(self, epoch: str) -> ChainOutcome:
        outcome = None if self._second is None else self._second.chain_of(epoch)
        if outcome is None:
            check = EpochCheck(self._office.code, epoch)
            for seq, body in bodies(self._reading, epoch):
                check.take(seq, body)
            outcome = check.outcome()
        self._result.note(*outcome.listed)
        self._result.differences += outcome.differences - len(outcome.listed)
        return outcome

    def _take(self, event: dict[str, Any]) -> None:
        """Whatever is no step of a ticket."""
        kind = event["type"]
        if kind.startswith(OTHERS):
            self._others.setdefault(event["business_date"], []).append(event)
        if kind == "rating.submitted":
            self._rating(event)
        elif kind == CORRECTED:
            for ticket_events in self._open_days.get(event["data"]["business_date"], {}).values():
                ticket_events.events.append(event)
        elif kind == "dossier.updated":
            self._periods.take_dossier(event)
        elif kind == "office.epoch_started" and (lost := event["data"].get("lost")):
            ranges = [(one["letter"], one["first"], one["last"]) for one in lost["numbers"]]
            self._lost.setdefault(lost["business_date"], []).extend(ranges)

    def _ticket(self, event: dict[str, Any]) -> None:
        subject, kind = event["subject"], event["type"]
        if kind == "ticket.issued":
            self._issue(subject, event["business_date"])
        elif kind == "ticket.redated":
            self._redate(subject, event["business_date"])
        ticket_events = self._known.get(subject)
        if ticket_events is None:
            self._result.note(f"seq {event['seq']}: {kind} of a ticket that was never issued ({subject})")
            return
        if (wrong := ticket_events.add(event)) is not None:
            self._result.note(wrong)
        data = event["data"]
        if subject in self._place_of:
            self._leave(subject)
        counter = data["counter"]
        if data["state"] in AT_COUNTER:
            self._stand(subject, counter, event["seq"])

    def _issue(self, ticket: str, day: str) -> None:
        if ticket in self._day_of:
            self._result.note(f"ticket {ticket} was issued twice")
            return
        if day in self._closed:
            self._result.note(f"{day}: ticket {ticket} was issued long after this day")
        self._result.tickets += 1
        self._day_of[ticket] = day
        self._known[ticket] = self._open_days.setdefault(day, {})[ticket] = TicketEvents()
        if len(self._open_days) > OPEN_DAYS:
            self._compare_day(next(iter(self._open_days)))

    def _redate(self, ticket: str, day: str) -> None:
        """A ticket that was issued under a wrong date counts with the day it is of."""
        before = self._open_days.get(self._day_of.get(ticket, ""), {})
        if ticket in before:
            self._open_days.setdefault(day, {})[ticket] = before.pop(ticket)
            self._day_of[ticket] = day

    def _leave(self, ticket: str) -> None:
        before = self._place_of.pop(ticket)
        if self._at.get(before) == ticket:
            del self._at[before]

    def _stand(self, ticket: str, counter: str, seq: int) -> None:
        """At any moment a counter has at most one ticket, and a ticket at most one counter."""
        if counter in self._at:
            self._result.note(f"seq {seq}: counter {counter} has two tickets, {self._at[counter]} and {ticket}")
        self._at[counter], self._place_of[ticket] = ticket, counter

    def _rating(self, event: dict[str, Any]) -> None:
        self._result.ratings += 1
        ticket_events = self._known.get(event["subject"])
        if ticket_events is None:
            self._result.note(f"seq {event['seq']}: a rating of a ticket that is not known ({event['subject']})")
        else:
            ticket_events.ratings.append(event["data"])

    def _compare_day(self, day: str) -> None:
        tickets = self._open_days.pop(day)
        statistics = self._reading.statistics
        try:
            report = None if self._second is None else self._second.report_of(day)
            report = report or self._daily_report(self._reading, self._office, day, day)
            lost, others = self._lost.get(day, ()), self._others.pop(day, [])
            self._periods.take_day(day, tickets)
            rule = None if self._beside is None else self._beside.law.criteria(day)
            best = None if rule is None else rule.best
            wrong, figures, remarks = compare_day(statistics, self._office, day, tickets, report, lost, others, best)
        except UNREADABLE as error:
            wrong, figures, remarks = [f"{day}: a row cannot be read ({error!r})"], 0, []
        self._result.note(*wrong)
        if len(self._result.remarks) < MAX_LISTED:
            self._result.remarks += remarks
        self._result.days += 1
        self._result.figures += figures
        self._closed.add(day)
        for ticket in tickets:
            del self._day_of[ticket], self._known[ticket]

    def _days_without_events(self) -> None:
        for day in self._reading.statistics.business_dates():
            if day not in self._closed:
                self._result.note(f"{day}: the tables have tickets or ratings, the journal has none")

    def _compare_periods(self) -> None:
        self._result.dossiers = self._periods.dossiers
        self._result.note(*self._periods.compare_rows(self._reading))
        if self._beside is None:
            return
        for wrong, figures in self._periods.compare_figures(self._reading, self._beside, self._ends):
            self._result.note(*wrong)
            self._result.figures += figures
