"""Follows dossiers at the national portal: asks as seldom as the policy says, puts what changed, tells how it fares.

Asked about are the dossiers that the service knows and that may still change, those that a clerk linked to a ticket,
and the running numbers that the unit may have given out since.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from config.followers import ConnectorSection
from config.portal_schema import PortalSection
from sync.connector import SyncError
from sync.dossiers.put import put_admitted
from sync.dossiers.rows import OTHER_FIELD, Dossier, Edge, Unreadable
from sync.journal_client import JournalClient, ServiceError
from sync.policy import retry_delay
from sync.portal import policy
from sync.portal.ledger import Ledger
from sync.portal.mapping import PortalMapping, load_mapping
from sync.portal.national_portal import NO_ANSWER, REFUSED, NationalPortal
from sync.report import Report
from sync.text_keys import key_of
from sync.wording import number, say

PAUSE_S = 5.0
MINUTE_S = 60.0
SERVICE_DOWN_S = 10.0
PAGE = 1000
MOST_REFUSED = 3  # in a row and nothing answered: then it is the portal, not a dossier
FOLLOWING = "following {count} dossiers at the national portal"
UNREADABLE = "{count} dossiers of the portal cannot be read; look at: {fields}"
log = logging.getLogger("sync.portal")


class PortalWatch:
    """`exchange` reads on in the journal and, once a minute, asks the portal; it says when it is wanted again."""

    def __init__(
        self, portal: NationalPortal, section: PortalSection, mapping: PortalMapping, edge: Edge,
        journal: JournalClient, report: Report, chance: Callable[[], float], wall: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._portal, self._section, self._mapping, self._edge = portal, section, mapping, edge
        self._journal, self._report, self._chance, self._wall = journal, report, chance, wall
        self._ledger = Ledger(section)
        self._place: tuple[str, int] | None = None
        self._unreadable: dict[str, list[str]] = {}
        self._catalogue_asked = False
        self._procedures_asked: set[str] = set()
        self._asked_at = 0.0
        self._attempts = 0

    def exchange(self) -> float:
        try:
            self._follow()
            if policy.may_ask(self._local().hour) and abs(self._wall() - self._asked_at) >= MINUTE_S:
                self._ask()
                self._asked_at = self._wall()
            self._tell()
        except ServiceError:
            self._place = None
            self._attempts += 1
            return min(SERVICE_DOWN_S, retry_delay(self._attempts, self._chance))
        except SyncError as error:
            return self._failed(error)
        self._attempts = 0
        return PAUSE_S

    def _local(self) -> datetime:
        return datetime.fromtimestamp(self._wall(), self._edge.zone)

    def _failed(self, error: SyncError) -> float:
        self._attempts += 1
        self._report.waiting(error, 0)
        with suppress(ServiceError):
            self._report.tell(*(self._place or ("", 0)))
        return max(MINUTE_S, retry_delay(self._attempts, self._chance, error.retry_after_s))

    def _tell(self) -> None:
        self._report.ok()
        if self._unreadable:
            fields = sorted({say(f"column {name}") for names in self._unreadable.values() for name in names})
            count = number(len(self._unreadable))
            self._report.detail = say(UNREADABLE, count=count, fields=", ".join(fields))[:500]
        else:
            self._report.detail = say(FOLLOWING, count=number(self._ledger.following(self._wall())))
        self._report.tell(*(self._place or ("", 0)))

    def _follow(self) -> None:
        """Read on in the journal, from what the service kept of us."""
        epoch, cursor = self._place or self._begin()
        while True:
            page = self._journal.read(epoch, cursor, PAGE)
            for event in page.events:
                self._ledger.heed(event)
                cursor = event["seq"]
            if len(page.events) < PAGE:
                break
        newest = page.epochs[-1][0] if page.epochs else epoch
        self._place = (epoch, cursor) if newest == epoch else (newest, 0)

    def _begin(self) -> tuple[str, int]:
        """A new follower begins at the end of the journal, one that was away where it was."""
        page = self._journal.read(None, 0, 1)
        kept = self._report.load()
        self._ledger = Ledger(self._section, self._journal.dossiers())
        if kept is None:
            return page.epoch, page.last_seq
        return kept if kept[0] == page.epoch else (page.epoch, 0)

    def _ask(self) -> None:
        """A minute's questions, one after the other; what was answered before a failure is put all the same.

        A question that is refused while others are answered is one about that dossier only: it waits for its next turn.
        """
        self._learn_catalogue()
        told: list[Dossier] = []
        refused: dict[str, SyncError] = {}
        until = time.monotonic() + MINUTE_S
        count = 0
        try:
            for count, code in enumerate(self._ledger.questions(self._wall(), self._local().date()), start=1):
                told += self._answered(code, refused)
                if count >= self._section.calls_per_minute or time.monotonic() > until:
                    break
                if len(refused) == count == MOST_REFUSED:
                    break
        finally:
            untaken = put_admitted(self._journal, told)["refused"]
        if untaken:
            log.warning("%d dossiers of %s could not be taken", untaken, self._portal.name)
        if refused and len(refused) == count:
            raise next(iter(refused.values()))
        for code, error in refused.items():
            log.warning("%s: %s: %s", self._portal.name, code, error)
            self._ledger.unheard(code, self._wall())

    def _answered(self, code: str, refused: dict[str, SyncError]) -> list[Dossier]:
        try:
            dossier = self._answer(code)
        except SyncError as error:
            if error.reason not in {REFUSED, NO_ANSWER}:
                raise
            refused[code] = error
            return []
        return [] if dossier is None else [dossier]

    def _learn_catalogue(self) -> None:
        """The portal's names of procedures and fields, once; an adapter that does not give them can do without."""
        if self._catalogue_asked:
            return
        try:
            more = self._portal.procedures()
        except SyncError as error:
            if error.reason not in {REFUSED, NO_ANSWER}:
                raise
            more = []
        self._catalogue_asked = True
        self._edge = self._edge.with_more(more)

    def _learn_procedure(self, code: str) -> bool:
        """Ask once about a procedure that neither the office nor the portal's catalogue names; whether it is known."""
        if code in self._procedures_asked or code in self._edge.catalogue.field_of:
            return False
        self._procedures_asked.add(code)
        try:
            found = self._portal.procedure(code)
        except SyncError as error:
            if error.reason not in {REFUSED, NO_ANSWER}:
                raise
            return False
        if found is not None:
            self._edge = self._edge.with_more([(code, found[1], found[2])])
        return code in self._edge.catalogue.field_of

    def _answer(self, code: str) -> Dossier | None:
        """What of the portal's answer is to be put."""
        now = self._wall()
        item = self._portal.dossier(code)
        self._unreadable.pop(code, None)
        if item is not None:
            try:
                return self._ledger.heard(self._dossier(item), now)
            except Unreadable as error:
                self._unreadable[code] = [trouble.field for trouble in error.troubles]
        self._ledger.unheard(code, now)
        return None

    def _dossier(self, item: dict[str, Any]) -> Dossier:
        """Through the edge. A note of the portal is free text: only a listed reason is let in. Raises Unreadable."""
        cells = self._mapping.cells(item, bool(self._edge.named))
        note = key_of(str(cells.pop("not_digitised_reason", "")))
        if note in self._edge.words.reasons:
            cells["not_digitised_reason"] = note
        dossier = self._edge.dossier(cells)
        if dossier["field"] == OTHER_FIELD and self._learn_procedure(dossier["procedure"]):
            dossier = self._edge.dossier(cells)
        since: date | None = self._section.counted_from
        if since is not None:
            received = datetime.fromisoformat(dossier["received_at"]).astimezone(self._edge.zone)
            dossier["carried_over"] = received.date() < since
        return dossier


def portal_watch(section: ConnectorSection, edge: Edge, journal: JournalClient, report: Report) -> PortalWatch:
    """The watch of a configured connector. Raises ValueError, OSError when its mapping cannot be used."""
    if section.portal is None:
        raise ValueError(f'connector "{section.name}" needs [sync.connector.portal]')
    mapping = load_mapping(section.portal.mapping)
    portal = NationalPortal(section, mapping, time.monotonic)
    return PortalWatch(portal, section.portal, mapping, edge, journal, report, random.random)
