"""What must never be lost: the database, its journal, and how far the one-stop system has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from contract.records import dataclass
from kiosk.app import App
from kiosk.domain.followers import FollowerStatus
from kiosk.maintenance.backup import NotABackup, check_database
from kiosk.maintenance.doctor.machine import local
from kiosk.maintenance.doctor.results import CheckResult, PartReport
from kiosk.queries.followers import FINE, behind, epochs_of, is_silent
from kiosk.store.schema import is_current, unreachable

BY_ITSELF = frozenset({"waiting"})
STATES = {
    "waiting": "{count} events wait since {since}; it tries again by itself",
    "blocked": "{count} events wait since {since}; somebody must mend something before they go",
    "doubled": "a copy of this machine sends too, since {since}; {count} events wait",
}
DEAD = "{name}: {count} events wait, and the program that sends them has said nothing since {since}."
START = "Start it: systemctl enable --now motcua-sync."
RESTART = "See systemctl status motcua-sync; start it: systemctl enable --now motcua-sync; then journalctl."


def check_file(report: PartReport, file: Path, office: str) -> CheckResult:
    """The database file of SQLite: there, of this office, sound in every page."""
    try:
        check_database(file, office)
    except NotABackup as error:
        return report.broken(
            "The database cannot be used: {error}.",
            "A new machine: motcua init. Else take the newest backup back: motcua restore FILE.",
            error=str(error),
        )
    return report.well("The database is sound ({file}).", file=str(file))


def check_schema(report: PartReport, app: App) -> CheckResult | None:
    """None when the tables are those of this version."""
    if error := unreachable(app.store.reader):
        return report.broken(
            "The database does not answer: {error}.", "Start it and see that [database] url is right.", error=error
        )
    if is_current(app.store.reader):
        return None
    return report.broken("The tables are of another version.", "Run motcua init with the same configuration.")


def check_journal(report: PartReport, app: App) -> CheckResult:
    """Every event read once more: chain, numbers, figures."""
    from kiosk.maintenance.verification import verify_store

    result = verify_store(app.store)
    if result.differences:
        return report.broken(
            "The journal has {count} differences in {events} events; the first: {first}",
            "Run motcua verify, keep what it says, and call whoever looks after the product.",
            count=result.differences,
            events=result.events,
            first=result.listed[0],
        )
    if result.unusable:
        return report.look(
            "The journal recounts, but not by the office's own rules: {file}",
            "Mend the file and run motcua verify again.",
            file="; ".join(report.say(one.reason, **one.facts) for one in result.unusable),
        )
    return report.well("The journal holds {events} events and recounts without a difference.", events=result.events)


def check_followers(report: PartReport, app: App) -> Iterator[CheckResult]:
    """One result a configured connector, in the words in which it tells of itself; in English in ours."""
    with app.store.reading() as reading:
        epochs, now = epochs_of(reading), app.clock.now_ms()
        followers = {follower.name: follower for follower in reading.followers.all()}
        silent = {name for name, follower in followers.items() if is_silent(reading, follower, epochs, now)}
    for connector in app.configuration.sync.connector:
        follower = followers.get(connector.name)
        if follower is None:
            yield report.look("{name}: nothing was ever sent.", START, name=connector.name)
        else:
            zone = app.configuration.office.timezone
            facts = Facts(
                behind(follower, epochs),
                follower.name in silent,
                local(follower.since, zone),
                local(follower.updated_at, zone),
            )
            yield _follower(report, follower, facts)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the journal knows of a follower; times as people read them."""

    behind: int
    silent: bool
    since: str
    heard: str


def _follower(report: PartReport, follower: FollowerStatus, facts: Facts) -> CheckResult:
    """The state comes first: what stands still is broken, whatever was refused before."""
    values = {"name": follower.name, "count": facts.behind, "since": facts.heard}
    if facts.silent:
        return report.broken(DEAD, RESTART, **values)
    if follower.state in FINE and not follower.refused:
        return report.well("{name}: the one-stop system has everything but {count} events.", **values)
    details = {"name": follower.name, "detail": _delivery_words(report, follower, facts)}
    if follower.state in FINE:
        return report.look("{name}: {detail}.", "Look at /admin/sync: what was refused is sent again there.", **details)
    if follower.state in BY_ITSELF:
        return report.look("{name}: {detail}.", "It goes on by itself; see that the line works.", **details)
    return report.broken("{name}: {detail}.", "Look at /admin/sync and mend what it names.", **details)


def _delivery_words(report: PartReport, follower: FollowerStatus, facts: Facts) -> str:
    """How it fares and how much was refused. Its own words are Vietnamese; English has the state and the figures."""
    numbers = {"count": facts.behind, "since": facts.since, "refused": len(follower.refused)}
    if follower.state in FINE:
        words = report.say("{refused} events were refused", **numbers)
        return words if report.language == "en" else follower.detail or words
    words = report.say(STATES.get(follower.state, STATES["blocked"]), **numbers)
    words = words if report.language == "en" else follower.detail or words
    return report.say("{words}; {refused} events were refused", words=words, **numbers) if follower.refused else words
