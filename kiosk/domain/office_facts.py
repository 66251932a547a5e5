"""What the narrative report says of an office beside its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """`officers`: (position, field) of each; `remarks`: what the office writes itself, lines by heading."""

    office: str
    authority: str
    officers: Sequence[tuple[str, str]]
    counters: int
    seats: int
    remarks: Mapping[str, Sequence[str]]
