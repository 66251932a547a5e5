"""`python -m kiosk.worker`: one job from standard input, its answer on standard output; `kiosk.jobs.child_process`."""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import IO, Any

from kiosk.jobs.job import Job, JobAnswer, JobRefused

MOST_MEMORY = 1024 * 1024 * 1024  # of data; a file that wants more is no honest one
NICENESS = 19  # whoever takes a number comes first; the kernel derives the place at the disk from it
TOO_LITTLE_MEMORY = "this needs more memory than the machine may give; choose a shorter period or a smaller file"


def main() -> int:
    """Exit code 0 when there was an answer, also a refusal."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever libraries print goes to the log
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    if _may_step_back():
        os.nice(NICENESS)
    header = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(header["bytes"])
    try:
        answer = _answer(header, data, out)
    except JobRefused as refused:
        _write(out, {"refused": str(refused)})
    except MemoryError:
        _write(out, {"refused": TOO_LITTLE_MEMORY})
    else:
        _write(out, {"values": answer.values, "bytes": len(answer.data)}, answer.data)
    return 0


def _may_step_back() -> bool:
    """Whether priorities may be changed: under a filter of system calls only where the unit says so."""
    if os.environ.get("MOTCUA_CHILDREN_STEP_BACK") == "1":
        return True
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "Seccomp:\t0" in status


def _answer(header: dict[str, Any], data: bytes, out: IO[bytes]) -> JobAnswer:
    """Raises JobRefused."""
    from config.loading import build
    from kiosk.bootstrap import open_app
    from kiosk.worker.jobs import perform

    app = open_app(build(header["configuration"], "configuration"))
    try:
        job = Job(header["kind"], header["arguments"], data)
        return perform(app, job, lambda stage: _write(out, {"stage": stage}))
    finally:
        app.close()


def _write(out: IO[bytes], message: dict[str, Any], data: bytes = b"") -> None:
    out.write(json.dumps(message, ensure_ascii=False).encode() + b"\n" + data)
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
