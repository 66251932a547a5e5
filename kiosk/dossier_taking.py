"""Taking told dossiers into the database: what would change, and all of it in one transaction or nothing.

Facts that the teller has no word for stay as they are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kiosk.actions.days import ensure_today
from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.calendar import utc_ms
from kiosk.domain.dossier import IN_PROGRESS, Dossier
from kiosk.store.store import Store
from kiosk.store.unit_of_work import Actor
from sync.dossier_rows import OTHER_FIELD

TIMES = ("received_at", "due_at", "finished_at")
Told = Mapping[str, Any]


class NotTaken(ValueError):
    """The rules of the house refuse a dossier; nothing was changed. `refused`: (code, reason) of each."""

    def __init__(self, refused: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{code}: {reason}" for code, reason in refused))
        self.refused = list(refused)


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


def preview(store: Store, told: Sequence[Told]) -> list[Change]:
    """What taking them would do, in their order; nothing is changed."""
    with store.reading() as reading:
        return changes(told, reading.records.dossiers())


def take(store: Store, told: Sequence[Told], actor: Actor, now: int) -> list[Change]:
    """Take all of them; returns what changed. Raises NotTaken, StorageBusy: then nothing has."""
    with store.unit(actor, now) as unit:
        ensure_today(unit)
        made = changes(told, unit.records.dossiers())
        answer = put_dossiers(unit, [change.after for change in made if change.kind != "unchanged"])
        if answer["refused"]:
            raise NotTaken([(row["code"], row["reason"]) for row in _rows(answer["refused"])])
    return made


def changes(told: Iterable[Told], known: Iterable[Dossier]) -> list[Change]:
    by_code = {dossier.code: dossier for dossier in known}
    return [_change(row, by_code.get(row["code"])) for row in told]


def _change(told: Told, before: Dossier | None) -> Change:
    values: dict[str, Any] = {k: utc_ms(value) if k in TIMES and value else value for k, value in told.items()}
    if before is not None:
        values = {**asdict(before), **values}
        if told["field"] == OTHER_FIELD:
            values["field"] = before.field
    if values.get("digitised", True):
        values["not_digitised_reason"] = None
    return Change(Dossier(**values), before)


def _rows(refused: object) -> list[dict[str, str]]:
    return list(refused) if isinstance(refused, list) else []
