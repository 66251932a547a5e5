"""Taking a table of dossiers: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from contract.dossiers import Channel, DossierInput
from kiosk.actions.days import ensure_today
from kiosk.actions.dossiers import NOBODY, Applicants, put_dossiers, refusal_reason
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
    names = applicants_in(rows)
    take_changes(unit, [one for one in changes if one.kind != "unchanged" or one.after.code in names], names)
    return changes


def take_changes(unit: Unit, changes: Iterable[DossierChange], names: Applicants) -> None:
    """Put what the changes come to. Raises TableRefused: then the transaction must not be committed."""
    refused = put_dossiers(unit, (change.after for change in changes), names)["refused"]
    if refused:
        raise TableRefused([(row["code"], row["reason"]) for row in refused])


def refuse_wrong(changes: Iterable[DossierChange], rows: Iterable[DossierInput], office: Office) -> None:
    """Raises TableRefused when the rules of the office would refuse any of the changes."""
    names = applicants_in(rows) if office.masked_names else NOBODY
    reasons = [(one.code, refusal_reason(one, names.get(one.code), _day(one, office))) for one in _after(changes)]
    if refused := [(code, reason) for code, reason in reasons if reason is not None]:
        raise TableRefused(refused)


def _after(changes: Iterable[DossierChange]) -> Iterator[Dossier]:
    """Those that would be put; what stays as it was is not judged again."""
    return (change.after for change in changes if change.kind != "unchanged")


def _day(dossier: Dossier, office: Office) -> date:
    return office.hours.local(dossier.received_at).date()


def applicants_in(rows: Iterable[DossierInput]) -> dict[str, str | None]:
    """The masked names that rows say, by code."""
    return {row["code"]: row["applicant_masked"] for row in rows if "applicant_masked" in row}
