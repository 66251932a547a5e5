"""Key chords by the codes of a PC keyboard, as a plugged-in keyboard sends them, and Chromium under a policy."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.browser import CHROMIUM

ROOT = Path(__file__).resolve().parents[3]
XKB = ROOT / "systemd" / "screen" / "xkb"
# evdev key codes + 8, as X counts them (linux/input-event-codes.h)
CODES = {
    **dict(zip("1234567890", range(10, 20), strict=True)),
    **dict(zip("qwertyuiop", range(24, 34), strict=True)),
    **dict(zip("asdfghjkl", range(38, 47), strict=True)),
    **dict(zip("zxcvbnm", range(52, 59), strict=True)),
    **{f"F{n}": 66 + n for n in range(1, 11)},
    **{"F11": 95, "F12": 96, "Escape": 9, "minus": 20, "equal": 21, "Tab": 23, "Home": 110, "Left": 113, "Delete": 119},
    **{"Ctrl": 37, "Shift": 50, "Alt": 64, "Super": 133, "Menu": 135, "Print": 107},
}
CHORDS = [
    *("Ctrl w", "Ctrl t", "Ctrl n", "Ctrl Shift n", "Ctrl Shift t", "Ctrl Shift w", "Ctrl q", "Ctrl Shift q"),
    *("Alt F4", "Ctrl F4", "Ctrl l", "Alt d", "F6", "F11", "F12", "Ctrl Shift i", "Ctrl Shift j", "Ctrl Shift c"),
    *("Ctrl u", "Ctrl p", "Ctrl s", "Ctrl o", "Ctrl j", "Ctrl h", "Ctrl d", "Ctrl f", "F3", "F1", "F7"),
    *("Shift Escape", "Ctrl Shift Delete", "Alt Home", "Alt Left", "Ctrl Tab", "Ctrl 1", "Ctrl Alt t", "Super l"),
    *("Alt Tab", "Ctrl Alt Delete", "Ctrl Alt F2", "Menu", "F5", "Ctrl minus", "Alt f", "F10"),
]


def press(display: str, chord: str) -> None:
    """Down in order, up in reverse."""
    codes = [str(CODES[key]) for key in chord.split()]
    steps = [*(("keydown", code) for code in codes), *(("keyup", code) for code in reversed(codes))]
    words = [word for step in steps for word in step]
    subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": display}, check=True, timeout=20)


def lock_keys(display: str) -> None:
    """As the X server does by `90-motcua-screen.conf`."""
    names = ["setxkbmap", f"-I{XKB}", "-rules", "motcua", "-model", "pc105", "-layout", "us", "-print"]
    shown = {**os.environ, "DISPLAY": display}
    keymap = subprocess.run(names, env=shown, check=True, capture_output=True, timeout=20).stdout
    command = ["xkbcomp", "-w0", f"-I{XKB}", "-", display]
    subprocess.run(command, input=keymap, check=True, capture_output=True, timeout=20)


def browser_under(folder: Path, policy: Mapping[str, object]) -> Path:
    """A program that is Chromium on a machine whose managed policy this is; other browsers here know nothing of it."""
    managed = folder / "chromium" / "policies" / "managed"
    managed.mkdir(parents=True)
    (managed / "motcua.json").write_text(json.dumps(policy), encoding="utf-8")
    program = folder / "browser"
    own = "--map-root-user " if os.geteuid() else ""
    inside = f"mount --bind {folder}/chromium /etc/chromium && exec {CHROMIUM} --no-sandbox --disable-gpu"
    script = f'#!/bin/sh\nexec unshare --mount {own}sh -c \'{inside} "$@"\' sh "$@"\n'
    program.write_text(script, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


@contextmanager
def running(command: list[str], display: str, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "DISPLAY": display, "HOME": str(home), "MOTCUA_HOME": str(home)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)
