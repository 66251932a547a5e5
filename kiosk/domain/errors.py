"""What the rules of the office refuse, and why."""

from __future__ import annotations

from math import ceil
from typing import ClassVar

from contract.problems import ProblemCode


class DomainError(Exception):
    """A permanent no. `code` is part of the public contract; the message says what stands in the way.

    `facts` are the values a translated sentence needs (number, counter, state …).
    """

    code: ClassVar[ProblemCode]

    def __init__(self, detail: str, **facts: str | int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.facts = facts


class UnknownService(DomainError):
    code = ProblemCode.UNKNOWN_SERVICE


class UnknownCounter(DomainError):
    code = ProblemCode.UNKNOWN_COUNTER


class UnknownTicket(DomainError):
    code = ProblemCode.UNKNOWN_TICKET


class UnknownRating(DomainError):
    """No rating of that id from this device. The code has always been that of a ticket."""

    code = ProblemCode.UNKNOWN_TICKET


class UnknownHelpRequest(DomainError):
    """Never made, or answered already. The code has always been that of a ticket."""

    code = ProblemCode.UNKNOWN_TICKET


class UnknownPairing(DomainError):
    """No device waits with this code. The code has always been that of a ticket."""

    code = ProblemCode.UNKNOWN_TICKET


class UnknownDevice(DomainError):
    """The code has always been that of a ticket."""

    code = ProblemCode.UNKNOWN_TICKET


class UnknownPrinter(DomainError):
    """The code has always been that of a ticket."""

    code = ProblemCode.UNKNOWN_TICKET


class UnknownSlip(DomainError):
    """The code has always been that of a ticket."""

    code = ProblemCode.UNKNOWN_TICKET


class UnknownFollower(DomainError):
    code = ProblemCode.UNKNOWN_FOLLOWER


class UnknownDossier(DomainError):
    code = ProblemCode.UNKNOWN_DOSSIER


class ByUsb(DomainError):
    """The follower that travels by USB cannot be changed from the outside."""

    code = ProblemCode.BY_STICK


class OfficeClosed(DomainError):
    code = ProblemCode.CLOSED


class LimitReached(DomainError):
    """All numbers of a service are given today."""

    code = ProblemCode.LIMIT_REACHED


class CounterBusy(DomainError):
    """A citizen is still called or served at the counter."""

    code = ProblemCode.COUNTER_BUSY


class CounterNotOpen(DomainError):
    """The counter is paused."""

    code = ProblemCode.COUNTER_CLOSED


class NobodyThere(CounterNotOpen):
    """The counter, or every counter of the service, that a citizen would be sent to is closed or paused."""


class TicketTaken(DomainError):
    """Another counter has the ticket or changed it meanwhile; a number written by hand exists already."""

    code = ProblemCode.TAKEN


class IllegalTransition(DomainError):
    """The state of the ticket, or of its slip, does not allow the step."""

    code = ProblemCode.ILLEGAL_TRANSITION


class AlreadyRated(DomainError):
    code = ProblemCode.ALREADY_RATED


class NotServed(DomainError):
    code = ProblemCode.NOT_SERVED


class TooLate(DomainError):
    """The time for an undo, a recall, a rating or its reasons is over."""

    code = ProblemCode.TOO_LATE


class NothingToUndo(TooLate):
    """The counter did nothing in the last 60 s, or its last action was on another ticket."""


class RatedSince(TicketTaken):
    """A citizen gave a rating: what it is about can no longer be taken back."""


class NumberExists(TicketTaken):
    """A number written by hand that is given already."""


class IdempotencyMismatch(DomainError):
    code = ProblemCode.IDEMPOTENCY_MISMATCH


class ClockImplausible(DomainError):
    """A time that cannot be, or too far from all that was seen to be taken."""

    code = ProblemCode.CLOCK_IMPLAUSIBLE


class EpochChanged(DomainError):
    code = ProblemCode.EPOCH_CHANGED


class TooMany(DomainError):
    """Too often; the message says how long to wait, and so does `wait_s` where it is known."""

    code = ProblemCode.TOO_MANY

    @classmethod
    def wait(cls, why: str, seconds: float, instead: str = "") -> TooMany:
        """`seconds` until it may be done again, told in whole ones, rounded up; `instead`: what else may be done."""
        whole = max(1, ceil(round(seconds, 3)))
        return cls(f"{why}; wait {whole} s{instead}", wait_s=whole)


class Forbidden(DomainError):
    code = ProblemCode.FORBIDDEN


class Unauthorized(DomainError):
    code = ProblemCode.UNAUTHORIZED


class BadRequest(DomainError):
    """Input that cannot be understood: malformed JSON, a missing or unknown field, a wrong type."""

    code = ProblemCode.BAD_JSON


class BadDossierCode(BadRequest):
    """A text that has not the form of a dossier code."""


class ImpossibleDossierDay(BadRequest):
    """A dossier code whose day there is not, or is yet to come."""


class NotFound(DomainError):
    code = ProblemCode.NOT_FOUND


class NothingReads(DomainError):
    """What reads codes in pictures gave no answer."""

    code = ProblemCode.UNAVAILABLE


class RecordingRefused(DomainError):
    """A recording from which no good clip can be made; `reason` says why, so that the page can say what to do."""

    code = ProblemCode.RECORDING_REFUSED


class PackRefused(DomainError):
    """A file that is not a voice pack, or not one to be trusted."""

    code = ProblemCode.PACK_REFUSED


class UnknownPerson(NotFound):
    """Nobody of that name has a password, or a PIN, in this office."""


class UnknownEvent(BadRequest):
    """The journal has no event `seq`; its last one is `last`."""


class PlaceNotNamed(BadRequest):
    """A device may have one of several `places`, and which one was not said."""


class UnknownCorrection(NotFound):
    """Nobody waits for a second person about this event: it was decided or taken back meanwhile."""


class AskedAlready(TicketTaken):
    """Somebody called this event wrong already. The code has always been that of a ticket."""


class SecondPersonNeeded(IllegalTransition):
    """Whoever called an event wrong cannot be the one who approves it. The code has always been that of a ticket."""


class PersonExists(TicketTaken):
    """Somebody of that name is there already. The code has always been that of a ticket."""


class LastAdministrator(IllegalTransition):
    """Nobody would administer the office any more. The code has always been that of a ticket."""


class WeakSecret(BadRequest):
    """A password or a PIN that is too short or that anybody would guess."""
