"""A ticket printer: a slip in, and what became of it, as far as the printer proves it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Literal

from ticket_printer.commands import BAND_ROWS, CUT
from ticket_printer.connection import Connection
from ticket_printer.delivery import Delivery
from ticket_printer.errors import PrinterError, SlipNotDrawn
from ticket_printer.presenter import Presenter
from ticket_printer.profiles import profile
from ticket_printer.slip import Slip
from ticket_printer.status import Status
from ticket_printer.ways import Way, baud_of
from ticket_printer.writer import Writer

Fate = Literal["PRINTED", "NOT_PRINTED", "UNKNOWN"]
NOT_DRAWN = "not_drawn"  # the reason of a slip that cannot be put on paper
log = logging.getLogger("ticket_printer")


@dataclass(frozen=True, slots=True)
class Outcome:
    """PRINTED: proven, cut included. NOT_PRINTED: no byte of it was sent. UNKNOWN: nobody knows. `reason`: a code."""

    state: Fate
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
        self._profile = known = profile(profile_name)
        self._monotonic = monotonic
        self._connection = Connection(url, known.presenter, monotonic)
        self._presenter = Presenter(self._connection, monotonic) if known.presenter else None
        self._turns: bool | None = None  # whether it answers in turn
        self.width = (width_dots or known.width_dots) // 8 * 8
        self._writer = Writer(known, self.width, baud_of(url), monotonic, lambda: self._connection.opened)

    @property
    def way(self) -> Way:
        """How its slips are printed, and why."""
        return self._writer.wanted

    def prepare(self, samples: Callable[[], Iterable[Slip]]) -> bool:
        """A step of work for a printer that is idle; whether there is more. Never raises, opens no line.

        Samples that cannot be drawn are not kept in the printer; slips are then drawn one by one.
        """
        line = self._connection.opened
        if line is None or self._connection.doubtful:
            return False
        try:
            return self._writer.prepare(line, samples)
        except PrinterError:
            self._connection.distrust()
        except Exception:
            log.exception("the pictures for the printer's memory cannot be drawn")
            self._writer.give_up()
        return False

    @property
    def bytes_per_s(self) -> float | None:
        """Of the line; None: faster than any paper."""
        return self._connection.bytes_per_s

    @property
    def mute(self) -> bool:
        """Whether it is this printer's nature to say nothing of itself: then silence is no fault."""
        return not (self._profile.status_trusted and self._connection.answers)

    def status(self) -> Status:
        """Asks the printer; at most about half a second, two and a half when it has to be connected first."""
        try:
            found = self._connection.line().status()
        except PrinterError as error:
            self._connection.drop()
            return Status("UNKNOWN", error.reason)
        if found.state == "UNKNOWN":
            self._writer.forget()
        else:
            self._connection.heard()
        return found if self._profile.near_end else replace(found, near_end=False)

    def make_room(self) -> bool:
        """Whether the next slip may come: False while a presenter's slip may still be taken."""
        return self._presenter is None or self._presenter.free()

    @property
    def occupied(self) -> bool:
        """Whether a slip lies in a presenter's mouth, as far as is known; at first nobody knows, and it counts."""
        return self._presenter is not None and self._presenter.occupied

    @property
    def thrown_out(self) -> int:
        """How many slips a presenter threw out since nobody took them in time."""
        return self._presenter.thrown_out if self._presenter else 0

    def distrust(self) -> None:
        """An earlier user of the printer died in mid-slip: it is emptied before anything else is printed."""
        self._connection.distrust()

    def print(self, slip: Slip, job: int) -> Outcome:
        """`job` tells slips apart in the printer's proof; count it upwards."""
        return self.send(self._writer.parts(slip), job)

    def send(self, parts: Iterable[bytes], job: int) -> Outcome:
        """Print a slip that comes as whole commands, the last of them its cut; drawn only when the printer is well."""
        before = self._ready()
        if refusal := self.refusal(before) or ("not_taken" if before.mouth else None):
            return Outcome("NOT_PRINTED", refusal)
        try:
            return self._delivered(parts, job, before.state == "OK")
        except PrinterError as error:
            return Outcome("UNKNOWN", self._told(error.reason))

    def refusal(self, status: Status) -> str | None:
        """Why nothing is sent to a printer in this state; None when a slip would be."""
        if status.state == "OK" or (self.mute and status.state == "UNKNOWN" and status.reason == "no_answer"):
            return None
        return status.reason

    def close(self) -> None:
        self._connection.close()

    def _ready(self) -> Status:
        """The status before the first byte; after a doubtful slip only once the printer owes no answer."""
        status = self.status()
        if status.state != "OK" or not (self._connection.doubtful and self._answers_count()):
            return status
        return status if self._connection.caught_up(self._ending()) else Status("UNKNOWN", "no_answer")

    def _answers_count(self) -> bool:
        return self._profile.proof == "queue" and self._turns is not False

    def _ending(self) -> bytes:
        """Zeros end a picture that may have been cut short; then the piece of it is cut off."""
        from ticket_printer.escpos_bytes import Dialect, start

        return bytes(BAND_ROWS * self.width // 8) + start(Dialect()) + CUT

    def _delivered(self, parts: Iterable[bytes], job: int, well: bool) -> Outcome:
        """Raises PrinterError."""
        line = self._connection.line()
        delivery = Delivery(line, self._profile.proof, job, self._monotonic, self._turns, well)
        try:
            missing = delivery.run(self._whole(parts))
        except SlipNotDrawn:
            log.exception("a slip cannot be drawn")
            return self._broken_off(delivery.begun)
        finally:
            self._turns = True if line.answered_in_turn else self._turns if delivery.turns else False
        if missing not in {None, "no_proof", "garbled"}:
            raise PrinterError(str(missing), True)
        self._connection.trust()
        if self._presenter is not None:
            self._presenter.presented()
        return Outcome("UNKNOWN" if missing else "PRINTED", missing)

    def _whole(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Raises SlipNotDrawn for whatever goes wrong while the next part is made."""
        try:
            left = iter(parts)
            begun = list(islice(left, 2))  # before anything is sent: the first drawn row may be the one that fails
            if self._connection.doubtful and not self._answers_count():
                yield self._ending()
            yield from chain(begun, left)
        except Exception as error:
            raise SlipNotDrawn from error

    def _broken_off(self, begun: bool) -> Outcome:
        """Of a slip whose rest cannot be drawn nothing more comes; what was sent of it is thrown away."""
        if begun:
            self._connection.distrust()
        return Outcome("UNKNOWN" if begun else "NOT_PRINTED", NOT_DRAWN)

    def _told(self, reason: str) -> str:
        """So that nothing old comes out after a refill the printer is emptied; it may tell then what happened."""
        self._connection.distrust()
        found = self.status()
        return found.reason or reason if found.state == "FAULT" and reason in {"deadline", "no_answer"} else reason
