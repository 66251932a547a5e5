"""A printer of each kind on either line with its driver, laid out for a test of faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.ticket_printer.papers import START, Witness
from ticket_printer.delivery.driver import TicketPrinter
from ticket_printer.protocol.commands import STATUS_BACK
from ticket_printer.simulator.printer import SimulatedPrinter

PROFILES = ["epson-tm-t20", "generic-80", "xprinter-80"]
REPORTING = {"epson-tm-t20", "xprinter-80"}
SHORT = {("tcp", "epson-tm-t20"), ("serial", "generic-80")}  # in the normal tests; the other pairs in the long run
PAIRS = [
    pytest.param(line, profile, marks=() if (line, profile) in SHORT else pytest.mark.soak)
    for line in ("tcp", "serial")
    for profile in PROFILES
]
ON_EACH = pytest.mark.parametrize(("line", "profile"), PAIRS)
ON_SHORT = pytest.mark.parametrize(("line", "profile"), sorted(SHORT))
Bench = Callable[..., Witness]


@dataclass
class Benches:
    """`clock`: for the driver; without one it takes the machine's."""

    folder: Path
    clock: Callable[[], float] | None = None
    witnesses: list[Witness] = field(default_factory=list)

    def lay_out(self, line: str, profile: str, **kind: float | bool) -> Witness:
        pty = self.folder / f"tty{len(self.witnesses)}" if line == "serial" else None
        listen = None if pty else ("127.0.0.1", 0)
        device = SimulatedPrinter(listen=listen, pty=pty, **{"mm_per_s": 400.0, "cut_s": 0.05} | kind)  # type: ignore[arg-type]
        device.start()
        url = f"serial://{pty}" if pty else "tcp://{}:{}".format(*device.address)
        driver = TicketPrinter(url, profile, monotonic=self.clock) if self.clock else TicketPrinter(url, profile)
        self.witnesses.append(Witness(driver, device, START + (STATUS_BACK if profile in REPORTING else b"")))
        return self.witnesses[-1]

    def close(self) -> None:
        for witness in self.witnesses:
            witness.printer.close()
            witness.device.stop()
