"""Puts dossiers into the kiosk service in bounded requests; one that cannot be taken stops no other."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence

from contract.dossiers import CODE, DossierInput, mask_code
from sync.journal_client import JournalClient, ServiceError

AT_ONCE = 200  # dossiers in one request: well below 1 MiB
MOST_TOLD = 5  # of one request
log = logging.getLogger("sync.dossiers")
COUNTS = ("created", "updated", "unchanged")


def upload_dossiers(journal: JournalClient, dossiers: Sequence[DossierInput]) -> Counter[str]:
    """How many sanitized dossiers were "created", "updated", "unchanged" and "refused". Raises ServiceError."""
    counts: Counter[str] = Counter()
    for start in range(0, len(dossiers), AT_ONCE):
        counts += _upload(journal, dossiers[start : start + AT_ONCE])
    return counts


def _shown(code: str) -> str:
    """What a log may hold of a code."""
    return mask_code(code) if CODE.fullmatch(code) else "?"


def _upload(journal: JournalClient, dossiers: Sequence[DossierInput]) -> Counter[str]:
    """One that cannot be read makes the service refuse the request: halve until it stands alone, then leave it."""
    try:
        answer = journal.put_dossiers(list(dossiers))
    except ServiceError as error:
        if error.status != 400:
            raise
        if len(dossiers) == 1:
            return Counter(refused=1)
        middle = len(dossiers) // 2
        return _upload(journal, dossiers[:middle]) + _upload(journal, dossiers[middle:])
    counts = Counter({name: int(answer.get(name, 0)) for name in COUNTS})
    refused = answer.get("refused", [])
    for one in refused[:MOST_TOLD]:
        log.warning("dossier %s is refused: %s", _shown(one["code"]), one["reason"])
    counts["refused"] = len(refused)
    return counts
