"""What must never be lost: the database, its journal, and how far the one-stop system has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.bootstrap import House
from kiosk.doctor.findings import Finding, Report
from kiosk.doctor.machine import local
from kiosk.store.backup import NotABackup, check_database
from kiosk.store.devices import Access, Follower
from kiosk.store.schema import is_current, unreachable
from kiosk.web.delivery import FINE, behind, is_silent, lives

BY_ITSELF = frozenset({"waiting"})
STATES = {
    "waiting": "{count} events wait since {since}; it tries again by itself",
    "blocked": "{count} events wait since {since}; somebody must mend something before they go",
    "doubled": "a copy of this machine sends too, since {since}; {count} events wait",
}
DEAD = "{name}: {count} events wait, and the program that sends them has said nothing since {since}."
START = "Start it: systemctl enable --now motcua-sync."
RESTART = "See systemctl status motcua-sync; start it: systemctl enable --now motcua-sync; then journalctl."


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
    """One finding a configured connector, in the words in which it tells of itself; in English in ours."""
    with house.store.reading() as reading:
        known, now = lives(reading), house.clock.now_ms()
        told = {follower.name: follower for follower in Access(reading.transaction, reading.office).followers()}
        silent = {name for name, follower in told.items() if is_silent(reading, follower, known, now)}
    for connector in house.configuration.sync.connector:
        follower = told.get(connector.name)
        if follower is None:
            yield report.look("{name}: nothing was ever sent.", START, name=connector.name)
        else:
            zone = house.configuration.office.timezone
            facts = Facts(behind(follower, known), follower.name in silent, local(follower.since, zone),
                          local(follower.updated_at, zone))  # fmt: skip
            yield _follower(report, follower, facts)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the journal knows of a follower; times as people read them."""

    behind: int
    silent: bool
    since: str
    heard: str


def _follower(report: Report, told: Follower, facts: Facts) -> Finding:
    """The state comes first: what stands still is broken, whatever was refused before."""
    values = {"name": told.name, "count": facts.behind, "since": facts.heard}
    if facts.silent:
        return report.broken(DEAD, RESTART, **values)
    if told.state in FINE and not told.refused:
        return report.well("{name}: the one-stop system has everything but {count} events.", **values)
    said = {"name": told.name, "detail": _said(report, told, facts)}
    if told.state in FINE:
        return report.look("{name}: {detail}.", "Look at /admin/sync: what was refused is sent again there.", **said)
    if told.state in BY_ITSELF:
        return report.look("{name}: {detail}.", "It goes on by itself; see that the line works.", **said)
    return report.broken("{name}: {detail}.", "Look at /admin/sync and mend what it names.", **said)


def _said(report: Report, told: Follower, facts: Facts) -> str:
    """How it fares and how much was refused. Its own words are Vietnamese; English has the state and the figures."""
    numbers = {"count": facts.behind, "since": facts.since, "refused": len(told.refused)}
    if told.state in FINE:
        words = report.say("{refused} events were refused", **numbers)
        return words if report.language == "en" else told.detail or words
    words = report.say(STATES.get(told.state, STATES["blocked"]), **numbers)
    words = words if report.language == "en" else told.detail or words
    return report.say("{words}; {refused} events were refused", words=words, **numbers) if told.refused else words
