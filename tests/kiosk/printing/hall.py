"""An office with dispensers whose workers the test runs round by round."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from config.schema import PrinterSection
from contract.tickets import PrintState
from kiosk.actions import days, tickets
from kiosk.domain.ticket import Ticket
from kiosk.printing.worker import PrintWorker
from tests.office import OfficeStory, sample_configuration
from ticket_printer.simulator.printer import SimulatedPrinter


class Room:
    """An office with dispensers, their threads gone round by hand unless started."""

    def __init__(self, home: Any, monkeypatch: pytest.MonkeyPatch, printers: dict[str, dict[str, Any]]) -> None:
        self.devices = {name: SimulatedPrinter(mm_per_s=600.0, cut_s=0.02) for name in printers}
        for device in self.devices.values():
            device.start()
        sections = [
            PrinterSection(
                name=name, url="tcp://{}:{}".format(*self.devices[name].address), **{"profile": "epson-tm-t20", **more}
            )
            for name, more in printers.items()
        ]
        known = sample_configuration(f"sqlite:///{home / 'motcua.db'}").model_copy(update={"printer": sections})
        self.office = OfficeStory("", known)
        clock = self.office.clock
        monkeypatch.setattr(clock, "monotonic", lambda: clock.elapsed + time.monotonic())
        self.threads = {section.name: PrintWorker(self.office.app, section) for section in sections}

    def take(self, kiosk: str = "kiosk-1") -> Ticket:
        with self.office.unit("kiosk") as unit:
            days.ensure_today(unit)
            return tickets.issue_ticket(unit, tickets.TicketRequest("HT", None), kiosk)[0]

    def outcome(self, ticket: Ticket) -> tuple[PrintState, str | None]:
        found = self.office.ticket(ticket.id)
        return found.print_state, found.print_reason

    def shown(self, printer: str) -> dict[str, Any]:
        return dict(self.office.app.printer_health.shapes()[printer])

    def close(self) -> None:
        for thread in self.threads.values():
            thread.stop()
            if thread.is_alive():
                thread.join(10)
        for device in self.devices.values():
            device.stop()
        self.office.close()


Hall = Callable[..., Room]
