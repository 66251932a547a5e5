"""`motcua demo` as a new user starts it, and what a test asks of it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.commands.demo import free_port
from tests.bench.programs import ROOT, end

PATIENCE_S = 40.0
EQUALLY_LOUD = {"MOTCUA__VOICE__HOURS": "[]"}  # tests run at any hour


def until(what: str, found: Callable[[], Any], patience_s: float = PATIENCE_S) -> Any:
    """The first true value of `found`. Fails when there is none in time."""
    began = time.monotonic()
    while time.monotonic() - began < patience_s:
        value = found()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


class Demo:
    """A demonstration in a folder of its own; it makes a voice only for who wants one, since that takes a minute."""

    def __init__(self, data: Path, speaks: bool = False) -> None:
        self._speaks = speaks
        self.data = data
        self.port = free_port()
        self.welcome = ""
        self.process = self._start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def admin_token(self) -> str:
        return self._found(r"/admin#token=(\S+)")

    @property
    def onestop(self) -> str:
        return self._found(r"(http://127\.0\.0\.1:\d+)/\n\n")

    def papers(self) -> list[Path]:
        return sorted((self.data / "papers").glob("*.png"))

    def kill_and_start_again(self) -> None:
        """The plug is pulled: every program ends at once with it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)
        self.process = self._start()

    def stop(self) -> None:
        end(self.process)

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            **EQUALLY_LOUD,
            "MOTCUA_HOME": str(self.data),
            "MOTCUA_CONFIG": str(self.data / "office.sample.toml"),
            "MOTCUA__SERVER__BIND": f"127.0.0.1:{self.port}",
            "MOTCUA__OFFICE__OPENING": "always",
        }

    def motcua(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.cli", *arguments],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def get(self, path: str, token: str) -> Any:
        request = urllib.request.Request(self.address + path, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def _found(self, pattern: str) -> str:
        match = re.search(pattern, self.welcome)
        assert match is not None, self.welcome
        return match[1]

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "kiosk.cli", "demo", "--headless", "--port", str(self.port)]
        command += [] if self._speaks else ["--quiet"]
        process = subprocess.Popen(
            [*command, "--data", str(self.data)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **EQUALLY_LOUD, "PYTHONUNBUFFERED": "1"},
        )
        assert process.stdout is not None
        self.welcome = ""
        for line in process.stdout:
            self.welcome += line
            if "Ctrl-C" in line:
                return process
        raise AssertionError(f"the demonstration did not start: {self.welcome}")
