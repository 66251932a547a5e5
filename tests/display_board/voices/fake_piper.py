"""A program that speaks piper's command line: a line in, a WAV file out, named by the time at which it was made."""

from __future__ import annotations

import sys
from pathlib import Path

PROGRAM = """#!{python}
import argparse, array, math, pathlib, sys, time, wave
reader = argparse.ArgumentParser()
reader.add_argument("--model", required=True)
reader.add_argument("--output_dir", required=True)
given = reader.parse_args()
runs = pathlib.Path(__file__).with_suffix(".runs")
runs.write_text(runs.read_text() + given.model + "\\n" if runs.exists() else given.model + "\\n")
for line in sys.stdin.read().splitlines():
    if "{broken}" and "{broken}" in line:
        sys.exit("no such sound")
    seconds = 0.25 * len(line.split()) + len(line) / 200
    tone = [round(9000 * math.sin(math.tau * 150 * n / 22050) * min(1, n / 400)) for n in range(round(22050 * seconds))]
    with wave.open(f"{{given.output_dir}}/{{time.monotonic_ns()}}.wav", "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22050)
        file.writeframes(array.array("h", tone).tobytes())
"""
FACTS = '{"audio": {"sample_rate": 22050}, "language": {"code": "vi_VN", "family": "vi"}}'


def fake_piper(folder: Path, broken: str = "") -> Path:
    """The program; it fails at a line with the word `broken`, and notes each run in a file beside it."""
    program = folder / "piper"
    program.write_text(PROGRAM.format(python=sys.executable, broken=broken), encoding="utf-8")
    program.chmod(0o755)
    return program


def model(folder: Path, facts: str = FACTS) -> Path:
    file = folder / "vi_VN-test-medium.onnx"
    file.write_bytes(b"no real model")
    file.with_name(f"{file.name}.json").write_text(facts, encoding="utf-8")
    return file


def runs(program: Path) -> int:
    """How often it was started."""
    return len(program.with_suffix(".runs").read_text(encoding="utf-8").splitlines())
