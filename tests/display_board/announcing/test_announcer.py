"""How calls sound: in order, never together, in the languages of the office and of the ticket."""

from __future__ import annotations

import array
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display_board.announcing.announcer import Announcer
from display_board.announcing.clips import ClipPart, sentences
from display_board.announcing.loudspeaker import Loudspeaker
from display_board.announcing.voice import BoardVoice
from display_board.state.board import BoardCall
from display_board.voices.espeak import Espeak
from display_board.voices.phrases import needed
from display_board.voices.settings import Settings, from_plain, to_plain
from display_board.voices.sound import LEAD_S, PAUSE_S, RATE, chime, spoken_rounds
from display_board.voices.wav import parse_clip
from tests.display_board.hall import NOW, OFFICE, Shelfless, Speaker, until

ALL = needed("vi", OFFICE)
SETTINGS = Settings(manner=OFFICE)
CALL = BoardCall("A012", "HT", "3", 0, False)


def voice(line: Shelfless, folder: Path, program: str = "no-such-program") -> BoardVoice:
    return BoardVoice(line, Espeak(program), folder, lambda: NOW)


def heard(calls: list[tuple[BoardCall, int]], speech: BoardVoice | None) -> Speaker:
    """Everything that sounded until the last call was said."""
    speaker = Speaker()
    announcer = Announcer(speaker, speech)
    announcer.start()
    for call, times in calls:
        announcer.announce(call, "bà con", times)
    assert until(announcer.is_done)
    announcer.stop()
    announcer.join(5)
    assert not speaker.overlapped and not announcer.is_alive()
    return speaker


def order_of(samples: array.array[int], line: Shelfless) -> list[str]:
    """Which clips sound, in order of time: "vi invite", "vi letter.a" …"""
    raw = samples.tobytes()
    found = []
    for language, keys in line.clips.items():
        for key, digest in keys.items():
            clip = parse_clip(line.files[digest]).tobytes()
            at = raw.find(clip)
            while at >= 0:
                found.append((at, f"{language} {key}"))
                at = raw.find(clip, at + len(clip))
    return [name for _, name in sorted(found)]


VIETNAMESE = ["vi invite", "vi letter.a", "vi digit.0", "vi digit.1", "vi digit.2", "vi counter", "vi digit.3"]
HRE = [f"hre{name.removeprefix('vi')}" for name in VIETNAMESE]


def test_a_call_is_a_chime_and_then_its_clips_in_order(tmp_path: Path) -> None:
    line = Shelfless(SETTINGS, {"vi": ALL})
    speaker = heard([(CALL, 1)], voice(line, tmp_path))
    assert speaker.played[0] == chime(False)
    assert [order_of(piece, line) for piece in speaker.played[1:]] == [VIETNAMESE]


def test_a_call_is_said_twice_with_a_pause_between(tmp_path: Path) -> None:
    line = Shelfless(SETTINGS, {"vi": ALL})
    once, twice = (heard([(CALL, times)], voice(line, tmp_path)).played[1] for times in (1, 2))
    assert order_of(twice, line) == VIETNAMESE * 2
    assert len(twice) - len(once) == len(once) - round(RATE * LEAD_S) + round(RATE * PAUSE_S)
    assert spoken_rounds(once, 0) == array.array("h")


def test_calls_sound_in_order_and_never_together(tmp_path: Path) -> None:
    line = Shelfless(SETTINGS, {"vi": ALL})
    calls = [BoardCall(f"A00{n}", "HT", "1", 0, n == 2) for n in (1, 2, 3)]
    speaker = heard([(call, 1) for call in calls], voice(line, tmp_path))
    assert [piece == chime(True) for piece in speaker.played[::2]] == [False, True, False]
    assert [order_of(piece, line)[4] for piece in speaker.played[1::2]] == ["vi digit.1", "vi digit.2", "vi digit.3"]


def test_without_a_voice_only_the_chime_sounds() -> None:
    speaker = heard([(CALL, 2), (replace(CALL, recall=True), 2)], None)
    assert speaker.played == [chime(False), chime(True)]


def test_half_a_call_is_worse_than_the_chime_alone(tmp_path: Path) -> None:
    line = Shelfless(SETTINGS, {"vi": tuple(key for key in ALL if key != "digit.2")})
    assert heard([(CALL, 1)], voice(line, tmp_path)).played == [chime(False)]


