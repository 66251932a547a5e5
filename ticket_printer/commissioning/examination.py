"""Examines what a printer can really do: by questions, a printed page and a person who opens the cover.

Nothing here trusts a profile. Extra commands are sent that a printer which lacks them may print as a few characters;
in service the driver never does that.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import field, replace
from typing import Any

from escpos.constants import HW_INIT, S_RASTER_N
from PIL import Image

from contract.records import dataclass
from ticket_printer.delivery.printer_link import PrinterLink
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.commands import ASK_PAPER_IN_TURN, NOT_CHINESE, STATUS_BACK, process_id
from ticket_printer.protocol.profiles import Profile
from ticket_printer.protocol.replies import Automatic, Block, InTurn, PrinterReply
from ticket_printer.protocol.status import Status
from ticket_printer.rendering.band_commands import Dialect, defuse_realtime
from ticket_printer.transport import Transport

PAGE_S = 25.0  # the page at 19,200 baud and a slow motor
PROOF_S = 8.0  # after the last byte: what the printer holds, and the cut
TELLS_S = 0.6
HONEST_S = 1.5
LOOK_S = 0.3
TRIES = 3
EXCHANGES = 8  # that are measured
LONGEST_MS = 2000  # that a profile may hold
JOB = 4711
ROWS = 24  # of one band
HELD = 8192  # bytes that the machine's port and the printer may still hold when all are sent
RESET = bytes(HW_INIT) + NOT_CHINESE


@dataclass(frozen=True, slots=True)
class ExaminationResult:
    """What was seen. `answers`: it answers DLE EOT. `tells`: it reports changes by itself (GS a).

    `cover`, `paper`, `near_end`: its answers showed them when hands caused them. `in_turn`, `process_id`: GS r and
    GS ( H were answered behind the cut. `honest`: neither was answered while the paper was out; None: not tried.
    `answer_ms`: the longest answer of some exchanges, in milliseconds; 0: none was answered.
    """

    answers: bool = False
    tells: bool = False
    cover: bool = False
    paper: bool = False
    near_end: bool = False
    in_turn: bool = False
    process_id: bool = False
    honest: bool | None = None
    answer_ms: int = 0


def derive_profile(base: Profile, result: ExaminationResult, eyes: dict[str, Any]) -> Profile:
    """The profile that these results justify: an answer counts only when it was seen to change.

    `eyes`: fields that somebody read off the paper (width_dots, dpi, doubling, native_qr, cutter …); what nobody
    looked at stays as it is in `base`.
    """
    trusted = result.answers and result.cover and result.paper
    proof = "none"
    if trusted and result.honest:
        proof = "process_id" if result.process_id else "queue" if result.in_turn else "none"
    proven: dict[str, Any] = {
        "status_trusted": trusted,
        "status_back": trusted and result.tells,
        "near_end": result.near_end,
        "proof": proof,
        "answer_ms": min(result.answer_ms, LONGEST_MS),
    }
    return Profile.model_validate(base.model_dump() | proven | eyes)


@dataclass
class Examination:
    """One printer on an open line. Each step adds to `result`; PrinterError when the line is gone."""

    transport: Transport
    monotonic: Callable[[], float]
    result: ExaminationResult = field(default_factory=ExaminationResult)

    def __post_init__(self) -> None:
        self._link = PrinterLink(self.transport, self.monotonic)

    def ask(self) -> Status:
        """How the printer is; the first silence may be chance."""
        for _ in range(TRIES):
            status = self._link.status()
            if status.state != "UNKNOWN":
                self.result = replace(self.result, answers=True)
                return status
        return status

    def greet(self) -> Status:
        """Bring the printer to its start, ask how it is and whether it reports by itself."""
        self.send(RESET, TELLS_S)
        status = self.ask()
        if status.state == "OK":
            self.send(STATUS_BACK, TELLS_S)
            self._listen_for(TELLS_S)
            self._measure()
        return status

    def _measure(self) -> None:
        """How long its answers take, while it has nothing else to do."""
        for _ in range(EXCHANGES):
            self._link.status()
        longest_s = self._link.round_trip.longest_s
        if longest_s is not None:
            self.result = replace(self.result, answer_ms=max(1, math.ceil(longest_s * 1000)))

    def print(self, page: Image.Image, known: Profile) -> bool:
        """The page and the profile's cut; whether the printer answered something behind it."""
        end = Dialect.of(known).ending + (ASK_PAPER_IN_TURN + process_id(JOB) if self.result.answers else b"")
        if not all(self.send(piece) for piece in (*raster_commands(page), end)):
            return False
        self.transport.finish(PAGE_S)
        if not self.result.answers:
            self._listen_for(TELLS_S + self._held_s())  # closing the line would drop what is still on its way
            return False
        self._listen_for(PROOF_S + self._held_s(), enough=lambda: self.result.in_turn or self.result.process_id)
        self._listen_for(TELLS_S, enough=lambda: self.result.process_id)  # it stands right behind the other
        return self.result.in_turn or self.result.process_id

    def wait_for(self, reason: str | None, seconds: float, given_up: Callable[[], bool]) -> Status | None:
        """Polls until the printer reports this fault, or with None that it is well; None when it did not in time."""
        end = self.monotonic() + seconds
        while self.monotonic() < end and not given_up():
            status = self._link.status()
            if status.reason == reason and status.state == ("OK" if reason is None else "FAULT"):
                return status
            self._listen_for(LOOK_S)
        return None

    def saw_cover(self) -> None:
        reported = self._link.report is not None and self._link.report.state == "FAULT"
        self.result = replace(self.result, cover=True, tells=self.result.tells and reported)

    def saw_paper(self, status: Status) -> None:
        """With the whole roll taken out, a printer with the sensor also says that the end is near."""
        self.result = replace(self.result, paper=True, near_end=status.near_end)

    def try_honesty(self) -> None:
        """While the paper is out a proof must not come: one that does would be given for paper that never moved."""
        self.send(ASK_PAPER_IN_TURN + process_id(JOB + 1), TELLS_S)
        replies = self._listen_for(HONEST_S)
        self.result = replace(self.result, honest=not any(_is_proof(reply) for reply in replies))

    def after_refill(self) -> None:
        """Answers held back till now are not those of the next question."""
        self._listen_for(TELLS_S)

    def send(self, data: bytes, seconds: float = PAGE_S) -> bool:
        """Whether the printer took all of it."""
        try:
            self._link.send(data, self.monotonic() + seconds)
        except PrinterError as error:
            if error.link_lost:
                raise
            return False
        return True

    def _held_s(self) -> float:
        return HELD / self.transport.bytes_per_s if self.transport.bytes_per_s else 0.0

    def _listen_for(self, seconds: float, enough: Callable[[], bool] = lambda: False) -> list[PrinterReply]:
        replies: list[PrinterReply] = []
        end = self.monotonic() + seconds
        while self.monotonic() < end and not enough():
            new = self._link.listen(min(LOOK_S, max(0.0, end - self.monotonic())))
            self._note(new)
            replies += new
        return replies

    def _note(self, replies: list[PrinterReply]) -> None:
        for reply in replies:
            if isinstance(reply, Automatic):
                self.result = replace(self.result, tells=True)
            elif isinstance(reply, InTurn):
                self.result = replace(self.result, in_turn=True)
            elif isinstance(reply, Block) and reply.data[:2] == b"\x37\x22":
                self.result = replace(self.result, process_id=True)


def raster_commands(page: Image.Image) -> list[bytes]:
    """The page as GS v 0 commands of a few rows each."""
    stride, data = page.width // 8, page.tobytes()
    commands = []
    for at in range(0, len(data), stride * ROWS):
        band = data[at : at + stride * ROWS]
        size = stride.to_bytes(2, "little") + (len(band) // stride).to_bytes(2, "little")
        commands.append(bytes(S_RASTER_N) + size + defuse_realtime(band))
    return commands


def _is_proof(reply: PrinterReply) -> bool:
    return isinstance(reply, InTurn) or (isinstance(reply, Block) and reply.data[:2] == b"\x37\x22")
