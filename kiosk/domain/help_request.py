"""A request for help."""

from __future__ import annotations

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """ "Gọi cán bộ": who asks is not known, only where; `asked_at` in ms since 1970."""

    id: str
    place: str
    device: str
    asked_at: int
