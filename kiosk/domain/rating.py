"""A rating, as it is kept."""

from __future__ import annotations

from contract.records import dataclass
from kiosk.domain.survey import MAX_TAP_AGE_MS


@dataclass(frozen=True, slots=True)
class Rating:
    """One answer about one ticket; `counter`, `clerk` and `service` are those that were rated. Times in ms."""

    id: str
    ticket: str
    counter: str | None
    clerk: str | None
    service: str
    question: str
    level: str
    reasons: tuple[str, ...]
    tapped_at: int
    stored_at: int
    business_date: str
    device: str

    @property
    def is_late(self) -> bool:
        """It lay on a device for more than a day."""
        return is_late(self.tapped_at, self.stored_at)


def is_late(tapped_at: int, stored_at: int) -> bool:
    return stored_at - tapped_at > MAX_TAP_AGE_MS
