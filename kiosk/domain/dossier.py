"""Dossiers: what the office keeps of each, and how long a masked name may be kept with it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from contract.dossiers import IN_PROGRESS, RESOLVED
from contract.events import DossierData
from contract.records import dataclass
from contract.times import optional_rfc3339, to_rfc3339

SHOWN_DECIDED_MS = 3 * 24 * 3600_000  # so long a decided dossier stands on the TV


@dataclass(frozen=True, slots=True)
class Dossier:
    """A file handled by the one-stop system. Times are ms since 1970; no name, phone or ID number."""

    code: str
    procedure: str
    field: str
    channel: int
    status: int
    received_at: int
    due_at: int | None = None
    finished_at: int | None = None
    carried_over: bool = False
    digitised: bool = True
    not_digitised_reason: str | None = None
    step: str | None = None


_NAMES = tuple(field.name for field in fields(Dossier))


def values_of(dossier: Dossier) -> dict[str, Any]:
    """Its values by their names; nothing in a dossier has to be copied."""
    return {name: getattr(dossier, name) for name in _NAMES}


def dossier_data(dossier: Dossier) -> DossierData:
    """A dossier in the words of the contract: times as RFC 3339."""
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "field": dossier.field,
        "channel": dossier.channel,
        "status": dossier.status,
        "received_at": to_rfc3339(dossier.received_at),
        "due_at": optional_rfc3339(dossier.due_at),
        "finished_at": optional_rfc3339(dossier.finished_at),
        "carried_over": dossier.carried_over,
        "digitised": dossier.digitised,
        "not_digitised_reason": dossier.not_digitised_reason,
        "step": dossier.step,
    }


def may_be_named(dossier: Dossier, fields: frozenset[str], now: int) -> bool:
    """Whether a masked name may be kept: of these fields, as long as the dossier stands on the TV; `now` in ms."""
    decided = dossier.status in RESOLVED and (dossier.finished_at or 0) >= now - SHOWN_DECIDED_MS
    return dossier.field in fields and (dossier.status in IN_PROGRESS or decided)
