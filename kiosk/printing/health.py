"""How each printer is: an immutable value that its print worker publishes and every other thread may read."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypedDict

from contract.records import dataclass
from kiosk.printing.presenter import OTHER_SERVICE, PresentedSlip

HealthState = Literal["ok", "fault", "unknown"]


@dataclass(frozen=True, slots=True)
class PrinterHealth:
    """What is known of one printer. Times in ms since 1970.

    `reason`: why it is not ok. `since`: of state and reason. `slips_left`: counted; None before the printer was asked
    first. `occupied`: a presenter's slip waits to be taken; `blocked`: others wait for that; `presented`: its last
    slip. `mute`: it is this printer's nature to say nothing of itself. `fallback`: the printer that stands in for it.
    `for_citizen`: a sentence, None while all is well.
    """

    state: HealthState
    reason: str | None
    since: int = 0
    near_end: bool = False
    slips_left: int | None = None
    occupied: bool = False
    blocked: bool = False
    presented: PresentedSlip | None = None
    mute: bool = False
    fallback: str | None = None
    for_citizen: str | None = None
    for_staff: str = ""
    checked_at: int = 0


class PresentedSlipShape(TypedDict):
    number: str | None
    state: str
    since: int


class PrinterShape(TypedDict):
    """One printer in the answers of the API."""

    state: str
    reason: str | None
    near_end: bool
    since: int
    slips_left: int | None
    mouth: bool
    behind: bool
    held_out: PresentedSlipShape | None
    mute: bool
    fallback: str | None
    for_citizen: str | None
    for_staff: str
    checked_at: int


def health_shape(health: PrinterHealth) -> PrinterShape:
    """The JSON that pages and followers get."""
    slip = health.presented
    held_out = None if slip is None else PresentedSlipShape(number=slip.number, state=slip.state, since=slip.since)
    return {
        "state": health.state,
        "reason": health.reason,
        "near_end": health.near_end,
        "since": health.since,
        "slips_left": health.slips_left,
        "mouth": health.occupied,
        "behind": health.blocked,
        "held_out": held_out,
        "mute": health.mute,
        "fallback": health.fallback,
        "for_citizen": health.for_citizen,
        "for_staff": health.for_staff,
        "checked_at": health.checked_at,
    }


class PrinterHealthRegistry:
    """The last known health of each printer. A value is replaced as a whole, so readers need no lock."""

    def __init__(self) -> None:
        self._health: dict[str, PrinterHealth] = {}

    def publish(self, printer: str, health: PrinterHealth) -> None:
        self._health[printer] = health

    def get(self, printer: str) -> PrinterHealth | None:
        """None for a printer that has no worker."""
        return self._health.get(printer)

    def is_ok(self, printer: str) -> bool:
        """Whether it is known to be well."""
        health = self._health.get(printer)
        return health is not None and health.state == "ok"

    def prints_here(self, printer: str) -> bool:
        """False while another process prints on it, and for a printer that has no worker."""
        health = self._health.get(printer)
        return health is not None and health.reason != OTHER_SERVICE

    def names(self) -> list[str]:
        return list(self._health)

    def set_slips_left(self, printer: str, slips: int) -> None:
        """After a new roll was reported; the worker counts on from there."""
        if (health := self._health.get(printer)) is not None:
            self._health[printer] = replace(health, slips_left=slips)

    def shapes(self) -> dict[str, PrinterShape]:
        """The JSON of all printers by name."""
        return {name: health_shape(health) for name, health in list(self._health.items())}
