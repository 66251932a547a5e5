"""What citizens wrote after their visit, for whoever heads the office; kept as long as free words are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.records import dataclass
from kiosk.domain.retention import DAY, WORDS_KEPT

if TYPE_CHECKING:
    from kiosk.store.store import Reading

MOST = 200
KEPT_DAYS = WORDS_KEPT // DAY


@dataclass(frozen=True, slots=True)
class Comment:
    """Words about a visit: when they came (ms), the day of the visit, where, and the answer that they go with.

    No number of a ticket: who wrote it is nobody's business.
    """

    at: int
    business_date: str
    service: str
    counter: str | None
    level: str
    text: str


def read_comments(reading: Reading) -> list[Comment]:
    """The newest first, at most `MOST`."""
    comments = []
    for about, text, at in reading.free_texts.newest("comment", MOST):
        rating = reading.ratings.get(about)
        if rating is not None:
            comments.append(Comment(at, rating.business_date, rating.service, rating.counter, rating.level, text))
    return comments
