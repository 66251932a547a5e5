"""A printer of pure arithmetic, without threads and in a time of its own, for thousands of bad lines a minute."""

from __future__ import annotations

from dataclasses import dataclass, field

from ticket_printer.simulator.state import PrinterCondition

BYTES_PER_S = 40_000.0
CUT_S = 0.3
RASTER_HEAD = 8  # bytes of GS v 0 before its dots


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens to the line or the printer when so many bytes came (`at`): `kind` and its `data`."""

    at: int
    kind: str  # noise, flip, late, echo, paper, dead
    data: bytes = b""


@dataclass
class VirtualPrinter:
    """A transport and the printer behind it. `cuts`: when each slip was cut, in virtual seconds.

    `sheets`: the dots of each, from the top, as far as they were sent as pictures.
    """

    troubles: list[Trouble]
    process_id: bool = True
    now: float = 0.0
    bytes_per_s: float | None = None
    answers: bool = True
    guarded: bool = True
    condition: PrinterCondition = field(default_factory=PrinterCondition)
    cuts: list[float] = field(default_factory=list)
    sheets: list[bytes] = field(default_factory=list)
    _received: int = 0
    _sheet: bytes = b""
    _queue: bytearray = field(default_factory=bytearray)
    _free_at: float = 0.0
    _began: float | None = None
    _back: list[tuple[float, bytes]] = field(default_factory=list)
    _late_s: float = 0.0
    _echo: bool = False
    _dead: bool = False
    _flip: bytes = b""

    def monotonic(self) -> float:
        return self.now

    def write(self, data: bytes, timeout_s: float) -> int:
        self._turn()
        if len(self._queue) + len(data) > 4096:
            self.now += timeout_s
            return 0
        self._received += len(data)
        if self._echo:
            self._back.append((self.now, data))
        for trouble in [one for one in self.troubles if one.at <= self._received]:
            self.troubles.remove(trouble)
            self._strike(trouble)
        self._queue += data
        at = data.find(b"\x10\x04")
        if at >= 0 and at + 2 < len(data):
            self._say(self.condition.real_time(data[at + 2]))
        return len(data)

    def read(self, timeout_s: float) -> bytes:
        self._turn()
        due = [one for one in self._back if one[0] <= self.now]
        if not due:
            self.now += max(timeout_s, 0.001)
            self._turn()
            due = [one for one in self._back if one[0] <= self.now]
        self._back = [one for one in self._back if one not in due]
        return b"".join(data for _, data in due)

    def finish(self, timeout_s: float) -> None: ...
    def port_fault(self) -> str | None:
        return None

    def abort(self) -> None: ...
    def close(self) -> None: ...

    def _strike(self, trouble: Trouble) -> None:
        if trouble.kind == "noise":
            self._back.append((self.now, trouble.data))
        elif trouble.kind == "late":
            self._late_s = len(trouble.data) / 20
        elif trouble.kind == "echo":
            self._echo = not self._echo
        elif trouble.kind == "flip":
            self._flip += trouble.data
        elif trouble.kind == "dead":
            self._dead = True
        else:
            self.condition.paper_out = True

    def _say(self, data: bytes, at: float | None = None) -> None:
        if self._dead:
            return
        if self._flip and data:
            data = bytes([data[0] ^ (1 << self._flip[0] % 8)]) + data[1:]
            self._flip = self._flip[1:]
        self._back.append(((self.now if at is None else at) + self._late_s, data))

    def _turn(self) -> None:
        """What the printer did until now."""
        while self._queue and not self.condition.stopped:
            length, cost, answer = _command(bytes(self._queue[:12]), len(self._queue))
            if length == 0:
                return
            if self._began is None:
                self._began = max(self._free_at, self.now - 0.001)
            if self._began + cost > self.now:
                return
            self._free_at, self._began = self._began + cost, None
            self._done(bytes(self._queue[:length]), answer)
            del self._queue[:length]

    def _done(self, command: bytes, answer: str) -> None:
        if answer == "cut":
            self.cuts.append(self.now)
            self.sheets.append(self._sheet)
            self._sheet = b""
        elif answer == "picture":
            self._sheet += command[RASTER_HEAD:]
        elif answer == "turn":
            self._say(self.condition.paper_in_turn())
        elif answer == "process" and self.process_id:
            self._say(b"\x37\x22" + command[7:11] + b"\0")


def _command(head: bytes, waiting: int) -> tuple[int, float, str]:
    """(bytes, seconds, what is answered) of the first command; 0 bytes while it is not whole."""
    if head.startswith(b"\x1dv0"):
        length = RASTER_HEAD + int.from_bytes(head[4:6], "little") * int.from_bytes(head[6:8], "little")
    elif head.startswith(b"\x1d(H"):
        length = 11
    elif head.startswith(b"\x1dV"):
        length = 4
    elif head[:1] == b"\x1d" or head.startswith(b"\x10\x04"):
        length = 3
    else:
        length = 2
    if waiting < length:
        return 0, 0.0, ""
    names = {b"\x1dv": "picture", b"\x1dV": "cut", b"\x1dr": "turn", b"\x1d(": "process"}
    answer = names.get(head[:2], "")
    return length, CUT_S if answer == "cut" else length / BYTES_PER_S, answer
