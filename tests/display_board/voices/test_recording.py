"""What an officer records becomes a clip: silence cut, one rate, one loudness; or says what to do better."""

from __future__ import annotations

import array
import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display_board.voices.loudness import loudness
from display_board.voices.recording import UnusableRecording, clip_of, resampled
from display_board.voices.sound import RATE
from display_board.voices.wav import encode, parse, parse_clip
from tests.display_board.voices.sounds import recording, room, word


def refused(data: bytes) -> str:
    with pytest.raises(UnusableRecording) as caught:
        clip_of(data)
    return caught.value.reason


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
def test_the_silence_around_a_word_is_cut_at_any_rate(rate: int) -> None:
    clip = clip_of(recording(0.6, rate))
    assert len(clip) / RATE == pytest.approx(0.66, abs=0.06)
    assert loudness(clip, RATE) == pytest.approx(-20, abs=0.2)


@given(st.floats(0.15, 1.2), st.floats(300, 12_000), st.integers(0, 25))
@settings(max_examples=15, deadline=None)
def test_any_clear_word_becomes_an_equally_loud_clip(seconds: float, loud: float, noise: int) -> None:
    clip = clip_of(recording(seconds, 22_050, loud, noise))
    assert abs(loudness(clip, RATE) + 20) < 0.3
    assert seconds - 0.08 < len(clip) / RATE < seconds + 0.2


def test_a_pause_between_two_words_stays() -> None:
    clip = clip_of(encode(room(0.5) + word(0.4) + room(0.4) + word(0.5) + room(1), 48_000))
    assert len(clip) / RATE == pytest.approx(1.37, abs=0.08)


def test_the_click_of_the_button_is_not_part_of_the_word() -> None:
    click = array.array("h", [9000, -9000] * 200)
    clip = clip_of(encode(room(0.2) + click + room(0.6) + word(0.5) + room(0.6) + click + room(0.2), 48_000))
    assert len(clip) / RATE == pytest.approx(0.57, abs=0.06)


def test_the_ends_of_a_clip_are_soft() -> None:
    clip = clip_of(recording())
    assert clip[0] == clip[-1] == 0


def test_a_sound_card_with_an_offset_does_no_harm() -> None:
    shifted = array.array("h", [sample + 2000 for sample in parse(recording()).samples])
    clip = clip_of(encode(shifted, 48_000))
    assert abs(sum(clip) / len(clip)) < 120
    assert len(clip) / RATE == pytest.approx(0.66, abs=0.06)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-wav"),
        (b"OggS" + bytes(400), "not-wav"),
        (recording()[:30], "not-wav"),
        (encode(room(2), 48_000), "silent"),
        (encode(array.array("h"), 48_000), "silent"),
        (encode(room(0.5) + word(0.05) + room(1), 48_000), "too-short"),
        (encode(room(0.3) + word(4.6) + room(0.3), 48_000), "too-long"),
        (encode(room(15.5, 8000), 8000), "too-long"),
        (encode(room(0.5) + word(0.6, loud=90_000) + room(0.5), 48_000), "too-loud"),
        (
            encode(
                array.array("h", [a + b for a, b in zip(room(2, loud=2500), word(2, loud=500), strict=True)]), 48_000
            ),
            "noisy",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "recording",
)
def test_a_recording_that_cannot_be_used_says_why(data: bytes, reason: str) -> None:
    assert refused(data) == reason


def test_stereo_is_mixed_down() -> None:
    mono = parse(recording(rate=22_050)).samples
    both = array.array("h", [sample for pair in zip(mono, mono, strict=True) for sample in pair])
    data = bytearray(encode(both, 22_050))
    data[22] = 2
    assert parse(bytes(data)).samples == mono
    with pytest.raises(ValueError, match="16 bit mono"):
        parse_clip(bytes(data))


@pytest.mark.parametrize("rate", [16_000, 32_000, 44_100, 48_000])
def test_resampling_keeps_the_pitch_and_lets_nothing_fold_back(rate: int) -> None:
    def tone(pitch: float) -> list[int]:
        return [round(8000 * math.sin(math.tau * pitch * n / rate)) for n in range(rate)]

    kept = resampled(tone(1000), rate)[2000:-2000]
    crossings = sum(a < 0 <= b for a, b in pairwise(kept)) / (len(kept) / RATE)
    assert crossings == pytest.approx(1000, abs=2)
    assert max(kept) == pytest.approx(8000, rel=0.02)
    if rate > 30_000:
        folded = resampled(tone(rate * 0.45), rate)[2000:-2000]
        assert max(folded) < 8000 * 0.02


@pytest.mark.parametrize(("spoken_s", "reason"), [(0.3, "too-short"), (0.5, None), (3.9, None), (9.0, "too-long")])
def test_a_take_is_as_long_as_its_words_need(spoken_s: float, reason: str | None) -> None:
    """Six words: nobody says them within 0.42 s, and 9 s are another text."""
    take = recording(spoken_s=spoken_s)
    if reason is None:
        assert len(clip_of(take, "Mời bà con ngồi chờ gọi")) > 0.9 * spoken_s * RATE
        return
    with pytest.raises(UnusableRecording) as refused:
        clip_of(take, "Mời bà con ngồi chờ gọi")
    assert refused.value.reason == reason
