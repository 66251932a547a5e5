"""The whole round of the doctor, part by part; what cannot be seen because another part is broken is left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from config import places
from config.schema import Configuration
from kiosk.bootstrap import House, build_house, database_url
from kiosk.doctor import data, devices, machine, upstream
from kiosk.doctor.findings import Finding, Mark, Report
from kiosk.serving import is_served
from kiosk.store.engine import DatabaseUnfit

SQLITE = "sqlite:///"


def examine(configuration: Configuration, language: str) -> Iterator[Finding]:
    """Findings as they are made; reading the whole journal takes about a minute for a million events."""
    report = partial(Report, language=language)
    places.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    yield machine.check_disk(report("Disk"), places.home())
    yield from machine.check_fonts(report("Fonts"))
    url = database_url(configuration)
    if url.startswith(SQLITE):
        found = data.check_file(report("Database"), Path(url.removeprefix(SQLITE)), configuration.office.code)
        yield found
        if found.mark is Mark.BROKEN:
            return
    try:
        house = build_house(configuration)
    except DatabaseUnfit as error:
        yield report("Database").broken("{error}.", "Install the product again: pip install .", error=str(error))
        return
    try:
        yield from _of_office(report, house)
    finally:
        house.close()


def _of_office(report: partial[Report], house: House) -> Iterator[Finding]:
    if outdated := data.check_schema(report("Database"), house):
        yield outdated
        return
    with house.store.reading() as reading:
        last = reading.glance().last_time
    served, zone = is_served(places.home()), house.configuration.office.timezone
    yield machine.check_clock(report("Clock"), house.clock.now_ms(), last, zone, machine.SYNCHRONISED)
    yield devices.check_service(report("Service"), served)
    yield from devices.check_printers(report("Printer"), house, served)
    yield from devices.check_voices(report("Voices"), house, places.home() / "voices")
    yield from devices.check_screens(report("Devices"), house)
    yield from upstream.check_lines(report("Line"), house.configuration.sync.connector, house.clock.now_ms())
    yield from data.check_followers(report("Delivery"), house)
    yield data.check_journal(report("Journal"), house)
