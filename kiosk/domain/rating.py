"""A rating, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass


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
