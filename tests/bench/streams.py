"""A thousand open streams: what each costs, and what a request takes meanwhile; then 200 requests that never end.

Targets: < 50 KiB a stream; a request is answered within 20 ms (median) in both cases, the service stays below 100 MiB.
"""

from __future__ import annotations

import resource
import socket
import sys
import time

from tests.bench import programs as bench
from tests.bench.load import run

STREAMS, SLOW = 1000, 200
OF_ONE = 50  # streams of one device
HEAD = "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\n\r\n"
MOST_KIB, MOST_MS, MOST_MIB = 50.0, 20.0, 100.0


def opened(port: int, text: str, count: int) -> list[socket.socket]:
    lines = []
    for _ in range(count):
        line = socket.create_connection(("127.0.0.1", port), 10)
        line.sendall(text.encode())
        lines.append(line)
    return lines


def answer_ms(office: bench.Office) -> float:
    outcome = run(office.port, office.tokens["kiosk"], 1, 50, lambda c, n: ("GET", "/readyz", {}))
    return 1000 * outcome.percentile(0.5)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with bench.office(printing=False) as office:
        run(office.port, office.tokens["kiosk"], 8, 30, lambda c, n: ("POST", "/api/v1/tickets", {"service": "HT"}))
        before, alone = office.memory_mib, answer_ms(office)
        lines = []
        for n in range(STREAMS // OF_ONE):
            token = bench.motcua(office.environment, "token", "create", "--role", "board", "--name", f"bench-board-{n}")
            lines += opened(office.port, HEAD.format(token), OF_ONE)
        for line in lines:
            if not line.recv(4096).startswith(b"HTTP/1.1 200 "):
                raise RuntimeError("a stream was refused")
        time.sleep(3)  # every stream has had a beat
        each, with_streams = (office.memory_mib - before) * 1024 / STREAMS, answer_ms(office)
        lines += opened(office.port, "POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{", SLOW)
        with_slow, memory = answer_ms(office), office.memory_mib
        for line in lines:
            line.close()
    good = each < MOST_KIB and max(with_streams, with_slow) < MOST_MS and memory < MOST_MIB
    print(
        f"{STREAMS} idle streams: {each:.1f} KiB each (< {MOST_KIB:.0f}), service {memory:.0f} MiB (< {MOST_MIB:.0f})"
    )
    print(
        f"a request: {alone:.2f} ms alone, {with_streams:.2f} ms beside them, {with_slow:.2f} ms with {SLOW} slow ones"
    )
    print("ok" if good else "MISSED")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
