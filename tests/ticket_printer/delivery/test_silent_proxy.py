"""A printer behind a proxy or print server that accepts every connection, also while nobody is there to answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from ticket_printer.delivery.driver import TicketPrinter

WELL = b"\x12"
LOOKS = 4  # a line is opened anew at the third silence at the latest, and is asked in the same look


class SilentProxy:
    """What was connected while the printer was away stays silent for ever; nothing is closed or reset."""

    def __init__(self) -> None:
        self.there = True
        self._lives: list[bool] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def connections(self) -> int:
        return len(self._lives)

    def goes_away(self) -> None:
        self.there = False
        self._lives = [False] * len(self._lives)

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self._lives.append(self.there)
            threading.Thread(target=self._serve, args=(line, len(self._lives) - 1), daemon=True).start()

    def _serve(self, line: socket.socket, n: int) -> None:
        try:
            while asked := line.recv(4096):
                if self._lives[n]:
                    line.sendall(WELL * asked.count(b"\x10\x04"))
        except OSError:
            return


@pytest.fixture
def proxy() -> Iterator[SilentProxy]:
    made = SilentProxy()
    yield made
    made.close()


def test_a_printer_that_comes_back_behind_a_silent_proxy_is_well_again_within_four_looks(proxy: SilentProxy) -> None:
    printer = TicketPrinter(f"tcp://127.0.0.1:{proxy.port}", "generic-80")
    assert printer.status().state == "OK"
    proxy.goes_away()
    assert printer.status().reason == "no_answer"
    assert proxy.connections >= 2, "a line that answered once and fell silent is opened anew"
    proxy.there = True
    states = [printer.status().state for _ in range(LOOKS)]
    assert states[-1] == "OK" and proxy.connections >= 3
    printer.close()
