"""What citizens wrote or spoke after their visit, for whoever heads the office; kept as long as free words are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.records import dataclass
from kiosk.domain.errors import NotFound
from kiosk.domain.retention import DAY, WORDS_KEPT
from kiosk.domain.spoken_words import from_text

if TYPE_CHECKING:
    from kiosk.store.store import Reading

MOST = 200
KEPT_DAYS = WORDS_KEPT // DAY


@dataclass(frozen=True, slots=True)
class Comment:
    """Words about a visit: when they came (ms), the day of the visit, where, and the answer that they go with.

    No number of a ticket: who wrote it is nobody's business. `spoken`: by which id it is heard; then `text` is empty.
    """

    at: int
    business_date: str
    service: str
    counter: str | None
    level: str
    text: str
    spoken: str | None = None


def read_comments(reading: Reading) -> list[Comment]:
    """The newest first, at most `MOST`."""
    texts = reading.free_texts
    found: list[tuple[int, str, str, str | None]] = [
        *((at, about, text, None) for about, text, at in texts.newest("comment", MOST)),
        *((at, about, "", of_id) for of_id, about, at in texts.newest_spoken(MOST)),
    ]
    comments = []
    for at, about, text, spoken in sorted(found, key=lambda one: -one[0])[:MOST]:
        rating = reading.ratings.get(about)
        if rating is not None:
            where = (rating.business_date, rating.service, rating.counter, rating.level, text, spoken)
            comments.append(Comment(at, *where))
    return comments


def read_spoken(reading: Reading, of_id: str) -> tuple[str, bytes]:
    """The type and the bytes of what was spoken. Raises NotFound."""
    text = reading.free_texts.spoken(of_id)
    if text is None:
        raise NotFound("there is no such remark, or it was forgotten in time")
    return from_text(text)
