"""How many slips a roll of paper still gives: counted, and learned from the rolls before it."""

from __future__ import annotations

from dataclasses import replace

from contract.records import dataclass

SLIPS_PER_ROLL = 700  # an 80 m roll and slips of 11 cm, until the first roll has shown better
RESERVE = 25  # after the sensor's warning
WORTH_LEARNING = 50  # a roll that was put in half used shows nothing about a full one


@dataclass(frozen=True, slots=True)
class PaperRoll:
    """`used`: slips so far; `warned_at`: used when the sensor warned, None while it has not.

    `capacity` of a full roll and `reserve` after the warning are learned at each end of paper. `over`: it ended.
    """

    capacity: int = SLIPS_PER_ROLL
    used: int = 0
    warned_at: int | None = None
    reserve: int = RESERVE
    over: bool = False

    @property
    def left(self) -> int:
        """Slips."""
        if self.over:
            return 0
        if self.warned_at is not None:
            return max(0, self.reserve - (self.used - self.warned_at))
        return max(0, self.capacity - self.used)

    def use_slip(self) -> PaperRoll:
        """One slip was printed on it."""
        return replace(self, used=self.used + 1)

    def renewed(self) -> PaperRoll:
        """A new roll was put in."""
        return replace(self, used=0, warned_at=None, over=False)

    def observe(self, paper_out: bool, near_end: bool, opened: bool = True) -> PaperRoll:
        """The roll after the printer told of its paper.

        `opened`: whether the printer was open, stopped or silent since it was asked last. Otherwise nobody can have put
        in a new roll: a warning that ends is then a sensor that flickers, because the roll is right at its height.
        """
        if paper_out:
            return self if self.over else self._ended()
        if self.over or (opened and self.warned_at is not None and not near_end):
            return self.renewed().observe(False, near_end)
        if not near_end:
            return self if self.warned_at is None else replace(self, warned_at=None)
        return replace(self, warned_at=self.used) if self.warned_at is None else self

    def _ended(self) -> PaperRoll:
        if self.used < WORTH_LEARNING:
            return replace(self, over=True)
        reserve = self.reserve if self.warned_at is None else self.used - self.warned_at
        return replace(self, over=True, capacity=self.used, reserve=reserve)
