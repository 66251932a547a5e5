"""What the hall truly hears: SDL's disk driver writes it down, and every sample of it is accounted for."""

from __future__ import annotations

import array
import os
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from display_board.announcing.clips import COUNTER_GAP_S, PART_GAP_S, SIGN_GAP_S
from display_board.voices.loudness import loudness, peak_db
from display_board.voices.packs import PackFolder
from display_board.voices.sound import LEAD_S, PAUSE_S, RATE, chime
from display_board.voices.wav import parse_clip

ROOT = Path(__file__).resolve().parents[2]
MS_A_BUFFER = "10"  # of 46 ms sound: 4.6 times as fast as in the hall
ROOM_S = 0.5  # what a busy machine may add between chime and voice, at that speed


@dataclass(frozen=True)
class Heard:
    """A clip that was found in the recording, bit by bit; places in samples."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Hall:
    sound: array.array[int]
    pieces: tuple[Heard, ...]

    def between(self, first: int, last: int) -> array.array[int]:
        return self.sound[self.pieces[first].start : self.pieces[last].end]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, spoken: PackFolder) -> Hall:
    return played(spoken, tmp_path_factory.mktemp("hall"), dict(os.environ), MS_A_BUFFER)


def played(shelf: PackFolder, folder: Path, environment: dict[str, str], ms_a_buffer: str) -> Hall:
    """What three calls sound like from these packs."""
    known = {"chime": chime(False).tobytes(), "recall": chime(True).tobytes()}
    for language in ("vi", "en"):
        pack = shelf.pack(language)
        for key, clip in pack.clips.items():
            known[f"{language} {key}"] = parse_clip(shelf.read(language, clip)).tobytes()
    written = folder / "hall.raw"
    subprocess.run(
        [sys.executable, "-m", "tests.display_board.disk_hall", str(shelf.folder), str(folder / "work")],
        env={
            **environment,
            "SDL_AUDIODRIVER": "disk",
            "SDL_DISKAUDIOFILE": str(written),
            "SDL_DISKAUDIODELAY": ms_a_buffer,
            "PYGAME_HIDE_SUPPORT_PROMPT": "1",
        },
        cwd=ROOT,
        check=True,
        timeout=100,
    )
    raw = written.read_bytes()
    return Hall(array.array("h", raw), tuple(sorted(_found(raw, known), key=lambda piece: piece.start)))


def _found(raw: bytes, known: dict[str, bytes]) -> list[Heard]:
    """Clips are levelled and faded, so the first sample of each is nought: the search is for what stands behind."""
    found = []
    for name, clip in known.items():
        at = raw.find(clip)
        while at >= 0:
            if at % 2 == 0:
                found.append(Heard(name, at // 2, (at + len(clip)) // 2))
            at = raw.find(clip, at + 1)
    return found


def call(language: str, letter: str, digits: str, counter: str) -> list[str]:
    spelled = [f"letter.{letter}", *(f"digit.{digit}" for digit in digits)]
    return [f"{language} {key}" for key in ("invite", *spelled, "counter", f"digit.{counter}")]


FIRST = call("vi", "a", "012", "3")
IN_ORDER = [
    "chime",
    *FIRST,
    *FIRST,
    "recall",
    *call("vi", "c", "105", "1"),
    "chime",
    *call("vi", "h", "007", "2"),
    *call("en", "h", "007", "2"),
]


def test_every_clip_sounds_whole_in_order_and_as_often_as_it_must(hall: Hall) -> None:
    assert [piece.name for piece in hall.pieces] == IN_ORDER


def test_no_two_clips_sound_together_and_pauses_are_as_designed(hall: Hall) -> None:
    gaps = [(after.start - before.end) / RATE for before, after in pairwise(hall.pieces)]
    names = [piece.name for piece in hall.pieces]
    for gap, (before, after) in zip(gaps, pairwise(names), strict=True):
        if before in {"chime", "recall"}:
            assert LEAD_S <= gap <= LEAD_S + ROOM_S
        elif after in {"chime", "recall"}:
            assert 0 <= gap <= ROOM_S
        elif after.endswith("invite"):
            assert gap == pytest.approx(PAUSE_S, abs=0.001)
        elif after.endswith("counter"):
            assert gap == pytest.approx(COUNTER_GAP_S, abs=0.001)
        else:
            within_number = "digit" in after and "counter" not in before
            assert gap == pytest.approx(SIGN_GAP_S if within_number else PART_GAP_S, abs=0.001)


def test_nothing_but_the_clips_sounds(hall: Hall) -> None:
    rest = array.array("h", hall.sound)
    for piece in hall.pieces:
        rest[piece.start : piece.end] = array.array("h", bytes(2 * (piece.end - piece.start)))
    assert not any(rest)


def test_a_call_in_one_language_takes_about_six_seconds(hall: Hall) -> None:
    """The measured voice of docs/voice.md speaks a little slower than the program's own does."""
    assert 3.5 < len(hall.between(1, 7)) / RATE < 6.5


def test_no_sample_comes_near_the_limit(hall: Hall) -> None:
    assert -12 < peak_db(hall.sound) <= -1


def test_the_languages_are_equally_loud_within_one_unit(hall: Hall) -> None:
    vietnamese, english = hall.between(-14, -8), hall.between(-7, -1)
    found = [loudness(spoken, RATE) for spoken in (vietnamese, english, hall.between(0, 0))]
    assert abs(found[0] - found[1]) < 1, found
    assert found == [pytest.approx(-20, abs=1.5)] * 3
