"""A signed webhook: each event one POST of a structured CloudEvent; the service remembers how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from contract.envelope import GENESIS, STRUCTURED, encode_cloud_event, signature
from contract.events import JournalEvent
from contract.followers import webhook_name
from contract.receipts import Receipt, RefusedEvent
from sync.errors import SyncError
from sync.http.client import HttpClient
from sync.http.deadline_socket import Deadline
from sync.journal_client import JournalClient

BATCH_EVENTS = 50  # after which the position is saved
BATCH_S = 60.0  # after which the position is saved although there are more
GONE = 410


class WebhookHttp:
    """2xx accepts an event, 410 parks it, anything else is tried again."""

    def __init__(self, url: str, secret: str, journal: JournalClient, http: HttpClient | None = None) -> None:
        self.name = webhook_name(url)
        self.most_events = BATCH_EVENTS
        self._url = url
        self._secret = secret
        self._journal = journal
        self._http = http or HttpClient()
        self._reached: tuple[str, int] | None = None
        self._epochs: list[str] = []

    def cursor(self, epoch: str) -> Receipt:
        """From memory, or from what the service kept of us; an epoch before the kept one is finished."""
        if self._reached is None:
            kept = self._journal.follower_position(self.name)
            self._reached = (kept.epoch, kept.cursor) if kept else (epoch, 0)
        order = dict(self._journal.read(None, 0, 1).epochs)
        reached, seq = self._reached
        names = self._epochs = list(order)
        if reached != epoch:
            earlier = reached in order and epoch in order and names.index(epoch) < names.index(reached)
            seq = order[epoch] if earlier else 0
        return Receipt(epoch, seq, self._journal.hash_of(epoch, seq) or GENESIS)

    def deliver(self, epoch: str, events: Sequence[JournalEvent]) -> Receipt:
        refused: list[RefusedEvent] = []
        last: JournalEvent | None = None
        deadline = Deadline(BATCH_S)
        for event in events:
            if last is not None and deadline.has_passed():
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
        if reached is None or reached[0] not in self._epochs or epoch not in self._epochs:
            self._reached = (epoch, seq)
            return
        place = self._epochs.index
        if (place(epoch), seq) > (place(reached[0]), reached[1]):
            self._reached = (epoch, seq)

    def _post(self, event: JournalEvent, refused: list[RefusedEvent]) -> None:
        body = encode_cloud_event(event)
        headers = {"Content-Type": STRUCTURED, "X-Signature": signature(self._secret, body)}
        try:
            self._http.request("POST", self._url, body, headers)
        except SyncError as error:
            if error.status != GONE:
                raise
            refused.append(RefusedEvent(event["seq"], "gone", str(error)))
