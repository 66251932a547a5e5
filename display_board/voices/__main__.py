"""Work on sound in a process of its own, so that the service neither waits nor grows.

    python -m display_board.voices record FOLDER LANGUAGE PHRASE SPEAKER LICENCE RECOGNISER
                                      (a line of JSON, words by phrase, and a WAV file on stdin)
    python -m display_board.voices record-by-ear FOLDER LANGUAGE PHRASE SPEAKER LICENCE        (the same on stdin)
    python -m display_board.voices install FOLDER                                       (a pack on stdin)
    python -m display_board.voices build FOLDER LANGUAGE MODEL PIPER                    (JSON of phrases on stdin)

Answers JSON on stdout; exit code 0, or 3 with {"reason", "detail", "other"}.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from contract.told_error import carried
from display_board.voices import archive
from display_board.voices.packs import RECORDED, Clip, PackError, PackFolder, clip_for
from display_board.voices.recogniser import Recogniser
from display_board.voices.recording import UnusableRecording, clip_of
from display_board.voices.studio_checks import TakeChecks
from display_board.voices.synthesis import build, machine_for

REFUSED = 3


def record(shelf: PackFolder, language: str, key: str, speaker: str, licence: str, recogniser: str) -> dict[str, Any]:
    phrases = json.loads(sys.stdin.buffer.readline())
    samples = clip_of(sys.stdin.buffer.read(), phrases[key])
    TakeChecks(shelf, language, phrases, Recogniser(recogniser)).check(key, speaker, samples)
    return put(shelf, language, key, clip_for(key, samples, RECORDED, phrases[key], speaker, licence))


def record_by_ear(shelf: PackFolder, language: str, key: str, speaker: str, licence: str) -> dict[str, Any]:
    """A take that somebody heard is laid beside nothing; what is measured on it alone still refuses it."""
    phrases = json.loads(sys.stdin.buffer.readline())
    samples = clip_of(sys.stdin.buffer.read(), phrases[key])
    clip, data = clip_for(key, samples, RECORDED, phrases[key], speaker, licence)
    return put(shelf, language, key, (replace(clip, by_ear=True), data))


def put(shelf: PackFolder, language: str, key: str, made: tuple[Clip, bytes]) -> dict[str, Any]:
    clip, data = made
    with shelf.changing(language) as change:
        change.put(key, clip, data)
    return {"sha256": clip.sha256, "milliseconds": clip.milliseconds}


def install(shelf: PackFolder) -> dict[str, Any]:
    pack = archive.install(shelf, sys.stdin.buffer.read())
    return {"language": pack.language, "phrases": len(pack.clips), "speaker": pack.speaker, "licence": pack.licence}


def make(shelf: PackFolder, language: str, model: str, program: str) -> dict[str, Any]:
    return asdict(build(shelf, language, json.load(sys.stdin), machine_for(language, model, program)))


KINDS: dict[str, Callable[..., dict[str, Any]]] = {
    "record": record,
    "record-by-ear": record_by_ear,
    "install": install,
    "build": make,
}


def main(arguments: Sequence[str]) -> int:
    os.nice(5)  # calling a number comes first
    kind, folder, *rest = arguments
    try:
        answer = KINDS[kind](PackFolder(Path(folder)), *rest)
    except UnusableRecording as error:
        answer = {"reason": error.reason, "detail": error.detail, "other": error.other}
    except PackError as error:
        answer = {"reason": "pack", "error": carried(error)}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
    return REFUSED if "reason" in answer else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
