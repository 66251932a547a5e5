"""The way back: the progress of dossiers, from the one-stop system to the service."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from sync.connector import DossierSource, SyncError
from sync.journal_client import JournalClient, ServiceError
from sync.policy import retry_delay

POLL_S = 5.0
AT_ONCE = 200  # dossiers in one request: well below 1 MiB
KEYS = frozenset(
    {
        "code", "procedure", "field", "channel", "status", "received_at", "due_at", "finished_at", "carried_over",
        "digitised", "not_digitised_reason", "step",
    }
)  # fmt: skip
log = logging.getLogger("sync.dossiers")


class DossierFetch:
    """Asks only for versions it has not put yet; the first question after a start is for all of them."""

    def __init__(self, source: DossierSource, journal: JournalClient, random: Callable[[], float]) -> None:
        self._source, self._journal, self._random = source, journal, random
        self._version = 0
        self._attempts = 0

    def exchange(self) -> float:
        """One page; seconds until the next is wanted, 0 when there may be more."""
        try:
            page = self._source.dossiers(self._version)
            known = [{key: row[key] for key in row if key in KEYS} for row in page.dossiers]
            for start in range(0, len(known), AT_ONCE):
                self._put(known[start : start + AT_ONCE])
        except SyncError as error:
            self._attempts += 1
            return retry_delay(self._attempts, self._random, error.retry_after_s)
        self._attempts = 0
        more = page.version > self._version and bool(page.dossiers)
        self._version = page.version
        return 0.0 if more else POLL_S

    def _put(self, dossiers: list[dict[str, Any]]) -> None:
        """One that cannot be read makes the service refuse the request: halve until it stands alone, then leave it."""
        try:
            refused = self._journal.put_dossiers(dossiers).get("refused", [])
        except ServiceError as error:
            if error.status != 400:
                raise
            if len(dossiers) > 1:
                middle = len(dossiers) // 2
                self._put(dossiers[:middle])
                self._put(dossiers[middle:])
                return
            refused = dossiers
        if refused:
            log.warning("%d dossiers of %s could not be taken", len(refused), self._source.name)
