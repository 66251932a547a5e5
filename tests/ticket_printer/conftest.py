from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ticket_printer.benches import Bench, Benches
from ticket_printer.delivery.driver import TicketPrinter
from ticket_printer.simulator.printer import SimulatedPrinter

Connect = Callable[[str], TicketPrinter]


@pytest.fixture
def device(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SimulatedPrinter]:
    """A virtual printer on TCP, fast, with its paper in a folder."""
    changed: dict[str, Any] = getattr(request, "param", {})
    printer = SimulatedPrinter(**{"paper_dir": tmp_path / "paper", "mm_per_s": 600.0, "cut_s": 0.02} | changed)
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def connect(device: SimulatedPrinter) -> Iterator[Connect]:
    """Opens a driver of a profile on the device."""
    opened: list[TicketPrinter] = []

    def driver(profile: str) -> TicketPrinter:
        opened.append(TicketPrinter("tcp://{}:{}".format(*device.address), profile))
        return opened[-1]

    yield driver
    for printer in opened:
        printer.close()


@pytest.fixture(params=["tcp", "serial"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[SimulatedPrinter, str]]:
    """The same printer behind a network port and behind a serial line."""
    serial = request.param == "serial"
    line = tmp_path / "ttyP"
    printer = SimulatedPrinter(
        listen=None if serial else ("127.0.0.1", 0), pty=line if serial else None, mm_per_s=600.0, cut_s=0.02
    )
    printer.start()
    yield printer, f"serial://{line}?baud=115200" if serial else "tcp://{}:{}".format(*printer.address)
    printer.stop()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The paper here is several times faster than any real one, and so are the silences that have to outlast it."""
    monkeypatch.setattr("ticket_printer.delivery.connection.QUIET_S", 0.3)
    monkeypatch.setattr("ticket_printer.delivery.connection.CLEAR_S", 0.15)
    monkeypatch.setattr("ticket_printer.delivery.delivery_protocol.QUIET_S", 0.2)


@pytest.fixture
def benches(tmp_path: Path) -> Iterator[Benches]:
    found = Benches(tmp_path)
    yield found
    found.close()


@pytest.fixture
def bench(benches: Benches) -> Bench:
    """Lays out a printer with its driver, over either line."""
    return benches.lay_out
