"""Loudness by ITU-R BS.1770: K-weighting, blocks of 400 ms, the two gates; and clips brought to one loudness. Pure.

The filter of the recommendation is tabulated for 48 kHz. Here both stages are designed anew for any rate by the
bilinear transform of their analogue prototypes: a shelf of +4.0 dB at 1,682 Hz (Q 0.7072), a high-pass at 38.1 Hz
(Q 0.5003).
"""

from __future__ import annotations

import array
import math
from collections.abc import Sequence
from operator import mul

from contract.records import dataclass

FULL = 32768.0
TARGET_LUFS = -20.0
PEAK_DB = -1.0
BLOCK_S, STEP_S = 0.4, 0.1
ABSOLUTE_GATE, RELATIVE_GATE = -70.0, -10.0
OFFSET = -0.691  # makes a 997 Hz sine of full scale in one channel -3.01 LUFS
SHELF_HZ, SHELF_Q, SHELF_DB = 1681.9744509555319, 0.7071752369554193, 3.99984385397
SHELF_BEND = 0.4996667741545416
PASS_HZ, PASS_Q = 38.13547087613982, 0.5003270373253953
ROUNDS = 12


@dataclass(frozen=True, slots=True)
class FilterStage:
    """A second-order filter, normalised: b0 b1 b2 over 1 a1 a2."""

    b0: float
    b1: float
    b2: float
    a1: float
    a2: float


def shelf(rate: int) -> FilterStage:
    bent = math.tan(math.pi * SHELF_HZ / rate)
    high = 10 ** (SHELF_DB / 20)
    middle = high**SHELF_BEND
    scale = 1 + bent / SHELF_Q + bent * bent
    return FilterStage(
        (high + middle * bent / SHELF_Q + bent * bent) / scale,
        2 * (bent * bent - high) / scale,
        (high - middle * bent / SHELF_Q + bent * bent) / scale,
        2 * (bent * bent - 1) / scale,
        (1 - bent / SHELF_Q + bent * bent) / scale,
    )


def high_pass(rate: int) -> FilterStage:
    bent = math.tan(math.pi * PASS_HZ / rate)
    scale = 1 + bent / PASS_Q + bent * bent
    return FilterStage(1, -2, 1, 2 * (bent * bent - 1) / scale, (1 - bent / PASS_Q + bent * bent) / scale)


def filtered(samples: Sequence[float], stage: FilterStage) -> list[float]:
    """The samples behind one stage."""
    b0, b1, b2, a1, a2 = stage.b0, stage.b1, stage.b2, stage.a1, stage.a2
    first = second = 0.0
    out = []
    for x in samples:
        y = b0 * x + first
        first = b1 * x - a1 * y + second
        second = b2 * x - a2 * y
        out.append(y)
    return out


def _powers(samples: Sequence[int], rate: int) -> list[float]:
    """Mean square of each block of 400 ms, a new one every 100 ms; of the whole when it is shorter."""
    weighted = filtered(filtered([sample / FULL for sample in samples], shelf(rate)), high_pass(rate))
    step = round(rate * STEP_S)
    squares = list(map(mul, weighted, weighted))
    sums = [math.fsum(squares[at : at + step]) for at in range(0, len(squares), step)]
    steps = round(BLOCK_S / STEP_S)
    if len(weighted) < step * steps:
        return [math.fsum(sums) / max(1, len(weighted))]
    whole = len(weighted) // step
    return [math.fsum(sums[at : at + steps]) / (step * steps) for at in range(whole - steps + 1)]


def _lufs(power: float) -> float:
    return OFFSET + 10 * math.log10(power) if power > 0 else -math.inf


def loudness(samples: Sequence[int], rate: int) -> float:
    """Integrated loudness in LUFS of 16 bit mono samples; -inf for silence."""
    loud = [power for power in _powers(samples, rate) if _lufs(power) > ABSOLUTE_GATE]
    if not loud:
        return -math.inf
    gate = _lufs(math.fsum(loud) / len(loud)) + RELATIVE_GATE
    kept = [power for power in loud if _lufs(power) > gate]
    return _lufs(math.fsum(kept) / len(kept))


def peak_db(samples: Sequence[int]) -> float:
    """The largest sample in dB below full scale; -inf for silence."""
    most = max((abs(sample) for sample in samples), default=0)
    return 20 * math.log10(most / FULL) if most else -math.inf


def levelled(samples: Sequence[int], rate: int, target: float = TARGET_LUFS) -> array.array[int]:
    """The clip at `target` LUFS with no sample above -1 dB; what would stick out is bent softly, not cut.

    Raises ValueError when there is nothing but silence.
    """
    return level(samples, rate, target)[0]


def level(samples: Sequence[int], rate: int, target: float = TARGET_LUFS) -> tuple[array.array[int], float]:
    """As `levelled`, and the loudness that was reached, in LUFS. Raises ValueError."""
    measured = loudness(samples, rate)
    if math.isinf(measured):
        raise ValueError("a silent clip cannot be made louder")
    gain = target - measured
    for _ in range(ROUNDS):
        levelled_samples = _limited(samples, 10 ** (gain / 20))
        missing = target - loudness(levelled_samples, rate)
        if abs(missing) < 0.05:
            break
        gain += missing
    return levelled_samples, target - missing


def _limited(samples: Sequence[int], factor: float) -> array.array[int]:
    most = FULL * 10 ** (PEAK_DB / 20) - 1
    knee = most / 2
    room = most - knee
    made = [sample * factor for sample in samples]
    for at, value in enumerate(made):
        if not -knee <= value <= knee:
            made[at] = math.copysign(knee + room * math.tanh((abs(value) - knee) / room), value)
    return array.array("h", map(round, made))
