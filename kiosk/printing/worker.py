"""Print workers: each takes spooled slips of one printer, prints them, and records what became of them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from config import places
from kiosk.domain.print_job import PrintJob
from kiosk.printing.health_monitor import HealthMonitor
from kiosk.printing.presenter import OTHER_SERVICE
from kiosk.printing.printer_lock import PrinterLock
from kiosk.printing.printer_queue import PrinterQueue, settle
from kiosk.printing.slip_content import samples, ticket_slip, trial_slip
from kiosk.store.failures import StorageBusy, StorageFailed
from ticket_printer.delivery.driver import NOT_DRAWN, PrintOutcome, TicketPrinter
from ticket_printer.errors import PrinterError
from ticket_printer.slip import Slip

if TYPE_CHECKING:
    from config.schema import PrinterSection
    from kiosk.app import App
    from kiosk.domain.ticket import Ticket

IDLE_S = 0.5
log = logging.getLogger("kiosk.printing.worker")


def open_printer(section: PrinterSection, monotonic: Callable[[], float]) -> TicketPrinter:
    """The printer; one whose profile cannot be used prints nothing, says so, and stops nobody else."""
    try:
        return TicketPrinter(section.url, section.profile, section.width_dots, monotonic)
    except PrinterError as error:
        log.error("%s: %s", section.name, error)
        return TicketPrinter("none:", "generic-80", section.width_dots, monotonic)


class PrintWorker(threading.Thread):
    """One printer's thread. Nothing is retried by itself: a slip is printed, or known not to be, or unknown."""

    def __init__(self, app: App, section: PrinterSection) -> None:
        super().__init__(name=f"print-{section.name}", daemon=True)
        self._app = app
        self._name = section.name
        self._fallback = section.fallback
        self._printer = open_printer(section, app.clock.monotonic)
        self._lock = PrinterLock(section.url)
        self._stands_by = False
        self._queue = PrinterQueue(app, section.name)
        self._monitor = HealthMonitor(app, section.name, section.fallback, self._printer)
        self._wakened = threading.Event()
        self._stopped = threading.Event()
        self._last_job = app.clock.now_ms() // 1000  # proofs of a service that ran before name other jobs
        self._recovered = False
        self._unsettled: list[tuple[PrintJob, PrintOutcome]] = []
        self.progress_at = app.clock.monotonic()

    def wake(self, _: object = None) -> None:
        self._wakened.set()

    def stop(self) -> None:
        self._stopped.set()
        self._wakened.set()

    def run(self) -> None:
        mode = self._printer.render_mode
        log.log(logging.INFO if mode.kind == "raster" else logging.WARNING, "%s: %s", self._name, mode.reason)
        while not self._stopped.is_set():
            self.progress_at = self._app.clock.monotonic()
            if not self._retry_when_busy(self.run_once):
                self._wakened.wait(IDLE_S)
                self._wakened.clear()
        self.close()

    def close(self) -> None:
        """Another service may print from now on."""
        self._printer.close()
        self._lock.release()

    def run_once(self) -> bool:
        """Settle what is stale, print one slip, poll the printer when it is due; whether there was a slip."""
        if not self._lock.take():
            self._stand_by()
            return False
        if not self._recovered:
            self._recover()
            self._monitor.poll()
        self._settle()
        self._queue.expire(self._monitor.reason)
        printed = self._print_next()
        taken = self._monitor.presenter.occupied and not self._printer.occupied
        if taken or self._monitor.is_due:
            self._monitor.poll()
        return printed

    def _stand_by(self) -> None:
        """Another process prints, and alone settles the slips; this one takes over when that one ends."""
        if not self._stands_by:
            log.warning("%s: another running service prints here; this one waits for it to end", self._name)
            self._stands_by = True
        self._monitor.stand_by()
        if self._app.trials.is_requested(self._name):
            self._app.trials.finish(self._name, "NOT_PRINTED", OTHER_SERVICE)

    def _print_next(self) -> bool:
        if not self._printer.free_presenter() and self._current_fault() is None:
            self._publish_blocked()
            return False
        if self._print_trial():
            return True
        if self._queue.oldest() is None:
            return self._printer.prepare(self._samples)
        fault = self._current_fault()  # before the claim: polling may have to wait for the database
        claimed = self._queue.claim()
        if claimed is None:
            return False
        job, ticket = claimed
        outcome = fault or self._attempt(lambda: self._slip_of(job, ticket))
        self._note_presented(ticket.number, outcome)
        self._unsettled.append((job, outcome))
        self._clear_trial_mark(outcome)
        self._settle()
        if outcome.state != "PRINTED":
            self._monitor.note_failed_slip(outcome.reason)
            self._monitor.poll()
            self._refuse_waiting()
        return True

    def _note_presented(self, number: str | None, outcome: PrintOutcome) -> None:
        """Records that the presenter holds the slip just printed."""
        if self._printer.occupied and outcome.state != "NOT_PRINTED":
            self._monitor.presenter.present(number, self._app.clock.now_ms())
            self._monitor.publish()

    def _publish_blocked(self) -> None:
        """Nothing is printed behind a slip that nobody took yet; whoever waits for the next one is told why."""
        self._monitor.presenter.blocked = self._queue.oldest() is not None
        self._monitor.publish()

    def _print_trial(self) -> bool:
        """A trial slip that somebody requested on the administrator's page; whether there was one."""
        app = self._app
        if not app.trials.is_requested(self._name):
            return False
        outcome = self._current_fault()
        if outcome is None:
            now, width = app.clock.now_ms(), self._printer.width
            places.trial_mark(self._name).touch()  # the spool knows nothing of it, should the service die now
            outcome = self._attempt(lambda: trial_slip(app.configuration, app.office, now, width))
            self._clear_trial_mark(outcome)
            self._note_presented(None, outcome)
        app.trials.finish(self._name, outcome.state, outcome.reason)
        if outcome.state != "NOT_PRINTED":
            with self._queue.unit() as unit:
                self._monitor.paper.use_slip(unit)
        if outcome.state != "PRINTED":
            self._monitor.note_failed_slip(outcome.reason)
            self._monitor.poll()
        return True

    def _clear_trial_mark(self, outcome: PrintOutcome) -> None:
        """A whole slip went through the printer: no piece of an earlier trial lies in it."""
        if outcome.reason in {None, "no_proof"}:
            places.trial_mark(self._name).unlink(missing_ok=True)

    def _attempt(self, make: Callable[[], Slip]) -> PrintOutcome:
        """Print what can be made; a slip that cannot is settled like any other, and the next one has its turn."""
        try:
            slip = make()
        except Exception:  # words or pictures of the office may fail in any way; the next slip must not wait
            log.exception("%s: a slip cannot be made", self._name)
            return PrintOutcome("NOT_PRINTED", NOT_DRAWN)
        self._last_job += 1
        return self._printer.print(slip, self._last_job)

    def _retry_when_busy(self, step: Callable[[], bool]) -> bool:
        """A step that the storage may hold up; it is tried again in the next round."""
        try:
            return step()
        except (StorageBusy, StorageFailed) as failure:
            log.warning("printing waits: %s", failure)
            return False

    def _recover(self) -> None:
        """After a start: the printer is cleared of a slip that the service which ran before did not finish."""
        if self._queue.recover() or places.trial_mark(self._name).exists():
            self._printer.distrust()
        self._recovered = True
        if self._stands_by:
            log.warning("%s: the other service has ended; this one prints now", self._name)
            self._stands_by = False

    def _current_fault(self) -> PrintOutcome | None:
        """Polls a printer that stood still; what becomes of each slip while it does, so that the screen can say so."""
        if self._monitor.has_fault:
            self._monitor.poll()
        return PrintOutcome("NOT_PRINTED", self._monitor.status.reason) if self._monitor.has_fault else None

    def _refuse_waiting(self) -> None:
        """Settle the queue of a printer that gets no slips and has no fallback printer."""
        reason = self._printer.refusal(self._monitor.status)
        if reason is not None and self._fallback_printer() is None:
            self._queue.refuse(reason)

    def _fallback_printer(self) -> str | None:
        """The configured fallback printer, while it is known to be well."""
        if self._fallback is None or not self._app.printer_health.is_ok(self._fallback):
            return None
        return self._fallback

    def _settle(self) -> None:
        """Record outcomes; one that could not be recorded is recorded in the next round."""
        while self._unsettled:
            job, outcome = self._unsettled[0]
            nowhere = outcome.state != "NOT_PRINTED" or outcome.reason == NOT_DRAWN  # no printer can print it
            fallback = None if nowhere else self._fallback_printer()
            with self._queue.unit() as unit:
                settle(unit, job, outcome.state, outcome.reason, fallback)
                if outcome.state != "NOT_PRINTED":
                    self._monitor.paper.use_slip(unit)
            self._unsettled.pop(0)

    def _samples(self) -> Iterator[Slip]:
        return samples(self._app.configuration, self._printer.width)

    def _slip_of(self, job: PrintJob, ticket: Ticket) -> Slip:
        return ticket_slip(self._app.configuration, self._app.office, ticket, job, self._printer.width)
