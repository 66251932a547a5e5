"""Polls one printer, publishes its health, and records changes in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.events import DeviceChange
from kiosk.actions.devices import record_device_change
from kiosk.printing.advice import for_citizen, for_staff
from kiosk.printing.health import HealthState, PrinterHealth
from kiosk.printing.paper_supply import PaperSupply
from kiosk.printing.presenter import OTHER_SERVICE, Presenter
from kiosk.printing.printer_queue import SYSTEM
from ticket_printer.protocol.status import FAULT_REASONS, Status

if TYPE_CHECKING:
    from kiosk.app import App
    from ticket_printer.delivery.driver import TicketPrinter

POLL_S = 1.0
HEALTH: dict[str, HealthState] = {"OK": "ok", "FAULT": "fault", "UNKNOWN": "unknown"}
CHANGES: dict[HealthState, DeviceChange] = {"ok": "recovered", "fault": "fault", "unknown": "offline"}
Condition = tuple[HealthState, str | None]


class HealthMonitor:
    """Used by the printer's worker only. `status`: as the printer last told it."""

    def __init__(self, app: App, name: str, fallback: str | None, printer: TicketPrinter) -> None:
        self._app, self._name, self._fallback, self._printer = app, name, fallback, printer
        self.presenter = Presenter()
        self.paper = PaperSupply(app, name, SYSTEM)
        self.status = Status("UNKNOWN", "no_answer")
        self._polled_at = float("-inf")
        self._current: Condition | None = None
        self._recorded: Condition | None = None  # in the journal
        self._missed: Condition | None = None  # a fault that no poll saw, to be recorded before what the next one sees
        self._since = app.clock.now_ms()
        self.publish()

    @property
    def is_due(self) -> bool:
        """Whether the printer has to be polled again."""
        return self._app.clock.monotonic() - self._polled_at > POLL_S

    @property
    def has_fault(self) -> bool:
        return self.status.state == "FAULT"

    @property
    def reason(self) -> str | None:
        """Why no slip comes out; None when one can."""
        return self.status.reason or self.presenter.reason

    def stand_by(self) -> None:
        """Another process prints: it asks the printer and records what becomes of it."""
        self.status = Status("UNKNOWN", OTHER_SERVICE)
        self.publish()

    def poll(self) -> None:
        """Ask the printer how it is and publish it; a change is an event. Raises StorageBusy after it was published."""
        self.status = self._printer.status()
        self._polled_at = self._app.clock.monotonic()
        self.presenter.observe(self.status, self._printer.ejected, self._app.clock.now_ms())
        condition = (HEALTH[self.status.state], self.status.reason)
        if condition != self._current:
            self._since, self._current = self._app.clock.now_ms(), condition
        self.publish()  # before anything is recorded: a busy database hides no fault from the people at the machine
        if self._missed is not None:
            self._record(self._missed)
            self._missed = None
        if condition != self._recorded:
            self._record(condition)
        self.paper.observe(self.status)
        self.publish()

    def note_failed_slip(self, reason: str | None) -> None:
        """A fault that ended a slip is an event even if it is mended before the next poll, which records it."""
        if reason in FAULT_REASONS and self._recorded != ("fault", reason):
            self._missed = ("fault", reason)

    def publish(self) -> None:
        state, reason = HEALTH[self.status.state], self.status.reason
        near_end, left, presenter = self.status.near_end, self.paper.left, self.presenter
        health = PrinterHealth(
            state=state,
            reason=reason,
            since=self._since,
            near_end=near_end,
            slips_left=left,
            occupied=presenter.occupied,
            blocked=presenter.blocked,
            presented=presenter.last,
            mute=self._printer.mute,
            fallback=self._fallback,
            for_citizen=for_citizen(state, reason, presenter),
            for_staff=for_staff(state, reason, near_end, left or 0, presenter),
            checked_at=self._app.clock.now_ms(),
        )
        self._app.printer_health.publish(self._name, health)

    def _record(self, condition: Condition) -> None:
        """A fault, a printer that fell silent, and the return from either; a first poll that is well is no event."""
        if is_event(self._recorded, condition):
            with self._app.store.unit(SYSTEM, self._app.clock.now_ms) as unit:
                record_device_change(unit, "printer", self._name, CHANGES[condition[0]], condition[1])
        self._recorded = condition  # only now: what a busy database did not take is recorded by the next poll


def is_event(before: Condition | None, after: Condition) -> bool:
    """Whether a change of state is worth an event; `before` None: the first poll since the service started."""
    if before is None:
        return after[0] == "fault"
    return not before[0] == after[0] == "unknown"
