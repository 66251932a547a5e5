"""The treble of a voice made softer or sharper: a shelf of second order (bilinear transform). Pure."""

from __future__ import annotations

import array
import math
from collections.abc import Sequence

from display_board.voices.loudness import FilterStage, filtered

MOST = 32767


def treble_shelf(rate: int, middle_hz: float, db: float) -> FilterStage:
    """`db` above `middle_hz`, half of it there, nothing far below."""
    root = 10 ** (db / 80)
    gain = root * root
    angle = math.tau * middle_hz / rate
    cosine, bend = math.cos(angle), math.sin(angle) * math.sqrt(0.5) * 2 * root
    scale = (gain + 1) - (gain - 1) * cosine + bend
    return FilterStage(
        gain * ((gain + 1) + (gain - 1) * cosine + bend) / scale,
        -2 * gain * ((gain - 1) + (gain + 1) * cosine) / scale,
        gain * ((gain + 1) + (gain - 1) * cosine - bend) / scale,
        2 * ((gain - 1) - (gain + 1) * cosine) / scale,
        ((gain + 1) - (gain - 1) * cosine - bend) / scale,
    )


def with_treble(samples: Sequence[int], rate: int, middle_hz: float, db: float) -> array.array[int]:
    """The samples with their treble so many dB louder (or softer, below 0)."""
    made = filtered(samples, treble_shelf(rate, middle_hz, db))
    return array.array("h", [max(-MOST, min(MOST, round(x))) for x in made])
