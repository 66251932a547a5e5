"""Print threads: each takes spooled slips of one printer, prints them, and records what became of them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from config import places
from kiosk.actions import halls, slips
from kiosk.domain.printing import EXPIRES_MS, PrintJob
from kiosk.domain.ticket import PrintState, Ticket
from kiosk.mouth_watch import MouthWatch
from kiosk.printer_words import for_citizen, for_staff
from kiosk.roll_watch import RollWatch
from kiosk.slip_text import samples, ticket_slip, trial_slip
from kiosk.store import slip_history
from kiosk.store.store import StorageBusy
from kiosk.store.unit_of_work import Actor
from ticket_printer.driver import NOT_DRAWN, Outcome, TicketPrinter
from ticket_printer.errors import PrinterError
from ticket_printer.slip import Slip
from ticket_printer.status import Status

if TYPE_CHECKING:
    from config.schema import PrinterSection
    from kiosk.bootstrap import House

SYSTEM = Actor("system", "printing")
IDLE_S = 0.5
LOOK_S = 1.0
NEWEST = 50  # slips of which the last one that was sent is among
HEALTH = {"OK": "ok", "FAULT": "fault", "UNKNOWN": "unknown"}
log = logging.getLogger("kiosk.printing")


def _opened(section: PrinterSection, monotonic: Callable[[], float]) -> TicketPrinter:
    """The printer; one whose profile cannot be used prints nothing, says so, and stops nobody else."""
    try:
        return TicketPrinter(section.url, section.profile, section.width_dots, monotonic)
    except PrinterError as error:
        log.error("%s: %s", section.name, error)
        return TicketPrinter("none:", "generic-80", section.width_dots, monotonic)


class PrintThread(threading.Thread):
    """One printer's thread. Nothing is retried by itself: a slip is printed, or known not to be, or unknown."""

    def __init__(self, house: House, printer: PrinterSection) -> None:
        super().__init__(name=f"print-{printer.name}", daemon=True)
        self._house = house
        self._name = printer.name
        self._fallback = printer.fallback
        self._printer = _opened(printer, house.clock.monotonic)
        self._news = threading.Event()
        self._stopped = threading.Event()
        self._looked_at = float("-inf")
        self._jobs = house.clock.now_ms() // 1000  # proofs of a service that ran before name other jobs
        self._recovered = False
        self._unsettled: list[tuple[PrintJob, Outcome]] = []
        self._noted: tuple[str, str | None] | None = None  # in the journal
        self._seen: tuple[str, str | None] | None = None
        self._roll = RollWatch(house, printer.name, SYSTEM)
        self._mouth = MouthWatch()
        self._status = Status("UNKNOWN", "no_answer")
        self._since = house.clock.now_ms()
        self.progress_at = house.clock.monotonic()
        self._show()

    def wake(self, _seq: int = 0) -> None:
        self._news.set()

    def stop(self) -> None:
        self._stopped.set()
        self._news.set()

    def run(self) -> None:
        way = self._printer.way
        log.log(logging.INFO if way.kind == "drawn" else logging.WARNING, "%s: %s", self._name, way.reason)
        while not self._stopped.is_set():
            self.progress_at = self._house.clock.monotonic()
            if not self._patiently(self.go_round):
                self._news.wait(IDLE_S)
                self._news.clear()
        self._printer.close()

    def go_round(self) -> bool:
        """Settle what is stale, print one slip, look at the printer when it is time; whether there was a slip."""
        if not self._recovered:
            self._recover()
            self._look()
        self._settle()
        self._expire()
        printed = self._print_next()
        gone = self._mouth.occupied and not self._printer.occupied
        if gone or self._house.clock.monotonic() - self._looked_at > LOOK_S:
            self._look()
        return printed

    def _print_next(self) -> bool:
        if not self._printer.make_room() and self._refused() is None:
            self._hold_back()
            return False
        if self._try_out():
            return True
        if not self._has_work():
            return self._printer.prepare(self._samples)
        refused = self._refused()  # before the claim: looking may have to wait for the database
        claimed = self._claim()
        if claimed is None:
            return False
        job, ticket = claimed
        outcome = refused or self._attempt(lambda: self._slip(ticket, job))
        self._hold_out(ticket.number, outcome)
        self._unsettled.append((job, outcome))
        self._clear_trial(outcome)
        self._settle()
        if outcome.state != "PRINTED":
            self._look()
            self._refuse()
        return True

    def _hold_out(self, number: str | None, outcome: Outcome) -> None:
        """Of a presenter: the slip that was just printed waits in its mouth."""
        if self._printer.occupied and outcome.state != "NOT_PRINTED":
            self._mouth.presented(number, self._house.clock.now_ms())
            self._show()

    def _hold_back(self) -> None:
        """Nothing is printed behind a slip that nobody took yet; whoever waits for the next one is told why."""
        self._mouth.behind = self._has_work()
        self._show()

    def _try_out(self) -> bool:
        """A trial slip that somebody asked for on the administrator's page; whether there was one."""
        house = self._house
        if not house.trials.wanted(self._name):
            return False
        outcome = self._refused()
        if outcome is None:
            now, width = house.clock.now_ms(), self._printer.width
            places.trial_mark(self._name).touch()  # the spool knows nothing of it, should the service die now
            outcome = self._attempt(lambda: trial_slip(house.configuration, house.office, now, width))
            self._clear_trial(outcome)
            self._hold_out(None, outcome)
        house.trials.done(self._name, outcome.state, outcome.reason)
        if outcome.state != "NOT_PRINTED":
            with house.store.unit(SYSTEM, house.clock.now_ms()) as unit:
                self._roll.use(unit)
        if outcome.state != "PRINTED":
            self._look()
        return True

    def _clear_trial(self, outcome: Outcome) -> None:
        """A whole slip went through the printer: no piece of an earlier trial lies in it."""
        if outcome.reason in {None, "no_proof"}:
            places.trial_mark(self._name).unlink(missing_ok=True)

    def _attempt(self, made: Callable[[], Slip]) -> Outcome:
        """Print what can be made; a slip that cannot is settled like any other, and the next one has its turn."""
        try:
            slip = made()
        except Exception:
            log.exception("%s: a slip cannot be made", self._name)
            return Outcome("NOT_PRINTED", NOT_DRAWN)
        return self._printer.print(slip, self._next_job())

    def _patiently(self, step: Any) -> bool:
        """A step that another process may hold up; it is tried again in the next round."""
        try:
            return bool(step())
        except StorageBusy as busy:
            log.warning("printing waits: %s", busy)
            return False

    def _recover(self) -> None:
        """What was being sent when the service died last: nobody knows; the printer is emptied of it.

        So it is of a slip that was in doubt already: the service that knew of its rest in the printer is gone.
        """
        with self._house.store.unit(SYSTEM, self._house.clock.now_ms()) as unit:
            slips.recover(unit, self._name)
            newest = slip_history.latest(unit.transaction, unit.office.code, self._name, NEWEST)
        if slips.left_in_doubt(newest) or places.trial_mark(self._name).exists():
            self._printer.distrust()
        self._recovered = True

    def _expire(self) -> None:
        """Slips older than 30 s are not printed, ever; looked for without a lock first."""
        now = self._house.clock.now_ms()
        with self._house.store.reading() as reading:
            oldest = reading.spool.next_for(self._name)
        while oldest is not None and oldest.created_at < now - EXPIRES_MS:
            with self._house.store.unit(SYSTEM, now) as unit:
                if slips.expire(unit, self._name, self._status.reason or self._mouth.reason or "waited too long") == 0:
                    return

    def _has_work(self) -> bool:
        with self._house.store.reading() as reading:
            return reading.spool.next_for(self._name) is not None

    def _claim(self) -> tuple[PrintJob, Ticket] | None:
        """With its ticket, in one transaction: nothing has to be read once the slip is marked as being sent."""
        with self._house.store.unit(SYSTEM, self._house.clock.now_ms()) as unit:
            job = slips.claim(unit, self._name)
            return None if job is None else (job, unit.tickets.get(job.ticket))

    def _refused(self) -> Outcome | None:
        """A printer known to stand still is not sent anything: the screen can say so at once."""
        if self._status.state == "FAULT":
            self._look()
        return Outcome("NOT_PRINTED", self._status.reason) if self._status.state == "FAULT" else None

    def _refuse(self) -> None:
        """The rest of the queue of a printer that gets no slips: nobody waits for it one by one."""
        reason = self._printer.refusal(self._status)
        if reason is None or self._stand_in() is not None:
            return
        if not self._has_work():
            return
        with self._house.store.unit(SYSTEM, self._house.clock.now_ms()) as unit:
            slips.refuse(unit, self._name, reason)

    def _stand_in(self) -> str | None:
        """The configured other printer, while it is known to be well."""
        if self._fallback is None or self._house.print_states.get(self._fallback, {}).get("state") != "ok":
            return None
        return self._fallback

    def _settle(self) -> None:
        """Record outcomes; one that could not be recorded is recorded in the next round."""
        while self._unsettled:
            job, outcome = self._unsettled[0]
            helpless = outcome.state != "NOT_PRINTED" or outcome.reason == NOT_DRAWN  # no printer can print it
            other = None if helpless else self._stand_in()
            now = self._house.clock.now_ms()
            with self._house.store.unit(SYSTEM, now) as unit:
                if other is not None:
                    slips.hand_over(unit, job, other)
                else:
                    slips.settle(unit, job, PrintState.SENDING, PrintState(outcome.state), outcome.reason)
                if outcome.state != "NOT_PRINTED":
                    self._roll.use(unit)
            self._unsettled.pop(0)

    def _next_job(self) -> int:
        self._jobs += 1
        return self._jobs

    def _look(self) -> None:
        """Ask the printer how it is; a change is an event."""
        self._status = self._printer.status()
        self._looked_at = self._house.clock.monotonic()
        self._mouth.look(self._status, self._printer.thrown_out, self._house.clock.now_ms())
        found = (HEALTH[self._status.state], self._status.reason)
        if found != self._seen:
            self._since, self._seen = self._house.clock.now_ms(), found
        self._show()  # before anything is recorded: a busy database hides no fault from the people at the machine
        if found != self._noted:
            self._note_change(*found)
        self._roll.look(self._status)
        self._show()

    def _note_change(self, state: str, reason: str | None) -> None:
        """A fault, a printer that fell silent, and the return from either; a first look that is well is no news."""
        before = self._noted
        event = {"ok": "recovered", "fault": "fault", "unknown": "offline"}[state]
        news = state == "fault" if before is None else not before[0] == state == "unknown"
        if news:
            with self._house.store.unit(SYSTEM, self._house.clock.now_ms()) as unit:
                halls.device_changed(unit, "printer", self._name, event, reason)
        self._noted = (state, reason)  # only now: an office whose database was busy is told in the next round

    def _show(self) -> None:
        """What `GET /api/v1/printers` tells: times in ms, `slips_left` counted (None before the first look).

        `mouth`: a slip waits to be taken; `behind`: others wait for that; `held_out`: the last slip of a presenter.
        """
        state, reason, near_end = HEALTH[self._status.state], self._status.reason, self._status.near_end
        self._house.print_states[self._name] = {
            "state": state, "reason": reason, "near_end": near_end, "since": self._since, "slips_left": self._roll.left,
            "mouth": self._mouth.occupied, "behind": self._mouth.behind, "held_out": self._mouth.shown(),
            "mute": self._printer.mute, "fallback": self._fallback,
            "for_citizen": for_citizen(state, reason, self._mouth),
            "for_staff": for_staff(state, reason, near_end, self._roll.left or 0, self._mouth),
            "checked_at": self._house.clock.now_ms(),
        }  # fmt: skip

    def _samples(self) -> Iterator[Slip]:
        return samples(self._house.configuration, self._printer.width)

    def _slip(self, ticket: Ticket, job: PrintJob) -> Slip:
        return ticket_slip(self._house.configuration, self._house.office, ticket, job, self._printer.width)
