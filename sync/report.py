"""The state of a follower, published to the service for people to see."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from contract.receipts import Receipt, RefusedEvent
from sync.errors import SyncError
from sync.journal_client import JournalClient
from sync.wording import grouped, translate

WAITING = "{count} events are waiting since {since}, {reason}"
EMPTY_WAITING = "nothing is waiting, {reason}"
SENDING = "sending {count} events"
PARKED = "{count} events were refused; see the list"
DOUBLED = "a copy of this machine sends too: switch one of them off and call the technician"
MOST_REFUSED = 1000  # what the service keeps of a follower
SPACING_S = 3.0  # while sending: a row is a commit at the service
REPEAT_S = 300.0  # an unchanged row is published again, so that readers see that this follower runs
log = logging.getLogger("sync.report")


class FollowerReport:
    """The row of one follower. `refused` holds parked events as {"epoch", "seq", "code", "reason"}.

    `state` is "ok", "sending", "waiting" (it passes by itself), "blocked" (somebody must mend something; it is tried
    again all the same) or "doubled" (events arrive, but a copy of this machine sends too). `ahead`: what a receiver
    said that has more of the epoch than the journal, until the line works again.
    """

    def __init__(self, name: str, journal: JournalClient, zone: str, wall: Callable[[], float]) -> None:
        self.state = "ok"
        self.detail: str | None = None
        self.refused: list[dict[str, Any]] = []
        self.duplicate_sender = False
        self.ahead: Receipt | None = None
        self._name, self._journal, self._zone, self._wall = name, journal, ZoneInfo(zone), wall
        self._since: float | None = None
        self._published: tuple[Any, ...] = ()
        self._published_at = 0.0

    def load(self) -> tuple[str, int] | None:
        """Parked events stay visible after a restart; returns the position that was published last."""
        position = self._journal.follower_position(self._name)
        self.refused = position.refused if position else []
        return (position.epoch, position.cursor) if position else None

    def resend_requests(self) -> list[tuple[str, int, int]]:
        """Parked events that staff want to be sent again since the last attempt: (epoch, seq, mark of the request).

        Raises ServiceError.
        """
        position = self._journal.follower_position(self._name)
        marks = {(r.get("epoch"), r.get("seq")): r.get("again", 0) for r in position.refused} if position else {}
        rows = [(r["epoch"], r["seq"], marks.get((r["epoch"], r["seq"]), 0), r.get("tried", 0)) for r in self.refused]
        return [(epoch, seq, again) for epoch, seq, again, tried in rows if again > tried]

    def mark_resent(self, epoch: str, seq: int, mark: int) -> None:
        """The request was carried out; the event is still here only if it was refused once more."""
        for row in self.refused:
            if (row["epoch"], row["seq"]) == (epoch, seq):
                row["tried"] = mark

    def ok(self) -> None:
        self.end_wait()
        self.state = "doubled" if self.duplicate_sender else "ok"
        parked = translate(PARKED, count=grouped(len(self.refused))) if self.refused else None
        self.detail = translate(DOUBLED) if self.duplicate_sender else parked

    def sending(self, backlog: int) -> None:
        self.state, self.detail = "sending", translate(SENDING, count=grouped(backlog))

    def waiting(self, error: SyncError, backlog: int) -> None:
        self._since = self._wall() if self._since is None else self._since
        reason = translate(error.reason, **error.facts)
        self.state = "waiting" if error.retryable else "blocked"
        since = datetime.fromtimestamp(self._since, self._zone)
        today = datetime.fromtimestamp(self._wall(), self._zone).date()
        shown = since.strftime("%H:%M" if since.date() == today else "%H:%M %d/%m")
        sentence = WAITING if backlog else EMPTY_WAITING
        self.detail = translate(sentence, count=grouped(backlog), since=shown, reason=reason)[:500]

    def end_wait(self) -> None:
        """The line works again: the next wait counts from its own beginning."""
        self._since = None
        self.ahead = None

    def park(self, epoch: str, refusals: tuple[RefusedEvent, ...], sent: range) -> None:
        """Note what was refused; what was sent again and taken is no longer refused."""
        again = {r.seq for r in refusals} | set(sent)
        before = {r["seq"]: r.get("tried", 0) for r in self.refused if r.get("epoch") == epoch}
        rest = [r for r in self.refused if r.get("epoch") != epoch or r.get("seq") not in again]
        rest += [
            {"epoch": epoch, "seq": r.seq, "code": r.code, "reason": r.reason, "tried": before.get(r.seq, 0)}
            for r in refusals
        ]
        self.refused = rest[-MOST_REFUSED:]
        for row in rest[:-MOST_REFUSED]:
            log.warning("%s: too many refused events; %s/%s is listed no longer", self._name, row["epoch"], row["seq"])

    def publish(self, epoch: str, cursor: int) -> None:
        """Put the row when something changed, or after a while; while sending not more often than people look.

        Raises ServiceError.
        """
        parked = [(r["epoch"], r["seq"], r.get("tried")) for r in self.refused]
        row = (epoch, cursor, self.state, self.detail, parked, self.ahead)
        still = abs(self._wall() - self._published_at)  # also when the clock was set back
        if still < (REPEAT_S if row == self._published else SPACING_S if self.state == "sending" else 0.0):
            return
        body = {"epoch": epoch, "cursor": cursor, "state": self.state, "detail": self.detail, "refused": self.refused}
        if self.ahead is not None:
            body["ahead"] = ahead_body(self.ahead)
        self._journal.put_follower(self._name, body)
        self._published, self._published_at = row, self._wall()


def ahead_body(receipt: Receipt) -> dict[str, Any]:
    """`ahead` of `PUT /followers`: a receiver has more of the current epoch than the journal."""
    numbers = receipt.numbers
    return {
        "epoch": receipt.epoch,
        "seq": receipt.accepted_through,
        "numbers": None if numbers is None else {"business_date": numbers.business_date, "last": numbers.last},
    }
