"""The synthetic voice: espeak-ng run as a program, a clip a phrase."""

from __future__ import annotations

import array
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from contract.records import dataclass
from display_board.voices.packs import SYNTHETIC as BY_MACHINE
from display_board.voices.packs import Clip, PackError, PackFolder, clip_for
from display_board.voices.phrases import SYNTHETIC, Manner, needed, read_aloud
from display_board.voices.recording import UnusableRecording, cut, finished
from display_board.voices.wav import parse

PROGRAM = "espeak-ng"
WORDS_PER_MINUTE = {"vi": 135, "en": 150}
VOICES = {"vi": "vi", "en": "en-gb"}
LICENCE = "no rights reserved (synthetic speech made with espeak-ng)"
MOST_S = 10
MOST_AT_ONCE = 80  # phrases of one round, so that nobody waits for minutes


class Synthesiser:
    """`program` is looked up once; `available` tells whether it is there and answers."""

    def __init__(self, program: str = PROGRAM) -> None:
        self._program = shutil.which(program)

    @property
    def available(self) -> bool:
        return self._program is not None

    def clip(self, language: str, key: str, words: str) -> array.array[int] | None:
        """A phrase as a clip; None when this machine has no voice for the language or it failed."""
        if self._program is None or language not in SYNTHETIC:
            return None
        try:
            return finished(cut(parse(self._spoken(language, read_aloud(language, key, words))), len(words.split())))
        except subprocess.TimeoutExpired:
            self._program = None  # it hangs: no call shall wait for it again
            return None
        except (OSError, ValueError, subprocess.SubprocessError, UnusableRecording):
            return None

    def _spoken(self, language: str, text: str) -> bytes:
        with tempfile.TemporaryDirectory(prefix="motcua-voice-") as folder:
            target = Path(folder) / "clip.wav"
            command = [
                str(self._program),
                "-v",
                VOICES[language],
                "-s",
                str(WORDS_PER_MINUTE[language]),
                "-a",
                "80",
                "-w",
                str(target),
                "--",
                text,
            ]
            subprocess.run(command, check=True, timeout=MOST_S, stdin=subprocess.DEVNULL, capture_output=True)
            return target.read_bytes()


@dataclass(frozen=True, slots=True)
class Built:
    """Clips made, recorded ones kept, and phrases left for the next time."""

    made: int
    kept: int
    left: int


def build(
    shelf: PackFolder, language: str, phrases: Mapping[str, str], synthesiser: Synthesiser, most: int = MOST_AT_ONCE
) -> Built:
    """Makes at most `most` of the phrases that nobody recorded and that are not made yet with these words.

    Raises PackError without a voice for the language.
    """
    if language not in SYNTHETIC:
        raise PackError(f'no synthetic voice speaks "{language}"; record it at /admin/voices')
    if not synthesiser.available:
        raise PackError(f"{PROGRAM} is not installed; install it: apt install {PROGRAM}")
    speaker = f"{PROGRAM} ({VOICES[language]})"
    clips = shelf.pack_or_empty(language).clips
    kept = [key for key in phrases if key in clips and clips[key].origin != BY_MACHINE]
    is_made = [key for key, words in phrases.items() if key in clips and _says(clips[key], words, speaker)]
    todo = [key for key in phrases if key not in {*kept, *is_made}]
    made = [(key, _made(synthesiser, language, key, phrases[key], speaker)) for key in todo[:most]]
    with shelf.changing(language) as change:
        for key, (clip, data) in made:
            before = change.pack.clips.get(key)
            if before is None or before.origin == BY_MACHINE:
                change.put(key, clip, data)
    return Built(len(made), len(kept), len(todo) - len(made))


def _says(clip: Clip, words: str, speaker: str) -> bool:
    return clip.origin == BY_MACHINE and clip.text == words and clip.speaker == speaker


def _made(synthesiser: Synthesiser, language: str, key: str, words: str, speaker: str) -> tuple[Clip, bytes]:
    samples = synthesiser.clip(language, key, words)
    if samples is None:
        raise PackError(f'{PROGRAM} could not say "{words}" ({language})')
    return clip_for(key, samples, BY_MACHINE, words, speaker, LICENCE)


def missing(shelf: PackFolder, language: str, manner: Manner) -> tuple[str, ...]:
    """Phrases a call of this office needs and the pack has not. Raises PackError when the pack is broken."""
    pack = shelf.pack(language)
    return tuple(key for key in needed(language, manner) if key not in pack.clips)
