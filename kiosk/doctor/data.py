"""What must never be lost: the database, its journal, and how far the one-stop system has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.bootstrap import House
from kiosk.doctor.findings import Finding, Report
from kiosk.store.backup import NotABackup, check_database
from kiosk.store.devices import Access, Follower
from kiosk.store.schema import is_current, unreachable
from kiosk.web.delivery import behind, lives

FINE = frozenset({"ok", "sending"})
BY_ITSELF = frozenset({"waiting"})


def check_file(report: Report, file: Path, office: str) -> Finding:
    """The database file of SQLite: there, of this office, sound in every page."""
    try:
        check_database(file, office)
    except NotABackup as error:
        return report.broken(
            "The database cannot be used: {error}.",
            "A new machine: motcua init. Else take the newest backup back: motcua restore FILE.", error=str(error),
        )  # fmt: skip
    return report.well("The database is sound ({file}).", file=str(file))


def check_schema(report: Report, house: House) -> Finding | None:
    """None when the tables are those of this version."""
    if error := unreachable(house.store.reader):
        return report.broken(
            "The database does not answer: {error}.", "Start it and see that [database] url is right.", error=error
        )
    if is_current(house.store.reader):
        return None
    return report.broken("The tables are of another version.", "Run motcua init with the same configuration.")


def check_journal(report: Report, house: House) -> Finding:
    """Every event read once more: chain, numbers, figures."""
    from kiosk.recount.recount import verify

    found = verify(house.store)
    if found.differences:
        return report.broken(
            "The journal has {count} differences in {events} events; the first: {first}",
            "Run motcua verify, keep what it says, and call whoever looks after the product.",
            count=found.differences, events=found.events, first=found.listed[0],
        )  # fmt: skip
    return report.well("The journal holds {events} events and recounts without a difference.", events=found.events)


def check_followers(report: Report, house: House) -> Iterator[Finding]:
    """One finding a configured connector, in the words in which it tells of itself."""
    with house.store.reading() as reading:
        known = lives(reading)
        told = {follower.name: follower for follower in Access(reading.transaction, reading.office).followers()}
    for connector in house.configuration.sync.connector:
        yield _follower(report, connector.name, told.get(connector.name), known)


def _follower(report: Report, name: str, told: Follower | None, known: list[tuple[str, int]]) -> Finding:
    if told is None:
        return report.look(
            "{name}: nothing was ever sent.", "Start it: systemctl enable --now motcua-sync.", name=name
        )  # fmt: skip
    values = {"name": name, "detail": told.detail or "", "count": behind(told, known)}
    if told.refused:
        return report.look("{name}: {detail}.", "Look at /admin/sync: what was refused is sent again there.", **values)
    if told.state in FINE:
        return report.well("{name}: the one-stop system has everything but {count} events.", **values)
    if told.state in BY_ITSELF:
        return report.look("{name}: {detail}.", "It goes on by itself; see that the line works.", **values)
    return report.broken("{name}: {detail}.", "Look at /admin/sync and mend what it names.", **values)
