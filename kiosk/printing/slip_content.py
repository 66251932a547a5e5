"""The words and figures of a slip: of a ticket, of a trial print, and of what a printer may keep in its memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from config import places
from config.schema import Configuration, ServiceSection
from contract.counter_runs import counter_runs
from kiosk.domain.pools import counter_of_pool
from kiosk.domain.print_job import PrintJob
from kiosk.domain.service import Office
from kiosk.domain.ticket import Ticket
from kiosk.printing.slip_words import SlipWording, translate, wording_for
from ticket_printer.rendering.render_mode import RenderMode
from ticket_printer.slip import EMPTY, Slip

WIDE = 500  # dots; narrower paper takes shorter words
AHEAD_STORED = 30  # a printer's memory holds the row of people waiting up to so many
MODES = {
    "raster": "Slips are drawn dot for dot.",
    "stored": "Slips use pictures kept in the printer.",
    "mixed": "The line is slow: slips have the printer's own letters, only number and code are drawn.",
    "text": "The line is very slow: slips have the printer's own letters only.",
}


def describe_mode(mode: RenderMode) -> str:
    """The render mode in Vietnamese, for the technician."""
    marks = "" if mode.marks else " " + translate("Without Vietnamese marks: no code page is proven on it.")
    if mode.wire_s is None:
        return translate(MODES[mode.kind]) + marks
    seconds = translate("{seconds} s of line a slip.").format(seconds=f"{mode.wire_s:.1f}")
    return f"{translate(MODES[mode.kind])}{marks} {seconds}"


def ticket_slip(configuration: Configuration, office: Office, ticket: Ticket, job: PrintJob, width: int) -> Slip:
    """The slip of a ticket as it stands, for paper of `width` dots, in its language. No name, no priority.

    A service that left the configuration since then is not named, and its number stands without a shape.
    """
    wording = wording_for(configuration, ticket.language)
    services = {service.code: service for service in configuration.service}
    issued, service = services.get(ticket.issued_service), services.get(ticket.service)
    base = configuration.server.public_url.rstrip("/")
    return replace(
        _reusable_part(configuration, wording, service, width, job.ahead),
        letter=ticket.number[0],
        shape=issued.shape if issued else "",
        number=ticket.number[1:],
        counters=_counters(configuration, ticket.service, ticket.pool),
        time_text=_time_text(office.hours.local(ticket.issued_at)),
        session_text=_session_text(office, ticket.issued_at, wording),
        qr_url=f"{base}/t/{ticket.public_token}" if base and _is_citizens(ticket, job) else None,
        reprint_text=wording.text("again") if job.marked else None,
    )


def _is_citizens(ticket: Ticket, job: PrintJob) -> bool:
    """Whether no other paper of the ticket can be about, and nobody had called it when the slip was asked for: with the
    address of a visit one may rate it, and who serves must not get one by printing the slip again, not even beforehand.
    """
    return not job.marked and (ticket.first_called_at is None or job.created_at <= ticket.first_called_at)


def trial_slip(configuration: Configuration, office: Office, now: int, width: int) -> Slip:
    """A slip that is no ticket, with the letters that fail first; `now` in ms since 1970."""
    service, wording = configuration.service[0], wording_for(configuration)
    return replace(
        _reusable_part(configuration, wording, service, width, 3),
        title=translate("PRINTER TEST"),
        letter=service.letter,
        shape=service.shape,
        number="000",
        service="ẪẰỄỘỢ ẵữỷợđ",
        counters=("1", "2"),
        ahead_text=translate("This is not a ticket"),
        time_text=_time_text(office.hours.local(now)),
        session_text=_session_text(office, now, wording),
        qr_text="",
        thanks=translate("The printer works."),
    )


def samples(configuration: Configuration, width: int) -> Iterator[Slip]:
    """What comes again and again, for a printer that can keep pictures: the first language first."""
    for language in configuration.office.languages:
        wording = wording_for(configuration, language)
        for service in configuration.service:
            yield _reusable_part(configuration, wording, service, width, 0)
        for ahead in range(1, AHEAD_STORED + 1):
            yield _reusable_part(configuration, wording, configuration.service[0], width, ahead)


def _reusable_part(
    configuration: Configuration, wording: SlipWording, service: ServiceSection | None, width: int, ahead: int
) -> Slip:
    """Everything but number, time and address."""
    short = "" if width >= WIDE else "_short"
    ahead_text = wording.text("ahead").format(count=ahead) if ahead else wording.text("nobody_ahead")
    return replace(
        EMPTY,
        office=wording.office(configuration),
        title=wording.text("title"),
        service=wording.service(service) if service else "",
        pictogram=service.pictogram if service else "",
        counters=_counters(configuration, service.code, "") if service else (),
        counter_word=wording.text("counter" if short else "go_to_counter"),
        or_word=wording.text("either"),
        ahead=ahead,
        ahead_text=ahead_text,
        qr_text=wording.text(f"follow{short}"),
        thanks=wording.text(f"keep{short}"),
        logo=str(places.home() / configuration.office.logo) if configuration.office.logo else "",
    )


def _counters(configuration: Configuration, service: str, pool: str) -> tuple[str, ...]:
    """The one counter a ticket was sent to, else all that serve it."""
    only = counter_of_pool(pool)
    if only is not None:
        return (only,)
    return counter_runs([counter.code for counter in configuration.counter if service in counter.services])


def _time_text(local: datetime) -> str:
    return f"{local:%H:%M} · {local.day}/{local.month}/{local.year}"


def _session_text(office: Office, at: int, wording: SlipWording) -> str:
    half = "morning" if office.hours.half_day(at) == "morning" else "afternoon"
    return wording.text("session").format(session=wording.text(half))
