"""The synthetic voice: espeak-ng run as a program, a clip a phrase."""

from __future__ import annotations

import array
import shutil
import subprocess
import tempfile
from pathlib import Path

from display_board.voices.packs import SYNTHETIC as BY_MACHINE
from display_board.voices.packs import PackError, PackFolder, clip_for
from display_board.voices.phrases import SYNTHETIC, Manner, needed, read_aloud, written
from display_board.voices.recording import UnusableRecording, cut, finished
from display_board.voices.wav import parse

PROGRAM = "espeak-ng"
WORDS_PER_MINUTE = {"vi": 135, "en": 150}
VOICES = {"vi": "vi", "en": "en-gb"}
LICENCE = "no rights reserved (synthetic speech made with espeak-ng)"
MOST_S = 10


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
            return finished(cut(parse(self._spoken(language, read_aloud(language, key, words)))))
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


def build(shelf: PackFolder, language: str, manner: Manner, synthesiser: Synthesiser) -> tuple[int, int]:
    """Every phrase that nobody recorded is made; (made, kept). Raises PackError without a voice for the language."""
    if language not in SYNTHETIC:
        raise PackError(f'no synthetic voice speaks "{language}"; record it at /admin/voices')
    if not synthesiser.available:
        raise PackError(f"{PROGRAM} is not installed; install it: apt install {PROGRAM}")
    made = kept = 0
    speaker = f"{PROGRAM} ({VOICES[language]})"
    with shelf.changing(language) as change:
        for key, words in written(language, manner).items():
            before = change.pack.clips.get(key)
            if before is not None and before.origin != BY_MACHINE:
                kept += 1
                continue
            samples = synthesiser.clip(language, key, words)
            if samples is None:
                raise PackError(f'{PROGRAM} could not say "{words}" ({language})')
            change.put(key, *clip_for(key, samples, BY_MACHINE, words, speaker, LICENCE))
            made += 1
    return made, kept


def missing(shelf: PackFolder, language: str, manner: Manner) -> tuple[str, ...]:
    """Phrases a call of this office needs and the pack has not. Raises PackError when the pack is broken."""
    pack = shelf.pack(language)
    return tuple(key for key in needed(language, manner) if key not in pack.clips)
