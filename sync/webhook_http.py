"""A signed webhook: each event one POST of a structured CloudEvent; the service remembers how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from sync.connector import GENESIS, Event, Receipt, Refusal, SyncError
from sync.envelope import STRUCTURED, encoded, signature
from sync.journal_client import JournalClient
from sync.line import Line

AT_ONCE = 50  # events between two notes of the position
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

    def cursor(self, epoch: str) -> Receipt:
        """From memory, or from what the service kept of us; an epoch before the kept one is finished."""
        if self._reached is None:
            kept = self._journal.kept(self.name)
            self._reached = (kept.epoch, kept.cursor) if kept else (epoch, 0)
        order = dict(self._journal.read(None, 0, 1).epochs)
        reached, seq = self._reached
        names = list(order)
        if reached != epoch:
            earlier = reached in order and epoch in order and names.index(epoch) < names.index(reached)
            seq = order[epoch] if earlier else 0
        return Receipt(epoch, seq, self._journal.hash_of(epoch, seq) or GENESIS)

    def deliver(self, epoch: str, events: Sequence[Event]) -> Receipt:
        refused: list[Refusal] = []
        last: Event | None = None
        for event in events:
            try:
                self._post(event, refused)
            except SyncError:
                if last is None:
                    raise
                break
            last = event
            self._reached = (epoch, event["seq"])
        if last is None:
            raise ValueError("nothing to deliver")
        return Receipt(epoch, last["seq"], last["hash"], tuple(refused))

    def _post(self, event: Event, refused: list[Refusal]) -> None:
        body = encoded(event)
        headers = {"Content-Type": STRUCTURED, "X-Signature": signature(self._secret, body)}
        try:
            self._line.exchange("POST", self._url, body, headers)
        except SyncError as error:
            if error.status != GONE:
                raise
            refused.append(Refusal(event["seq"], "gone", str(error)))
