"""Writing the sample dossiers as the one-stop system would: put in batches, one transaction each."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier import Dossier
from kiosk.samples.ba_vi_2024 import SampleProcedure, dossiers
from kiosk.samples.guard import require_empty
from kiosk.samples.merged_2026 import merged_dossiers
from kiosk.store.store import Store
from kiosk.store.unit_of_work import Actor

BATCH = 100


def fill_ba_vi_2024(store: Store, procedures: Sequence[tuple[str, str]], now: int) -> int:
    """Puts the dossiers of (procedure, field) pairs into an empty database; returns how many.

    Raises DatabaseInUse; ValueError when a procedure is missing or a dossier is refused.
    """
    require_empty(store)
    return put_ba_vi_2024(store, procedures, now)


def put_ba_vi_2024(store: Store, procedures: Sequence[tuple[str, str]], now: int) -> int:
    """The same, whatever the database holds. Raises ValueError."""
    return put_sample(store, dossiers(_kinds(procedures), store.office.hours.timezone), now)


def fill_merged_2026(store: Store, procedures: Sequence[tuple[str, str]], now: int) -> int:
    """Puts the quarter of a merged commune into an empty database; returns how many. Raises as above."""
    require_empty(store)
    return put_merged_2026(store, procedures, now)


def put_merged_2026(store: Store, procedures: Sequence[tuple[str, str]], now: int) -> int:
    """The same, whatever the database holds. Raises ValueError."""
    return put_sample(store, merged_dossiers(_kinds(procedures), store.office.hours.timezone), now)


def _kinds(procedures: Sequence[tuple[str, str]]) -> list[SampleProcedure]:
    return [SampleProcedure(*pair) for pair in procedures]


def put_sample(store: Store, made: Sequence[Dossier], now: int) -> int:
    """Puts dossiers in batches; returns how many. Raises ValueError when one is refused."""
    for start in range(0, len(made), BATCH):
        with store.unit(Actor("system", "sample"), now) as unit:
            answer = put_dossiers(unit, made[start : start + BATCH])
            if answer["refused"]:
                raise ValueError(f"refused: {answer['refused']}")
    return len(made)
