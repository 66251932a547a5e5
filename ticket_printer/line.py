"""One open line to a printer: questions, their answers, and what the printer says by itself."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from ticket_printer.commands import ASK_PAPER_IN_TURN, ask, process_mark
from ticket_printer.errors import PrinterError
from ticket_printer.replies import Automatic, Block, FullStatus, InTurn, Noise, RealTime, Reply, Sorter
from ticket_printer.status import FULL_QUESTION, QUESTIONS, Status, from_answers, from_automatic
from ticket_printer.transport import Transport

ANSWER_S = 0.5  # all questions together
TICK_S = 0.05
STALL_S = 1.0  # even at 9600 baud a working printer takes something within this time
LATE_S = 0.2
TOGETHER_S = 0.25
LATE_READS = 64  # a line that never falls silent is not listened to for ever


@dataclass
class Line:
    """`owed`: bytes that each answer to GS r still to come stands for. `told`: the last status sent unasked.

    `stray` counts what nobody asked for: noise, echoes, answers of an earlier slip. `presenter`: as in the profile.
    """

    transport: Transport
    monotonic: Callable[[], float]
    presenter: bool = False
    owed: deque[int] = field(default_factory=deque)
    told: Status | None = None
    marks: set[bytes] = field(default_factory=set)
    stray: int = 0
    answered_in_turn: bool = False
    _questions: int = 0  # still to be answered
    _slowly: bool = False  # whether it wants one question at a time

    def __post_init__(self) -> None:
        self._sorter = Sorter(self.presenter)

    def listen(self, timeout_s: float) -> list[Reply]:
        """Replies that came within the time; barriers and reports are noted on the way."""
        replies = self._sorter.feed(self.transport.read(timeout_s))
        for reply in replies:
            self._note(reply)
        return replies

    def settle(self) -> None:
        """Throw away what came late, so that it cannot answer the next question."""
        until = self.monotonic() + LATE_S
        while self._questions and self.monotonic() < until:
            self.listen(TICK_S)
        self._questions = 0
        for _ in range(LATE_READS):
            if not self.listen(0.0):
                return

    def send(self, data: bytes, deadline: float) -> None:
        """Raises PrinterError: a fault told meanwhile, or "deadline", also when the printer stops taking bytes."""
        moved_at = self.monotonic()
        while data:
            now = self.monotonic()
            if now >= min(deadline, moved_at + STALL_S):
                raise PrinterError("deadline", True, "the printer takes no more bytes")
            taken = self.transport.write(data, min(deadline - now, TICK_S))
            if taken:
                moved_at = now
            else:
                self.listen(0.0)
                if self.told is not None and self.told.stands_still:
                    raise PrinterError(str(self.told.reason), True)
            data = data[taken:]

    def send_in_turn(self, data: bytes, deadline: float) -> None:
        """Whole commands and, behind them, the question whose answer says that they are done."""
        self.owed.append(len(data))
        self.send(data + ASK_PAPER_IN_TURN, deadline)

    def status(self) -> Status:
        """Ask the questions one after the other; the wait for all is half a second. The port's own word counts too."""
        found = self._asked() if self.transport.answers else Status("UNKNOWN", "no_answer")
        if found.state != "UNKNOWN":
            return found
        trouble = self.transport.trouble()
        return Status("FAULT", trouble) if trouble else found

    def fresh(self) -> None:
        """Before a slip: nothing that was half read or told earlier counts for it."""
        self.settle()
        self._sorter.forget()
        self.marks.clear()
        self.owed.clear()
        self.told = None
        self.stray = 0

    def printed(self, job: int) -> bool:
        return process_mark(job) in self.marks

    def _note(self, reply: Reply) -> None:
        if isinstance(reply, InTurn):
            if self.owed:
                self.owed.popleft()
                self.answered_in_turn = True
            else:
                self.stray += 1
        elif isinstance(reply, RealTime | FullStatus):
            self.stray += self._questions == 0
            self._questions = max(0, self._questions - 1)
        elif isinstance(reply, Automatic):
            self.told = from_automatic(reply)
        elif isinstance(reply, Block) and reply.data[:2] == b"\x37\x22":
            self.marks.add(reply.data[2:])
        elif isinstance(reply, Noise):
            self.stray += 1

    def _asked(self) -> Status:
        self.settle()
        until = self.monotonic() + ANSWER_S
        answers = self._all_at_once() or self._one_by_one(until)
        if len(answers) < len(QUESTIONS):
            return self.told if self.told and self.told.stands_still else from_answers(answers)
        full = self._answer(FULL_QUESTION, until) if self.presenter else None
        if self.presenter and not isinstance(full, FullStatus):
            del answers[QUESTIONS[0]]  # a presenter that does not answer for its mouth has not answered
        return from_answers(answers, full if isinstance(full, FullStatus) else None)

    def _all_at_once(self) -> dict[int, int]:
        """All answers by their question in one exchange; none from a printer that leaves some out."""
        if self._slowly:
            return {}
        until = self.monotonic() + TOGETHER_S
        heard: list[int] = []
        with contextlib.suppress(Unanswered):
            self._put(b"".join(map(ask, QUESTIONS)), len(QUESTIONS), until)
            while len(heard) < len(QUESTIONS) and (left := until - self.monotonic()) > 0:
                heard += [reply.byte for reply in self.listen(min(left, TICK_S)) if isinstance(reply, RealTime)]
        if len(heard) == len(QUESTIONS):
            return dict(zip(QUESTIONS, heard, strict=True))
        self._slowly = True
        self.settle()
        return {}

    def _one_by_one(self, until: float) -> dict[int, int]:
        answers: dict[int, int] = {}
        for question in QUESTIONS:
            answer = self._answer(question, until)
            if not isinstance(answer, RealTime):
                break
            answers[question] = answer.byte
        return answers

    def _answer(self, question: int, until: float) -> RealTime | FullStatus | None:
        """None: it did not come in time."""
        kind = FullStatus if question == FULL_QUESTION else RealTime
        with contextlib.suppress(Unanswered):
            self._put(ask(question), 1, until)
            while (left := until - self.monotonic()) > 0:
                for reply in self.listen(min(left, TICK_S)):
                    if isinstance(reply, kind):
                        return reply
        return None

    def _put(self, questions: bytes, count: int, until: float) -> None:
        """Raises Unanswered when the printer takes no questions, PrinterError when the line is gone."""
        try:
            self.send(questions, until)
        except PrinterError as error:
            if error.reason == "unreachable":
                raise
            raise Unanswered from error
        self._questions += count


class Unanswered(Exception):
    """The printer is too full to listen."""
