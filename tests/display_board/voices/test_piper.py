"""piper as the machine's voice: a program of its own, by name or path, with a model that the technician brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from display_board.voices.loudness import loudness
from display_board.voices.packs import PackError, PackFolder, clip_for
from display_board.voices.piper import Piper
from display_board.voices.sound import RATE
from display_board.voices.synthesis import build, machine_for
from display_board.voices.wav import parse_clip
from tests.display_board.voices.fake_piper import fake_piper, model, runs
from tests.display_board.voices.sounds import word

PHRASES = {"digit.7": "bảy", "invite": "Mời bà con có số", "letter.h": "H"}


@pytest.fixture
def shelf(tmp_path: Path) -> PackFolder:
    return PackFolder(tmp_path / "voices")


def test_all_phrases_of_a_round_are_read_in_one_run_equally_loud(tmp_path: Path, shelf: PackFolder) -> None:
    program = fake_piper(tmp_path)
    built = build(shelf, "vi", PHRASES, Piper(str(model(tmp_path)), str(program)))
    assert (built.made, built.left, runs(program)) == (3, 0, 1)
    pack = shelf.pack("vi")
    for key, words in PHRASES.items():
        clip = pack.clips[key]
        samples = parse_clip(shelf.read("vi", clip))
        assert (clip.text, clip.origin, clip.speaker) == (words, "synthetic", "piper (vi_VN-test-medium)")
        assert loudness(samples, RATE) == pytest.approx(-20, abs=0.2)
    assert pack.clips["invite"].milliseconds > 3 * pack.clips["digit.7"].milliseconds, "each phrase has its own file"
    assert "card of the voice model vi_VN-test-medium" in pack.clips["invite"].licence


def test_what_is_made_stays_and_what_people_recorded_too(tmp_path: Path, shelf: PackFolder) -> None:
    with shelf.changing("vi") as change:
        change.put("digit.7", *clip_for("digit.7", word(0.3, RATE), "recorded", "bảy", "Hoa", "CC0"))
    program = fake_piper(tmp_path)
    piper = Piper(str(model(tmp_path)), str(program))
    assert build(shelf, "vi", PHRASES, piper, most=1).left == 1
    assert build(shelf, "vi", PHRASES, piper).made == 1
    assert build(shelf, "vi", PHRASES, piper).made == 0
    assert shelf.pack("vi").clips["digit.7"].speaker == "Hoa"


def test_the_model_says_for_which_language_piper_reads(tmp_path: Path) -> None:
    file, program = str(model(tmp_path)), str(fake_piper(tmp_path))
    assert machine_for("vi", file, program).speaker("vi") == "piper (vi_VN-test-medium)"
    assert machine_for("en", file, program).speaker("en").startswith("espeak-ng")
    assert machine_for("vi", "", program).speaker("vi").startswith("espeak-ng")
    assert machine_for("vi", file, program, "espeak").speaker("vi").startswith("espeak-ng")
    assert "speaks “vi”, not “en”" in str(machine_for("en", file, program, "piper").hindrance("en"))


@pytest.mark.parametrize("facts", ["{", "[]", '{"language": "vi"}'])
def test_a_file_that_is_no_model_is_named(tmp_path: Path, facts: str) -> None:
    with pytest.raises(PackError, match="vi_VN-test-medium"):
        Piper(str(model(tmp_path, facts)))


def test_without_a_model_or_its_file_it_is_said_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="needs a model"):
        Piper("")
    with pytest.raises(PackError, match="there is no file"):
        Piper(str(tmp_path / "none.onnx"))


def test_a_machine_without_the_program_is_told_where_to_read(tmp_path: Path, shelf: PackFolder) -> None:
    with pytest.raises(PackError, match=r"no-such-program.*docs/voice\.md"):
        build(shelf, "vi", PHRASES, Piper(str(model(tmp_path)), "no-such-program"))


def test_a_run_that_fails_changes_nothing_and_says_why(tmp_path: Path, shelf: PackFolder) -> None:
    with pytest.raises(PackError, match="no such sound"):
        build(shelf, "vi", PHRASES, Piper(str(model(tmp_path)), str(fake_piper(tmp_path, broken="bảy"))))
    assert shelf.languages() == []