def test_the_machine_of_the_board_fills_a_gap_of_the_vietnamese_pack(tmp_path: Path) -> None:
    line = Shelfless(SETTINGS, {"vi": tuple(key for key in ALL if key != "digit.2")})
    speaker = heard([(CALL, 1)], voice(line, tmp_path, "espeak-ng"))
    assert order_of(speaker.played[1], line) == [name for name in VIETNAMESE if name != "vi digit.2"]
    assert [path.name[:5] for path in tmp_path.glob("*.wav")] == ["here-"]


def test_each_language_of_the_office_in_its_order_and_the_tickets_own_behind(tmp_path: Path) -> None:
    settings = replace(SETTINGS, languages=("hre", "vi"))
    line = Shelfless(settings, {"vi": ALL, "hre": ALL})
    assert order_of(heard([(CALL, 1)], voice(line, tmp_path)).played[1], line) == HRE + VIETNAMESE
    line = Shelfless(SETTINGS, {"vi": ALL, "hre": ALL})
    own = replace(CALL, language="hre")
    assert order_of(heard([(own, 1)], voice(line, tmp_path)).played[1], line) == VIETNAMESE + HRE
    line = Shelfless(replace(SETTINGS, ticket_language=False), {"vi": ALL, "hre": ALL})
    assert order_of(heard([(own, 1)], voice(line, tmp_path)).played[1], line) == VIETNAMESE


def test_a_number_with_a_missing_clip_is_vietnamese_as_a_whole(tmp_path: Path) -> None:
    line = Shelfless(replace(SETTINGS, languages=("hre",)), {"vi": ALL, "hre": tuple(k for k in ALL if k != "digit.2")})
    said = order_of(heard([(CALL, 1)], voice(line, tmp_path)).played[1], line)
    assert said == ["hre invite", *VIETNAMESE[1:5], "hre counter", "hre digit.3"]


def test_a_language_without_any_clip_does_not_repeat_the_vietnamese(tmp_path: Path) -> None:
    line = Shelfless(replace(SETTINGS, languages=("vi", "hre")), {"vi": ALL})
    said = order_of(heard([(CALL, 1)], voice(line, tmp_path)).played[1], line)
    assert said == VIETNAMESE


@given(st.sets(st.sampled_from(ALL)), st.sampled_from(["A012", "C999", "H1000"]), st.sampled_from("12345"))
@settings(max_examples=200)
def test_whatever_is_recorded_every_call_is_said_whole_and_once_a_language(
    recorded: set[str], number: str, counter: str
) -> None:
    def has(language: str, key: str) -> bool:
        return language == "vi" or key in recorded

    both = replace(SETTINGS, languages=("vi", "hre"))
    said = sentences(BoardCall(number, "HT", counter, 0, False), both, has)
    assert len(set(said)) == len(said) and 1 <= len(said) <= 2
    for sentence in said:
        assert sentence[0].keys == ("invite",)
        assert len(sentence) == 4 and len(sentence[1].keys) == len(number)
        assert all(has(part.language, key) for part in sentence for key in part.keys)
    assert said[0] == tuple(ClipPart("vi", part.keys) for part in said[0])


def test_a_clip_recorded_a_moment_ago_is_in_the_very_next_call(tmp_path: Path) -> None:
    line = Shelfless(SETTINGS, {"vi": ALL})
    speech = voice(line, tmp_path)
    speech.prefetch(lambda: False)
    fresh: list[array.array[int]] = []
    line.before_answer = lambda: fresh.append(line.put("vi", "digit.2", turn=1))
    speaker = heard([(CALL, 1)], speech)
    assert fresh[-1].tobytes() in speaker.played[1].tobytes()


def test_no_chime_waits_for_a_service_that_hangs(tmp_path: Path) -> None:
    line = Shelfless(SETTINGS, {"vi": ALL})
    hangs = threading.Event()

    def hang() -> None:
        hangs.wait(60)

    line.before_answer = hang
    speaker = Speaker()
    announcer = Announcer(speaker, voice(line, tmp_path))
    announcer.start()
    assert until(lambda: line.asked == 1)
    announcer.announce(CALL, "bà con", 1)
    assert until(lambda: len(speaker.played) == 1)
    hangs.set()
    assert until(announcer.is_done)
    announcer.stop()
    assert order_of(speaker.played[1], line) == VIETNAMESE


