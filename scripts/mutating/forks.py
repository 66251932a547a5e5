"""Runs work in forked processes, each with a time limit, a folder of its own and no output."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TIMED_OUT = "timeout"
CRASHED = "crash"
IDLE_S = 8.0  # a fork that computes nothing for so long waits for what will never come


@dataclass
class Job:
    """One piece of work: `work` runs in the fork and its result, picklable, comes back as `result`."""

    work: Callable[[], Any]
    seconds: float  # on the processor; five times as many on the wall clock
    about: Any = None
    result: Any = None
    pid: int = 0
    started: float = field(default=0.0, compare=False)
    folder: Path = Path()
    _computed: int = field(default=-1, compare=False)
    _computed_at: float = field(default=0.0, compare=False)

    def start(self, folder: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        self.started = time.monotonic()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            run_in_fork(self)

    def overdue(self) -> bool:
        now, computed = time.monotonic(), computed_ticks(self.pid)
        if computed != self._computed:
            self._computed, self._computed_at = computed, now
        return now - self._computed_at > IDLE_S or now - self.started > 20 + 5 * self.seconds

    def finish(self, status: int) -> None:
        try:
            self.result = pickle.loads((self.folder / "result").read_bytes())
        except (FileNotFoundError, EOFError, pickle.UnpicklingError):
            killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGKILL, signal.SIGXCPU}
            self.result = TIMED_OUT if killed else CRASHED
        kill_group(self.pid)  # what a test started and left behind
        shutil.rmtree(self.folder, ignore_errors=True)


def run_in_fork(job: Job) -> None:
    """Never returns."""
    try:
        os.setsid()
        limit = int(4 + job.seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        sink = os.open(
            os.environ.get("MUTATION_OUTPUT", os.devnull),
            os.O_WRONLY | os.O_APPEND | os.O_CREAT,
        )
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        for name in ("TMPDIR", "PYTEST_DEBUG_TEMPROOT"):
            os.environ[name] = str(job.folder)
        tempfile.tempdir = str(job.folder)
        result = job.work()
        (job.folder / "result").write_bytes(pickle.dumps(result))
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def computed_ticks(pid: int) -> int:
    """Returns the processor time that a process and its ended children took, in clock ticks; see proc(5), stat."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return -1
    return sum(map(int, fields[11:15]))


def kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def run_all(jobs: Iterable[Job], at_once: int) -> Iterator[Job]:
    """Runs jobs in forks of this process, so many at once; yields each when it has ended."""
    waiting = iter(jobs)
    running: dict[int, Job] = {}
    with tempfile.TemporaryDirectory(dir=memory_folder(), ignore_cleanup_errors=True) as folder:
        gc.collect()
        gc.freeze()  # so that a collection in a fork doesn't copy every page of its parent
        while True:
            while len(running) < at_once and (job := next(waiting, None)) is not None:
                job.start(Path(folder))
                running[job.pid] = job
            if not running:
                return
            yield wait_for_one(running)


def wait_for_one(running: dict[int, Job]) -> Job:
    """Waits until a job ends, killing what is overdue, and returns it."""
    while True:
        for pid, job in list(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del running[pid]
                job.finish(status)
                return job
            if job.overdue():
                kill_group(pid)
        time.sleep(0.01)


def memory_folder() -> str | None:
    """Returns a folder in memory where the machine has one: databases of tests are written with fsync."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
