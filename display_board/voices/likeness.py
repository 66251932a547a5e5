"""How alike two takes of words are, whoever says them: cepstra of frames of 20 ms, aligned in time. Pure.

Plain Python on floats, since no library of numbers is shipped: a second of sound takes about a twentieth of a second.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from functools import cache
from operator import mul, sub
from typing import TypeAlias

from contract.records import dataclass
from display_board.voices.sound import RATE

HALF_RATE = RATE / 2
FRAME, STEP = 256, 220  # samples at half the rate of clips: 23 ms, a new one every 20 ms
BANDS, LOWEST_HZ, HIGHEST_HZ = 24, 100.0, 5000.0
CEPSTRA = 12
FLOOR = 1e-5  # of the loudest band: 50 dB below it there is nothing to hear
LOUD, QUIETEST = -4.0, -8.0  # natural logarithms beside the loudest frame: 17 dB and 35 dB below it
SPEAKERS_SHARE = 0.45  # of the mean sound: what is the speaker's and the microphone's, not the word's
REST = 0.75  # a part of a model is at most this much of it

Features: TypeAlias = "list[tuple[float, ...]]"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Mean distances of a take to a model: the whole of it, without what its end says, without what its start says."""

    whole: float
    without_end: float
    without_start: float


def features(samples: Sequence[int]) -> Features:
    """One row a frame of a clip at 22,050 Hz: how loud it is beside the loudest frame, and its cepstra."""
    halved = [(one + other) / 2 for one, other in zip(samples[::2], samples[1::2], strict=False)]
    halved += [0.0] * max(0, FRAME - len(halved))
    frames = [halved[at : at + FRAME] for at in range(0, len(halved) - FRAME + 1, STEP)]
    bands = [row for at in range(0, len(frames), 2) for row in _bands(frames[at], frames[min(at + 1, len(frames) - 1)])]
    del bands[len(frames) :]
    floor = max(max(row) for row in bands) * FLOOR + 1e-9
    logs = [[math.log(max(floor, energy)) for energy in row] for row in bands]
    means = [math.fsum(row) / BANDS for row in logs]
    levels = [mean - max(means) for mean in means]
    cepstra = [_cepstra(row) for row in logs]
    loud = [row for row, level in zip(cepstra, levels, strict=True) if level > LOUD]
    own = [SPEAKERS_SHARE * math.fsum(column) / len(loud) for column in zip(*loud, strict=True)]
    return [(max(level, QUIETEST), *map(sub, row, own)) for level, row in zip(levels, cepstra, strict=True)]


def _bands(first: Sequence[float], second: Sequence[float]) -> tuple[list[float], list[float]]:
    """The bands of two frames by one transform: the spectrum of a real signal mirrors itself."""
    spectrum = _transform([complex(x * w, y * w) for x, y, w in zip(first, second, _window(), strict=True)])
    mirrored = [spectrum[0], *spectrum[:0:-1]]
    pairs = [(one, other.conjugate()) for one, other in zip(spectrum[: FRAME // 2], mirrored, strict=False)]
    powers = [abs(one + other) ** 2 for one, other in pairs], [abs(one - other) ** 2 for one, other in pairs]
    made = [[sum(weight * power[at] for at, weight in band) for band in _filters()] for power in powers]
    return made[0], made[1]


def _cepstra(logs: Sequence[float]) -> list[float]:
    return [sum(map(mul, row, logs)) for row in _cosines()]


def _transform(values: list[complex]) -> list[complex]:
    """The discrete Fourier transform; as many values as a power of two."""
    size = len(values)
    if size == 1:
        return values
    even, odd = _transform(values[::2]), _transform(values[1::2])
    turned = [turn * value for turn, value in zip(_turns(size), odd, strict=True)]
    return [a + b for a, b in zip(even, turned, strict=True)] + [a - b for a, b in zip(even, turned, strict=True)]


@cache
def _turns(size: int) -> tuple[complex, ...]:
    return tuple(cmath.exp(-2j * math.pi * n / size) for n in range(size // 2))


@cache
def _window() -> tuple[float, ...]:
    return tuple(0.5 - 0.5 * math.cos(math.tau * n / FRAME) for n in range(FRAME))


@cache
def _cosines() -> tuple[tuple[float, ...], ...]:
    scale = math.sqrt(2 / BANDS)
    return tuple(
        tuple(scale * math.cos(math.pi * order * (band + 0.5) / BANDS) for band in range(BANDS))
        for order in range(1, CEPSTRA + 1)
    )


@cache
def _filters() -> tuple[tuple[tuple[int, float], ...], ...]:
    """Triangles of equal width to the ear (mel): places of the spectrum and their weights."""
    low, high = _mel(LOWEST_HZ), _mel(HIGHEST_HZ)
    corners = [_hertz(low + (high - low) * n / (BANDS + 1)) * FRAME / HALF_RATE for n in range(BANDS + 2)]
    return tuple(_triangle(*corners[n : n + 3]) for n in range(BANDS))


def _triangle(left: float, middle: float, right: float) -> tuple[tuple[int, float], ...]:
    places = range(math.ceil(left), math.floor(right) + 1)
    rising = [(at, (at - left) / (middle - left) if at <= middle else (right - at) / (right - middle)) for at in places]
    return tuple((at, weight) for at, weight in rising if weight > 0) or ((round(middle), 1.0),)


def _mel(hertz: float) -> float:
    return 2595 * math.log10(1 + hertz / 700)


def _hertz(mel: float) -> float:
    return 700 * (10 ** (mel / 2595) - 1)


def aligned(take: Features, model: Features) -> Alignment:
    """How well a take fits a model, and parts of it."""
    there = _costs(take, model)
    back = _costs(take[::-1], model[::-1])
    whole = there[-1] / (len(take) + len(model))
    return Alignment(whole, _best_part(there, len(take)), _best_part(back, len(take)))


def distance(take: Features, model: Features) -> float:
    """The mean distance of a take to the whole of a model."""
    return _costs(take, model)[-1] / (len(take) + len(model))


def _best_part(costs: Sequence[float], length: int) -> float:
    """The best mean distance to a model that ends early."""
    parts = costs[len(costs) // 4 : max(1, round(len(costs) * REST))]
    return min((cost / (length + at + len(costs) // 4 + 1) for at, cost in enumerate(parts)), default=math.inf)


def _costs(take: Features, model: Features) -> list[float]:
    """What it costs to align the whole take with the model up to each of its frames (dynamic time warping)."""
    row: list[float] = []
    for frame in take:
        distances = [math.dist(frame, other) for other in model]
        row = _next_row(row, distances)
    return row


def _next_row(before: Sequence[float], distances: Sequence[float]) -> list[float]:
    """A step along both counts twice, so that every way from one end to the other has the same weight."""
    if not before:
        made, cost = [], distances[0]
        for at, here in enumerate(distances):
            cost = cost + here if at else 2 * here
            made.append(cost)
        return made
    cost = before[0] + distances[0]
    made = [cost]
    diagonal = before[0]
    for above, here in zip(before[1:], distances[1:], strict=True):
        cost = min(diagonal + 2 * here, above + here, cost + here)
        made.append(cost)
        diagonal = above
    return made
