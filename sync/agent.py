"""One follower: asks how far the receiver is, sends in order, one batch in flight, and believes only our own hashes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from contract.envelope import GENESIS, MAX_BATCH_EVENTS
from contract.events import JournalEvent
from contract.receipts import Receipt, RefusedEvent
from sync.connectors.base import UNKNOWN_HERE, WRONG_HASH, Connector, other_branch
from sync.errors import SyncError
from sync.journal_client import JournalClient, ServiceError
from sync.policy import BatchSize, retry_delay
from sync.report import FollowerReport

POLL_S = 1.0
IDLE_ROUNDS = 600  # after so many, an idle receiver is asked for its cursor: it may have lost its data
RESEND_ROUNDS = 5  # rounds between two checks for events that staff want to be sent again
SERVICE_DOWN_S = 10.0
POISON = frozenset({400, 413, 422})  # the whole batch is refused for what is in it
NOT_OURS = "the receipt is for another epoch"
NOT_TAKEN = "the receiver does not confirm event {seq}, which was sent again"
STUCK = "the receiver takes no event after {seq}"
HOLE = "our journal does not continue after event {seq}"


class Agent:
    """Brings one receiver up to date: the cursor moves only to where a receipt agrees with our journal."""

    def __init__(
        self, connector: Connector, journal: JournalClient, report: FollowerReport, random: Callable[[], float]
    ) -> None:
        self.report = report
        self.epoch = ""
        self.cursor = 0
        self.backlog = 0
        self.settled = False  # every event read so far is delivered
        self._connector, self._journal, self._random = connector, journal, random
        self._cursor_known = self._fell_back = False
        self._last: tuple[str, int] | None = None  # published before a restart; shown until the receiver has answered
        self._attempts = self._rounds = 0
        self._size = BatchSize(connector.most_events, connector.most_events)
        self._buffer: list[JournalEvent] = []
        self._epochs: list[tuple[str, int]] = []

    def run_once(self) -> float:
        """Makes one step; returns after how many seconds the next is due, 0 while more can be sent."""
        self.settled = False
        try:
            return self._step()
        except ServiceError as error:
            self._cursor_known, self._buffer = False, []
            if error.status == 400:  # the epoch is no longer one of this office's
                self.epoch = ""
            self._attempts += 1
            return min(SERVICE_DOWN_S, retry_delay(self._attempts, self._random))
        except SyncError as error:
            return self._failed(error)

    def _step(self) -> float:
        if not self.epoch or self._fell_back:
            self._begin()
        if not self._cursor_known:
            self._read()
            self._move(self._connector.cursor(self.epoch))
            self._cursor_known = True
        if not self._buffer:
            self._read()
        if self.cursor > dict(self._epochs)[self.epoch]:  # the service came back without what it had acknowledged
            self._cursor_known = False
            return 0.0
        return self._send() if self._buffer else self._idle()

    def _begin(self) -> None:
        """Older epochs first: what was delivered long ago costs one question each."""
        self._fell_back = False
        self._epochs = self._journal.read(None, 0, 1).epochs
        last = self.report.load()
        self._last = last if last and last[0] in dict(self._epochs) else None
        self._turn_to(self._epochs[0][0])

    def _turn_to(self, epoch: str) -> None:
        self.epoch, self.cursor, self._cursor_known, self._buffer = epoch, 0, False, []

    def _read(self) -> None:
        page = self._journal.read(self.epoch, self.cursor, MAX_BATCH_EVENTS)
        seqs = [event["seq"] for event in page.events]
        if seqs != list(range(self.cursor + 1, self.cursor + 1 + len(seqs))):
            raise SyncError(HOLE, retryable=False, facts={"seq": self.cursor})
        self._buffer, self._epochs = page.events, page.epochs
        self._count()

    def _count(self) -> None:
        epoch, cursor = self._shown()
        ahead = [last for _, last in self._epochs[[name for name, _ in self._epochs].index(epoch) :]]
        self.backlog = max(0, sum(ahead) - cursor)

    def _shown(self) -> tuple[str, int]:
        return self._last or (self.epoch, self.cursor)

    def _place(self) -> int:
        return [name for name, _ in self._epochs].index(self.epoch)

    def _send(self) -> float:
        batch = self._buffer[: self._size.size]
        if not self._attempts:  # after a failure it keeps saying since when it waits, until a batch has gone through
            self.report.sending(self.backlog)
            self.report.publish(*self._shown())
        before = self.cursor
        try:
            receipt = self._connector.deliver(self.epoch, batch)
        except SyncError as error:
            if error.status in POISON:
                return self._poisoned(batch, error)
            raise
        self._move(receipt, before)
        if self.cursor <= before:
            raise SyncError(STUCK, retryable=True, facts={"seq": self.cursor})
        self._attempts, self._size = 0, self._size.larger()
        self.report.end_wait()
        self.report.publish(*self._shown())
        return 0.0

    def _poisoned(self, batch: list[JournalEvent], error: SyncError) -> float:
        """Look for the one event that is refused; it is shown, and nothing overtakes it."""
        if len(batch) > 1:
            self._size = BatchSize(self._size.most, len(batch)).smaller()
            return 0.0
        self.report.park(self.epoch, (_refusal(batch[0]["seq"], error),), range(0))
        raise error

    def _move(self, receipt: Receipt, before: int | None = None) -> None:
        """The cursor goes only to where epoch and hash agree with our own journal."""
        reached = self._confirmed(receipt, from_cursor=before is None)
        sent = range(0) if before is None else range(before + 1, reached + 1)
        self.report.park(self.epoch, receipt.refused, sent)
        rest = [event for event in self._buffer if event["seq"] > reached]
        self._buffer = rest if rest and rest[0]["seq"] == reached + 1 else []
        self._fell_back = self._fell_back or reached < self.cursor
        self.cursor, self._last, self.report.duplicate_sender = reached, None, receipt.duplicate_sender
        self._count()

    def _confirmed(self, receipt: Receipt, from_cursor: bool) -> int:
        """Returns the position that a receipt confirms; `from_cursor`: it answers `cursor`, not a batch.

        Only then may it be ahead of an epoch of ours, one that ended in a backup older than what was delivered, or hold
        another branch of one that has ended: its branch stays there, ours here, and staff are told. A batch begins
        where the receiver is, so its receipt cannot confirm what was not sent. Raises SyncError.
        """
        seq = receipt.accepted_through
        if receipt.epoch is None and seq == 0 and receipt.hash == GENESIS:
            return 0
        if receipt.epoch != self.epoch:
            raise SyncError(NOT_OURS, retryable=True)
        ours, place = self._own_hash(seq), self._place()
        if ours == receipt.hash:
            return seq
        if from_cursor and place + 1 < len(self._epochs):
            if ours is not None:
                self.report.park(self.epoch, (other_branch(self._epochs[place][1]),), range(0))
            return self._epochs[place][1]
        if ours is not None:
            raise SyncError(WRONG_HASH, retryable=False, facts={"seq": seq})
        if from_cursor:
            self.report.ahead = receipt
        raise SyncError(UNKNOWN_HERE, retryable=False)

    def _own_hash(self, seq: int) -> str | None:
        if self._buffer and 0 <= (index := seq - self._buffer[0]["seq"]) < len(self._buffer):
            return str(self._buffer[index]["hash"])
        return self._journal.hash_of(self.epoch, seq)

    def _idle(self) -> float:
        place = self._place()
        if place + 1 < len(self._epochs):
            self._turn_to(self._epochs[place + 1][0])
            return 0.0
        self._rounds += 1
        if self.report.refused and self._rounds % RESEND_ROUNDS == 0:
            self._send_again()
        self._fell_back = self._rounds % IDLE_ROUNDS == 0  # it may have, unseen
        self._attempts = 0
        self.report.ok()
        self.report.publish(*self._shown())
        self.settled = True
        return POLL_S

    def _send_again(self) -> None:
        """Sends again what staff want, in the order of the journal; the cursor stays where it is."""
        order = [name for name, _ in self._epochs]
        requests = [request for request in self.report.resend_requests() if request[0] in order]
        for epoch, seq, mark in sorted(requests, key=lambda request: (order.index(request[0]), request[1])):
            self.report.park(epoch, self._refused_again(epoch, seq, order[-1]), range(seq, seq + 1))
            self.report.mark_resent(epoch, seq, mark)

    def _refused_again(self, epoch: str, seq: int, current: str) -> tuple[RefusedEvent, ...]:
        events = self._journal.read(epoch, seq - 1, 1).events
        if not events:  # a restored journal ends before it: there is nothing to send
            return ()
        try:
            receipt = self._connector.deliver(epoch, events)
        except SyncError as error:
            if error.status not in POISON:
                raise
            return (_refusal(seq, error),)
        through = receipt.accepted_through
        ours = self._journal.hash_of(epoch, through) if receipt.epoch == epoch else None
        if ours == receipt.hash and through >= seq:
            return receipt.refused
        if ours not in (None, receipt.hash) and epoch != current:
            return (other_branch(seq),)
        raise SyncError(NOT_TAKEN, retryable=True, facts={"seq": seq})

    def _failed(self, error: SyncError) -> float:
        self._attempts += 1
        self._cursor_known, self._buffer, self._size = False, [], self._size.smaller()
        self.report.waiting(error, self.backlog)
        with suppress(ServiceError):
            self.report.publish(*self._shown())
        return retry_delay(self._attempts, self._random, error.retry_after_s)


def _refusal(seq: int, error: SyncError) -> RefusedEvent:
    return RefusedEvent(seq, f"status-{error.status}", str(error))
