"""Taking a table of dossiers: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from contract.dossiers import Channel, DossierInput
from kiosk.actions.days import ensure_today
from kiosk.actions.dossiers import NOBODY, Applicants, put_dossiers, refusal_of
from kiosk.domain.dossier_change import DossierChange, plan_changes

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.dossier import Dossier
    from kiosk.domain.service import Office


class TableRefused(ValueError):
    """The rules of the office refuse dossiers of a table; nothing was changed. `refused`: (code, reason) of each."""

    def __init__(self, refused: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{code}: {reason}" for code, reason in refused))
        self.refused = list(refused)


def take_table(
    unit: Unit, inputs: Iterable[DossierInput], stored: Iterable[Dossier], default_channel: int = Channel.IN_PERSON
) -> list[DossierChange]:
    """What changed, in the order of the table; `default_channel` as in `plan_changes`.

    Raises TableRefused: then the transaction must not be committed.
    """
    ensure_today(unit)
    rows = list(inputs)
    changes = plan_changes(rows, stored, default_channel)
    names = applicants_in(rows, unit.office)
    take_changes(unit, differing(changes, names), names)
    return changes


def take_changes(unit: Unit, changes: Iterable[DossierChange], names: Applicants) -> None:
    """Put what the changes come to. Raises TableRefused: then the transaction must not be committed."""
    refused = put_dossiers(unit, (change.after for change in changes), names)["refused"]
    if refused:
        raise TableRefused([(row["code"], row["reason"]) for row in refused])


def refuse_wrong(changes: Iterable[DossierChange], rows: Iterable[DossierInput], office: Office) -> None:
    """Raises TableRefused when the rules of the office would refuse any of the changes."""
    names = applicants_in(rows, office)
    refused = []
    for change in differing(changes, names):
        code = change.after.code
        refusal = refusal_of(change.after, change.before, names.get(code), office)
        if refusal is not None:
            refused.append((code, refusal.reason))
    if refused:
        raise TableRefused(refused)


def differing(changes: Iterable[DossierChange], names: Applicants) -> list[DossierChange]:
    """Those that are put, and judged before: what stays as it was, and whose name is not said, is neither."""
    return [change for change in changes if change.kind != "unchanged" or change.after.code in names]


def applicants_in(rows: Iterable[DossierInput], office: Office) -> Applicants:
    """The masked names that rows say, by code; nobody's where the office keeps none."""
    if not office.masked_names:
        return NOBODY
    return {row["code"]: row["applicant_masked"] for row in rows if "applicant_masked" in row}
