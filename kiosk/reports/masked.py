"""Reports for readers who need no names: of each officer no more than the family name and initials.

Codes of dossiers are masked as the TV shows them; no measure tells dossiers apart by their code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from contract.dossiers import mask_code
from kiosk.domain.name_order import name_key
from kiosk.reports.fact_sources import PeriodFacts
from kiosk.reports.measures.dossiers import DossierFact
from kiosk.reports.measures.equipment import CounterSpell, DeviceSpell
from kiosk.reports.measures.ratings import RatingFact
from kiosk.reports.measures.tickets import TicketFact
from kiosk.store.statistics import RatingRow


def masks_of(names: Iterable[str | None]) -> dict[str, str]:
    """ "Đinh Thị Lan" is "Đinh T. L."; officers who would look alike are numbered, so that no figures run together."""
    known = sorted({name for name in names if name is not None}, key=name_key)
    alike = Counter(map(_mask, known))
    met: Counter[str] = Counter()
    masks = {}
    for name in known:
        mask = _mask(name)
        met[mask] += 1
        masks[name] = mask if alike[mask] == 1 else f"{mask} ({met[mask]})"
    return masks


def _mask(name: str) -> str:
    """A name of one word, which may be a given name, is an initial."""
    words = name.split()
    first = words[:1] if len(words) > 1 else []
    return " ".join([*first, *(f"{word[0]}." for word in words[len(first) :])])


def with_masks(tickets: Sequence[TicketFact], ratings: Iterable[RatingRow]) -> Sequence[TicketFact]:
    """The tickets with the masks that a report of the same period has; `ratings`: those of the period."""
    masks = masks_of([*(fact.clerk for fact in tickets), *(row.clerk for row in ratings)])
    return [fact._replace(clerk=None if fact.clerk is None else masks[fact.clerk]) for fact in tickets]


class MaskedFacts:
    """The facts of a period with names of officers and codes of dossiers masked; everything else as it is."""

    def __init__(self, facts: PeriodFacts) -> None:
        self._facts = facts

    @cached_property
    def _masks(self) -> dict[str, str]:
        served = [fact.clerk for fact in self._facts.tickets]
        return masks_of([*served, *(fact.clerk for fact in self._facts.ratings)])

    @cached_property
    def tickets(self) -> Sequence[TicketFact]:
        return [fact._replace(clerk=self._masked(fact.clerk)) for fact in self._facts.tickets]

    @cached_property
    def ratings(self) -> Sequence[RatingFact]:
        return [replace(fact, clerk=self._masked(fact.clerk)) for fact in self._facts.ratings]

    @property
    def counter_spells(self) -> Sequence[CounterSpell]:
        return self._facts.counter_spells

    @property
    def device_spells(self) -> Sequence[DeviceSpell]:
        return self._facts.device_spells

    @cached_property
    def dossiers(self) -> Sequence[DossierFact]:
        return [replace(fact, code=mask_code(fact.code)) for fact in self._facts.dossiers]

    @cached_property
    def decided(self) -> Sequence[DossierFact]:
        return [replace(fact, code=mask_code(fact.code)) for fact in self._facts.decided]

    def _masked(self, clerk: str | None) -> str | None:
        return None if clerk is None else self._masks[clerk]
