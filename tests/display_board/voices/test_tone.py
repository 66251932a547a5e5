"""The treble shelf, held against what a shelf is: nothing below its middle, half of it there, all of it above."""

from __future__ import annotations

import array
import math

import pytest

from display_board.voices.tone import with_treble

RATE = 22_050


def tone(hz: float) -> array.array[int]:
    return array.array("h", [round(8000 * math.sin(math.tau * hz * n / RATE)) for n in range(RATE // 2)])


def level_db(samples: array.array[int]) -> float:
    settled = samples[RATE // 10 :]
    return 10 * math.log10(sum(x * x for x in settled) / len(settled))


@pytest.mark.parametrize("db", [-6.0, -3.0, 4.0])
@pytest.mark.parametrize(("hz", "share"), [(150, 0.0), (2000, 0.5), (9000, 1.0)])
def test_a_tone_is_louder_by_its_place(db: float, hz: float, share: float) -> None:
    plain = tone(hz)
    changed = level_db(with_treble(plain, RATE, 2000, db)) - level_db(plain)
    assert changed == pytest.approx(share * db, abs=0.15)


def test_what_would_be_too_loud_stays_within_16_bit() -> None:
    loud = array.array("h", [32_000 if n % 2 else -32_000 for n in range(400)])
    assert max(map(abs, with_treble(loud, RATE, 2000, 12))) == 32_767
