"""Outcomes of checks and backups, kept in the state folder for pages, metrics and the doctor."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from config import places
from contract.catalogues import DEFAULT_LANGUAGE
from kiosk.app import App
from kiosk.domain.storage_checks import BackupFile, CheckOutcome, StorageChecks
from kiosk.i18n.catalogues import translate
from kiosk.store.failures import StorageBusy, StorageFailed
from kiosk.store.office_state import NotInitialised

if TYPE_CHECKING:
    from kiosk.verify.recount import RecountResult

VERIFIED, BACKUP = "verified", "backup"
PRINTED = "printed"  # what a report showed could not be kept
STARTED = "started"  # a service started that had no time to look through the whole database
LASTING_MS = 26 * 3600 * 1000  # every night it is looked through again
log = logging.getLogger("kiosk.maintenance.check_outcomes")


def note_outcome(name: str, outcome: CheckOutcome) -> None:
    """Keep it in place of the one before. Raises OSError."""
    file = places.outcome_file(name)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(asdict(outcome)), encoding="utf-8")
    part.replace(file)


def note_verification(app: App, result: RecountResult) -> None:
    """Keep what a recount of the whole database came to; a state folder that cannot be written is told in the log."""
    try:
        with app.store.reading() as reading:
            epoch = reading.state.head.epoch
    except (StorageBusy, StorageFailed, NotInitialised):
        epoch = ""
    counted = f"{result.events} events, {result.tickets} tickets, {result.figures} figures"
    found = f"{result.differences} differences; the first: {result.listed[0]}" if result.listed else counted
    unusable = tuple(translate(one.reason, DEFAULT_LANGUAGE, **one.facts) for one in result.unusable)
    try:
        note_outcome(VERIFIED, CheckOutcome(app.clock.now_ms(), not result.differences, found, epoch, unusable))
    except OSError as error:
        log.warning("the outcome cannot be kept: %s", error)


def note_keeping(app: App, why: str) -> None:
    """Whether what the last report showed could be kept: `why` not, or an empty text, noted where it is news.

    A disk that takes no report mostly takes no note either; then this process remembers it.
    """
    before = _last_keeping(app)
    if not why and (before is None or before.ok):
        return
    if why:
        log.warning("what a report showed is not kept: %s", why)
    outcome = CheckOutcome(app.clock.now_ms(), not why, why)
    try:
        note_outcome(PRINTED, outcome)
        app.unnoted.pop(PRINTED, None)
    except OSError as error:
        app.unnoted[PRINTED] = outcome
        log.warning("the outcome cannot be kept: %s", error)


def _last_keeping(app: App) -> CheckOutcome | None:
    """What was noted, by another process too, or is remembered here: whichever is later."""
    known = [one for one in (app.unnoted.get(PRINTED), last_outcome(PRINTED)) if one is not None]
    return max(known, key=lambda one: one.at, default=None)


def last_outcome(name: str) -> CheckOutcome | None:
    """None when there was none, or what is kept of it cannot be read."""
    try:
        kept = json.loads(places.outcome_file(name).read_text(encoding="utf-8"))
        epoch, unusable = str(kept.get("epoch", "")), tuple(map(str, kept.get("unusable", ())))
        return CheckOutcome(int(kept["at"]), bool(kept["ok"]), str(kept["detail"]), epoch, unusable)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def was_checked(app: App, epoch: str) -> bool:
    """Whether the whole database was found to be right since a service last started on it, within a day."""
    outcome, started = last_outcome(VERIFIED), last_outcome(STARTED)
    if outcome is None or not outcome.ok or outcome.epoch != epoch:
        return False
    lasts = abs(app.clock.now_ms() - outcome.at) < LASTING_MS
    return lasts and (started is None or started.at < outcome.at)


def storage_checks(app: App | None = None) -> StorageChecks:
    """With what the process of `app` remembers."""
    keeping = last_outcome(PRINTED) if app is None else _last_keeping(app)
    return StorageChecks(last_outcome(VERIFIED), last_outcome(BACKUP), keeping)


def backups_here(office: str) -> list[BackupFile]:
    """The nightly backups on this machine and those that were asked for on the page."""
    from kiosk.maintenance.backup_making import list_backups  # once in a while, for a technician

    folders = (places.backups_folder(), places.asked_backups_folder())
    return [one for folder in folders for one in list_backups(folder, office)]
