"""The composition root: the only place that builds concrete objects from the configuration."""

from __future__ import annotations

import logging
import os
import socket
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from config import places
from kiosk.app import App, new_id
from kiosk.clock import MachineClock, OfficeClock, SystemClock
from kiosk.domain.calendar import DAYS, OpeningHours, Session
from kiosk.domain.letterhead import Letterhead
from kiosk.domain.office_facts import OfficeFacts
from kiosk.domain.office_files import OfficeFiles
from kiosk.domain.office_forms import OfficeForms
from kiosk.domain.service import CounterPlace, Office, OfficeName, Promises, Service
from kiosk.domain.survey import FurtherQuestion, Survey
from kiosk.i18n.catalogues import speak_to
from kiosk.i18n.office_texts import office_texts
from kiosk.maintenance.ended_credentials import ended_file
from kiosk.queries.public_configuration import PublicConfiguration, PublicFiling, fingerprint_of
from kiosk.reports.office_files import read_words
from kiosk.reports.office_points import GIVEN_FOR, points_in
from kiosk.reports.remarks import SHOWN_BY, remarks_in
from kiosk.store.failures import failure_of
from kiosk.store.office_state import NO_DATABASE, NotInitialised
from kiosk.store.schema import is_current
from kiosk.store.store import Store

if TYPE_CHECKING:
    from config.schema import Configuration, ServiceSection
    from config.survey import FurtherSection
    from kiosk.domain.office_clock import OfficeTime

log = logging.getLogger("kiosk")
EXIT_STORAGE = 70
SQLITE = "sqlite:///"


def _promises(waiting_minutes: int, service_minutes: int | None) -> Promises:
    return Promises(waiting_minutes * 60_000, None if service_minutes is None else service_minutes * 60_000)


def _names_on_paper(configuration: Configuration) -> tuple[OfficeName, ...]:
    office = configuration.office
    return tuple(OfficeName(one.since, one.name, one.authority or office.authority, one.source) for one in office.names)


def build_office(configuration: Configuration) -> Office:
    """The office as the rules see it."""
    section, survey = configuration.office, configuration.survey
    sessions = tuple(
        Session(DAYS.index(day), hours.opens, hours.closes) for hours in section.hours for day in hours.days
    )
    hours = OpeningHours(ZoneInfo(section.timezone), sessions, frozenset(section.holidays), section.opening == "always")
    return Office(
        code=section.code,
        name=section.name,
        services={one.code: _service(one) for one in configuration.service},
        counters={
            c.code: CounterPlace(c.code, c.name, tuple(c.services), c.officer, tuple(c.replaces))
            for c in configuration.counter
        },
        priorities=frozenset(priority.code for priority in configuration.priority),
        hours=hours,
        survey=Survey(
            survey.code,
            tuple(level.code for level in survey.levels),
            frozenset(reason.code for reason in survey.reasons),
            survey.window_minutes * 60_000,
            tuple(map(_further_question, survey.further)),
            survey.voice_remark,
        ),
        no_show_grace_ms=configuration.counters.no_show_grace_minutes * 60_000,
        priority_in_a_row=configuration.counters.priority_in_a_row,
        names=_names_on_paper(configuration),
        priority_names={priority.code: priority.name for priority in configuration.priority},
        require_clerk=configuration.counters.require_clerk,
        promises=_promises(section.waiting_promise_minutes, section.service_promise_minutes),
        languages=tuple(section.languages),
        printers=tuple(printer.name for printer in configuration.printer),
        masked_names=frozenset(section.masked_names),
        programs_see_names=configuration.reports.programs_see_names,
        dispensers={kiosk: printer.name for printer in configuration.printer for kiosk in printer.kiosks},
        shared_printer=_shared_printer(configuration),
        information=frozenset(configuration.kiosk.information),
        notices=tuple((notice.id, notice.text, notice.language) for notice in configuration.notice),
    )


def _further_question(section: FurtherSection) -> FurtherQuestion:
    choices = {one.code: one.name for one in section.choices}
    return FurtherQuestion(section.code, section.name, choices, section.criterion)


def _service(section: ServiceSection) -> Service:
    return Service(
        section.code,
        section.letter,
        section.name,
        tuple(section.fields),
        section.sensitive,
        section.daily_cap,
        tuple(section.sensitive_fields),
        tuple(section.replaces),
    )


def _shared_printer(configuration: Configuration) -> str | None:
    """The only printer that names no kiosk; one that merely stands in for another is not meant."""
    substitutes = {printer.fallback for printer in configuration.printer}
    unnamed = [printer.name for printer in configuration.printer if not printer.kiosks]
    own = [name for name in unnamed if name not in substitutes] or unnamed
    return own[0] if len(own) == 1 else None


REPORTED = frozenset({"waiting_promise_minutes", "service_promise_minutes", "names"})  # read by reports alone


def public_configuration(configuration: Configuration) -> PublicConfiguration:
    """What pages and the TV show of the configuration: names, colours, shapes, wording; no address, no secret."""
    plain = configuration.model_dump(mode="json", by_alias=True)
    office = plain["office"]
    for name in REPORTED:
        del office[name]
    for row in (*plain["service"], *plain["counter"]):
        del row["replaces"]
    del plain["kiosk"]["information"]  # a kiosk is told of itself alone, by GET /printers
    for service in plain["service"]:
        service["names"] = _names_of(service["code"], configuration)
    tablets = {device.counter for device in configuration.device if device.role == "tablet"}
    for counter in plain["counter"]:
        counter["tablet"] = counter["code"] in tablets
    office["hours"] = [{**row, "from": row["from"][:5], "to": row["to"][:5]} for row in office["hours"]]
    return {
        "office": office,
        "services": plain["service"],
        "counters": plain["counter"],
        "priorities": plain["priority"],
        "survey": plain["survey"],
        "officers": plain["officer"],
        "notices": plain["notice"],
        "procedures": plain["procedure"],
        "public_url": configuration.server.public_url,
        "board": {
            "far": plain["board"]["far"],
            "overdue_first": plain["board"]["overdue_first"],
            "procedures_page": plain["board"]["procedures_page"],
            "picture": plain["board"]["picture"],
        },
        "filing": _public_filing(plain["filing"]),
        "kiosk": plain["kiosk"],
        "texts": office_texts(configuration),
    }


