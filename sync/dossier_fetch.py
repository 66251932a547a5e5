"""Fetches the progress of dossiers from the one-stop system and puts it into the kiosk service."""

from __future__ import annotations

import logging
from collections.abc import Callable

from sync.connectors.base import DossierSource
from sync.dossier_upload import ToldRefusals, upload_dossiers
from sync.dossiers.sanitizer import DossierSanitizer
from sync.errors import SyncError
from sync.journal_client import JournalClient
from sync.policy import retry_delay

POLL_S = 5.0
IDLE_ROUNDS = 4320  # six hours, after which all is asked for again: a receiver that lost its database counts anew
log = logging.getLogger("sync.dossiers")


class DossierFetch:
    """Asks only for versions it has not put yet; the first question after a start, and one in six hours, is for all."""

    def __init__(
        self,
        source: DossierSource,
        journal: JournalClient,
        random: Callable[[], float],
        sanitizer: DossierSanitizer,
    ) -> None:
        self._source, self._journal, self._random = source, journal, random
        self._sanitizer = sanitizer
        self._told = ToldRefusals()
        self._version = 0
        self._attempts = self._rounds = 0

    def run_once(self) -> float:
        """One page; seconds until the next is wanted, 0 when there may be more."""
        after = self._version
        try:
            page = self._source.dossiers(after)
            dossiers = [self._sanitizer.sanitize(dossier) for dossier in page.dossiers]
            counts = upload_dossiers(self._journal, dossiers, self._told)
        except SyncError as error:
            self._attempts += 1
            if self._attempts == 1:
                log.warning("%s: the dossiers cannot be fetched: %s", self._source.name, error)
            return retry_delay(self._attempts, self._random, error.retry_after_s)
        if counts["news"]:
            log.warning("%d dossiers of %s could not be taken", counts["refused"], self._source.name)
        self._attempts = 0
        more = page.version > self._version and bool(page.dossiers)
        self._version, self._rounds = page.version, 0 if more else self._rounds + 1
        if page.version < after or self._rounds >= IDLE_ROUNDS:
            self._version = self._rounds = 0  # it may have begun to count anew
        return 0.0 if more else POLL_S
