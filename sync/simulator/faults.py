"""How the simulated one-stop system misbehaves: one fault at a time, set by `POST /control/fail`."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from email.utils import formatdate
from math import inf

from flask import Response, jsonify

from contract.envelope import GENESIS
from contract.receipts import ReceiptBody
from contract.records import dataclass
from sync.receiver.store import ReceiverStore
from sync.simulator import certificates, wire
from sync.simulator.errors import InvalidFault
from sync.simulator.wire import Pacing, number_option

HANG_S = 60.0
FOREIGN_EPOCH = "00000000-0000-7000-8000-000000000000"
BIG_MIB = 16
DEFAULT_STATUS = {"500": 500, "503": 503}
COUNTS = {"seconds", "mib", "count", "after", "seq"}  # options that are numbers
AT_ONCE = {"lose_database", "rewind"}
BEFORE = {"500", "503", "status", "html", "empty", "big", "hang", "wrong_schema", "gzip_bomb", "redirect", "drip"}
AFTER = {"truncate", "wrong_hash", "wrong_epoch", "beyond", "repeat", "lost"}
MODES = frozenset(AT_ONCE | BEFORE | AFTER | wire.MODES | certificates.MODES | {"partial", "refuse", "poison"})


@dataclass
class ReceiverFault:
    """`left`: how many more deliveries (of TLS: connections) it spoils, None until healed. `options` as posted."""

    mode: str
    left: int | None
    options: Mapping[str, object]

    def number(self, name: str, usual: float, least: float = 0) -> float:
        """An option that is a number. Raises InvalidFault."""
        return number_option(self.options, name, usual, least)


class Faults:
    """Holds the fault in force and spoils answers by it."""

    def __init__(self, store: ReceiverStore) -> None:
        self.tls = False  # whether there is a TLS listener to spoil
        self._store = store
        self._fault: ReceiverFault | None = None
        self._lock = threading.Lock()
        self._healed = threading.Event()
        self._previous: ReceiptBody | None = None

    @property
    def mode(self) -> str:
        fault = self._fault
        return fault.mode if fault else ""

    def fail(self, mode: str, times: int | None = None, **options: object) -> None:
        """Spoils the next `times` deliveries, or all of them until healed. Raises InvalidFault."""
        if mode not in MODES:
            raise InvalidFault(f"mode must be one of {', '.join(sorted(MODES))}")
        self._check(ReceiverFault(mode, times, options))
        with self._lock:
            self._healed.clear()
            self._fault = None if mode in AT_ONCE else ReceiverFault(mode, times, options)
        if mode in AT_ONCE:
            self._store.lose(int(number_option(options, "after", 0, 0)))

    def _check(self, fault: ReceiverFault) -> None:
        """Raises InvalidFault for what could only fail later."""
        if fault.mode in wire.MODES:
            Pacing.of(fault.mode, fault.options)
        if fault.mode in certificates.MODES and not self.tls:
            raise InvalidFault("there is no TLS here; start with --tls ADDRESS:PORT")
        poisoned(fault)
        for name in COUNTS & fault.options.keys():
            number_option(fault.options, name, 0, 0)
        if fault.left is not None:
            number_option({"times": fault.left}, "times", 1, 1)
        if fault.mode == "status":
            number_option(fault.options, "status", 0, 200)
        refused_by(fault)

    def heal(self) -> None:
        with self._lock:
            self._fault = None
            self._healed.set()

    def next(self, cursor: bool = False) -> ReceiverFault | None:
        """The fault of this request; questions for the cursor are spoilt only when the fault says `"cursor": true`."""
        with self._lock:
            fault = self._fault
            if fault is None or fault.mode in certificates.MODES or (cursor and not fault.options.get("cursor")):
                return None
            return self._used(fault)

    def certificate(self) -> str:
        """What the next TLS connection is shown: a mode of `certificates`, or GOOD."""
        with self._lock:
            fault = self._fault
            return self._used(fault).mode if fault and fault.mode in certificates.MODES else certificates.GOOD

    def _used(self, fault: ReceiverFault) -> ReceiverFault:
        if fault.left is not None:
            fault.left -= 1
            self._fault = fault if fault.left > 0 else None
        return fault

    def before(self, fault: ReceiverFault) -> Response | None:
        """The answer of a fault that comes before anything is stored."""
        if fault.mode not in BEFORE:
            return None
        if fault.mode == "hang":
            self._healed.wait(fault.number("seconds", HANG_S))
            return Response("late\n", 503)
        return _ANSWERS.get(fault.mode, _status)(fault)

    def after(self, fault: ReceiverFault | None, answer: ReceiptBody) -> Response:
        """The answer to a batch that was stored, spoilt or not."""
        previous, self._previous = self._previous, answer
        mode = fault.mode if fault else ""
        if fault and mode in wire.MODES:
            wire.pace_answer(Pacing.of(mode, fault.options), self._healed)
        if mode == "lost":  # stored, but the answer never gets out whole
            return Response(b"", 504)
        if mode == "repeat":
            answer = previous or {"epoch": None, "accepted_through": 0, "hash": GENESIS, "refused": []}
        if mode == "beyond":
            answer = {**answer, "accepted_through": answer["accepted_through"] + 1000}
        if mode == "wrong_hash":
            answer = {**answer, "hash": "f" * 64}
        if mode == "wrong_epoch":
            answer = {**answer, "epoch": FOREIGN_EPOCH}
        if mode == "truncate":
            return Response(json.dumps(answer)[:40], content_type="application/json")
        return jsonify(answer)


def refused_by(fault: ReceiverFault | None) -> set[int]:
    """Seqs that the receiver will not take while the fault is in force."""
    if fault is None or fault.mode != "refuse":
        return set()
    seqs = fault.options.get("seqs", [fault.options.get("seq", 1)])
    if not isinstance(seqs, list):
        raise InvalidFault("seqs must be a list of numbers")
    return {int(number_option({"seqs": seq}, "seqs", 1, 1)) for seq in seqs}


def poisoned(fault: ReceiverFault | None, batch: object = ()) -> Response | None:
    """The answer to a batch that holds an event which the receiver refuses whole; None when there is none in it."""
    if fault is None or fault.mode != "poison":
        return None
    status, seqs = fault.options.get("status", 422), fault.options.get("seqs", [1])
    if not isinstance(status, int) or not 400 <= status < 500 or not isinstance(seqs, list):
        raise InvalidFault('poison is {"seqs": [seq, …], "status": 4xx}')
    events = [item.get("data") for item in batch if isinstance(item, dict)] if isinstance(batch, list) else []
    held = any(isinstance(event, dict) and event.get("seq") in seqs for event in events)
    return Response("poison\n", status) if held else None


def at_most(fault: ReceiverFault | None, batch: object) -> int | None:
    """How many events of a batch are taken."""
    if fault is None or fault.mode != "partial":
        return None
    size = len(batch) if isinstance(batch, list) else 0
    return int(fault.number("count", max(1, size // 2)))


def _status(fault: ReceiverFault) -> Response:
    headers: dict[str, str] = {}
    if "retry_after" in fault.options:
        headers["Retry-After"] = str(fault.options["retry_after"])
    if "clock_off_s" in fault.options:
        headers["Date"] = formatdate(time.time() + fault.number("clock_off_s", 0, -inf), usegmt=True)
    return Response("failed\n", int(fault.number("status", DEFAULT_STATUS.get(fault.mode, 500))), headers)


def _html(_: ReceiverFault) -> Response:
    return Response("<html><body>Đăng nhập Wi-Fi</body></html>", content_type="text/html; charset=utf-8")


def _empty(_: ReceiverFault) -> Response:
    return Response(b"", content_type="application/json")


def _wrong_schema(_: ReceiverFault) -> Response:
    return jsonify(epoch=7, accepted_through="all", hash=None)


def _gzip_bomb(fault: ReceiverFault) -> Response:
    """So many MiB of blanks in about a thousandth of their size."""
    packed = gzip.compress(b" " * (int(fault.number("mib", 100)) << 20))
    return Response(packed, headers={"Content-Encoding": "gzip"}, content_type="application/json")


def _redirect(_: ReceiverFault) -> Response:
    return Response(b"", 302, {"Location": "http://192.0.2.1/portal"})


def _big(fault: ReceiverFault) -> Response:
    return Response(_endless(int(fault.number("mib", BIG_MIB))), content_type="application/json")


def _drip(fault: ReceiverFault) -> Response:
    return Response(_dripping(fault.number("seconds", HANG_S)), content_type="application/json")


def _endless(mib: int) -> Iterator[bytes]:
    for _ in range(4 * mib):
        yield b" " * (256 * 1024)


def _dripping(seconds: float) -> Iterator[bytes]:
    pause = threading.Event()
    for _ in range(round(seconds / 0.1)):
        pause.wait(0.1)
        yield b" "


_ANSWERS: dict[str, Callable[[ReceiverFault], Response]] = {
    "html": _html,
    "empty": _empty,
    "wrong_schema": _wrong_schema,
    "gzip_bomb": _gzip_bomb,
    "redirect": _redirect,
    "big": _big,
    "drip": _drip,
}
