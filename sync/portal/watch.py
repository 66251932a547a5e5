"""Follows dossiers at the national portal: asks as seldom as the policy says, uploads what changed, reports its state.

It asks about the dossiers that the service knows and that may still change, about those that a clerk linked to a
ticket, and about the running numbers that the unit may have given out since.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

from config.followers import ConnectorSection
from config.portal_schema import PortalSection
from contract.dossiers import UNNAMED_FIELD, DossierInput
from sync.dossier_upload import ToldRefusals, upload_dossiers
from sync.dossiers.procedures import ProcedureEntry
from sync.dossiers.rows import InvalidRow, parse_row
from sync.dossiers.sanitizer import DossierSanitizer
from sync.dossiers.text_keys import key_of
from sync.errors import SyncError
from sync.journal_client import JournalClient, ServiceError
from sync.policy import retry_delay
from sync.portal import policy
from sync.portal.catalogue_table import catalogue_table
from sync.portal.mapping import PortalMapping, load_mapping
from sync.portal.national_portal import NO_ANSWER, REFUSED, Item, NationalPortal
from sync.portal.tracker import DossierTracker
from sync.report import FollowerReport
from sync.wording import grouped, translate

PAUSE_S = 5.0
MINUTE_S = 60.0
SERVICE_DOWN_S = 10.0
PAGE = 1000
MOST_REFUSED = 3  # in a row and nothing answered: then it is the portal, not a dossier
FOLLOWING = "following {count} dossiers at the national portal"
UNREADABLE = "{count} dossiers of the portal cannot be read; look at: {fields}"
log = logging.getLogger("sync.portal")


class PortalWatch:
    """`exchange` reads on in the journal and asks the portal once a minute; it returns the seconds to the next call."""

    def __init__(
        self,
        portal: NationalPortal,
        section: PortalSection,
        mapping: PortalMapping,
        sanitizer: DossierSanitizer,
        journal: JournalClient,
        report: FollowerReport,
        chance: Callable[[], float],
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._portal, self._section, self._mapping, self._sanitizer = portal, section, mapping, sanitizer
        self._journal, self._report, self._chance, self._wall = journal, report, chance, wall
        self._tracker, self._told = DossierTracker(section), ToldRefusals()
        self._position: tuple[str, int] | None = None
        self._unreadable: dict[str, list[str]] = {}
        self._catalogue_day: date | None = None
        self._procedures_asked: set[str] = set()
        self._asked_at = 0.0
        self._attempts = 0

    def run_once(self) -> float:
        try:
            self._follow()
            if policy.may_ask(self._local().hour) and abs(self._wall() - self._asked_at) >= MINUTE_S:
                self._ask()
                self._asked_at = self._wall()
            self._publish_state()
        except ServiceError:
            self._position = None
            self._attempts += 1
            return min(SERVICE_DOWN_S, retry_delay(self._attempts, self._chance))
        except SyncError as error:
            return self._failed(error)
        self._attempts = 0
        return PAUSE_S

    def _local(self) -> datetime:
        return datetime.fromtimestamp(self._wall(), self._sanitizer.zone)

    def _failed(self, error: SyncError) -> float:
        self._attempts += 1
        self._report.waiting(error, 0)
        with suppress(ServiceError):
            self._report.publish(*(self._position or ("", 0)))
        return max(MINUTE_S, retry_delay(self._attempts, self._chance, error.retry_after_s))

    def _publish_state(self) -> None:
        self._report.ok()
        if self._unreadable:
            fields = sorted({translate(f"column {name}") for names in self._unreadable.values() for name in names})
            count = grouped(len(self._unreadable))
            self._report.detail = translate(UNREADABLE, count=count, fields=", ".join(fields))[:500]
        else:
            self._report.detail = translate(FOLLOWING, count=grouped(self._tracker.following(self._wall())))
        self._report.publish(*(self._position or ("", 0)))

    def _follow(self) -> None:
        """Reads on in the journal, from the position that the service keeps for us."""
        epoch, cursor = self._position or self._begin()
        while True:
            page = self._journal.read(epoch, cursor, PAGE)
            for event in page.events:
                self._tracker.on_event(event)
                cursor = event["seq"]
            if len(page.events) < PAGE:
                break
        newest = page.epochs[-1][0] if page.epochs else epoch
        self._position = (epoch, cursor) if newest == epoch else (newest, 0)

    def _begin(self) -> tuple[str, int]:
        """A new follower begins at the end of the journal, one that was away where it was."""
        page = self._journal.read(None, 0, 1)
        last = self._report.load()
        self._tracker = DossierTracker(self._section, self._journal.dossiers())
        if last is None:
            return page.epoch, page.last_seq
        return last if last[0] == page.epoch else (page.epoch, 0)

    def _ask(self) -> None:
        """Asks a minute's questions, one after the other, and uploads what was answered even when one fails.

        A question that is refused while others are answered is about that dossier only: it waits for its next turn.
        """
        self._learn_catalogue()
        answers: list[DossierInput] = []
        refused: dict[str, SyncError] = {}
        until = time.monotonic() + MINUTE_S
        count = 0
        try:
            for count, code in enumerate(self._tracker.codes_to_ask(self._wall(), self._local().date()), start=1):
                answers += self._answers_about(code, refused)
                if count >= self._section.calls_per_minute or time.monotonic() > until:
                    break
                if len(refused) == count == MOST_REFUSED:
                    break
        finally:
            counts = upload_dossiers(self._journal, answers, self._told)
        if counts["news"]:
            log.warning("%d dossiers of %s could not be taken", counts["refused"], self._portal.name)
        if refused and len(refused) == count:
            raise next(iter(refused.values()))
        for code, error in refused.items():
            log.warning("%s: %s: %s", self._portal.name, code, error)
            self._tracker.record_miss(code, self._wall())

    def _answers_about(self, code: str, refused: dict[str, SyncError]) -> list[DossierInput]:
        """What is to be uploaded, at most one; an error about this dossier only goes to `refused`."""
        try:
            dossier = self._query(code)
        except SyncError as error:
            if error.reason not in {REFUSED, NO_ANSWER}:
                raise
            refused[code] = error
            return []
        return [] if dossier is None else [dossier]

    def _learn_catalogue(self) -> None:
        """Asks once a day for the portal's procedures and fields; an adapter may not offer them."""
        today = self._local().date()
        if self._catalogue_day == today:
            return
        try:
            rows = self._portal.procedure_rows()
        except SyncError as error:
            if error.reason not in {REFUSED, NO_ANSWER}:
                raise
            rows = []
        self._catalogue_day = today
        entries = [ProcedureEntry(row["code"], row["name"], row.get("field", "")) for row in rows]
        self._sanitizer = self._sanitizer.with_procedures(entries)
        if table := catalogue_table(self._sanitizer.procedure_rows(rows)):
            self._journal.put_portal_procedures(table)

    def _learn_procedure(self, code: str) -> bool:
        """Asks once about a procedure that is in no catalogue; returns whether its field is known now."""
        if code in self._procedures_asked or code in self._sanitizer.catalogue.field_of:
            return False
        self._procedures_asked.add(code)
        try:
            entry = self._portal.procedure(code)
        except SyncError as error:
            if error.reason not in {REFUSED, NO_ANSWER}:
                raise
            return False
        if entry is not None:
            self._sanitizer = self._sanitizer.with_procedures([ProcedureEntry(code, entry.name, entry.field)])
        return code in self._sanitizer.catalogue.field_of

    def _query(self, code: str) -> DossierInput | None:
        """The dossier to be uploaded after the portal's answer; None when nothing changed."""
        now = self._wall()
        item = self._portal.dossier(code)
        self._unreadable.pop(code, None)
        if item is not None:
            try:
                return self._tracker.record_answer(self._dossier(item), now)
            except InvalidRow as invalid:
                self._unreadable[code] = [error.field for error in invalid.errors]
        self._tracker.record_miss(code, now)
        return None

    def _dossier(self, item: Item) -> DossierInput:
        """Parses and sanitizes an item; its note is free text, of which only a listed reason is let in.

        Raises InvalidRow.
        """
        cells = self._mapping.cells(item, bool(self._sanitizer.named_fields))
        note = key_of(str(cells.pop("not_digitised_reason", "")))
        if note in self._sanitizer.vocabulary.reasons:
            cells["not_digitised_reason"] = note
        dossier = parse_row(cells, self._sanitizer)
        if dossier["field"] == UNNAMED_FIELD and self._learn_procedure(dossier["procedure"]):
            dossier = parse_row(cells, self._sanitizer)
        since = self._section.counted_from
        if since is not None:
            received = datetime.fromisoformat(dossier["received_at"]).astimezone(self._sanitizer.zone)
            dossier["carried_over"] = received.date() < since
        return dossier


def portal_watch(
    section: ConnectorSection, sanitizer: DossierSanitizer, journal: JournalClient, report: FollowerReport
) -> PortalWatch:
    """The follower of a configured connector. Raises ValueError, OSError when its mapping cannot be used."""
    if section.portal is None:
        raise ValueError(f'connector "{section.name}" needs [sync.connector.portal]')
    mapping = load_mapping(section.portal.mapping)
    portal = NationalPortal(section, mapping, time.monotonic)
    return PortalWatch(portal, section.portal, mapping, sanitizer, journal, report, random.random)
