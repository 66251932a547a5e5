"""Whether the machine's time is believed. Pure rules; every value is in ms.

Within one boot the office's time is the time since boot plus `offset`: setting the machine's clock moves nothing until
the new time has been accepted. Sizes of jumps: up to a second is no step, up to ten minutes is a step (taken at once
while it stays within the same date), beyond that a jump, which has to hold or to be confirmed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from contract.records import dataclass

STEP_MS = 1_000
JUMP_MS = 10 * 60_000
FAR_MS = 100 * 24 * 3600_000  # a time so far behind all that was seen is believed only when a person says so


class ClockDoubt(StrEnum):
    """`JUMPED`: the date is known, the machine's clock differs. `STARTED`: after a boot not even the date is known."""

    NONE = ""
    JUMPED = "jumped"
    STARTED = "started"


class MachineTime(NamedTuple):
    """One look at the machine: its wall clock (ms since 1970), ms since it was started, and which start that was."""

    wall: int
    since_boot: int
    boot: str

    @property
    def offset(self) -> int:
        return self.wall - self.since_boot


@dataclass(frozen=True, slots=True)
class OfficeTime:
    """What the office takes for the time. Empty `boot`: nothing was taken yet.

    `highest_before`: the highest time seen before this boot. `began`: the office's time at which this boot began;
    `arrivals_before`: the last arrival before it. `disbelieved`: the offset of a machine whose clock a person called
    wrong. `reopened`: where in the journal dates went back, as "epoch:seq" of the last event before a day was reopened.
    """

    boot: str = ""
    offset: int = 0
    highest_before: int = 0
    began: int = 0
    arrivals_before: int = 0
    doubt: ClockDoubt = ClockDoubt.NONE
    disbelieved: int | None = None
    reopened: tuple[str, ...] = ()

    def reopened_at(self, epoch: str, seq: int) -> OfficeTime:
        """A day is reopened behind this position."""
        return replace(self, reopened=(*self.reopened, f"{epoch}:{seq}"))

    def turns(self, epoch: str) -> list[int]:
        """Positions of an epoch behind which dates go back; between two of them they never do."""
        places = (place.rpartition(":") for place in self.reopened)
        return sorted(int(seq) for name, _, seq in places if name == epoch)

    def now(self, machine: MachineTime) -> int:
        """ms since 1970 as the office takes it."""
        return machine.since_boot + self.offset

    def corrected(self, by: int, now: int) -> OfficeTime:
        """All times of this boot lie `by` ms later; it is `now`, and nothing is in doubt any more."""
        moved = replace(self, offset=self.offset + by, began=self.began + by)
        highest = min(self.highest_before, now)
        return replace(moved, highest_before=highest, doubt=ClockDoubt.NONE, disbelieved=None)

    @property
    def callable_after(self) -> int:
        """Tickets up to this arrival are called by number only: nobody knows whether they are of today."""
        return self.arrivals_before if self.doubt is ClockDoubt.STARTED else 0


class ClockChange(StrEnum):
    """What a look at the machine's clock asks for; STEPPED and HELD both correct the office's time."""

    NOTHING = "nothing"
    JUMPED = "jumped"
    RETURNED = "returned"
    STEPPED = "step"
    HELD = "held"


class ClockVerdict(NamedTuple):
    """`by`: how far the machine's clock is ahead of the office's time, in ms."""

    change: ClockChange
    by: int


def is_plausible(wall: int, highest: int, built: int) -> bool:
    """Whether a time may be believed without asking: after all that was seen, but not absurdly far."""
    return highest - JUMP_MS <= wall and is_possible(wall, highest, built)


def is_possible(wall: int, highest: int, built: int) -> bool:
    """Whether a person may have meant a time: after the release of the product, not absurdly far ahead."""
    return built <= wall <= max(built, highest) + FAR_MS


def begin(before: OfficeTime, machine: MachineTime, highest: int, built: int, arrivals: int) -> OfficeTime:
    """The office's time in a new boot; `highest`: the highest time seen. An implausible clock leaves it there."""
    if is_plausible(machine.wall, highest, built):
        return OfficeTime(machine.boot, machine.offset, highest, machine.wall, arrivals, reopened=before.reopened)
    began = max(highest, built) + 1
    if before.doubt is ClockDoubt.STARTED:  # nobody has said since which day it is
        arrivals = before.arrivals_before
    offset, doubt = began - machine.since_boot, ClockDoubt.STARTED
    return OfficeTime(machine.boot, offset, highest, began, arrivals, doubt, reopened=before.reopened)


class ClockWatch:
    """Compares the machine's clock with the office's time, and measures how long a new time has held."""

    def __init__(self, hold_ms: int, civil_date: Callable[[int], str]) -> None:
        self._hold_ms = hold_ms
        self._civil_date = civil_date
        self._offset: int | None = None
        self._since = 0

    def look(self, trusted: OfficeTime, machine: MachineTime, built: int) -> ClockVerdict:
        by = machine.offset - trusted.offset
        if trusted.disbelieved is not None and abs(machine.offset - trusted.disbelieved) < STEP_MS:
            return ClockVerdict(ClockChange.NOTHING, by)
        now = trusted.now(machine)
        is_step = abs(by) <= JUMP_MS and self._civil_date(now) == self._civil_date(now + by)
        held = self._has_held(machine)
        if trusted.doubt is ClockDoubt.NONE:
            if abs(by) < STEP_MS:
                return ClockVerdict(ClockChange.NOTHING, by)
            return ClockVerdict(ClockChange.STEPPED if is_step else ClockChange.JUMPED, by)
        if trusted.doubt is ClockDoubt.JUMPED and (is_step or abs(by) < STEP_MS):
            return ClockVerdict(ClockChange.RETURNED, by)
        if held and is_plausible(machine.wall, trusted.highest_before, built):
            return ClockVerdict(ClockChange.HELD, by)
        return ClockVerdict(ClockChange.NOTHING, by)

    def _has_held(self, machine: MachineTime) -> bool:
        """Whether the machine's clock has run evenly for the time that makes it believed."""
        if self._offset is None or abs(machine.offset - self._offset) >= STEP_MS:
            self._offset, self._since = machine.offset, machine.since_boot
        return machine.since_boot - self._since >= self._hold_ms
