"""What the narrative report says of an office beside its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class OfficePoints:
    """Points that an office gave itself for a criterion, in tenths, for the days `first` to `last`; None: it took back
    what it had given. `why`: its word.
    """

    first: date
    last: date
    criterion: int
    tenths: int | None
    written_on: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """`officers`: (position, field) of each; `remarks`: what the office writes itself, lines by heading; `points`: of
    the nine criteria, for any periods.
    """

    office: str
    authority: str
    officers: Sequence[tuple[str, str]]
    counters: int
    seats: int
    remarks: Mapping[str, Sequence[str]]
    points: Sequence[OfficePoints] = ()
