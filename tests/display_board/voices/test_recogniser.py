"""The words of a take, where a recogniser is installed: a program by name, with what it prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from display_board.voices.judging import check_words, share_heard
from display_board.voices.recogniser import Recogniser
from display_board.voices.recording import UnusableRecording
from display_board.voices.sound import RATE
from tests.display_board.voices.sounds import word

SAMPLES = word(0.4, RATE)


def program(folder: Path, script: str) -> str:
    file = folder / "recogniser"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


@pytest.mark.parametrize(
    "script",
    ["""echo '{"text": "mời bà con có số"}'""", "echo 'mời bà con có số '", 'test -s "$1" && echo mời bà con có số'],
)
def test_it_is_given_a_file_and_prints_the_words(tmp_path: Path, script: str) -> None:
    assert Recogniser(program(tmp_path, script)).hears("vi", SAMPLES) == "mời bà con có số"


def test_it_is_given_sound_at_the_rate_of_recognisers(tmp_path: Path) -> None:
    script = 'od -An -tu4 -j24 -N4 "$1" | tr -d " "'
    assert Recogniser(program(tmp_path, script)).hears("vi", SAMPLES) == "16000"


@pytest.mark.parametrize("script", ["exit 3", "kill -9 $$"])
def test_one_that_fails_hears_nothing(tmp_path: Path, script: str) -> None:
    assert Recogniser(program(tmp_path, script)).hears("vi", SAMPLES) is None


def test_without_one_and_for_other_languages_nothing_is_recognised(tmp_path: Path) -> None:
    assert Recogniser("").hears("vi", SAMPLES) is None
    assert Recogniser("no-such-program").hears("vi", SAMPLES) is None
    assert Recogniser(program(tmp_path, "echo x")).hears("hre", SAMPLES) is None


@pytest.mark.parametrize(
    ("words", "heard", "share"),
    [
        ("Mời bà con có số", "mời bà con có số", 1.0),
        ("Mời bà con có số", "moi ba con co xo", 0.8),
        ("Mời bà con có số", "bà con", 0.4),
        ("Đến quầy số", "đền quầy", 2 / 3),
        ("Đến quầy số", "", 0.0),
        ("một hai", "hai một", 0.5),
    ],
)
def test_words_count_in_their_order_and_without_marks(words: str, heard: str, share: float) -> None:
    assert share_heard(words, heard) == pytest.approx(share)


def test_a_phrase_is_heard_doubtful_or_refused() -> None:
    assert check_words("Mời bà con có số", "mời bà con có xô")
    assert not check_words("Mời bà con có số", "mời con ba ba")
    with pytest.raises(UnusableRecording) as refused:
        check_words("Mời bà con có số", "xin chào các bạn")
    assert (refused.value.reason, refused.value.other) == ("unclear", "xin chào các bạn")
    assert not check_words("bảy", "tám"), "a single word is only guessed at"
