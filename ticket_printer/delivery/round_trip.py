"""How long one printer's answers take, learned from those that came: the wait for the next one follows."""

from __future__ import annotations

from collections import deque
from dataclasses import field

from contract.records import dataclass

FIRST_S = 0.75  # before anything was measured
SHORTEST_S, LONGEST_S = 0.4, 1.0
MARGIN = 3.0  # times the longest answer
REMEMBERED = 16  # exchanges


def wait_after(longest_s: float) -> float:
    """The wait for an answer of a printer whose longest answer took so many seconds."""
    return min(LONGEST_S, max(SHORTEST_S, MARGIN * longest_s))


@dataclass
class RoundTrip:
    """`known_s`: the longest answer that a trial measured; None: nobody measured. Kept over new connections."""

    known_s: float | None = None
    _recent_s: deque[float] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _silences: int = 0

    @property
    def longest_s(self) -> float | None:
        """The longest answer of the last exchanges and of the trial; None before any."""
        known = [] if self.known_s is None else [self.known_s]
        return max([*known, *self._recent_s], default=None)

    @property
    def wait_s(self) -> float:
        """How long to wait for the next answer; doubled by each silence until an exchange is complete."""
        longest_s = self.longest_s
        wait_s = FIRST_S if longest_s is None else wait_after(longest_s)
        return min(LONGEST_S, wait_s * 2.0 ** min(self._silences, 8))

    def measure(self, longest_s: float) -> None:
        """An exchange was complete; its longest answer took so long."""
        self._recent_s.append(longest_s)
        self._silences = 0

    def note_silence(self) -> None:
        """Nothing came within the wait."""
        self._silences += 1
