"""The procedures of the office beside those of the portal: what is named otherwise there, what is not there."""

from __future__ import annotations

from collections.abc import Iterable

from contract.records import dataclass
from sync.dossiers.procedures import ProcedureEntry
from sync.dossiers.text_keys import key_of

CODE_LETTERS = 8  # of a national code; the portal adds the unit behind them


@dataclass(frozen=True, slots=True)
class ProcedureComparison:
    """`kind` is "same", "renamed", "moved" (another field) or "unknown"; `portal` what the portal says, if anything."""

    ours: ProcedureEntry
    portal: ProcedureEntry | None
    kind: str


def compare_procedures(ours: Iterable[ProcedureEntry], portal: Iterable[ProcedureEntry]) -> list[ProcedureComparison]:
    """One comparison for each procedure of ours."""
    theirs = {entry.code[:CODE_LETTERS]: entry for entry in portal}
    return [_comparison(entry, theirs.get(entry.code[:CODE_LETTERS])) for entry in ours]


def _comparison(ours: ProcedureEntry, portal: ProcedureEntry | None) -> ProcedureComparison:
    return ProcedureComparison(ours, portal, _kind(ours, portal))


def _kind(ours: ProcedureEntry, portal: ProcedureEntry | None) -> str:
    if portal is None:
        return "unknown"
    if key_of(ours.name) != key_of(portal.name):
        return "renamed"
    return "moved" if portal.field and key_of(ours.field) != key_of(portal.field) else "same"
