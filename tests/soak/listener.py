"""The recogniser in a process of its own, with the packages of requirements-voice.txt and nothing of ours:

PYTHONPATH=.venv/voice python tests/soak/listener.py      (paths of WAV files on stdin, a line of JSON for each)
"""

from __future__ import annotations

import json
import sys

from vietasr import Pipeline  # type: ignore[import-not-found]


def main() -> None:
    pipeline = Pipeline.new().add("vietasr").build()
    for line in sys.stdin:
        print(json.dumps({"text": pipeline.transcribe(line.strip()).text}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
