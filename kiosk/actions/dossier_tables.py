"""Taking a table of dossiers: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.actions.days import ensure_today
from kiosk.actions.dossiers import put_dossiers
from kiosk.actions.ports import Unit
from kiosk.domain.dossier import Dossier
from kiosk.domain.dossier_change import APPLICANT, Change, Told, changes


class NotTaken(ValueError):
    """The rules of the house refuse dossiers of a table; nothing was changed. `refused`: (code, reason) of each."""

    def __init__(self, refused: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{code}: {reason}" for code, reason in refused))
        self.refused = list(refused)


def take_table(unit: Unit, told: Iterable[Told], known: Iterable[Dossier]) -> list[Change]:
    """What changed, in the order of the table. Raises NotTaken: then the transaction must not be committed."""
    ensure_today(unit)
    rows = list(told)
    made = changes(rows, known)
    names = {row["code"]: row[APPLICANT] for row in rows if APPLICANT in row}
    putting = [change.after for change in made if change.kind != "unchanged" or change.after.code in names]
    answer = put_dossiers(unit, putting, names)
    refused = answer["refused"]
    if isinstance(refused, list) and refused:
        raise NotTaken([(row["code"], row["reason"]) for row in refused])
    return made
