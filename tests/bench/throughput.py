"""Issue and call next with 8 clients against the baseline of the same run, without and with 20 open streams.

Targets: >= 0.8 (issue) and >= 0.7 (call next) of the baseline's requests/s without followers, >= 0.65 and >= 0.55 with
20 streams; p99 <= 1.5 x the baseline's.
"""

from __future__ import annotations

import socket
import statistics
import sys
import threading
from contextlib import ExitStack

from tests.bench import programs as bench
from tests.bench.load import Outcome, run

CLIENTS, EACH, ROUNDS, STREAMS = 8, 60, 7, 20


class Listeners(threading.Thread):
    """Open streams, read and thrown away by one thread."""

    def __init__(self, port: int, token: str, count: int) -> None:
        super().__init__(daemon=True)
        head = f"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n"
        self._sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
        for one in self._sockets:
            one.sendall(head.encode())
            one.recv(4096)
        self._stopped = False

    def run(self) -> None:
        import selectors

        chooser = selectors.DefaultSelector()
        for one in self._sockets:
            chooser.register(one, selectors.EVENT_READ)
        while not self._stopped:
            for key, _ in chooser.select(0.2):
                assert isinstance(key.fileobj, socket.socket)
                key.fileobj.recv(1 << 16)

    def stop(self) -> None:
        self._stopped = True
        self.join()
        for one in self._sockets:
            one.close()


def one_round(port: int, office: bench.Office) -> tuple[Outcome, Outcome, Outcome]:
    base = run(port, "none", CLIENTS, EACH, lambda c, n: ("POST", "/rows", {"service": "HT"}))
    issue = run(
        office.port,
        office.tokens["kiosk"],
        CLIENTS,
        EACH,
        lambda c, n: ("POST", "/api/v1/tickets", {"service": ("HT", "DD", "VX", "VP")[c % 4]}),
    )
    call = run(
        office.port,
        office.tokens["counter"],
        CLIENTS,
        EACH,
        lambda c, n: ("POST", f"/api/v1/counters/{(1, 3, 4, 5)[c % 4]}/call-next", {"finish_current": "complete"}),
    )
    wrong = {**issue.statuses, **call.statuses}.keys() - {200, 201, 204}
    if wrong:
        raise RuntimeError(f"unexpected answers: {sorted(wrong)}")
    return base, issue, call


TAIL = 1.5


def measure(title: str, port: int, office: bench.Office, targets: tuple[float, float]) -> bool:
    rounds = [one_round(port, office) for _ in range(ROUNDS)]
    good = True
    for name, column, target in (("issue", 1, targets[0]), ("call next", 2, targets[1])):
        ratio = statistics.median(r[column].rate / r[0].rate for r in rounds)
        tail = statistics.median(r[column].percentile(0.99) / r[0].percentile(0.99) for r in rounds)
        rate = statistics.median(r[column].rate for r in rounds)
        ok = ratio >= target and tail <= TAIL
        good = good and ok
        print(
            f"{title:28} {name:10} {rate:7.0f}/s  ratio {ratio:.2f} (>= {target})  p99 ratio {tail:.2f} (<= {TAIL})"
            f"  {'ok' if ok else 'MISSED'}",
            flush=True,
        )
    return good


def main() -> int:
    with ExitStack() as stack:
        port = stack.enter_context(bench.baseline())
        office = stack.enter_context(bench.office(printing="--no-printing" not in sys.argv))
        one_round(port, office)
        good = measure("printing, no followers", port, office, (0.8, 0.7))
        listeners = Listeners(office.port, office.tokens["board"], STREAMS)
        listeners.start()
        good = measure(f"printing, {STREAMS} streams", port, office, (0.65, 0.55)) and good
        print(f"{'memory with 20 followers':28} {office.memory_mib:17.0f} MiB (< 100)")
        listeners.stop()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
