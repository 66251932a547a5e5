"""The way back: the progress of dossiers, from the one-stop system to the service."""

from __future__ import annotations

import logging
from collections.abc import Callable

from sync.connector import DossierSource, SyncError
from sync.dossiers.edge import plain_edge
from sync.dossiers.put import put_told
from sync.dossiers.rows import Edge
from sync.journal_client import JournalClient
from sync.policy import retry_delay

POLL_S = 5.0
ALL_AGAIN = 4320  # idle rounds, six hours: a receiver that lost its database counts from the beginning
log = logging.getLogger("sync.dossiers")


class DossierFetch:
    """Asks only for versions it has not put yet; the first question after a start, and one in six hours, is for all."""

    def __init__(
        self, source: DossierSource, journal: JournalClient, random: Callable[[], float], edge: Edge | None = None
    ) -> None:
        self._source, self._journal, self._random = source, journal, random
        self._edge = edge or plain_edge()
        self._version = 0
        self._attempts = self._rounds = 0

    def exchange(self) -> float:
        """One page; seconds until the next is wanted, 0 when there may be more."""
        asked = self._version
        try:
            page = self._source.dossiers(asked)
            refused = put_told(self._journal, self._edge, page.dossiers)["refused"]
        except SyncError as error:
            self._attempts += 1
            if self._attempts == 1:
                log.warning("%s: dossiers are not told: %s", self._source.name, error)
            return retry_delay(self._attempts, self._random, error.retry_after_s)
        if refused:
            log.warning("%d dossiers of %s could not be taken", refused, self._source.name)
        self._attempts = 0
        more = page.version > self._version and bool(page.dossiers)
        self._version, self._rounds = page.version, 0 if more else self._rounds + 1
        if page.version < asked or self._rounds >= ALL_AGAIN:
            self._version = self._rounds = 0  # it may have begun to count anew
        return 0.0 if more else POLL_S
