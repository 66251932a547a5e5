"""How many counters are named in a short line: "1", "2", "3", but "1–12" for a long row of them."""

from __future__ import annotations

from collections.abc import Sequence

SINGLE = 4  # so many stand by themselves
LEAST_RUN = 3


def counter_runs(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes as they are up to four; of more, those that follow each other are drawn together as "first–last"."""
    if len(codes) <= SINGLE:
        return tuple(codes)
    runs: list[list[str]] = []
    for code in codes:
        if runs and _follows(runs[-1][-1], code):
            runs[-1].append(code)
        else:
            runs.append([code])
    return tuple(part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) >= LEAST_RUN else run))


def _follows(one: str, other: str) -> bool:
    plain = (one + other).isascii() and one.isdigit() and other.isdigit() and other == str(int(other))
    return plain and int(other) == int(one) + 1
