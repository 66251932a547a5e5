"""Issue and call next with 8 clients against the baseline of the same run, without and with 20 open streams.

Targets: >= 0.4 of the baseline's requests/s without followers, >= 0.3 with 20 streams; p99 <= 3 x the baseline's.
"""

from __future__ import annotations

import socket
import statistics
import sys
import threading
from contextlib import ExitStack

from tests.bench import house
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


def one_round(port: int, office: house.Office) -> tuple[Outcome, Outcome, Outcome]:
    base = run(port, "none", CLIENTS, EACH, lambda c, n: ("POST", "/rows", {"service": "HT"}))
    issue = run(
        office.port, office.tokens["kiosk"], CLIENTS, EACH,
        lambda c, n: ("POST", "/api/v1/tickets", {"service": ("HT", "DD", "VX", "VP")[c % 4]}),
    )  # fmt: skip
    call = run(
        office.port, office.tokens["counter"], CLIENTS, EACH,
        lambda c, n: ("POST", f"/api/v1/counters/{(1, 3, 4, 5)[c % 4]}/call-next", {"finish_current": "complete"}),
    )  # fmt: skip
    wrong = {**issue.statuses, **call.statuses}.keys() - {200, 201, 204}
    if wrong:
        raise RuntimeError(f"unexpected answers: {sorted(wrong)}")
    return base, issue, call


def measure(title: str, port: int, office: house.Office, target: float) -> bool:
    rounds = [one_round(port, office) for _ in range(ROUNDS)]
    good = True
    for name, column in (("issue", 1), ("call next", 2)):
        ratio = statistics.median(r[column].rate / r[0].rate for r in rounds)
        tail = statistics.median(r[column].percentile(0.99) / r[0].percentile(0.99) for r in rounds)
        rate = statistics.median(r[column].rate for r in rounds)
        ok = ratio >= target and tail <= 3
        good = good and ok
        print(
            f"{title:28} {name:10} {rate:7.0f}/s  ratio {ratio:.2f} (>= {target})  p99 ratio {tail:.2f} (<= 3)"
            f"  {'ok' if ok else 'MISSED'}",
            flush=True,
        )
    return good


def main() -> int:
    with ExitStack() as stack:
        port = stack.enter_context(house.baseline())
        office = stack.enter_context(house.office(printing="--no-printing" not in sys.argv))
        one_round(port, office)
        good = measure("printing, no followers", port, office, 0.4)
        listeners = Listeners(office.port, office.tokens["board"], STREAMS)
        listeners.start()
        good = measure(f"printing, {STREAMS} streams", port, office, 0.3) and good
        print(f"{'memory with 20 followers':28} {office.memory_mib:17.0f} MiB (< 100)")
        listeners.stop()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
