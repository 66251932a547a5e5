"""Dossiers out of an answer into the service: only what the contract names, in bounded requests, each on its own."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sync.journal_client import JournalClient, ServiceError

AT_ONCE = 200  # dossiers in one request: well below 1 MiB
KEYS = frozenset(
    {
        "code", "procedure", "field", "channel", "status", "received_at", "due_at", "finished_at", "carried_over",
        "digitised", "not_digitised_reason", "step",
    }
)  # fmt: skip


def put_known(journal: JournalClient, dossiers: list[dict[str, Any]]) -> Counter[str]:
    """How many were created, updated, unchanged and refused. Raises ServiceError."""
    known = [{key: row[key] for key in row if key in KEYS} for row in dossiers]
    counts: Counter[str] = Counter()
    for start in range(0, len(known), AT_ONCE):
        counts += _put(journal, known[start : start + AT_ONCE])
    return counts


def _put(journal: JournalClient, dossiers: list[dict[str, Any]]) -> Counter[str]:
    """One that cannot be read makes the service refuse the request: halve until it stands alone, then count it."""
    try:
        answer = journal.put_dossiers(dossiers)
    except ServiceError as error:
        if error.status != 400:
            raise
        if len(dossiers) == 1:
            return Counter(refused=1)
        middle = len(dossiers) // 2
        return _put(journal, dossiers[:middle]) + _put(journal, dossiers[middle:])
    counts = Counter({name: int(answer.get(name, 0)) for name in ("created", "updated", "unchanged")})
    counts["refused"] = len(answer.get("refused", []))
    return counts
