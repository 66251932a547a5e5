"""Whether the database is looked through and backed up every night, and whether the disk takes what is written."""

from __future__ import annotations

from pathlib import Path

from config import places
from config.sentences import sentence_of_system
from contract.records import dataclass
from kiosk.domain.storage_checks import CheckOutcome, StorageChecks
from kiosk.maintenance.doctor.machine import local
from kiosk.maintenance.doctor.results import CheckResult, PartReport


def check_folder(report: PartReport, folder: Path) -> CheckResult | None:
    """None when the state folder can be written."""
    reason = places.unwritable(folder)
    if reason is None:
        return None
    return report.broken(
        "Nothing can be written into {folder}: {reason}.",
        "See who owns it and how its disk is mounted: ls -ld {folder}; findmnt -T {folder}.",
        folder=str(folder),
        reason=sentence_of_system(reason).told(report.language),
    )


def check_nightly(report: PartReport, checks: StorageChecks, now: int, zone: str) -> list[CheckResult]:
    """The last whole check and the last backup; that reports can be made again only where they cannot."""
    results = [
        _nightly(report, checks.verified, VERIFIED, now, zone),
        _nightly(report, checks.backup, BACKUP, now, zone),
    ]
    last = checks.reports
    if last is not None and not last.ok:
        at = local(last.at, zone)
        results.append(report.look("A report of {at}. {detail}.", MAKE_AGAIN, at=at, detail=last.detail))
    return results


@dataclass(frozen=True, slots=True)
class NightlyWords:
    """Sentences of a nightly job, in English."""

    never: str
    done: str
    failed: str
    switch_on: str


VERIFIED = NightlyWords(
    "The whole database was never checked.",
    "The whole database was last checked at {at}.",
    "The check of {at} found: {detail}.",
    "Switch it on: systemctl enable --now motcua-verify.timer.",
)
BACKUP = NightlyWords(
    "There is no backup yet.",
    "The last backup was made at {at}.",
    "The backup of {at} failed: {detail}.",
    "Switch it on: systemctl enable --now motcua-backup.timer.",
)
MAKE_AGAIN = "Then make the report again; one that is kept takes this line away."
KEEP = "Keep the machine as it is, and call whoever looks after the product."


def _nightly(report: PartReport, last: CheckOutcome | None, words: NightlyWords, now: int, zone: str) -> CheckResult:
    if last is None:
        return report.look(words.never, words.switch_on)
    values = {"at": local(last.at, zone), "detail": last.detail}
    if not last.ok:
        return report.broken(words.failed, KEEP, **values)
    return (
        report.look(words.done, words.switch_on, **values) if last.is_late(now) else report.well(words.done, **values)
    )
