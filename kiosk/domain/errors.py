"""What the rules of the office refuse, and why."""

from __future__ import annotations


class Refused(Exception):
    """A permanent no. `code` is part of the public contract; the message says what stands in the way.

    `facts` are the values a translated sentence needs (number, counter, state …).
    """

    code = "illegal-transition"

    def __init__(self, detail: str, **facts: str | int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.facts = facts


class UnknownService(Refused):
    code = "unknown-service"


class UnknownCounter(Refused):
    code = "unknown-counter"


class UnknownTicket(Refused):
    code = "unknown-ticket"


class UnknownFollower(Refused):
    code = "unknown-follower"


class ByStick(Refused):
    """What travels by USB stick and is not changed by a touch."""

    code = "by-stick"


class UnknownDossier(Refused):
    code = "unknown-dossier"


class Closed(Refused):
    code = "closed"


class LimitReached(Refused):
    code = "limit-reached"


class CounterBusy(Refused):
    code = "counter-busy"


class CounterClosed(Refused):
    code = "counter-closed"


class Taken(Refused):
    code = "taken"


class IllegalTransition(Refused):
    code = "illegal-transition"


class AlreadyRated(Refused):
    code = "already-rated"


class NotServed(Refused):
    code = "not-served"


class TooLate(Refused):
    code = "too-late"


class IdempotencyMismatch(Refused):
    code = "idempotency-mismatch"


class EpochChanged(Refused):
    code = "epoch-changed"


class TooMany(Refused):
    code = "too-many"


class Forbidden(Refused):
    code = "forbidden"


class Unauthorized(Refused):
    code = "unauthorized"


class BadRequest(Refused):
    """Input that cannot be understood: malformed JSON, a missing or unknown field, a wrong type."""

    code = "bad-json"


class NotFound(Refused):
    code = "not-found"


class RecordingRefused(Refused):
    """A recording from which no good clip can be made; `reason` says why, so that the page can say what to do."""

    code = "recording-refused"


class PackRefused(Refused):
    """A file that is not a voice pack, or not one to be trusted."""

    code = "pack-refused"
