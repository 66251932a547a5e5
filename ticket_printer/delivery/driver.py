"""A ticket printer: takes a slip, returns what became of it, as far as the printer proves it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Literal

from contract.records import dataclass
from ticket_printer.delivery.connection import Connection
from ticket_printer.delivery.delivery_protocol import DeliveryProtocol
from ticket_printer.delivery.presenter import PresenterDriver
from ticket_printer.delivery.slip_encoder import SlipEncoder
from ticket_printer.errors import PrinterError, SlipNotDrawn, SlipRefused
from ticket_printer.protocol.commands import BAND_ROWS, CUT
from ticket_printer.protocol.profiles import profile
from ticket_printer.protocol.status import Status
from ticket_printer.rendering.render_mode import RenderMode, baud_of
from ticket_printer.slip import Slip

OutcomeState = Literal["PRINTED", "NOT_PRINTED", "UNKNOWN"]
NOT_DRAWN = "not_drawn"  # the reason of a slip that cannot be put on paper
NOT_TAKEN = "not_taken"  # the reason of a slip that a presenter has no room for
WHOLE_SLIP = {None, "no_proof", "garbled"}  # what is missing of a proof when every byte was taken
log = logging.getLogger("ticket_printer")


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """PRINTED: proven, cut included. NOT_PRINTED: nothing of it is on its way. UNKNOWN: nobody knows.

    `reason`: a code.
    """

    state: OutcomeState
    reason: str | None = None


class TicketPrinter:
    """One printer of one address. Used by one thread; the line is opened when needed and again after a fault."""

    def __init__(
        self,
        url: str,
        profile_name: str,
        width_dots: int | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises PrinterError: unsupported, when there is no such profile."""
        self._profile = known = profile(profile_name)
        self._monotonic = monotonic
        self._connection = Connection(url, known.presenter, monotonic, known.status_trusted)
        if known.answer_ms:
            self._connection.round_trip.known_s = known.answer_ms / 1000
        self._presenter = PresenterDriver(self._connection, monotonic) if known.presenter else None
        self._answers_in_turn: bool | None = None  # not known before the first slip
        self.width = (width_dots or known.width_dots) // 8 * 8
        self._encoder = SlipEncoder(known, self.width, baud_of(url), monotonic, lambda: self._connection.clean_link)

    @property
    def render_mode(self) -> RenderMode:
        """How its slips are printed, and why."""
        return self._encoder.preferred_mode

    def prepare(self, samples: Callable[[], Iterable[Slip]]) -> bool:
        """One step of work for a printer that is idle; whether there is more. Never raises, opens no line.

        Samples that cannot be drawn are not kept in the printer; slips are then drawn one by one.
        """
        link = self._connection.clean_link
        if link is None or self._connection.doubtful:
            return False
        try:
            return self._encoder.prepare(link, samples)
        except PrinterError:
            self._connection.distrust()
        except Exception:
            log.exception("the pictures for the printer's memory cannot be drawn")
            self._encoder.give_up()
        return False

    @property
    def mute(self) -> bool:
        """Whether it is this printer's nature to say nothing of itself: then silence is no fault."""
        return not (self._profile.status_trusted and self._connection.answers)

    def status(self) -> Status:
        """Asks the printer; a line that fell silent is opened anew, which takes some seconds at most."""
        try:
            status = self._connection.status()
        except PrinterError as error:
            self._connection.drop()
            return Status("UNKNOWN", error.reason)
        if status.state == "UNKNOWN":
            self._encoder.forget_memory()
        else:
            self._connection.confirm_answer()
        return status if self._profile.near_end else replace(status, near_end=False)

    def free_presenter(self) -> bool:
        """Whether the next slip may come: False while a presenter's slip may still be taken. Ejects one left long."""
        return self._presenter is None or self._presenter.free()

    @property
    def occupied(self) -> bool:
        """Whether a presenter holds a slip, as far as is known; at first nobody knows, and it counts."""
        return self._presenter is not None and self._presenter.occupied

    @property
    def ejected(self) -> int:
        """How many slips a presenter ejected since nobody took them in time."""
        return self._presenter.ejected if self._presenter else 0

    def distrust(self) -> None:
        """An earlier user of the printer died in mid-slip: it is cleared before anything else is printed."""
        self._connection.distrust()

    def print(self, slip: Slip, job: int) -> PrintOutcome:
        """`job` tells slips apart in the printer's proof; count it upwards."""
        return self.send(self._encoder.encode(slip), job)

    def send(self, parts: Iterable[bytes], job: int) -> PrintOutcome:
        """Print a slip that comes as whole commands, the last of them its cut; drawn only when the printer is well."""
        before = self._status_before_slip()
        if refusal := self.refusal(before) or (NOT_TAKEN if before.slip_waiting else None):
            return PrintOutcome("NOT_PRINTED", refusal)
        try:
            return self._deliver(parts, job, before.state == "OK")
        except SlipRefused as error:
            log.warning("%s", error)
            return PrintOutcome("NOT_PRINTED", error.reason)
        except PrinterError as error:
            return PrintOutcome("UNKNOWN", self._clear_after(error.reason))

    def refusal(self, status: Status) -> str | None:
        """Why nothing is sent to a printer in this state; None when a slip would be."""
        if status.state == "OK" or (self.mute and status.state == "UNKNOWN" and status.reason == "no_answer"):
            return None
        return status.reason

    def close(self) -> None:
        self._connection.close()

    def _status_before_slip(self) -> Status:
        """The status before the first byte; after a doubtful slip only once the printer owes no answer."""
        status = self.status()
        if status.state != "OK" or not (self._connection.doubtful and self._counts_answers()):
            return status
        return status if self._connection.resynchronise(self._terminator()) else Status("UNKNOWN", "no_answer")

    def _counts_answers(self) -> bool:
        """Whether answers in turn are part of the proof: then one to an earlier slip must not come any more."""
        return self._profile.proof != "none" and self._answers_in_turn is not False

    def _terminator(self) -> bytes:
        """Zeros end a picture that may have been cut short; then the piece of it is cut off."""
        from ticket_printer.rendering.band_commands import Dialect, start

        return bytes(BAND_ROWS * self.width // 8) + start(Dialect()) + CUT

    def _deliver(self, parts: Iterable[bytes], job: int, status_known: bool) -> PrintOutcome:
        """Raises PrinterError."""
        link = self._connection.link()
        known = self._answers_in_turn
        delivery = DeliveryProtocol(link, self._profile.proof, job, self._monotonic, known, status_known)
        try:
            missing = delivery.run(self._drawn_parts(parts))
        except SlipNotDrawn:
            log.exception("a slip cannot be drawn")
            return self._abort_slip(delivery.begun)
        finally:
            self._answers_in_turn = True if link.answered_in_turn else known if delivery.answers_in_turn else False
        if missing is None and not link.transport.guarded:
            missing = "no_proof"  # what the line lost among letters shows in no answer
        if missing not in WHOLE_SLIP:
            raise PrinterError(str(missing), retryable=True)
        self._connection.trust()
        if self._presenter is not None:
            self._presenter.note_presented()
        return PrintOutcome("UNKNOWN" if missing else "PRINTED", missing)

    def _drawn_parts(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Raises SlipNotDrawn for whatever goes wrong while the next part is made."""
        try:
            rest = iter(parts)
            first = list(islice(rest, 2))  # before anything is sent: the first drawn row may be the one that fails
            if self._connection.doubtful and not self._counts_answers():
                yield self._terminator()
            yield from chain(first, rest)
        except Exception as error:
            raise SlipNotDrawn from error

    def _abort_slip(self, begun: bool) -> PrintOutcome:
        """Of a slip whose rest cannot be drawn nothing more comes; what was sent of it is thrown away."""
        if begun:
            self._connection.distrust()
        return PrintOutcome("UNKNOWN" if begun else "NOT_PRINTED", NOT_DRAWN)

    def _clear_after(self, reason: str) -> str:
        """Clear the printer so that nothing old comes out after a refill; returns the cause that it tells now."""
        self._connection.distrust()
        status = self.status()
        return status.reason or reason if status.state == "FAULT" and reason in {"deadline", "no_answer"} else reason
