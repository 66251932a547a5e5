"""A printer without paper: the test says how it is, and it remembers what it was asked to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest

from config.schema import PrinterSection
from contract.tickets import PrintState
from kiosk.actions import days, tickets
from kiosk.domain.ticket import Ticket
from kiosk.printing.health import PrinterShape
from kiosk.printing.worker import PrintWorker
from tests.office import OfficeStory, sample_configuration
from ticket_printer.delivery.driver import PrintOutcome
from ticket_printer.protocol.profiles import profile
from ticket_printer.protocol.status import Status
from ticket_printer.rendering.render_mode import choose_render_mode
from ticket_printer.slip import Slip

OK = Status("OK")
OUT = Status("FAULT", "paper_out")
SILENT = Status("UNKNOWN", "no_answer")


@dataclass
class FakePrinter:
    """`now`: what status() answers. `outcomes`: of the next slips, then PRINTED. `presenter`: it holds slips out."""

    now: Status = OK
    outcomes: list[PrintOutcome] = field(default_factory=list)
    printed: list[Slip] = field(default_factory=list)
    jobs: list[int] = field(default_factory=list)
    polls: int = 0
    prepared: int = 0
    distrusted: int = 0
    closed: bool = False
    mute: bool = False
    width: int = 576
    presenter: bool = False
    occupied: bool = False
    free: bool = True
    ejected: int = 0
    more_to_prepare: int = 0
    render_mode = choose_render_mode(profile("generic-80"), None)

    def status(self) -> Status:
        self.polls += 1
        return self.now

    def print(self, slip: Slip, job: int) -> PrintOutcome:
        outcome = self.outcomes.pop(0) if self.outcomes else PrintOutcome("PRINTED")
        self.printed.append(slip)
        self.jobs.append(job)
        self.occupied = self.presenter and outcome.state != "NOT_PRINTED"
        return outcome

    def free_presenter(self) -> bool:
        return self.free

    def prepare(self, samples: Callable[[], Iterable[Slip]]) -> bool:
        self.prepared += 1
        return self.prepared <= self.more_to_prepare

    def refusal(self, status: Status) -> str | None:
        return None if status.state == "OK" else status.reason

    def distrust(self) -> None:
        self.distrusted += 1

    def close(self) -> None:
        self.closed = True

    @property
    def numbers(self) -> list[str]:
        """Of the tickets on its slips."""
        return [slip.letter + slip.number for slip in self.printed]


class PrintOffice:
    """The sample office with fake printers, whose workers go round when the test says so."""

    def __init__(self, folder: str, monkeypatch: pytest.MonkeyPatch, **printers: str | None) -> None:
        sections = [
            PrinterSection(name=name, url=f"tcp://10.0.0.9:{port}", kiosks=[f"kiosk-{name}"], fallback=fallback)
            for port, (name, fallback) in enumerate(printers.items(), 9100)
        ]
        known = sample_configuration(f"sqlite:///{folder}/motcua.db").model_copy(update={"printer": sections})
        self.story = OfficeStory("", known)
        self.clock, self.app = self.story.clock, self.story.app
        self.printers = {name: FakePrinter() for name in printers}
        monkeypatch.setattr("kiosk.printing.worker.open_printer", lambda section, _: self.printers[section.name])
        self.workers = {section.name: PrintWorker(self.app, section) for section in sections}

    def take(self, printer: str = "hall", count: int = 1) -> list[Ticket]:
        """Numbers taken at the kiosk of that printer, a second apart."""
        taken = []
        for _ in range(count):
            self.clock.passes(1)
            with self.story.unit("kiosk") as unit:
                days.ensure_today(unit)
                request = tickets.TicketRequest("HT", None)
                taken.append(tickets.issue_ticket(unit, request, f"kiosk-{printer}")[0])
        return taken

    def run(self, printer: str = "hall") -> bool:
        return self.workers[printer].run_once()

    def outcome(self, ticket: Ticket) -> tuple[PrintState, str | None]:
        now = self.story.ticket(ticket.id)
        return now.print_state, now.print_reason

    def health(self, printer: str = "hall") -> PrinterShape:
        return self.app.printer_health.shapes()[printer]

    def device_events(self) -> list[tuple[str, str | None]]:
        return [(e["type"], e["data"]["reason"]) for e in self.story.events() if e["type"].startswith("device.")]

    def close(self) -> None:
        self.story.close()
