"""The synthetic voice: espeak-ng as a program, its sentences kept as WAV files."""

from __future__ import annotations

import array
import logging
import os
import shutil
import subprocess
import wave
from hashlib import sha256
from pathlib import Path

from display_board.sound import read_wav

WORDS_PER_MINUTE = 120
PROGRAM = "espeak-ng"
KEPT_FILES = 2000
log = logging.getLogger("display_board.voice")


class Voice:
    """`folder` holds what was spoken before; it is made when needed."""

    def __init__(self, folder: Path, program: str = PROGRAM) -> None:
        self._folder = folder
        self._program = shutil.which(program)

    def speak(self, text: str) -> array.array[int] | None:
        """Samples of a sentence; None when there is no voice on this machine."""
        path = self._folder / f"{sha256(f'{WORDS_PER_MINUTE} {text}'.encode()).hexdigest()[:24]}.wav"
        try:
            if not path.exists():
                self._synthesise(text, path)
            return read_wav(path)
        except (OSError, ValueError, EOFError, wave.Error, subprocess.SubprocessError) as error:
            log.warning("chime only, the voice failed: %s", error)
            path.unlink(missing_ok=True)
            return None

    def _synthesise(self, text: str, path: Path) -> None:
        if self._program is None:
            raise OSError(f"{PROGRAM} is not installed")
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(self._folder.glob("*.wav"), key=os.path.getmtime)[:-KEPT_FILES]:
            old.unlink(missing_ok=True)
        fresh = path.with_suffix(".new")
        speed = str(WORDS_PER_MINUTE)
        command = [self._program, "-v", "vi", "-s", speed, "-a", "80", "-w", str(fresh), "--", text]
        subprocess.run(command, check=True, timeout=10, stdin=subprocess.DEVNULL, capture_output=True)
        fresh.replace(path)
