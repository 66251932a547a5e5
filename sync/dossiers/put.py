"""Putting dossiers into the service, whatever way they came: past the edge, in bounded requests, each on its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sync.dossiers.rows import Dossier, Edge
from sync.journal_client import JournalClient, ServiceError

AT_ONCE = 200  # dossiers in one request: well below 1 MiB
COUNTS = ("created", "updated", "unchanged")


def put_told(journal: JournalClient, edge: Edge, told: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Dossiers in the words of the contract, as an upstream system tells them; raises ServiceError.

    Returns how many were "created", "updated", "unchanged" and "refused".
    """
    return put_admitted(journal, [edge.admitted(dossier) for dossier in told])


def put_admitted(journal: JournalClient, dossiers: Sequence[Dossier]) -> Counter[str]:
    """The same for dossiers that came through the edge already."""
    counts: Counter[str] = Counter()
    for start in range(0, len(dossiers), AT_ONCE):
        counts += _put(journal, dossiers[start : start + AT_ONCE])
    return counts


def _put(journal: JournalClient, dossiers: Sequence[Dossier]) -> Counter[str]:
    """One that cannot be read makes the service refuse the request: halve until it stands alone, then leave it."""
    try:
        answer = journal.put_dossiers(list(dossiers))
    except ServiceError as error:
        if error.status != 400:
            raise
        if len(dossiers) == 1:
            return Counter(refused=1)
        middle = len(dossiers) // 2
        return _put(journal, dossiers[:middle]) + _put(journal, dossiers[middle:])
    counts = Counter({name: int(answer.get(name, 0)) for name in COUNTS})
    counts["refused"] = len(answer.get("refused", []))
    return counts
