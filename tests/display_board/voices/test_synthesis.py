"""The synthetic packs that `motcua voice build` makes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from display_board.announcing.clips import joined, parts
from display_board.state.board import BoardCall
from display_board.voices.espeak import Espeak
from display_board.voices.loudness import loudness, peak_db
from display_board.voices.packs import PackError, PackFolder, clip_for
from display_board.voices.phrases import Manner, needed, written
from display_board.voices.sound import RATE
from display_board.voices.synthesis import build, missing
from display_board.voices.wav import parse_clip
from tests.display_board.hall import OFFICE
from tests.display_board.voices.sounds import build_calls, recording, word


@pytest.fixture
def shelf(spoken: PackFolder) -> PackFolder:
    return spoken


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_built_pack_says_everything_equally_loud(shelf: PackFolder, language: str) -> None:
    pack = shelf.pack(language)
    assert set(pack.clips) == set(written(language, OFFICE))
    for clip in pack.clips.values():
        samples = parse_clip(shelf.read(language, clip))
        assert abs(loudness(samples, RATE) + 20) < 0.3, clip.text
        assert peak_db(samples) <= -1, clip.text
        assert 0.12 < len(samples) / RATE < 2.5, clip.text


def test_whatever_number_is_called_vietnamese_and_english_are_equally_loud_within_one_unit(shelf: PackFolder) -> None:
    clips = {
        (language, key): parse_clip(shelf.read(language, clip))
        for language in ("vi", "en")
        for key, clip in shelf.pack(language).clips.items()
    }

    def loud(language: str, call: BoardCall) -> float:
        said = joined([parts(language, call, OFFICE, lambda *_: True)], lambda *key: clips[key])
        assert said is not None
        return loudness(said, RATE)

    numbers = random.Random(11)
    for _ in range(25):
        number = f"{numbers.choice('ACHKR')}{numbers.randint(1, 999):03d}"
        call = BoardCall(number, "HT", str(numbers.randint(1, 9)), 0, False)
        assert abs(loud("vi", call) - loud("en", call)) < 1, call


def test_different_words_sound_different(shelf: PackFolder) -> None:
    for language in ("vi", "en"):
        clips = shelf.pack(language).clips.values()
        assert len({clip.sha256 for clip in clips}) == len(clips)


def test_building_again_keeps_what_people_recorded(tmp_path: Path, shelf: PackFolder) -> None:
    own = PackFolder(tmp_path)
    with own.changing("vi") as change:
        change.put("digit.7", *clip_for("digit.7", word(0.3, RATE), "recorded", "bảy", "Hoa", "CC0"))
    done = build_calls(own, "vi", OFFICE)
    assert (done.made, done.kept) == (len(written("vi", OFFICE)) - 1, 1)
    assert own.pack("vi").clips["digit.7"].speaker == "Hoa"


def test_another_form_of_address_is_spoken_after_building_again(tmp_path: Path) -> None:
    own = PackFolder(tmp_path)
    build_calls(own, "vi", OFFICE)
    before = own.pack("vi").clips["invite"]
    build_calls(own, "vi", Manner(folk="công dân"))
    after = own.pack("vi").clips["invite"]
    assert after.text == "Mời công dân có số"
    assert after.sha256 != before.sha256


def test_no_machine_speaks_hre(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="/admin/voices"):
        build_calls(PackFolder(tmp_path), "hre", OFFICE)
    assert missing(PackFolder(tmp_path), "hre", OFFICE) == needed("hre", OFFICE)


def test_a_machine_without_the_program_is_told_what_to_install(tmp_path: Path) -> None:
    nobody = Espeak("no-such-program")
    assert nobody.clip("vi", "digit.7", "bảy") is None
    with pytest.raises(PackError, match="apt install espeak-ng"):
        build(PackFolder(tmp_path), "vi", written("vi", OFFICE), nobody)


def test_a_program_that_fails_is_no_voice() -> None:
    assert Espeak("false").clip("vi", "digit.7", "bảy") is None


def test_a_program_that_hangs_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("display_board.voices.espeak.MOST_S", 0.2)
    hangs = tmp_path / "hangs"
    hangs.write_text(f"#!/bin/sh\necho . >> {tmp_path}/asked\nexec sleep 60\n")
    hangs.chmod(0o755)
    synthesiser = Espeak(str(hangs))
    assert [synthesiser.clip("vi", f"digit.{n}", str(n)) for n in (1, 2, 3)] == [None] * 3
    assert not synthesiser.available
    asked = tmp_path / "asked"
    assert not asked.exists() or asked.read_text().count(".") == 1, "once, if it came to its first line at all"


def test_vietnamese_is_read_in_the_manner_that_was_measured(tmp_path: Path) -> None:
    """Words of 0.3 s become a clip with 10 ms of room, so that the pauses are those of a call."""
    (tmp_path / "said.wav").write_bytes(recording(spoken_s=0.3, rate=22_050))
    program = tmp_path / "program"
    program.write_text(
        f'#!/bin/sh\nprintf "%s " "$@" > {tmp_path}/asked\n'
        f'while [ "$1" != -w ]; do shift; done\ncp {tmp_path}/said.wav "$2"\n'
    )
    program.chmod(0o755)
    clip = Espeak(str(program)).clip("vi", "digit.7", "bảy")
    assert clip is not None and 0.29 <= len(clip) / 22_050 <= 0.33
    asked = (tmp_path / "asked").read_text().split()
    assert asked[:8] == ["-v", "vi+f5", "-s", "135", "-p", "50", "-a", "80"]
    assert asked[-1] == "bảy"
