"""The words and figures of a slip: of a ticket, of a trial print, and of what a printer may keep in its memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from config import places
from config.schema import Configuration, ServiceSection
from kiosk.domain.printing import PrintJob
from kiosk.domain.service import Office
from kiosk.domain.ticket import Ticket
from kiosk.slip_words import Words, words_for
from kiosk.web.wording import translate_in
from ticket_printer.slip import EMPTY, Slip
from ticket_printer.ways import Way

WIDE = 500  # dots; narrower paper takes shorter words
AHEAD_KEPT = 30  # a printer's memory holds the row of people waiting up to so many
WAYS = {
    "drawn": "Slips are drawn dot for dot.",
    "stored": "Slips use pictures kept in the printer.",
    "mixed": "The line is slow: slips have the printer's own letters, only number and code are drawn.",
    "plain": "The line is very slow: slips have the printer's own letters only.",
}


def said(text: str) -> str:
    """A sentence in Vietnamese."""
    return translate_in("slips", text)


def said_way(way: Way) -> str:
    """How a printer's slips are printed, for the technician."""
    marks = "" if way.marks else " " + said("Without Vietnamese marks: no code page is proven on it.")
    seconds = (
        "" if way.wire_s is None else " " + said("{seconds} s of line a slip.").format(seconds=f"{way.wire_s:.1f}")
    )
    return said(WAYS[way.kind]) + marks + seconds


def ticket_slip(configuration: Configuration, office: Office, ticket: Ticket, job: PrintJob, width: int) -> Slip:
    """The slip of a ticket as it stands, for paper of `width` dots, in its language. No name, no priority.

    A service that left the configuration since then is not named, and its number stands without a shape.
    """
    words = words_for(configuration, ticket.language)
    services = {service.code: service for service in configuration.service}
    issued, service = services.get(ticket.issued_service), services.get(ticket.service)
    base = configuration.server.public_url.rstrip("/")
    return replace(
        _lasting(configuration, words, service, width, job.ahead),
        letter=ticket.number[0], shape=issued.shape if issued else "", number=ticket.number[1:],
        counters=_counters(configuration, ticket.service, ticket.pool),
        time_text=_moment(office.hours.local(ticket.issued_at)),
        session_text=_session(office, ticket.issued_at, words),
        qr_url=f"{base}/t/{ticket.public_token}" if base else None,
        reprint_text=words.say("again") if job.marked else None,
    )  # fmt: skip


def trial_slip(configuration: Configuration, office: Office, now: int, width: int) -> Slip:
    """A slip that is no ticket, with the letters that fail first; `now` in ms since 1970."""
    service, words = configuration.service[0], words_for(configuration)
    return replace(
        _lasting(configuration, words, service, width, 3),
        title=said("PRINTER TEST"), letter=service.letter, shape=service.shape, number="000",
        service="ẪẰỄỘỢ ẵữỷợđ", counters=("1", "2"), ahead_text=said("This is not a ticket"),
        time_text=_moment(office.hours.local(now)), session_text=_session(office, now, words), qr_text="",
        thanks=said("The printer works."),
    )  # fmt: skip


def samples(configuration: Configuration, width: int) -> Iterator[Slip]:
    """What comes again and again, for a printer that can keep pictures: the first language first."""
    for language in configuration.office.languages:
        words = words_for(configuration, language)
        for service in configuration.service:
            yield _lasting(configuration, words, service, width, 0)
        for ahead in range(1, AHEAD_KEPT + 1):
            yield _lasting(configuration, words, configuration.service[0], width, ahead)


def _lasting(
    configuration: Configuration, words: Words, service: ServiceSection | None, width: int, ahead: int
) -> Slip:
    """Everything but number, time and address."""
    short = "" if width >= WIDE else "_short"
    said_ahead = words.say("ahead").format(count=ahead) if ahead else words.say("nobody_ahead")
    return replace(
        EMPTY,
        office=words.office(configuration), title=words.say("title"),
        service=words.service(service) if service else "", pictogram=service.pictogram if service else "",
        counters=_counters(configuration, service.code, "") if service else (),
        counter_word=words.say("counter" if short else "go_to_counter"), or_word=words.say("either"),
        ahead=ahead, ahead_text=said_ahead, qr_text=words.say(f"follow{short}"), thanks=words.say(f"keep{short}"),
        logo=str(places.home() / configuration.office.logo) if configuration.office.logo else "",
    )  # fmt: skip


def _counters(configuration: Configuration, service: str, pool: str) -> tuple[str, ...]:
    """The one counter a ticket was sent to, else all that serve it."""
    if pool.startswith("c:"):
        return (pool.removeprefix("c:"),)
    return tuple(counter.code for counter in configuration.counter if service in counter.services)


def _moment(local: datetime) -> str:
    return f"{local:%H:%M} · {local.day}/{local.month}/{local.year}"


def _session(office: Office, at: int, words: Words) -> str:
    half = "morning" if office.hours.half_day(at) == "morning" else "afternoon"
    return words.say("session").format(session=words.say(half))
