"""The voice of a board between its packs and the machine: what it keeps ready, and what it does without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from display_board.announcing.voice import BoardVoice
from display_board.state.board import BoardCall
from display_board.state.fold import call_of, from_snapshot
from display_board.voices.espeak import Espeak
from display_board.voices.phrases import needed
from display_board.voices.settings import Settings
from tests.display_board import office
from tests.display_board.hall import NOW, OFFICE, Shelfless
from tests.display_board.state.test_fold_equals_fresh_look import event

ALL = needed("vi", OFFICE)
CALL = BoardCall("A012", "HT", "3", 0, False)


class Counting(Shelfless):
    """Notes which clips were asked for."""

    def __init__(self, settings: Settings, languages: dict[str, tuple[str, ...]]) -> None:
        super().__init__(settings, languages)
        self.fetched: list[str] = []

    def clip(self, digest: str) -> bytes | None:
        self.fetched.append(digest)
        return super().clip(digest)


@pytest.fixture
def line() -> Counting:
    return Counting(Settings(manner=OFFICE), {"vi": ALL, "hre": ("digit.1",)})


def voice(line: Counting, folder: Path, program: str = "no-such-program") -> BoardVoice:
    return BoardVoice(line, Espeak(program), folder, lambda: NOW)


def test_clips_are_held_ready_before_anybody_is_called(line: Counting, tmp_path: Path) -> None:
    speech = voice(line, tmp_path)
    speech.prefetch(lambda: False)
    assert sorted(line.fetched) == sorted([*line.clips["vi"].values(), *line.clips["hre"].values()])
    line.fetched.clear()
    assert speech.sentence(CALL, "bà con") is not None
    assert line.fetched == []


def test_getting_ready_stops_when_somebody_is_called(line: Counting, tmp_path: Path) -> None:
    voice(line, tmp_path).prefetch(lambda: len(line.fetched) == 3)
    assert len(line.fetched) == 3


def test_a_clip_that_does_not_come_is_asked_for_once_a_call(line: Counting, tmp_path: Path) -> None:
    line.files.pop(line.clips["vi"]["digit.2"])
    speech = voice(line, tmp_path)
    for _ in range(3):
        assert speech.sentence(CALL, "bà con") is None
    assert line.fetched.count(line.clips["vi"]["digit.2"]) == 1
    speech.refresh()
    assert speech.sentence(CALL, "bà con") is None
    assert line.fetched.count(line.clips["vi"]["digit.2"]) == 2


def test_a_clip_of_another_format_is_not_played(line: Counting, tmp_path: Path) -> None:
    line.files[line.clips["vi"]["digit.2"]] = b"RIFF and something else"
    assert voice(line, tmp_path).sentence(CALL, "bà con") is None
    assert voice(line, tmp_path, "espeak-ng").sentence(CALL, "bà con") is not None


def test_the_machines_clips_are_made_once_and_kept_over_a_restart(line: Counting, tmp_path: Path) -> None:
    line.clips["vi"].clear()
    first = voice(line, tmp_path, "espeak-ng").sentence(CALL, "bà con")
    files = {path: path.stat().st_mtime_ns for path in tmp_path.glob("here-*.wav")}
    assert len(files) == 7
    assert voice(line, tmp_path, "no-such-program").sentence(CALL, "bà con") == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("here-*.wav")} == files


def test_the_form_of_address_on_the_screen_is_the_one_that_is_spoken(line: Counting, tmp_path: Path) -> None:
    line.clips["vi"].pop("invite")
    speech = voice(line, tmp_path, "espeak-ng")
    assert speech.sentence(CALL, "bà con") != speech.sentence(CALL, "công dân")


def test_memory_for_clips_is_bounded(line: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("display_board.announcing.voice.READY_CLIPS", 5)
    speech = voice(line, tmp_path)
    speech.prefetch(lambda: False)
    assert len(speech._ready) == 5
    assert speech.sentence(CALL, "bà con") is not None


def test_a_folder_that_cannot_be_written_leaves_the_chime(tmp_path: Path, line: Counting) -> None:
    line.clips["vi"].clear()
    (tmp_path / "file").write_text("not a folder")
    assert voice(line, tmp_path / "file", "espeak-ng").sentence(CALL, "bà con") is None


def test_the_language_of_a_ticket_comes_with_the_call(tmp_path: Path) -> None:
    called = call_of(event(101, "ticket.called", why="arrival", language="hre"))
    assert called is not None and called.language == "hre"
    plain = call_of(event(101, "ticket.called", why="arrival"))
    assert plain is not None and replace(plain, language="") == plain


def test_a_board_that_starts_late_knows_the_language_of_the_called_ticket() -> None:
    plain = office.snapshot()
    for counter in plain["counters"]:
        if counter["ticket"] and counter["ticket"]["number"] == "C007":
            counter["ticket"]["language"] = "hre"
    languages = {call.number: call.language for call in from_snapshot(plain).calls}
    assert languages["C007"] == "hre" and languages["A012"] == ""
