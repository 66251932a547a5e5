"""Puts dossiers into the kiosk service in bounded requests; one that cannot be taken stops no other."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from contract.dossiers import CODE, DossierInput, mask_code
from sync.journal_client import JournalClient, ServiceError

AT_ONCE = 200  # dossiers in one request: well below 1 MiB
MOST_TOLD = 5  # of one request
TOLD_AGAIN_S = 24 * 3600.0
log = logging.getLogger("sync.dossiers")
COUNTS = ("created", "updated", "unchanged")


class ToldRefusals:
    """Remembers what a log has told: a dossier that stays refused is told again after a day, or on another reason."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[str, tuple[str, float]] = {}

    def is_news(self, code: str, reason: str) -> bool:
        now = self._clock()
        before, at = self._told.get(code, (None, now))
        if before == reason and now - at < TOLD_AGAIN_S:
            return False
        self._told[code] = (reason, now)
        return True

    def news_of(self, rows: Sequence[Mapping[str, str]]) -> Sequence[Mapping[str, str]]:
        return [row for row in rows if self.is_news(row["code"], row["reason"])]


def _tell(sentence: str, news: Sequence[Mapping[str, str]]) -> None:
    for one in news[:MOST_TOLD]:
        log.warning(sentence, _shown(one["code"]), one["reason"])


def upload_dossiers(
    journal: JournalClient, dossiers: Sequence[DossierInput], told_refusals: ToldRefusals | None = None
) -> Counter[str]:
    """How many sanitized dossiers were "created", "updated", "unchanged" and "refused".

    Of the refused ones "news" were not told before. Raises ServiceError.
    """
    counts: Counter[str] = Counter()
    told_refusals = ToldRefusals() if told_refusals is None else told_refusals
    for start in range(0, len(dossiers), AT_ONCE):
        counts += _upload(journal, dossiers[start : start + AT_ONCE], told_refusals)
    return counts


def _shown(code: str) -> str:
    """What a log may hold of a code."""
    return mask_code(code) if CODE.fullmatch(code) else "?"


def _upload(journal: JournalClient, dossiers: Sequence[DossierInput], told_refusals: ToldRefusals) -> Counter[str]:
    """One that cannot be read makes the service refuse the request: halve until it stands alone, then leave it."""
    try:
        answer = journal.put_dossiers(list(dossiers))
    except ServiceError as error:
        if error.status != 400:
            raise
        if len(dossiers) == 1:
            return Counter(refused=1, news=int(told_refusals.is_news(dossiers[0]["code"], "")))
        middle = len(dossiers) // 2
        return _upload(journal, dossiers[:middle], told_refusals) + _upload(journal, dossiers[middle:], told_refusals)
    counts = Counter({name: int(answer.get(name, 0)) for name in COUNTS})
    refused = answer.get("refused", [])
    _tell("dossier %s is taken: %s", told_refusals.news_of(answer.get("kept", [])))
    news = told_refusals.news_of(refused)
    _tell("dossier %s is refused: %s", news)
    counts["refused"], counts["news"] = len(refused), len(news)
    return counts
