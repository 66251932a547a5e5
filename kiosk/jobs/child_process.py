"""Jobs in child processes: `python -m kiosk.worker` reads one job from its input and writes the answer.

To the child: a line of JSON (kind, arguments, configuration, length of the data), then the data. From the child: lines
{"stage": …} while it works, at last {"values": …, "bytes": N} and N bytes, or {"refused": …}. What libraries load there
never enters the service, and what they take of memory goes back when the child ends.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import IO, Any

from kiosk.jobs.child_end import end_child
from kiosk.jobs.job import Job, JobAnswer, JobFailed, JobRefused, JobRunner, JobsBusy, Progress

AT_ONCE = 2
BUSY = "other files are being made or read; try again in a minute"
ENDED = "the work took too long, or the machine ended it; choose a shorter period or a smaller file"
FAILED = "the work failed; the log says why"
WAIT_S = 5.0  # so long a job waits for another to end


class ChildProcessRunner:
    """`configuration`: the tables that the child builds the office from."""

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        self._configuration = configuration
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._children: set[subprocess.Popen[bytes]] = set()

    def run(self, job: Job, progress: Progress) -> JobAnswer:
        """Raises JobRefused, JobFailed, JobsBusy."""
        if not self._free.acquire(timeout=WAIT_S):
            raise JobsBusy(BUSY)
        try:
            return self._run(job, progress)
        finally:
            self._free.release()

    def stop(self) -> None:
        with self._lock:
            for child in self._children:
                child.kill()

    def _run(self, job: Job, progress: Progress) -> JobAnswer:
        child = subprocess.Popen(
            [sys.executable, "-m", "kiosk.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=True
        )
        with self._lock:
            self._children.add(child)
        watch = threading.Timer(job.seconds, child.kill)
        watch.daemon = True
        watch.start()
        try:
            return _converse(child, self._header(job), job.data, progress)
        except (OSError, EOFError, ValueError) as error:
            if isinstance(error, JobRefused):
                raise
            raise JobFailed(_ending(child)) from error
        finally:
            watch.cancel()
            self._end(child)

    def _header(self, job: Job) -> bytes:
        header = {"kind": job.kind, "arguments": dict(job.arguments), "configuration": self._configuration}
        return json.dumps({**header, "bytes": len(job.data)}, ensure_ascii=False).encode() + b"\n"

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._children.discard(child)
        end_child(child)


def _converse(child: subprocess.Popen[bytes], header: bytes, data: bytes, progress: Progress) -> JobAnswer:
    """Raises JobRefused; EOFError, OSError or ValueError when the child ended or wrote something else."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    child.stdin.write(header)
    child.stdin.write(data)
    child.stdin.close()
    while line := child.stdout.readline():
        message = json.loads(line)
        if "stage" in message:
            progress(str(message["stage"]))
        elif "refused" in message:
            raise JobRefused(str(message["refused"]))
        else:
            return JobAnswer(message["values"], _whole(child.stdout, int(message["bytes"])))
    raise EOFError


def _whole(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _ending(child: subprocess.Popen[bytes]) -> str:
    """How a child ended that gave no answer."""
    try:
        code = child.wait(1.0)
    except subprocess.TimeoutExpired:
        return FAILED
    return ENDED if code < 0 else FAILED


class WarningsHeard:
    """Does what `runner` does; `hear` is told of each report the warning that came with it, or an empty text: what the
    child remembers ends with it.
    """

    def __init__(self, runner: JobRunner, hear: Callable[[str], object]) -> None:
        self._runner, self._hear = runner, hear

    def run(self, job: Job, progress: Progress) -> JobAnswer:
        """Raises JobRefused, JobFailed, JobsBusy."""
        answer = self._runner.run(job, progress)
        if job.kind == "report":
            self._hear(str(answer.values.get("warning", "")))
        return answer

    def stop(self) -> None:
        self._runner.stop()
