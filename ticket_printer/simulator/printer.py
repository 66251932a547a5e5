"""A virtual ESC/POS printer on TCP or a pseudo terminal. It knows bytes only, draws its paper, and can fail."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from ticket_printer.protocol.replies import XOFF, XON
from ticket_printer.simulator.answer_channel import AnswerChannel
from ticket_printer.simulator.paper import ROWS_PER_MM, Paper
from ticket_printer.simulator.parts import Cable, PresenterSlot
from ticket_printer.simulator.ports import ControlPort, PtyPort, TcpPort
from ticket_printer.simulator.print_head import Cleared, PrintHead, Stopped
from ticket_printer.simulator.real_time import CLEAR_KEY, unfinished
from ticket_printer.simulator.state import PrinterCondition, rate

BUFFER, RESERVE = 4096, 256  # bytes; the reserve is kept for the first bytes of a new connection
MOVE_ROWS = 4
OFF_S = 1.5  # from the loss of power to the first answer: thermal printers start up in one to three seconds


class SimulatedPrinter:
    """`listen` None: no TCP. `pty` names a link to a pseudo terminal. `process_id`: whether it knows GS ( H.

    `control` opens a TCP port of JSON lines, such as {"paper": "out"}; each is answered by the printer's state.
    `presenter`: cut slips go into a presenter and stay there until {"take": true}. `xon`: it says XOFF when it is full.
    `presenter`, `baud`, `xon` and `process_id` may be changed by orders too.
    """

    def __init__(
        self,
        listen: tuple[str, int] | None = ("127.0.0.1", 0),
        paper_dir: Path | None = None,
        mm_per_s: float = 150.0,
        pty: Path | None = None,
        baud: int | None = None,
        control: tuple[str, int] | None = None,
        width_dots: int = 576,
        process_id: bool = True,
        cut_s: float = 0.2,
        presenter: bool = False,
        xon: bool = False,
    ) -> None:
        self.condition = PrinterCondition()
        self.mm_per_s, self.cut_s, self.process_id = mm_per_s, cut_s, process_id
        self.slot, self.cable = PresenterSlot(presenter), Cable()
        self.baud, self._xon, self._held_back = baud, xon, False
        if paper_dir is not None:
            paper_dir.mkdir(parents=True, exist_ok=True)
        self.paper = Paper(width_dots, paper_dir, self._move)
        self._head = PrintHead(self.paper, self._take, self._in_turn)
        self._answers_out = AnswerChannel(self.condition)
        self._changed = threading.Condition()
        self._waiting = bytearray()
        self._unread = b""
        self._reports = self._off = self._cleared = False
        self._due = self._dark_until = 0.0
        self.off_s = OFF_S
        self._tcp = TcpPort(self, listen) if listen else None
        self._pty = PtyPort(self, pty) if pty else None
        self._control = ControlPort(self, control) if control else None
        self._engine = threading.Thread(target=self._run, name="printer-engine", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Of the TCP port."""
        return self._tcp.address if self._tcp else ("", 0)

    @property
    def control_address(self) -> tuple[str, int]:
        return self._control.address if self._control else ("", 0)

    @property
    def count(self) -> int:
        return len(self.paper.pictures)

    @property
    def waiting(self) -> int:
        """Bytes in the buffer."""
        return len(self._waiting)

    def start(self) -> None:
        self._engine.start()
        self._answers_out.start()
        for port in (self._tcp, self._pty, self._control):
            if port is not None:
                port.start()

    def stop(self) -> None:
        with self._changed:
            self._off = True
            self._changed.notify_all()
        for port in (self._tcp, self._pty, self._control):
            if port is not None:
                port.stop()
        self._answers_out.stop()
        if self._engine.is_alive():
            self._engine.join(5)

    @property
    def busy(self) -> bool:
        """Whether DSR would be low: hardly any room for more."""
        return self.room(fresh=False) < 2 * RESERVE

    def obey(self, order: dict[str, object]) -> dict[str, object]:
        """One order of the control port; returns the state after it. Raises ValueError for an unknown word."""
        rest = dict(order)
        with self._changed:
            self._handle(rest)
            self._become(rest)
            self.condition.obey(rest)
            self._changed.notify_all()
        if self._reports and order.keys() - {"count"}:
            self._answers_out.send(self.condition.automatic())
        return self.condition.shown() | {
            "count": self.count,
            "waiting_bytes": self.waiting,
            "ejected": self.slot.ejected,
            "cable": "out" if self.cable.out else "in",
            "presenter": self.slot.there,
            "baud": self.baud,
            "xon": self._xon,
            "rows": self.paper.printed_rows,
            "slip_rows": self.paper.slip_rows,
        }

    def _handle(self, order: dict[str, object]) -> None:
        """Power, cable and the citizen: {"power": "cycle", "off_s": 0.5}, {"cable": "out"}, {"take": true} …"""
        off_s = float(str(order.pop("off_s", self.off_s)))
        if order.pop("power", None) == "cycle":
            self._power_cycle(off_s)
        if order.get("power_cycle_at_byte") is not None:
            self.off_s = off_s
        if (path := order.pop("path", None)) is not None and self._pty is not None:
            self._pty.path = Path(str(path))
        self.cable.obey(order)
        if order.pop("take", False):
            self.condition.in_mouth = False

    def _power_cycle(self, off_s: float) -> None:
        """Buffer and settings are gone; until it has started again nothing is heard and nothing is answered."""
        self._lose()
        self._reports, self._unread = False, b""
        self._dark_until = time.monotonic() + off_s
        self.cable.power_cycle()

    def _become(self, order: dict[str, object]) -> None:
        """Another kind of printer: {"presenter": true}, {"baud": 9600} (null: as fast as it comes), {"xon": true} …"""
        if "process_id" in order:
            self.process_id = bool(order.pop("process_id"))
        self.slot.become(order)
        self.condition.in_mouth = self.condition.in_mouth and self.slot.there
        if "xon" in order:
            self._xon = bool(order.pop("xon"))
            if self._held_back and not self._xon:
                self._held_back = False
                self._answers_out.send_raw(bytes([XON]))
        if "baud" in order:
            baud = order.pop("baud")
            self.baud = None if baud is None else rate(baud)

    def connected(self, send: Callable[[bytes], None]) -> None:
        self._answers_out.connect(send)

    def room(self, fresh: bool) -> int:
        """How many bytes a port may bring now; `fresh` connections may use the reserve."""
        return max(0, BUFFER - (0 if fresh else RESERVE) - len(self._waiting))

    def wait_for_room(self, fresh: bool, timeout_s: float) -> int:
        def open_to_bytes() -> bool:
            return not self.condition.stalled and self.room(fresh) > 0

        with self._changed:
            self._changed.wait_for(lambda: self._off or open_to_bytes(), timeout_s)
            return self.room(fresh) if open_to_bytes() and not self._off else 0

    def receive(self, data: bytes) -> None:
        """Bytes from a port: real-time commands are obeyed at once, wherever they stand; all of them queue."""
        with self._changed:
            if self.cable.power_fails(len(data)):
                self._power_cycle(self.off_s)
            data = self.cable.passed(data)
            if time.monotonic() < self._dark_until:
                return
            self._waiting += data
            self._say_flow()
            self._changed.notify_all()
        if self.condition.echo:
            self._answers_out.send_raw(data)
        unread = self._unread + data
        at = unread.find(b"\x10")
        while at >= 0:
            rest = unread[at : at + 10]
            if unfinished(rest):
                break
            self._obey_at_once(rest)
            at = unread.find(b"\x10", at + 1)
        self._unread = unread[at:] if at >= 0 else b""

    def _say_flow(self) -> None:
        full = len(self._waiting) > BUFFER // 2
        if self._xon and full is not self._held_back and (full or len(self._waiting) < BUFFER // 4):
            self._held_back = full
            self._answers_out.send_raw(bytes([XOFF if full else XON]))

    def _obey_at_once(self, command: bytes) -> None:
        condition = self.condition
        if command[1:2] == b"\x04":
            full = self.slot.there and command[2] == 20
            self._answers_out.send(condition.full() if full else condition.real_time(command[2]))
        elif command[1:2] == b"\x05" and condition.cutter_jammed and not condition.hand_needed:
            with self._changed:
                condition.cutter_jammed = False
                if command[2:3] == b"\x02":
                    self._lose()
                self._changed.notify_all()
        elif command[1:10] == b"\x14\x08" + CLEAR_KEY and condition.clears:
            with self._changed:
                self._lose()

    def _lose(self) -> None:
        self._waiting.clear()
        self._cleared = True
        self._changed.notify_all()

    def _run(self) -> None:
        while True:
            try:
                self._head.step()
            except Cleared:
                self._head.reset()
            except Stopped:
                return

    def _ready(self) -> bool:
        return self._off or self._cleared or not self.condition.stopped

    def _go_on(self) -> None:
        if self._off:
            raise Stopped
        if self._cleared:
            self._cleared = False
            raise Cleared

    def _take(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            with self._changed:
                self._changed.wait_for(lambda: self._ready() and (self._off or self._cleared or bool(self._waiting)))
                self._go_on()
                part = bytes(self._waiting[: count - len(taken)])
                del self._waiting[: len(part)]
                self._say_flow()
                self._changed.notify_all()
            taken += part
        return taken

    def _move(self, rows: int) -> None:
        """The motor: paper takes its time, and stands still while something is wrong."""
        if order := self.condition.reached(self.paper.printed_rows, self.paper.slip_rows):
            self.obey(order)
        with self._changed:
            self._changed.wait_for(self._ready)
            self._go_on()
            now = time.monotonic()
            self._due = max(self._due, now - 0.02) + rows / ROWS_PER_MM / self.mm_per_s
            if self._due - now > MOVE_ROWS / ROWS_PER_MM / self.mm_per_s:
                self._changed.wait_for(lambda: self._off, self._due - now)

    def _in_turn(self, what: str, data: bytes) -> None:
        """Answers whose turn came: everything before them is on the paper."""
        if what == "cut":
            self._cut()
        elif what == "paper":
            self._answers_out.send(self.condition.paper_in_turn())
        elif what == "block":
            self._answers_out.send(data)
        elif what == "process" and self.process_id:
            self._answers_out.send(b"\x37\x22" + data + b"\0")
        elif what == "automatic":
            self._reports = data != b"\0"
            self._answers_out.send(self.condition.automatic() if self._reports else b"")
        elif what == "eject":
            self.condition.in_mouth = self.slot.obey(data[0], self.condition.in_mouth)

    def _cut(self) -> None:
        if self.condition.jams_at_cut:
            self.obey({"cutter_jammed": True, "jams_at_cut": False})
        with self._changed:
            self._changed.wait_for(lambda: self._off, self.cut_s)
            self._changed.wait_for(self._ready)
            self._go_on()
        self.slot.cut(self.condition.in_mouth)
        self.paper.cut()
