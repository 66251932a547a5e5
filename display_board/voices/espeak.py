"""espeak-ng run as a program: a clip a phrase. How it speaks was chosen by what is understood (docs/voice.md)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from contract.records import dataclass
from display_board.voices.packs import PackError
from display_board.voices.phrases import SYNTHETIC, read_aloud
from display_board.voices.recording import BEFORE_FRAMES, BEHIND_FRAMES, UnusableRecording, cut, finished
from display_board.voices.sound import Samples
from display_board.voices.tone import with_treble
from display_board.voices.wav import Wave, parse

PROGRAM = "espeak-ng"
LICENCE = "no rights reserved (synthetic speech made with espeak-ng)"
MOST_S = 10
MOST_AT_ONCE = 40  # a slow PC needs half a second for one


@dataclass(frozen=True, slots=True)
class Prosody:
    """A voice of espeak-ng, with its variant; words a minute; pitch from 0 to 99.

    `room`: frames of 10 ms before and behind the words, which lengthen the pauses of a call; `treble_db`: how much
    louder it is above 2 kHz.
    """

    voice: str
    speed: int
    pitch: int = 50
    room: tuple[int, int] = (BEFORE_FRAMES, BEHIND_FRAMES)
    treble_db: float = 0.0


TREBLE_HZ = 2000.0
SPOKEN = {"vi": Prosody("vi+f5", 135, room=(1, 0), treble_db=-6.0), "en": Prosody("en-gb", 150)}


class Espeak:
    """`program` is looked up once; `available` tells whether it is there and answers."""

    licence = LICENCE
    most_at_once = MOST_AT_ONCE

    def __init__(self, program: str = PROGRAM, spoken: Mapping[str, Prosody] | None = None) -> None:
        self._program = shutil.which(program)
        self._prosodies = {**SPOKEN, **(spoken or {})}

    @property
    def available(self) -> bool:
        return self._program is not None

    def speaker(self, language: str) -> str:
        prosody = self._prosodies[language]
        plain = f"{PROGRAM} ({prosody.voice}, {prosody.speed}, {prosody.pitch}"
        changed = prosody.room != (BEFORE_FRAMES, BEHIND_FRAMES) or prosody.treble_db
        before, behind = prosody.room
        return f"{plain}, room {before}+{behind}, treble {prosody.treble_db:+.0f} dB)" if changed else f"{plain})"

    def hindrance(self, language: str) -> PackError | None:
        if language not in SYNTHETIC:
            return PackError("no synthetic voice speaks “{language}”; record it at /admin/voices", language=language)
        return None if self.available else PackError("espeak-ng is not installed; install it: apt install espeak-ng")

    def clips(self, language: str, phrases: Mapping[str, str]) -> Iterator[tuple[str, Samples]]:
        for key, words in phrases.items():
            samples = self.clip(language, key, words)
            if samples is None:
                raise PackError("{program} could not say “{words}”", program=PROGRAM, words=words)
            yield key, samples

    def clip(self, language: str, key: str, words: str) -> Samples | None:
        """A phrase as a clip; None when this machine has no voice for the language or it failed."""
        word = self.word(language, key, words)
        return None if word is None else finished(word)

    def word(self, language: str, key: str, words: str) -> Wave | None:
        """The same before it is brought to the loudness of all clips."""
        if self._program is None or language not in SYNTHETIC:
            return None
        try:
            wave = parse(self._spoken(language, read_aloud(language, key, words)))
            return self._toned(language, cut(wave, len(words.split()), self._prosodies[language].room))
        except subprocess.TimeoutExpired:
            self._program = None  # it hangs: no call shall wait for it again
            return None
        except (OSError, ValueError, subprocess.SubprocessError, UnusableRecording):
            return None

    def _toned(self, language: str, word: Wave) -> Wave:
        db = self._prosodies[language].treble_db
        return Wave(with_treble(word.samples, word.rate, TREBLE_HZ, db), word.rate) if db else word

    def _spoken(self, language: str, text: str) -> bytes:
        prosody = self._prosodies[language]
        manner = ["-v", prosody.voice, "-s", str(prosody.speed), "-p", str(prosody.pitch), "-a", "80"]
        with tempfile.TemporaryDirectory(prefix="motcua-voice-") as folder:
            target = Path(folder) / "clip.wav"
            command = [str(self._program), *manner, "-w", str(target), "--", text]
            subprocess.run(command, check=True, timeout=MOST_S, stdin=subprocess.DEVNULL, capture_output=True)
            return target.read_bytes()
