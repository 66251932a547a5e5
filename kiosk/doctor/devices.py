"""What stands in the hall: the service, printers, voices, screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from config.schema import PrinterSection
from kiosk.bootstrap import House
from kiosk.doctor.findings import Finding, Mark, Report
from kiosk.printer_words import STAFF
from kiosk.store import slip_history
from kiosk.store.devices import Access
from kiosk.voices import problems
from kiosk.web.shapes import moment


def check_service(report: Report, served: bool) -> Finding:
    if served:
        return report.well("The service runs.")
    return report.broken("The service does not run.", "Start it: systemctl start motcua-kiosk; see journalctl.")


def check_printers(report: Report, house: House, served: bool) -> Iterator[Finding]:
    """Asked directly; while the service runs it alone talks to them, and its journal tells how they are."""
    if not house.configuration.printer:
        yield report.look("No printer is set up.", "Name one in the configuration: [[printer]] name, url, profile.")
    for printer in house.configuration.printer:
        reason = _noted(house, printer.name) if served else _asked(printer)
        if reason is None:
            yield report.well("{name}: the printer is well.", name=printer.name)
        else:
            yield _fault(report, printer.name, reason)


def _fault(report: Report, name: str, reason: str) -> Finding:
    todo = STAFF.get(reason, STAFF["no_answer"])
    return report.broken("{name}: slips do not come out ({reason}).", todo, name=name, reason=reason)


def _noted(house: House, printer: str) -> str | None:
    with house.store.reading() as reading:
        head = reading.glance().head
        changes = slip_history.changes(reading.transaction, reading.office, head.epoch, head.seq, printer)
        last = next(iter(reversed(list(changes))), None)
    return None if last is None or last.kind == "recovered" else last.reason or "no_answer"


def _asked(section: PrinterSection) -> str | None:
    from ticket_printer.driver import TicketPrinter

    printer = TicketPrinter(section.url, section.profile, section.width_dots)
    try:
        found = printer.status()
    finally:
        printer.close()
    return None if found.state == "OK" else found.reason or "no_answer"


def check_voices(report: Report, house: House, folder: Path) -> Iterator[Finding]:
    """Phrases that are missing or damaged; another voice stands in for them, so nobody goes uncalled."""
    found = problems(folder, house.configuration, report.words)
    for text in found:
        yield Finding(Mark.LOOK, report.title, text)
    if not found:
        yield report.well("Every voice is complete.")


def check_screens(report: Report, house: House) -> Iterator[Finding]:
    """Kiosks, tablets, boards and counters that were here and are silent now."""
    with house.store.reading() as reading:
        known = Access(reading.transaction, reading.office).devices()
    silent = [device for device in known if device.revoked_at is None and device.state in {"offline", "fault"}]
    for device in silent:
        yield report.look(
            "{name} ({role}) has been silent since {since}.", "See that it is switched on and on the network.",
            name=device.name, role=device.role, since=moment(device.seen_at) or "–",
        )  # fmt: skip
    if not silent:
        yield report.well("No device is missing.")
