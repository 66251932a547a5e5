"""What a recogniser hears in a take: a program of the technician's choice, run by name; none is shipped.

It is given a WAV file and prints the words, plain or as JSON with "text".
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from display_board.voices.recording import resampled
from display_board.voices.wav import encode

MOST_S = 15.0
RATE = 16_000  # what recognisers are trained with
LANGUAGES = ("vi",)


class Recogniser:
    """`program`: a name in PATH or a file; "" or one that is not there: nothing is recognised."""

    def __init__(self, program: str) -> None:
        self._program = shutil.which(program) if program else None

    def hears(self, language: str, samples: Sequence[int]) -> str | None:
        """The words of a clip at 22,050 Hz; None where nothing recognises the language, or it failed."""
        if self._program is None or language not in LANGUAGES:
            return None
        with tempfile.TemporaryDirectory(prefix="motcua-voice-") as folder:
            file = Path(folder) / "take.wav"
            file.write_bytes(encode(resampled(samples, 22_050, RATE), RATE))
            try:
                done = subprocess.run(
                    [self._program, str(file)],
                    check=True,
                    timeout=MOST_S,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                )
                return _words_of(done.stdout.decode("utf-8"))
            except (OSError, ValueError, subprocess.SubprocessError):
                return None


def _words_of(answer: str) -> str:
    try:
        plain = json.loads(answer)
    except ValueError:
        return answer.strip()
    return str(plain.get("text", "")).strip() if isinstance(plain, dict) else str(plain)
