"""What told dossiers would change. Facts that the teller has no word for stay as they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kiosk.domain.calendar import utc_ms
from kiosk.domain.dossier import IN_PROGRESS, UNNAMED_FIELD, Dossier

TIMES = ("received_at", "due_at", "finished_at")
APPLICANT = "applicant_masked"  # told beside a dossier, no part of it: no event holds a name
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A dossier as it would stand, and as it stands (None: it is new)."""

    after: Dossier
    before: Dossier | None

    @property
    def kind(self) -> str:
        if self.before is None:
            return "created"
        return "unchanged" if self.before == self.after else "updated"

    @property
    def goes_back(self) -> bool:
        """An ended dossier would be in progress again: the teller may be older than what is known."""
        known = self.before
        return known is not None and known.status not in IN_PROGRESS and self.after.status in IN_PROGRESS

    def differences(self) -> list[tuple[str, Any, Any]]:
        """(field, before, after) of each field that differs; nothing for a new dossier."""
        if self.before is None:
            return []
        old, new = asdict(self.before), asdict(self.after)
        return [(name, old[name], new[name]) for name in new if old[name] != new[name] and name != "step"]


def changes(told: Iterable[Told], known: Iterable[Dossier]) -> list[Change]:
    """One for each told dossier, in the same order. `told`: in the words of the contract, optional fields left out."""
    by_code = {dossier.code: dossier for dossier in known}
    return [_change(row, by_code.get(row["code"])) for row in told]


def _change(told: Told, before: Dossier | None) -> Change:
    values: dict[str, Any] = {
        k: utc_ms(value) if k in TIMES and value else value for k, value in told.items() if k != APPLICANT
    }
    if before is not None:
        values = {**asdict(before), **values}
        if told["field"] == UNNAMED_FIELD:
            values["field"] = before.field
    if values.get("digitised", True):
        values["not_digitised_reason"] = None
    return Change(Dossier(**values), before)
