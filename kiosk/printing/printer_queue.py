"""The spooled slips of one printer, each step in a transaction of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.tickets import PrintState
from kiosk.actions import slips
from kiosk.domain.print_job import PrintJob
from kiosk.store.unit_of_work import Actor, UnitOfWork

if TYPE_CHECKING:
    from kiosk.app import App
    from kiosk.domain.ticket import Ticket

SYSTEM = Actor("system", "printing")
NEWEST = 50  # slips of which the last one that was sent is among
EXPIRED = "waited too long"  # the reason of a slip when the printer itself is not known to be wrong


class PrinterQueue:
    """Every method may raise StorageBusy."""

    def __init__(self, app: App, printer: str) -> None:
        self._app, self._printer = app, printer

    def unit(self) -> UnitOfWork:
        return self._app.store.unit(SYSTEM, self._app.clock.now_ms)

    def recover(self) -> bool:
        """Settle what was being sent when the service died: nobody knows of it.

        Returns whether a piece of the last slip that was sent may still be in the printer.
        """
        with self.unit() as unit:
            slips.recover(unit, self._printer)
            newest = unit.slip_history.latest(self._printer, NEWEST)
        return slips.left_in_doubt(newest)

    def oldest(self) -> PrintJob | None:
        """The slip that comes next; read without a lock."""
        with self._app.store.reading() as reading:
            return reading.spool.next_for(self._printer)

    def expire(self, reason: str | None) -> None:
        """Settle slips older than 30 s: they are not printed, ever. `reason`: what is wrong with the printer."""
        while (job := self.oldest()) is not None and job.has_expired(self._app.clock.now_ms()):
            with self.unit() as unit:
                if slips.expire(unit, self._printer, reason or EXPIRED) == 0:
                    return

    def claim(self) -> tuple[PrintJob, Ticket] | None:
        """The oldest slip with its ticket: nothing has to be read once the slip is marked as being sent."""
        with self.unit() as unit:
            job = slips.claim(unit, self._printer)
            return None if job is None else (job, unit.tickets.get(job.ticket))

    def refuse(self, reason: str) -> None:
        """Settle every slip that waits for a printer which gets none: nobody waits for it one by one."""
        if self.oldest() is None:
            return
        with self.unit() as unit:
            slips.refuse(unit, self._printer, reason)


def settle(unit: UnitOfWork, job: PrintJob, state: str, reason: str | None, fallback: str | None) -> None:
    """Record the outcome of a slip that was claimed, or hand it to the fallback printer."""
    if fallback is not None:
        slips.reroute_slip(unit, job, fallback)
    else:
        slips.settle(unit, job, PrintState.SENDING, PrintState(state), reason)
