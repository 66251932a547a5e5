"""The connection to one printer: opened when needed, again after a fault, each time later; cleared when in doubt."""

from __future__ import annotations

from collections.abc import Callable

from ticket_printer.delivery.printer_link import PrinterLink
from ticket_printer.delivery.round_trip import RoundTrip
from ticket_printer.errors import UNREACHABLE, PrinterError
from ticket_printer.protocol.commands import ASK_PAPER_IN_TURN, CLEAR_BUFFERS, CLEAR_ERROR
from ticket_printer.protocol.status import Status
from ticket_printer.transport import PrinterAddress

FIRST_RETRY_S, LAST_RETRY_S = 0.25, 2.0
CLEAR_S = 0.3
ROUND_S = 1.0  # a question in turn, to a printer that has nothing else to do
QUIET_S = 0.8  # longer than any pause between two old answers: a cut, or one piece of a slip
CATCH_UP_S = 4.0
LISTEN_ROUNDS = 20
SILENT_QUESTIONS = 3  # in a row, on a line that never answered: then it is opened anew


def retry_delay(failures: int) -> float:
    """Seconds until the next try to connect after so many failures in a row; none after a line that worked."""
    return 0.0 if failures == 0 else min(LAST_RETRY_S, FIRST_RETRY_S * 2.0 ** (min(failures, 16) - 1))


class Connection:
    """`doubtful`: a piece of an earlier slip may still be in the printer, and answers to it may still come.

    `expects_answers`: silence of this printer is a fault of the printer or of its line.
    """

    def __init__(self, url: str, presenter: bool, monotonic: Callable[[], float], expects_answers: bool = True) -> None:
        self._address = PrinterAddress(url)
        self._presenter = presenter
        self._monotonic = monotonic
        self._link: PrinterLink | None = None
        self._failures = 0
        self._not_before = float("-inf")
        self._last_failure = UNREACHABLE
        self._needs_clearing = False  # what was to be thrown away may still be in the printer
        self._cleared_link: PrinterLink | None = None  # on which the order to clear was sent
        self._partial_command = False  # half a command may be in the printer
        self._expects_answers = expects_answers
        self._link_answered = False
        self._silences = 0  # in a row
        self._synchronized = True  # no printer owes an answer to a question on a line before this one
        self.round_trip = RoundTrip()
        self.doubtful = False

    @property
    def answers(self) -> bool:
        """Whether anything can come back: on the open link, else on a line of this kind."""
        return self._address.answers if self._link is None else self._link.transport.answers

    @property
    def clean_link(self) -> PrinterLink | None:
        """The link if it is open and its printer was cleared after the last fault."""
        return None if self._needs_clearing else self._link

    def link(self) -> PrinterLink:
        """Raises PrinterError: unreachable or unsupported, at once while it is too early for another try."""
        if self._link is None:
            self._link = self._open()
        if self._needs_clearing and self._cleared_link is not self._link:
            self._clear_printer(self._link)
        return self._link

    def status(self) -> Status:
        """Ask the printer; a line that fell silent is asked once more, then opened anew and asked again.

        Nothing but an answer tells a dead line from a printer that is off. Raises PrinterError.
        """
        status = self.link().status()
        if self._is_silent(status) and self._link_answered:
            status = self.link().status()
        if not self._is_silent(status):
            self._silences, self._link_answered = 0, self._link_answered or status.state != "UNKNOWN"
            return status
        self._silences += 1
        if not self._link_answered and self._silences % SILENT_QUESTIONS:
            return status
        self.drop()
        return self.link().status()

    def _is_silent(self, status: Status) -> bool:
        return status.state == "UNKNOWN" and self._expects_answers and self.answers

    def confirm_answer(self) -> None:
        """The printer answered: what was sent on this link before arrived. A write alone proves nothing."""
        if self._link is not None and self._cleared_link is self._link:
            self._needs_clearing = False

    def distrust(self) -> None:
        """Something went wrong in mid-slip: drop what is on the wire, and clear the printer as soon as it listens."""
        self.doubtful = self._needs_clearing = self._partial_command = True
        self._cleared_link = None
        self.drop()

    def trust(self) -> None:
        self.doubtful = False

    def drop(self) -> None:
        if self._link is not None:
            self._synchronized = self._link.is_synchronized
            self._link.transport.abort()
            self._link = None

    def close(self) -> None:
        if self._link is not None:
            self._link.transport.close()
            self._link = None

    def resynchronise(self, terminator: bytes) -> bool:
        """Whether the printer answers in turn again and owes nothing: an old answer could pass for a new one.

        `terminator` ends what may have been cut short in the printer. Old answers come before new ones, so after a long
        silence one question must bring just one answer.
        """
        until = self._monotonic() + CATCH_UP_S
        try:
            link = self.link()
            if self._partial_command:
                link.send(terminator, until)
            while self._monotonic() < until:
                if self._answers_just_once(link):
                    self._partial_command = False
                    link.begin_slip()
                    return True
        except PrinterError:
            self.drop()
        return False

    def _answers_just_once(self, link: PrinterLink) -> bool:
        link.begin_slip()
        _listen_until_silent(link, QUIET_S)
        link.stray = 0
        link.owed.append(len(ASK_PAPER_IN_TURN))
        link.send(ASK_PAPER_IN_TURN, self._monotonic() + CLEAR_S)
        until = self._monotonic() + ROUND_S
        while link.owed and self._monotonic() < until:
            link.listen(CLEAR_S / 3)
        answered = not link.owed
        _listen_until_silent(link, CLEAR_S)
        return answered and link.stray == 0

    def _open(self) -> PrinterLink:
        if self._monotonic() < self._not_before:
            raise PrinterError(self._last_failure, retryable=True, detail="the next try to connect comes later")
        try:
            transport = self._address.open()
        except PrinterError as error:
            self._failures += 1
            self._last_failure = error.reason
            delay = retry_delay(self._failures) if error.retryable else LAST_RETRY_S
            self._not_before = self._monotonic() + delay
            raise
        self._failures = 0
        self._link_answered = False
        return PrinterLink(
            transport, self._monotonic, self._presenter, round_trip=self.round_trip, synchronized=self._synchronized
        )

    def _clear_printer(self, link: PrinterLink) -> None:
        try:
            link.send(CLEAR_ERROR + CLEAR_BUFFERS, self._monotonic() + CLEAR_S)
        except PrinterError as error:
            if error.link_lost:
                self.drop()
                raise
            return  # the printer is too full to listen; the next use of the link tries again
        self._cleared_link = link
        link.listen(CLEAR_S)


def _listen_until_silent(link: PrinterLink, silence_s: float) -> None:
    """Until nothing came for so long, a few seconds at most."""
    for _ in range(LISTEN_ROUNDS):
        if not link.listen(silence_s):
            return
