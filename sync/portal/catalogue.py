"""The procedures of the office beside those of the portal: what is named otherwise there, what is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sync.text_keys import key_of

Procedure = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`kind` is "same", "renamed", "moved" (another field) or "unknown"; `portal` what the portal says, if anything."""

    ours: Procedure
    portal: Procedure | None
    kind: str


def compared(ours: Iterable[Procedure], portal: Iterable[Procedure]) -> list[Comparison]:
    """One comparison for each procedure of ours, by the first eight characters of its code."""
    known = {code[:8]: (code, name, field) for code, name, field in portal}
    return [Comparison(one, known.get(one[0][:8]), _kind(one, known.get(one[0][:8]))) for one in ours]


def _kind(ours: Procedure, portal: Procedure | None) -> str:
    if portal is None:
        return "unknown"
    if key_of(ours[1]) != key_of(portal[1]):
        return "renamed"
    return "moved" if portal[2] and key_of(ours[2]) != key_of(portal[2]) else "same"
