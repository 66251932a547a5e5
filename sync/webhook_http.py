"""A signed webhook: each event one POST of a structured CloudEvent; the service remembers how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from sync.connector import GENESIS, Event, Receipt, Refusal, SyncError
from sync.envelope import STRUCTURED, encoded, signature
from sync.journal_client import JournalClient
from sync.line import Line
from sync.timed import Deadline

AT_ONCE = 50  # events between two notes of the position
MOST_S = 60.0  # after which the position is noted although there are more
GONE = 410


def follower_name(url: str) -> str:
    return f"webhook-{sha256(url.encode()).hexdigest()[:16]}"


class WebhookHttp:
    """2xx accepts an event, 410 parks it, anything else is tried again."""

    def __init__(self, url: str, secret: str, journal: JournalClient, line: Line | None = None) -> None:
        self.name = follower_name(url)
        self.most_events = AT_ONCE
        self._url = url
        self._secret = secret
        self._journal = journal
        self._line = line or Line()
        self._reached: tuple[str, int] | None = None
        self._lives: list[str] = []

    def cursor(self, epoch: str) -> Receipt:
        """From memory, or from what the service kept of us; an epoch before the kept one is finished."""
        if self._reached is None:
            kept = self._journal.kept(self.name)
            self._reached = (kept.epoch, kept.cursor) if kept else (epoch, 0)
        order = dict(self._journal.read(None, 0, 1).epochs)
        reached, seq = self._reached
        names = self._lives = list(order)
        if reached != epoch:
            earlier = reached in order and epoch in order and names.index(epoch) < names.index(reached)
            seq = order[epoch] if earlier else 0
        return Receipt(epoch, seq, self._journal.hash_of(epoch, seq) or GENESIS)

    def deliver(self, epoch: str, events: Sequence[Event]) -> Receipt:
        refused: list[Refusal] = []
        last: Event | None = None
        deadline = Deadline(MOST_S)
        for event in events:
            if last is not None and deadline.passed():
                break
            try:
                self._post(event, refused)
            except SyncError:
                if last is None:
                    raise
                break
            last = event
            self._note(epoch, event["seq"])
        if last is None:
            raise ValueError("nothing to deliver")
        return Receipt(epoch, last["seq"], last["hash"], tuple(refused))

    def _note(self, epoch: str, seq: int) -> None:
        """An event of the past that is sent again does not set the position back."""
        reached = self._reached
        if reached is None or reached[0] not in self._lives or epoch not in self._lives:
            self._reached = (epoch, seq)
            return
        place = self._lives.index
        if (place(epoch), seq) > (place(reached[0]), reached[1]):
            self._reached = (epoch, seq)

    def _post(self, event: Event, refused: list[Refusal]) -> None:
        body = encoded(event)
        headers = {"Content-Type": STRUCTURED, "X-Signature": signature(self._secret, body)}
        try:
            self._line.exchange("POST", self._url, body, headers)
        except SyncError as error:
            if error.status != GONE:
                raise
            refused.append(Refusal(event["seq"], "gone", str(error)))