def _public_filing(plain: dict[str, Any]) -> PublicFiling:
    guides = plain["guide"]
    for guide in guides:
        guide["steps"] = guide.pop("step")
    return cast(PublicFiling, {"portals": plain["portal"], "guides": guides})


def _names_of(service: str, configuration: Configuration) -> dict[str, str]:
    """The names of a service in other languages than the office's own, as they stand on slips."""
    words = configuration.slip_words.items()
    return {language: given.services[service] for language, given in words if given.services.get(service)}


def database_url(configuration: Configuration) -> str:
    return configuration.database.url or f"{SQLITE}{places.database_file()}"


def database_file(configuration: Configuration) -> Path | None:
    """The file of SQLite; None on PostgreSQL."""
    url = database_url(configuration)
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


def database_folder(configuration: Configuration) -> Path | None:
    file = database_file(configuration)
    return None if file is None else file.resolve().parent


def build_app(configuration: Configuration, machine: MachineClock | None = None) -> App:
    """Open the database of the configured office; the state folder is made when missing."""
    places.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    return _app_of(configuration, machine)


def _app_of(configuration: Configuration, machine: MachineClock | None = None) -> App:
    office = build_office(configuration)
    speak_to(configuration.office.folk)
    store = Store(database_url(configuration), office, new_id)
    store.note_end = _note_end
    return App(configuration, office, store, OfficeClock(machine or SystemClock(), lambda: _time_taken(store)))


def _note_end(lines: list[str]) -> None:
    """What is over ends although it can't be noted."""
    try:
        ended_file().add(lines)
    except OSError as error:
        log.warning("a restored backup may bring ended credentials back: %s", error)


def _time_taken(store: Store) -> OfficeTime | None:
    try:
        with store.reading() as reading:
            return reading.state.clock
    except NotInitialised:
        return None


def open_app(configuration: Configuration, machine: MachineClock | None = None) -> App:
    """The office of a database that is there, in tables of this version; nothing is made.

    Raises NotInitialised, DatabaseUnfit, StorageBusy, StorageFailed.
    """
    file = database_file(configuration)
    if file is not None and not file.is_file():
        raise NotInitialised(NO_DATABASE, file=file)
    app = _app_of(configuration, machine)
    try:
        if not is_current(app.store.reader):
            raise NotInitialised("the tables are of another version; run motcua init with the same configuration")
    except Exception as error:
        app.close()
        raise failure_of(error) or error from error
    return app


def fingerprint(configuration: Configuration) -> str:
    """Of what the office shows and follows; a change of it is an event."""
    return fingerprint_of(public_configuration(configuration))


def exit_on_storage_failure(error: BaseException) -> None:
    """A failed write or fsync cannot be retried: the kernel may have dropped the pages. Restart into recovery."""
    log.critical("the storage failed: %s", error)
    sys.stderr.flush()
    os._exit(EXIT_STORAGE)


def letterhead(configuration: Configuration, day: date) -> Letterhead:
    """Of a document that is issued on a day."""
    letter, office = configuration.letter, configuration.office
    begun = [one for one in office.names if one.since <= day]
    if begun:
        named = max(begun, key=lambda one: one.since)
        office = office.model_copy(update={"authority": named.authority or office.authority})
        own = named.model_dump(include={"superior", "signer", "addressees", "recipients"}, exclude_none=True)
        letter = letter.model_copy(update=own)
    return Letterhead(
        superior=letter.superior,
        issuer=office.authority,
        symbol=letter.symbol,
        place=letter.place,
        day=day,
        addressees=tuple(letter.addressees),
        signer=tuple(letter.signer),
        signer_name=letter.signer_name,
        recipients=tuple(letter.recipients),
        filed=letter.filed,
    )


def office_facts(configuration: Configuration, report: str, files: OfficeFiles | None = None) -> OfficeFacts:
    """Of a report, by its `files`, else by those of the state folder. Raises RemarksUnreadable."""
    given = files or read_words(places.home() / "reports", report)
    return OfficeFacts(
        configuration.office.name,
        configuration.office.authority,
        [(officer.position, officer.field) for officer in configuration.officer],
        len(configuration.counter),
        configuration.office.seats,
        remarks_in(given.remarks) if report in SHOWN_BY else {},
        points_in(given.points) if report in GIVEN_FOR else (),
    )


def office_forms(files: OfficeFiles | None = None) -> OfficeForms:
    """Forms and rules that the office added itself: of the files, else in the state folder. Raises FormsBroken."""
    from kiosk.reports.forms import checked_forms_in, checked_office_forms

    return checked_office_forms(places.home() / "reports") if files is None else checked_forms_in(files.forms)


def trusted_hosts(configuration: Configuration) -> frozenset[str]:
    names = {socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"}
    public = configuration.server.public_url.partition("//")[2].partition("/")[0].partition(":")[0]
    return frozenset(names | ({public.lower()} if public else set()))
