"""Print threads: each takes spooled slips of one printer, prints them, and records what became of them."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

from kiosk.actions import halls, slips
from kiosk.domain.printing import EXPIRES_MS, PrintJob
from kiosk.domain.ticket import PrintState
from kiosk.slip_text import ticket_slip, trial_slip
from kiosk.store.store import StorageBusy
from kiosk.store.unit_of_work import Actor
from ticket_printer.driver import Outcome, TicketPrinter
from ticket_printer.profiles import profile
from ticket_printer.slip import Slip
from ticket_printer.status import Status

if TYPE_CHECKING:
    from config.schema import PrinterSection
    from kiosk.bootstrap import House

SYSTEM = Actor("system", "printing")
IDLE_S = 0.5
LOOK_S = 2.0
HEALTH = {"OK": "ok", "FAULT": "fault", "UNKNOWN": "unknown"}
log = logging.getLogger("kiosk.printing")


def is_mute(printer: PrinterSection) -> bool:
    """Whether it is this printer's nature to say nothing of itself: then silence is no fault."""
    return printer.url.startswith(("file:", "cups:")) or not profile(printer.profile).status_trusted


class PrintThread(threading.Thread):
    """One printer's thread. Nothing is retried by itself: a slip is printed, or known not to be, or unknown."""

    def __init__(self, house: House, printer: PrinterSection) -> None:
        super().__init__(name=f"print-{printer.name}", daemon=True)
        self._house = house
        self._name = printer.name
        self._printer = TicketPrinter(printer.url, printer.profile, printer.width_dots, house.clock.monotonic)
        self._mute = is_mute(printer)
        self._news = threading.Event()
        self._stopped = threading.Event()
        self._looked_at = float("-inf")
        self._jobs = 0
        self._recovered = False
        self._unsettled: list[tuple[PrintJob, Outcome]] = []
        self._noted: str | None = None
        self._status = Status("UNKNOWN", "no_answer")
        self.progress_at = house.clock.monotonic()
        self._show("unknown", None)

    def wake(self, _seq: int = 0) -> None:
        self._news.set()

    def stop(self) -> None:
        self._stopped.set()
        self._news.set()

    def run(self) -> None:
        while not self._stopped.is_set():
            self.progress_at = self._house.clock.monotonic()
            if not self._patiently(self.go_round):
                self._news.wait(IDLE_S)
                self._news.clear()
        self._printer.close()

    def go_round(self) -> bool:
        """Look at the printer when it is time, settle what is stale, print one slip; whether there was one."""
        if not self._recovered:
            self._recover()
        self._settle()
        if self._house.clock.monotonic() - self._looked_at > LOOK_S:
            self._look()
        self._expire()
        self._try_out()
        job = self._claim()
        if job is None:
            return False
        outcome = self._refused() or self._printer.print(self._slip(job), self._next_job())
        self._unsettled.append((job, outcome))
        self._settle()
        if outcome.state != "PRINTED":
            self._look()
        return True

    def _try_out(self) -> None:
        """A trial slip that somebody asked for on the administrator's page."""
        house = self._house
        if not house.trials.wanted(self._name):
            return
        outcome = self._refused()
        if outcome is None:
            slip = trial_slip(house.configuration, house.office, house.clock.now_ms(), self._printer.width)
            outcome = self._printer.print(slip, self._next_job())
        house.trials.done(self._name, outcome.state, outcome.reason)
        if outcome.state != "PRINTED":
            self._look()

    def _patiently(self, step: Any) -> bool:
        """A step that another process may hold up; it is tried again in the next round."""
        try:
            return bool(step())
        except StorageBusy as busy:
            log.warning("printing waits: %s", busy)
            return False

    def _recover(self) -> None:
        """What was being sent when the service died last: nobody knows."""
        with self._house.store.unit(SYSTEM, self._house.clock.now_ms()) as unit:
            slips.recover(unit, self._name)
        self._recovered = True

    def _expire(self) -> None:
        """Slips older than 30 s are not printed, ever; looked for without a lock first."""
        now = self._house.clock.now_ms()
        with self._house.store.reading() as reading:
            stale = reading.spool.stale(now - EXPIRES_MS, 1)
        while stale:
            with self._house.store.unit(SYSTEM, now) as unit:
                if slips.expire(unit, self._status.reason or "waited too long") == 0:
                    return

    def _claim(self) -> PrintJob | None:
        with self._house.store.reading() as reading:
            if reading.spool.next_for(self._name) is None:
                return None
        with self._house.store.unit(SYSTEM, self._house.clock.now_ms()) as unit:
            return slips.claim(unit, self._name)

    def _refused(self) -> Outcome | None:
        """A printer known to stand still is not sent anything: the screen can say so at once."""
        if self._status.state == "FAULT":
            self._look()
        return Outcome("NOT_PRINTED", self._status.reason) if self._status.state == "FAULT" else None

    def _settle(self) -> None:
        """Record outcomes; one that could not be recorded is recorded in the next round."""
        while self._unsettled:
            job, outcome = self._unsettled[0]
            with self._house.store.unit(SYSTEM, self._house.clock.now_ms()) as unit:
                slips.settle(unit, job, PrintState.SENDING, PrintState(outcome.state), outcome.reason)
            self._unsettled.pop(0)

    def _next_job(self) -> int:
        self._jobs += 1
        return self._jobs

    def _look(self) -> None:
        """Ask the printer how it is; a change is an event."""
        self._status = self._printer.status()
        self._looked_at = self._house.clock.monotonic()
        state = HEALTH[self._status.state]
        self._show(state, self._status.reason)
        if state != self._noted:
            self._note_change(state)

    def _note_change(self, state: str) -> None:
        """A fault, a printer that fell silent, and the return from either; a first look that is well is no news."""
        before, self._noted = self._noted, state
        event = {"ok": "recovered", "fault": "fault", "unknown": "offline"}[state]
        if before is None and state != "fault":
            return
        with self._house.store.unit(SYSTEM, self._house.clock.now_ms()) as unit:
            halls.device_changed(unit, "printer", self._name, event, self._status.reason)

    def _show(self, state: str, reason: str | None) -> None:
        self._house.print_states[self._name] = {
            "state": state, "reason": reason, "near_end": self._status.near_end,
            "mute": self._mute,
            "checked_at": self._house.clock.now_ms(),
        }  # fmt: skip

    def _slip(self, job: PrintJob) -> Slip:
        house = self._house
        with house.store.reading() as reading:
            ticket = reading.tickets.get(job.ticket)
        return ticket_slip(house.configuration, house.office, ticket, job, self._printer.width)
