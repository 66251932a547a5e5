"""How the bytes of an answer travel: late, slowly, in slices, or not to the end. Waitress writes, this delays."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Mapping
from typing import Any

from flask import request
from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.task import WSGITask

from contract.records import dataclass
from sync.simulator.errors import InvalidFault

MODES = frozenset({"latency", "slow", "slice", "cut", "reset"})
CHANNEL = "motcua.channel"  # in the WSGI environment
LATE_MS, BYTES_PER_S = 20_000, 2_000
SLICE_PAUSE_S = 0.001  # so that slices are segments of their own
STEPS_PER_S = 20


@dataclass(frozen=True, slots=True)
class Pacing:
    """How one answer, head and body, is written.

    `late_s` before the first byte; `rate` in bytes/s, 0 as fast as it goes; `slices` bytes at a time, 0 at once; after
    `ends_at` bytes the connection ends, by a reset when `reset`.
    """

    late_s: float = 0.0
    rate: float = 0.0
    slices: int = 0
    ends_at: int | None = None
    reset: bool = False

    @classmethod
    def of(cls, mode: str, options: Mapping[str, object]) -> Pacing:
        """Raises InvalidFault."""
        if mode == "latency":
            return cls(late_s=number_option(options, "ms", LATE_MS, 0) / 1000)
        if mode == "slow":
            return cls(rate=number_option(options, "bytes_per_s", BYTES_PER_S, 1))
        if mode == "slice":
            return cls(slices=int(number_option(options, "bytes", 1, 1)))
        return cls(ends_at=int(number_option(options, "bytes", 0, 0)), reset=mode == "reset")

    def piece(self) -> int | None:
        """How many bytes go at a time."""
        paced = max(1, round(self.rate / STEPS_PER_S)) if self.rate else None
        return self.slices or paced


def pace_answer(pacing: Pacing, healed: threading.Event) -> None:
    """Paces the answer to the current request; `healed` ends every wait."""
    channel = request.environ[CHANNEL]
    channel.pacing, channel.healed = pacing, healed


class PacedTask(WSGITask):  # type: ignore[misc] # waitress has no types
    """A request that knows its connection."""

    def start(self) -> None:
        super().start()
        self.channel.begin()

    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        environ[CHANNEL] = self.channel
        return environ


class PacedChannel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection of waitress; `pacing` counts for one answer."""

    task_class = PacedTask
    pacing: Pacing | None = None
    healed: threading.Event
    passed = 0

    def write_soon(self, data: Any) -> int:
        """Called with the head first, then with the pieces of the body. Raises ClientDisconnected at the cut."""
        pacing = self.pacing
        if pacing is None or not isinstance(data, bytes):
            return int(super().write_soon(data))
        if not self.passed:
            self.healed.wait(pacing.late_s)
        room = len(data) if pacing.ends_at is None else min(len(data), pacing.ends_at - self.passed)
        self._write_paced(pacing, data[:room])
        self.passed += room
        if pacing.ends_at == self.passed:
            self._end(pacing.reset)
        return len(data)

    def begin(self) -> None:
        """A new request: its answer is not paced."""
        self.pacing, self.passed = None, 0

    def _write_paced(self, pacing: Pacing, data: bytes) -> None:
        step = pacing.piece() or max(1, len(data))
        for start in range(0, len(data), step):
            piece = data[start : start + step]
            super().write_soon(piece)
            if pacing.rate or pacing.slices:
                self.healed.wait(len(piece) / pacing.rate if pacing.rate else SLICE_PAUSE_S)

    def _end(self, reset: bool) -> None:
        if reset:  # RST instead of FIN
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise ClientDisconnected


def number_option(options: Mapping[str, object], name: str, usual: float, least: float) -> float:
    """An option of a fault. Raises InvalidFault."""
    value = options.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < float("inf"):
        raise InvalidFault(f"{name} must be a number of at least {least:g}")
    return float(value)
