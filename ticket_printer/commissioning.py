"""What a printer can really do, found out with the printer in front of one: questions, a page, a pair of hands.

Nothing here trusts a profile. Extra commands are sent that a printer which lacks them may print as a few characters;
in service the driver never does that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from escpos.constants import HW_INIT, S_RASTER_N
from PIL import Image

from ticket_printer.commands import ASK_PAPER_IN_TURN, NOT_CHINESE, STATUS_BACK, process_id
from ticket_printer.errors import PrinterError
from ticket_printer.escpos_bytes import without_realtime
from ticket_printer.line import Line
from ticket_printer.profiles import Profile
from ticket_printer.replies import Automatic, Block, InTurn, Reply
from ticket_printer.status import Status
from ticket_printer.transport import Transport

PAGE_S = 25.0  # the page at 19,200 baud and a slow motor
PROOF_S = 8.0  # after the last byte: what the printer holds, and the cut
TELLS_S = 0.6
HONEST_S = 1.5
LOOK_S = 0.3
TRIES = 3
JOB = 4711
ROWS = 24  # of one band
HELD = 8192  # bytes that the machine's port and the printer may still hold when all are sent
TO_TEAR = b"\x1bd\x05"
RESET = bytes(HW_INIT) + NOT_CHINESE


@dataclass(frozen=True, slots=True)
class Findings:
    """What was seen. `answers`: it answers DLE EOT. `tells`: it reports changes by itself (GS a).

    `cover`, `paper`, `near_end`: its answers showed them when hands caused them. `in_turn`, `process_id`: GS r and
    GS ( H were answered behind the cut. `honest`: neither was answered while the paper was out; None: not tried.
    """

    answers: bool = False
    tells: bool = False
    cover: bool = False
    paper: bool = False
    near_end: bool = False
    in_turn: bool = False
    process_id: bool = False
    honest: bool | None = None


def learned(base: Profile, found: Findings, eyes: dict[str, Any]) -> Profile:
    """The profile that these findings justify: what a printer tells counts only when it was seen to tell it.

    `eyes`: fields that somebody read off the paper (width_dots, dpi, doubling, native_qr, cutter …); what nobody
    looked at stays as it is in `base`.
    """
    trusted = found.answers and found.cover and found.paper
    proof = "none"
    if trusted and found.honest:
        proof = "process_id" if found.process_id else "queue" if found.in_turn else "none"
    told: dict[str, Any] = {
        "status_trusted": trusted, "status_back": trusted and found.tells, "near_end": found.near_end, "proof": proof,
    }  # fmt: skip
    return Profile.model_validate(base.model_dump() | told | eyes)


@dataclass
class Examination:
    """One printer on an open line. Each step adds to `found`; PrinterError when the line is gone."""

    transport: Transport
    monotonic: Callable[[], float]
    found: Findings = field(default_factory=Findings)

    def __post_init__(self) -> None:
        self._line = Line(self.transport, self.monotonic)

    def ask(self) -> Status:
        """How the printer is; the first silence may be chance."""
        for _ in range(TRIES):
            status = self._line.status()
            if status.state != "UNKNOWN":
                self.found = replace(self.found, answers=True)
                return status
        return status

    def greet(self) -> Status:
        """Bring the printer to its start, ask how it is and whether it reports by itself."""
        self.send(RESET, TELLS_S)
        status = self.ask()
        if status.state == "OK":
            self.send(STATUS_BACK, TELLS_S)
            self._heard(TELLS_S)
        return status

    def print(self, page: Image.Image, known: Profile) -> bool:
        """The page and the profile's cut; whether the printer answered something behind it."""
        end = ending(known) + (ASK_PAPER_IN_TURN + process_id(JOB) if self.found.answers else b"")
        if not all(self.send(piece) for piece in (*bands(page), end)):
            return False
        self.transport.finish(PAGE_S)
        if not self.found.answers:
            self._heard(TELLS_S + self._held_s())  # closing the line would drop what is still on its way
            return False
        self._heard(PROOF_S + self._held_s(), enough=lambda: self.found.in_turn or self.found.process_id)
        self._heard(TELLS_S, enough=lambda: self.found.process_id)  # it stands right behind the other
        return self.found.in_turn or self.found.process_id

    def wait_for(self, reason: str | None, seconds: float, given_up: Callable[[], bool]) -> Status | None:
        """Until the printer says this fault, or with None that it is well; None when it did not in time."""
        end = self.monotonic() + seconds
        while self.monotonic() < end and not given_up():
            status = self._line.status()
            if status.reason == reason and status.state == ("OK" if reason is None else "FAULT"):
                return status
            self._heard(LOOK_S)
        return None

    def saw_cover(self) -> None:
        told = self._line.told is not None and self._line.told.state == "FAULT"
        self.found = replace(self.found, cover=True, tells=self.found.tells and told)

    def saw_paper(self, status: Status) -> None:
        """With the whole roll taken out, a printer with the sensor also says that the end is near."""
        self.found = replace(self.found, paper=True, near_end=status.near_end)

    def try_honesty(self) -> None:
        """While the paper is out a proof must not come: one that does would be given for paper that never moved."""
        self.send(ASK_PAPER_IN_TURN + process_id(JOB + 1), TELLS_S)
        replies = self._heard(HONEST_S)
        self.found = replace(self.found, honest=not any(_is_proof(reply) for reply in replies))

    def after_refill(self) -> None:
        """Answers held back till now are not those of the next question."""
        self._heard(TELLS_S)

    def send(self, data: bytes, seconds: float = PAGE_S) -> bool:
        """Whether the printer took all of it."""
        try:
            self._line.send(data, self.monotonic() + seconds)
        except PrinterError as error:
            if error.reason == "unreachable":
                raise
            return False
        return True

    def _held_s(self) -> float:
        return HELD / self.transport.bytes_per_s if self.transport.bytes_per_s else 0.0

    def _heard(self, seconds: float, enough: Callable[[], bool] = lambda: False) -> list[Reply]:
        replies: list[Reply] = []
        end = self.monotonic() + seconds
        while self.monotonic() < end and not enough():
            new = self._line.listen(min(LOOK_S, max(0.0, end - self.monotonic())))
            self._note(new)
            replies += new
        return replies

    def _note(self, replies: list[Reply]) -> None:
        for reply in replies:
            if isinstance(reply, Automatic):
                self.found = replace(self.found, tells=True)
            elif isinstance(reply, InTurn):
                self.found = replace(self.found, in_turn=True)
            elif isinstance(reply, Block) and reply.data[:2] == b"\x37\x22":
                self.found = replace(self.found, process_id=True)


def ending(known: Profile) -> bytes:
    """The cut and what follows it; without a cutter five lines, past the teeth."""
    return TO_TEAR if known.cutter == "none" else bytes.fromhex(known.cut + known.after_cut)


def bands(page: Image.Image) -> list[bytes]:
    """The page as GS v 0 commands of a few rows each."""
    stride, data = page.width // 8, page.tobytes()
    found = []
    for at in range(0, len(data), stride * ROWS):
        band = data[at : at + stride * ROWS]
        size = stride.to_bytes(2, "little") + (len(band) // stride).to_bytes(2, "little")
        found.append(bytes(S_RASTER_N) + size + without_realtime(band))
    return found


def _is_proof(reply: Reply) -> bool:
    return isinstance(reply, InTurn) or (isinstance(reply, Block) and reply.data[:2] == b"\x37\x22")
