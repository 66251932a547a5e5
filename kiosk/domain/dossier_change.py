"""What dossiers from upstream would change. Fields that upstream leaves out stay as they are stored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contract.dossiers import IN_PROGRESS, UNNAMED_FIELD, Channel, DossierInput
from contract.records import dataclass
from contract.times import from_rfc3339
from kiosk.domain.dossier import Dossier, values_of

TIMES = ("received_at", "due_at", "finished_at")
APPLICANT = "applicant_masked"  # comes beside a dossier, no part of it: no event holds a name


@dataclass(frozen=True, slots=True)
class DossierChange:
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
        """Whether an ended dossier would be in progress again: the input may be older than what is stored."""
        before = self.before
        return before is not None and before.status not in IN_PROGRESS and self.after.status in IN_PROGRESS

    def differences(self) -> list[tuple[str, object, object]]:
        """(field, before, after) of each field that differs; nothing for a new dossier."""
        if self.before is None:
            return []
        old, new = values_of(self.before), values_of(self.after)
        return [(name, old[name], new[name]) for name in new if old[name] != new[name] and name != "step"]


def plan_changes(
    inputs: Iterable[DossierInput], stored: Iterable[Dossier], default_channel: int = Channel.IN_PERSON
) -> list[DossierChange]:
    """One change for each input, in the same order. `default_channel`: of a new dossier that does not say its own."""
    by_code = {dossier.code: dossier for dossier in stored}
    return [_change(row, by_code.get(row["code"]), default_channel) for row in inputs]


def _change(row: DossierInput, before: Dossier | None, default_channel: int) -> DossierChange:
    values: dict[str, Any] = {
        name: from_rfc3339(str(value)) if name in TIMES and value else value
        for name, value in row.items()
        if name != APPLICANT
    }
    if before is not None:
        values = {**values_of(before), **values}
        if row["field"] == UNNAMED_FIELD:
            values["field"] = before.field
    values.setdefault("channel", default_channel)
    if values.get("digitised", True):
        values["not_digitised_reason"] = None
    return DossierChange(Dossier(**values), before)
