"""Random days and dossiers in an empty database, with the figures that their reports must have."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from contract.records import dataclass
from kiosk.samples.ba_vi_2024 import SampleProcedure
from kiosk.samples.filling import put_sample
from kiosk.samples.known_tickets import KnownTickets
from kiosk.samples.random_days import RandomDays, play_days
from kiosk.samples.random_dossiers import KnownDossiers, random_dossiers
from kiosk.store.store import Store


@dataclass(frozen=True, slots=True)
class KnownAnswers:
    """From `first` to `last` (YYYY-MM-DD, both included). `fields`: dossiers by field, whose sum is `dossiers`."""

    first: str
    last: str
    seed: int
    events: int
    tickets: KnownTickets
    dossiers: KnownDossiers
    fields: dict[str, KnownDossiers]

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def fill_known(
    store: Store, size: RandomDays, dossiers: int, procedures: Sequence[tuple[str, str]], now: int
) -> KnownAnswers:
    """Plays the days before `now` (ms since 1970) and puts so many dossiers of (procedure, field) pairs.

    Raises DatabaseInUse; ValueError when dossiers are asked for without procedures, or the office is never open.
    """
    if dossiers and not procedures:
        raise ValueError("dossiers need [[procedure]]s in the configuration")
    played = play_days(store, size, now)
    if not played.days:
        raise ValueError("the configuration has no opening hours")
    first, last = played.days[0].isoformat(), played.days[-1].isoformat()
    if not dossiers:
        return KnownAnswers(first, last, size.seed, played.events, played.tickets, KnownDossiers(), {})
    kinds = [SampleProcedure(*pair) for pair in procedures]
    made = random_dossiers(kinds, store.office.hours.timezone, played.days, dossiers, size.seed)
    put_sample(store, made.made, now)
    events = played.events + len(made.made)
    return KnownAnswers(first, last, size.seed, events, played.tickets, made.total, made.fields)