class Hanging(Speaker):
    """A device that was pulled out while it played."""

    reopened = 0

    def is_playing(self) -> bool:
        return True

    def play(self, samples: array.array[int]) -> None:
        self.played.append(samples)

    def reopen(self) -> None:
        self.reopened += 1


def test_a_device_that_hangs_does_not_hold_up_the_next_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("display_board.announcing.announcer.GRACE_S", 0.1)
    speaker = Hanging()
    announcer = Announcer(speaker, None)
    announcer.start()
    for recall in (False, True):
        announcer.announce(replace(CALL, recall=recall), "bà con", 1)
    assert until(announcer.is_done)
    announcer.stop()
    assert (speaker.played, speaker.reopened) == ([chime(False), chime(True)], 2)


class Stuck(Speaker):
    """A device that does not come back from being opened anew."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def is_playing(self) -> bool:
        return True

    def reopen(self) -> None:
        self.free.wait(60)


def test_a_device_that_never_lets_go_is_noticed_and_patience_ends_with_the_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("display_board.announcing.announcer.GRACE_S", -1.0)
    monkeypatch.setattr("display_board.announcing.announcer.STUCK_S", 0.2)
    speaker = Stuck()
    announcer = Announcer(speaker, None)
    announcer.start()
    assert not announcer.is_stuck(), "nothing was to be said yet"
    announcer.announce(CALL, "bà con", 1)
    assert until(announcer.is_stuck) and announcer.is_alive() and not announcer.is_done()
    speaker.free.set()
    assert until(announcer.is_done) and not announcer.is_stuck()
    announcer.stop()


def test_a_loudspeaker_that_comes_later_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """SDL finds no device while the TV is off."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    speaker = Loudspeaker()
    speaker.play(chime(False))
    assert not speaker.is_playing()
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    speaker.play(chime(False))
    assert not speaker.is_playing(), "it is not tried again before every call"
    monkeypatch.setattr("display_board.announcing.loudspeaker.AGAIN_S", 0.0)
    speaker.play(chime(False))
    assert speaker.is_playing()
    speaker.reopen()
    assert not speaker.is_playing()
    speaker.play(chime(False))
    assert speaker.is_playing()
    speaker.close()
    assert not speaker.is_playing()


def test_a_quiet_office_hears_a_soft_chime_and_no_voice(tmp_path: Path) -> None:
    line = Shelfless(replace(SETTINGS, quiet=True), {"vi": ALL})
    (only,) = heard([(CALL, 2)], voice(line, tmp_path)).played
    assert max(only) == pytest.approx(max(chime(False)) * 0.4, rel=0.01)


def test_at_volume_nought_nothing_sounds_and_the_next_call_does_not_wait(tmp_path: Path) -> None:
    line = Shelfless(replace(SETTINGS, volume=0), {"vi": ALL})
    assert heard([(CALL, 2)], voice(line, tmp_path)).played == []


def test_the_voice_is_quieter_at_the_hours_the_office_chose(tmp_path: Path) -> None:
    loud = heard([(CALL, 1)], voice(Shelfless(SETTINGS, {"vi": ALL}), tmp_path)).played
    evening = replace(SETTINGS, volumes=(("07:00", 100), ("08:00", 50)))
    soft = heard([(CALL, 1)], voice(Shelfless(evening, {"vi": ALL}), tmp_path)).played
    for before, after in zip(loud, soft, strict=True):
        assert max(after) == pytest.approx(max(before) / 2, abs=1)


@pytest.mark.parametrize(
    ("clock", "percent"), [("06:59", 80), ("07:00", 100), ("11:29", 100), ("11:30", 60), ("23:59", 60), ("00:00", 80)]
)
def test_the_volume_of_an_hour_holds_until_the_next_row(clock: str, percent: int) -> None:
    at = NOW - (8 * 60 + 12) * 60_000 + (int(clock[:2]) * 60 + int(clock[3:])) * 60_000
    chosen = Settings(volume=80, volumes=(("11:30", 60), ("07:00", 100)))
    assert chosen.volume_at(at) == percent


def test_a_board_understands_the_settings_the_service_tells() -> None:
    told = replace(SETTINGS, languages=("vi", "hre"), volumes=(("07:00", 90),), quiet=True)
    assert from_plain(to_plain(told)) == told
    for broken in ({}, {**to_plain(told), "timezone": "Nowhere/None"}):
        with pytest.raises((KeyError, ValueError)):
            from_plain(broken)
