"""The words and figures of a slip: of a ticket, and of a trial print."""

from __future__ import annotations

from datetime import datetime

from config.schema import Configuration
from kiosk.domain.printing import PrintJob
from kiosk.domain.service import Office
from kiosk.domain.ticket import Ticket
from kiosk.web.wording import translate_in
from ticket_printer.slip import Slip

WIDE = 500  # dots; narrower paper takes shorter words


def said(text: str) -> str:
    """A sentence in Vietnamese."""
    return translate_in("slips", text)


def ticket_slip(configuration: Configuration, office: Office, ticket: Ticket, job: PrintJob, width: int) -> Slip:
    """The slip of a ticket as it stands, for paper of `width` dots. No name, no priority."""
    services = {service.code: service for service in configuration.service}
    letter = services[ticket.issued_service]
    service = services[ticket.service]
    only = ticket.pool.removeprefix("c:") if ticket.pool.startswith("c:") else None
    counters = (only,) if only else tuple(c.code for c in configuration.counter if service.code in c.services)
    base = configuration.server.public_url.rstrip("/")
    wide = width >= WIDE
    return Slip(
        office=configuration.office.name.upper(), title=said("QUEUE TICKET"), letter=letter.letter, shape=letter.shape,
        number=ticket.number.removeprefix(letter.letter), service=service.name, pictogram=service.pictogram,
        counters=counters, counter_word=said("Go to counter" if wide else "Counter"), or_word=said("or"),
        ahead=job.ahead, ahead_text=_ahead(job.ahead), time_text=_moment(office.hours.local(ticket.issued_at)),
        session_text=_session(office, ticket.issued_at), qr_url=f"{base}/t/{ticket.public_token}" if base else None,
        qr_text=said("Scan the square to follow your number" if wide else "Scan: see your number"),
        thanks=_thanks(wide), reprint_text=said("Printed again") if job.marked else None,
    )  # fmt: skip


def trial_slip(configuration: Configuration, office: Office, now: int, width: int) -> Slip:
    """A slip that is no ticket, with the letters that fail first; `now` in ms since 1970."""
    service = configuration.service[0]
    wide = width >= WIDE
    return Slip(
        office=configuration.office.name.upper(), title=said("PRINTER TEST"), letter=service.letter,
        shape=service.shape, number="000", service="ẪẰỄỘỢ ẵữỷợđ", pictogram=service.pictogram, counters=("1", "2"),
        counter_word=said("Go to counter" if wide else "Counter"), or_word=said("or"), ahead=3,
        ahead_text=said("This is not a ticket"), time_text=_moment(office.hours.local(now)),
        session_text=_session(office, now), qr_url=None, qr_text="", thanks=said("The printer works."),
    )  # fmt: skip


def _thanks(wide: bool) -> str:
    return said("Please keep this slip and wait for your call." if wide else "Please keep this slip.")


def _ahead(ahead: int) -> str:
    return said("{count} people before you").format(count=ahead) if ahead else said("No waiting")


def _moment(local: datetime) -> str:
    return f"{local:%H:%M} · {local.day}/{local.month}/{local.year}"


def _session(office: Office, at: int) -> str:
    half = "Morning" if office.hours.half_day(at) == "morning" else "Afternoon"
    return said("Session: {session}").format(session=said(half))
