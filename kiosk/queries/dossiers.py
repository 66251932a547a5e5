"""Dossiers as connectors and citizens read them, and the catalogue of procedures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from contract.dossiers import STEPS, DossierStatus, mask_code, normalise_code
from contract.records import dataclass

if TYPE_CHECKING:
    from contract.fields import FieldRules
    from kiosk.domain.dossier import Dossier
    from kiosk.store.store import Reading


@dataclass(frozen=True, slots=True)
class DossierSlice:
    """Dossiers by code; `next`: the code behind which the next batch begins, None at the end."""

    dossiers: tuple[Dossier, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class PublicDossier:
    """What whoever knows a dossier's code may see; `field` is empty when it is withheld. Times in ms since 1970.

    `service`: whose sign and counters the citizen looks for; also of a field that is withheld.
    """

    code_masked: str
    field: str
    status: int
    step: str
    received_at: int
    due_at: int | None
    finished_at: int | None
    late: bool
    service: str | None = None


def read_batch(reading: Reading, after: str) -> DossierSlice:
    """At most 500 dossiers behind a code."""
    dossiers = tuple(reading.dossiers.page(after))
    return DossierSlice(dossiers, dossiers[-1].code if dossiers else None)


def find_dossier(
    reading: Reading, typed: str, rules: FieldRules, now: int, service_of: Callable[[str], str | None] = lambda _: None
) -> PublicDossier | None:
    """None for a code that is none as for one that nobody knows. `service_of` a field: its service's code."""
    try:
        code = normalise_code(typed)
    except ValueError:
        return None
    dossier = reading.dossiers.get(code)
    return None if dossier is None else replace(public_dossier(dossier, rules, now), service=service_of(dossier.field))


def public_dossier(dossier: Dossier, rules: FieldRules, now: int) -> PublicDossier:
    """`late`: finished, or still not finished at `now`, after its date. The screen is seen by others as well."""
    return PublicDossier(
        mask_code(dossier.code),
        "" if rules.withholds(dossier.field) else dossier.field,
        dossier.status,
        STEPS[DossierStatus(dossier.status)],
        dossier.received_at,
        dossier.due_at,
        dossier.finished_at,
        dossier.due_at is not None and (dossier.finished_at or now) > dossier.due_at,
    )
