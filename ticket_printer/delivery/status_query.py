"""Asks DLE EOT 1 to 4 and matches the answers, which carry no number, to their questions by order alone.

An answer that did not come in time may still come, and would then pass for that to the next question. So after a
missing or a surplus answer an exchange counts only when it brought one answer a question and then nothing for as long
as an answer may take.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ticket_printer.delivery.round_trip import RoundTrip, wait_after
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.commands import ask
from ticket_printer.protocol.replies import FullStatus, PrinterReply, RealTime
from ticket_printer.protocol.status import FULL_QUESTION, QUESTIONS

TICK_S = 0.05
SEND_S = 0.5
EXCHANGES = 2  # in a row, to separate the answers of now from older ones
MERGED_FAILURES = 2  # a printer that leaves answers out so often is asked one question at a time


class StatusLine(Protocol):
    """`wire_free_at`: when everything that was sent will have passed a slow wire, on the `monotonic` clock."""

    @property
    def monotonic(self) -> Callable[[], float]: ...
    @property
    def wire_free_at(self) -> float: ...
    def listen(self, timeout_s: float) -> list[PrinterReply]: ...
    def send(self, data: bytes, deadline: float) -> None: ...
    def discard_replies(self) -> None: ...


class StatusQuery:
    """`synchronized`: no answer to an earlier question can still come."""

    def __init__(self, line: StatusLine, round_trip: RoundTrip, presenter: bool, synchronized: bool) -> None:
        self._line, self._round_trip = line, round_trip
        self._questions = (*QUESTIONS, FULL_QUESTION) if presenter else QUESTIONS
        self.synchronized = synchronized
        self._awaited = 0  # answers that may still come
        self._received: list[RealTime | FullStatus] = []
        self._merged_failures = 0
        self._active_at = float("-inf")
        self._waited = False  # in vain, since then nothing was asked or answered
        self._longest_s: float | None = None  # of the answers of this exchange

    def record(self, reply: RealTime | FullStatus) -> bool:
        """Note an answer that came; whether a question for it was open."""
        self._active_at, self._waited = self._line.monotonic(), False
        self._received.append(reply)
        if self._awaited == 0:
            self.synchronized = False
            return False
        self._awaited -= 1
        return True

    def ask(self) -> dict[int, RealTime | FullStatus]:
        """The answers by their question; fewer when the printer leaves some out or they cannot be told apart.

        Takes the wait of the round trip for each missing answer. Raises PrinterError when the line is gone.
        """
        self._line.discard_replies()
        if self.synchronized:
            answers = self._ask_together() if self._merged_failures < MERGED_FAILURES else self._ask_one_by_one()
            self.synchronized = self.synchronized and len(answers) == len(self._questions)
            if self.synchronized or not answers:
                return answers
        for _ in range(EXCHANGES):
            silent_before = self._is_silent()
            answers = self._ask_one_by_one()
            if self._waited:
                return answers if silent_before else {}
            if self._nothing_follows() and answers:
                self.synchronized = True
                return answers
        return {}

    def _is_silent(self) -> bool:
        """Whether nothing was asked or answered for as long as an answer may take: none is on its way."""
        silent = self._waited or self._line.monotonic() - self._active_at >= self._round_trip.wait_s
        if silent:
            self._awaited = 0
        return silent

    def _ask_together(self) -> dict[int, RealTime | FullStatus]:
        if not self._begin(self._questions) or not self._receive(len(self._questions)):
            self._merged_failures += 0 < len(self._received) < len(self._questions)
            return {} if not self._received else {QUESTIONS[0]: self._received[0]}
        return self._matched()

    def _ask_one_by_one(self) -> dict[int, RealTime | FullStatus]:
        """As far as they were answered."""
        received: list[RealTime | FullStatus] = []
        for question in self._questions:
            if not self._begin((question,)) or not self._receive(1):
                break
            received += self._received
        self._received = received
        return self._matched()

    def _matched(self) -> dict[int, RealTime | FullStatus]:
        """Nothing when there are more answers than questions, or one of another kind than its question."""
        received = self._received
        if len(received) > len(self._questions):
            self.synchronized = False
            return {}
        pairs = dict(zip(self._questions, received, strict=False))
        if any(isinstance(reply, FullStatus) != (question == FULL_QUESTION) for question, reply in pairs.items()):
            self.synchronized = False
            return {}
        if len(pairs) == len(self._questions):
            self._round_trip.measure(self._longest_s or 0.0)
        return pairs

    def _begin(self, questions: tuple[int, ...]) -> bool:
        """Send the questions; False when the printer is too full to take them."""
        self._received = []
        if questions[0] == QUESTIONS[0]:
            self._longest_s = None
        self._awaited += len(questions)
        try:
            self._line.send(b"".join(map(ask, questions)), self._line.monotonic() + SEND_S)
        except PrinterError as error:
            if error.link_lost:
                raise
            self._waited = True
            return False
        self._active_at, self._waited = self._line.monotonic(), False
        return True

    def _receive(self, count: int) -> bool:
        """Wait for so many answers; False after a silence that is too long for a printer like this one."""
        since = max(self._line.monotonic(), self._line.wire_free_at)
        while (received := len(self._received)) < count:
            left = since + self._wait_s() - self._line.monotonic()
            if left <= 0:
                if self._longest_s is None:
                    self._round_trip.note_silence()
                self._waited = True
                return False
            self._line.listen(min(left, TICK_S))
            if len(self._received) > received:
                now = self._line.monotonic()
                self._longest_s, since = max(self._longest_s or 0.0, now - since), now
        return True

    def _wait_s(self) -> float:
        """For the next answer: no longer than this exchange's own answers make likely."""
        wait_s = self._round_trip.wait_s
        return wait_s if self._longest_s is None else min(wait_s, wait_after(self._longest_s))

    def _nothing_follows(self) -> bool:
        """Whether no further answer comes for as long as an answer may take."""
        received, until = len(self._received), self._line.monotonic() + self._round_trip.wait_s
        while len(self._received) == received and (left := until - self._line.monotonic()) > 0:
            self._line.listen(min(left, TICK_S))
        return len(self._received) == received
