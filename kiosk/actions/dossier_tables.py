"""Taking a table of dossiers: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contract.dossiers import Channel, DossierInput
from kiosk.actions.days import ensure_today
from kiosk.actions.dossiers import put_dossiers
from kiosk.actions.ports import Unit
from kiosk.domain.dossier import Dossier
from kiosk.domain.dossier_change import DossierChange, plan_changes


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
    names = {row["code"]: row["applicant_masked"] for row in rows if "applicant_masked" in row}
    after = [change.after for change in changes if change.kind != "unchanged" or change.after.code in names]
    refused = put_dossiers(unit, after, names)["refused"]
    if refused:
        raise TableRefused([(row["code"], row["reason"]) for row in refused])
    return changes
