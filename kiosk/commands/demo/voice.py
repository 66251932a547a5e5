"""The machine's voice of the demonstration, made beside the running office; what is made once is kept in its folder."""

from __future__ import annotations

import shutil
import subprocess
import sys

from kiosk.commands.demo.programs import DIES_WITH_US
from kiosk.commands.demo.setup import DemoSetup

PROGRAM = "espeak-ng"
NICE = "10"  # the visitor comes first
BEING_MADE = "Giọng đọc đang được tạo: chừng một phút nữa các trang biết nói (pages speak in about a minute)."
SILENT = "Chưa cài espeak-ng nên các trang không nói (without espeak-ng the pages are silent)."


class DemoVoice:
    """A run of `motcua voice build`; a voice that is there already is only looked through."""

    def __init__(self, setup: DemoSetup) -> None:
        self._setup = setup
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str | None:
        """Begins to make it; what to tell the visitor, None when the pages speak already."""
        if shutil.which(PROGRAM) is None:
            return SILENT
        is_there = (self._setup.data / "voices" / "vi" / "manifest.json").exists()
        command = ["nice", "-n", NICE, *DIES_WITH_US, sys.executable, "-m", "kiosk.cli", "voice", "build"]
        with (self._setup.data / "voice.log").open("ab") as log:
            self._process = subprocess.Popen(command, env=self._setup.environment, stdout=log, stderr=log)
        return None if is_there else BEING_MADE

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(10)
