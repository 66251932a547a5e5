"""Every check of the doctor, part by part; what cannot be seen because another part is broken is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from config import places
from config.schema import Configuration
from kiosk.app import App
from kiosk.maintenance.check_outcomes import storage_checks
from kiosk.maintenance.doctor import data, devices, doors, durability, machine, storage, upstream
from kiosk.maintenance.doctor.results import CheckResult, Mark, PartReport
from kiosk.maintenance.service_lock import how_many_serve, is_served
from kiosk.queries.clock import read_clock
from kiosk.store.engine import DatabaseUnfit

SQLITE = "sqlite:///"


def examine(
    configuration: Configuration, language: str, database_url: str, open_app: Callable[[], App]
) -> Iterator[CheckResult]:
    """Results as they are made; reading the whole journal takes about a minute for a million events.

    `open_app` opens the office of the configuration, whose database is at `database_url`.
    """
    report = partial(PartReport, language=language)
    home = places.home()
    yield machine.check_disk(report("Disk"), next(one for one in (home, *home.parents) if one.exists()))
    if home.exists() and (unwritable := storage.check_folder(report("Disk"), home)):
        yield unwritable
        return
    yield from machine.check_fonts(report("Fonts"))
    if database_url.startswith(SQLITE):
        file = Path(database_url.removeprefix(SQLITE))
        result = data.check_file(report("Database"), file, configuration.office.code)
        yield result
        if result.mark is Mark.BROKEN:
            return
        if stuck := durability.check_log(report("Database"), file):
            yield stuck
    try:
        app = open_app()
    except DatabaseUnfit as error:
        yield report("Database").broken("{error}.", "Install the product again: pip install .", error=str(error))
        return
    try:
        yield from _of_office(report, app)
    finally:
        app.close()


def _of_office(report: partial[PartReport], app: App) -> Iterator[CheckResult]:
    if outdated := data.check_schema(report("Database"), app):
        yield outdated
        return
    with app.store.reading() as reading:
        last, view = reading.state.last_time, read_clock(reading, app.office, app.clock)
    served, zone = is_served(places.home()), app.configuration.office.timezone
    doubt = machine.check_date(report("Clock"), view, zone)
    yield doubt or machine.check_clock(report("Clock"), view.time, last, zone, machine.SYNCHRONISED)
    yield devices.check_service(report("Service"), served, how_many_serve(places.home()))
    yield from doors.check_doors(report("Network"), app.configuration.server)
    yield from devices.check_printers(report("Printer"), app, served)
    yield from devices.check_voices(report("Voices"), app, places.home() / "voices")
    yield from devices.check_screens(report("Devices"), app)
    yield from upstream.check_lines(report("Line"), app.configuration.sync.connector, app.clock.now_ms())
    yield from data.check_followers(report("Delivery"), app)
    yield from upstream.check_branches(report("Delivery"), app)
    yield from storage.check_nightly(report("Database"), storage_checks(), app.clock.now_ms(), zone)
    if lost := durability.check_lost_numbers(report("Journal"), app):
        yield lost
    yield data.check_journal(report("Journal"), app)
