"""What stands in the hall: the service, printers, voices, screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from config.schema import PrinterSection
from contract.times import optional_rfc3339
from kiosk.app import App
from kiosk.domain.places import replaced
from kiosk.maintenance.doctor.results import CheckResult, Mark, PartReport
from kiosk.printing.advice import STAFF
from kiosk.voices.problems import problems


def check_service(report: PartReport, served: bool, services: int = 1) -> CheckResult:
    """`services`: how many run on this state folder."""
    if services > 1:
        text = "{count} services run on one state folder: on each printer one of them prints, the others wait."
        todo = "End those that nobody means to run: systemctl status motcua-kiosk; ps aux | grep motcua."
        return report.look(text, todo, count=services)
    if served:
        return report.well("The service runs.")
    return report.broken("The service does not run.", "Start it: systemctl start motcua-kiosk; see journalctl.")


def check_printers(report: PartReport, app: App, served: bool) -> Iterator[CheckResult]:
    """Asked directly; while the service runs it alone talks to them, and its journal tells how they are."""
    if not app.configuration.printer:
        yield report.look("No printer is set up.", "Name one in the configuration: [[printer]] name, url, profile.")
    for printer in app.configuration.printer:
        reason = _noted(app, printer.name) if served else _asked_reason(printer)
        if reason is None:
            yield report.well("{name}: the printer is well.", name=printer.name)
        else:
            yield _fault(report, printer.name, reason)


def _fault(report: PartReport, name: str, reason: str) -> CheckResult:
    todo = STAFF.get(reason, STAFF["no_answer"])
    return report.broken("{name}: slips do not come out ({reason}).", todo, name=name, reason=reason)


def _noted(app: App, printer: str) -> str | None:
    with app.store.reading() as reading:
        head = reading.state.head
        changes = reading.slip_history.changes(head.epoch, head.seq, printer)
        last = next(iter(reversed(list(changes))), None)
    return None if last is None or last.kind == "recovered" else last.reason or "no_answer"


def _asked_reason(section: PrinterSection) -> str | None:
    from ticket_printer.delivery.driver import TicketPrinter

    printer = TicketPrinter(section.url, section.profile, section.width_dots)
    try:
        status = printer.status()
    finally:
        printer.close()
    return None if status.state == "OK" else status.reason or "no_answer"


def check_voices(report: PartReport, app: App, folder: Path) -> Iterator[CheckResult]:
    """Phrases that are missing or damaged; another voice stands in for them, so nobody goes uncalled."""
    texts = problems(folder, app.configuration, report.words)
    for text in texts:
        yield CheckResult(Mark.LOOK, report.title, text)
    if not texts:
        yield report.well("Every voice is complete.")


def check_screens(report: PartReport, app: App) -> Iterator[CheckResult]:
    """Kiosks, tablets, boards and counters that were here and are silent now."""
    with app.store.reading() as reading:
        devices = reading.devices.all()
    gone, office = replaced(devices, app.clock.now_ms()), app.office
    devices = [device for device in devices if device.revoked_at is None and device.name not in gone]
    nowhere = [one for one in devices if one.role == "kiosk" and office.lacks_printer(one.name)]
    for device in nowhere:
        yield report.broken(
            "{name}: no printer is named for this kiosk, its numbers stay on the screen.",
            "Name it in the configuration ([[printer]] kiosks), or give it the place of another on /admin.",
            name=device.name,
        )
    silent = [device for device in devices if device.state in {"offline", "fault"}]
    for device in silent:
        yield report.look(
            "{name} ({role}) has been silent since {since}.",
            "See that it is switched on and on the network.",
            name=device.name,
            role=device.role,
            since=optional_rfc3339(device.seen_at) or "–",
        )
    if not silent and not nowhere:
        yield report.well("No device is missing.")
