"""Loudness as ITU-R BS.1770 defines it, checked by the signals that the standard and EBU Tech 3341 give."""

from __future__ import annotations

import array
import math

import pytest

from display_board.voices.loudness import high_pass, levelled, loudness, peak_db, shelf
from display_board.voices.sound import chime
from tests.display_board.voices.sounds import room, word


def tone(seconds: float, level_db: float, rate: int = 48_000, pitch: float = 1000) -> array.array[int]:
    most = 32767 * 10 ** (level_db / 20)
    return array.array("h", [round(most * math.sin(math.tau * pitch * n / rate)) for n in range(round(seconds * rate))])


def test_the_filters_at_48_khz_are_those_of_the_recommendation() -> None:
    first, second = shelf(48_000), high_pass(48_000)
    table = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
    assert (first.b0, first.b1, first.b2, first.a1, first.a2) == pytest.approx(table, abs=1e-8)
    assert (second.a1, second.a2) == pytest.approx((-1.99004745483398, 0.99007225036621), abs=1e-8)


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
def test_a_full_sine_of_997_hz_is_3_01_below_zero_at_any_rate(rate: int) -> None:
    assert loudness(tone(2, 0, rate, 997), rate) == pytest.approx(-3.01, abs=0.06)


def test_quiet_stretches_do_not_count_as_in_the_signals_of_ebu_tech_3341() -> None:
    """Case 3, a fifth as long and in one channel (3.01 below the stereo figure): -36, -23 and -36 dB give -23."""
    samples = tone(2, -36) + tone(12, -23) + tone(2, -36)
    assert loudness(samples, 48_000) == pytest.approx(-23 - 3.01, abs=0.1)


def test_a_pause_of_silence_changes_nothing() -> None:
    spoken = tone(2, -23)
    assert loudness(spoken + array.array("h", bytes(2 * 96_000)) + spoken, 48_000) == pytest.approx(
        loudness(spoken, 48_000), abs=0.35
    )


def test_silence_has_no_loudness_and_cannot_be_levelled() -> None:
    nothing = array.array("h", bytes(20_000))
    assert math.isinf(loudness(nothing, 22_050)) and math.isinf(peak_db(nothing))
    with pytest.raises(ValueError, match="silent"):
        levelled(nothing, 22_050)


@pytest.mark.parametrize("loud", [60, 600, 6000, 20_000])
@pytest.mark.parametrize("seconds", [0.15, 0.39, 1.3])
def test_quiet_and_loud_words_come_out_equally_loud(loud: float, seconds: float) -> None:
    made = levelled(word(seconds, 22_050, loud), 22_050)
    assert loudness(made, 22_050) == pytest.approx(-20, abs=0.1)
    assert peak_db(made) <= -1


def test_a_word_with_a_hard_knock_stays_below_the_peak_limit() -> None:
    samples = word(0.6, 22_050, 900) + array.array("h", [30_000, -30_000] * 20) + room(0.1, 22_050)
    made = levelled(samples, 22_050)
    assert peak_db(made) <= -1
    assert loudness(made, 22_050) == pytest.approx(-20, abs=0.3)


def test_the_chime_is_as_loud_as_the_voice_behind_it() -> None:
    for recall in (False, True):
        assert loudness(chime(recall), 22_050) == pytest.approx(-20, abs=0.2)
