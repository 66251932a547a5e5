"""Eight taps at the same moment while every sync of the disk takes 30 ms longer, by strace's delay injection.

Target: all of them answered within 2.5 syncs, in the median of the rounds. --no-printing: nobody writes between them,
so that the log is emptied before each, as in a quiet office; --verbose names the files that were synced.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from shutil import which

from tests.bench import programs as bench
from tests.bench.load import Connection

TAPS, ROUNDS = 8, 15
DELAY_S = 0.030
MOST_SYNCS = 2.5
IDLE_S = 1.6  # the log is emptied after a second without writing
SERVICES = ("HT", "DD", "VX", "VP")
_SYNC = re.compile(r"(\d+\.\d+) (fsync|fdatasync)\(\d+<([^>]*)>")


def taps(port: int, token: str) -> tuple[float, float]:
    """Seconds from the first tap to the last answer, and the moment of the first, s since 1970. Raises RuntimeError."""
    connections = [Connection(port, token) for _ in range(TAPS)]
    start, statuses = threading.Barrier(TAPS + 1), list[int]()

    def tap(one: int) -> None:
        start.wait()
        statuses.append(connections[one].call("POST", "/api/v1/tickets", {"service": SERVICES[one % 4]})[0])

    threads = [threading.Thread(target=tap, args=(one,)) for one in range(TAPS)]
    for thread in threads:
        thread.start()
    start.wait()
    began, wall = time.perf_counter(), time.time()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    for connection in connections:
        connection.close()
    if set(statuses) != {201}:
        raise RuntimeError(f"unexpected answers: {sorted(statuses)}")
    return seconds, wall


def slowed(process: subprocess.Popen[bytes], trace: Path) -> subprocess.Popen[bytes]:
    """strace at the running service: each sync returns 30 ms later."""
    injected = f"inject=fsync,fdatasync:delay_exit={round(DELAY_S * 1e6)}"
    command = ["strace", "-f", "-y", "-ttt", "--seccomp-bpf", "-e", "trace=fsync,fdatasync", "-e", injected]
    return subprocess.Popen(
        [*command, "-o", str(trace), "-p", str(process.pid)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def syncs(trace: Path, begin: float, end: float) -> list[str]:
    text = trace.read_text(encoding="utf-8", errors="replace")
    return [Path(path).name for at, _, path in _SYNC.findall(text) if begin <= float(at) <= end]


def main() -> int:
    if which("strace") is None:
        print("taps on a slow disk are not measured: strace is missing (apt-get install strace)")
        return 1
    with tempfile.TemporaryDirectory() as name, bench.office(printing="--no-printing" not in sys.argv) as office:
        trace = Path(name) / "trace"
        token = office.tokens["kiosk"]
        taps(office.port, token)
        tracer = slowed(office.process, trace)
        try:
            rounds = []
            for _ in range(ROUNDS):
                time.sleep(IDLE_S)
                seconds, at = taps(office.port, token)
                rounds.append(seconds)
                if "--verbose" in sys.argv:
                    time.sleep(0.1)
                    print(round(seconds / DELAY_S, 2), syncs(trace, at - 0.001, at + seconds), flush=True)
        finally:
            tracer.terminate()
            tracer.wait(20)
    middle = statistics.median(rounds) / DELAY_S
    good = middle <= MOST_SYNCS
    print(f"{TAPS} taps at once, a sync of 30 ms: {middle:.2f} syncs (<= {MOST_SYNCS})  {'ok' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
