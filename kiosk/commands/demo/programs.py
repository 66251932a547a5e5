"""The programs of the demonstration, each a process that is started again when it ends by itself, as systemd would."""

from __future__ import annotations

import subprocess
import sys
import threading

from kiosk.commands.demo.setup import DemoSetup

RESTART_S = 1.0
DIES_WITH_US = ["setpriv", "--pdeathsig", "KILL"]  # nothing of a demonstration stays behind, not even after kill -9


class DemoProgram(threading.Thread):
    """One program, a command of ours or another `module`. While it is held it stays ended, until it is released."""

    def __init__(self, name: str, setup: DemoSetup, *arguments: str, module: str = "kiosk.cli") -> None:
        super().__init__(name=name, daemon=True)
        self._command = [*DIES_WITH_US, sys.executable, "-m", module, *arguments]
        self._setup = setup
        self._stopped = threading.Event()
        self._may_run = threading.Event()
        self._may_run.set()
        self._log = setup.data / f"{name}.log"
        self._starting = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_held(self) -> bool:
        return not self._may_run.is_set()

    def run(self) -> None:
        while True:
            self._may_run.wait()
            with self._starting:
                if self._stopped.is_set():
                    return
                if self.is_held:
                    continue
                with self._log.open("ab") as log:
                    process = subprocess.Popen(self._command, env=self._setup.environment, stdout=log, stderr=log)
                self.process = process
            process.wait()
            self._stopped.wait(0.0 if self.is_held else RESTART_S)

    def hold(self) -> None:
        """Ends it at once, as when the plug is pulled (SIGKILL), and keeps it ended."""
        with self._starting:
            self._may_run.clear()
            process = self.process
        if process is not None and process.poll() is None:
            process.kill()
            process.wait(10)

    def release(self) -> None:
        """Lets it be started again."""
        self._may_run.set()

    def stop(self) -> None:
        with self._starting:
            self._stopped.set()
            self._may_run.set()
            process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def programs_of(setup: DemoSetup, with_screen: bool) -> list[DemoProgram]:
    """Named "printer", "onestop", "serve", "sync" and, where there is a screen, "board"."""
    printer = ["--listen", setup.listen("printer"), "--control", setup.listen("printer_control")]
    onestop = ["--listen", setup.listen("onestop"), "--data", str(setup.data / "onestop")]
    programs = [
        DemoProgram("printer", setup, "simulate", "printer", *printer, "--paper-png", str(setup.papers)),
        DemoProgram("onestop", setup, "simulate", "onestop", *onestop),
        DemoProgram("serve", setup, module="kiosk.commands.demo.service"),
        DemoProgram("sync", setup, "sync"),
    ]
    return programs + ([DemoProgram("board", setup, "board")] if with_screen else [])
