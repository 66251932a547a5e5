"""How far the followers of the journal are, and whether one says nothing although events wait."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from contract.followers import FollowerKind, is_webhook, webhook_name
from contract.records import dataclass
from contract.times import from_rfc3339

if TYPE_CHECKING:
    from kiosk.domain.followers import FollowerStatus, RefusedEventRow, Upstream
    from kiosk.store.store import Reading

FINE = frozenset({"ok", "sending"})
MINUTE_MS = 60_000
# A follower repeats its word every five minutes; between two words lies one exchange, of ten minutes at most, and after
# a failure a pause of up to an hour that the receiver asked for.
SILENT_MS = 15 * MINUTE_MS
SILENT_AFTER_FAILURE_MS = 75 * MINUTE_MS

Epochs = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class FollowerView:
    """A follower and how it fares. Times in ms since 1970; `behind`: events it has not confirmed, over all epochs.

    `silent`: events wait and nothing was heard.
    """

    name: str
    kind: FollowerKind
    address: str | None
    configured: bool
    epoch: str
    cursor: int
    state: str
    detail: str | None
    refused: list[RefusedEventRow]
    updated_at: int
    since: int
    behind: int
    silent: bool


@dataclass(frozen=True, slots=True)
class FollowersView:
    """All followers, and where the journal ends."""

    followers: tuple[FollowerView, ...]
    epoch: str
    last_seq: int


def read_followers(reading: Reading, upstream: Upstream, now: int) -> FollowersView:
    """`now` in ms since 1970."""
    head, epochs = reading.state.head, epochs_of(reading)
    webhooks = {webhook_name(url): url for url, _ in reading.webhooks.all()}
    views = (_view(reading, one, upstream, webhooks, epochs, now) for one in reading.followers.all())
    return FollowersView(tuple(views), head.epoch, head.seq)


def _view(
    reading: Reading, one: FollowerStatus, upstream: Upstream, webhooks: Mapping[str, str], epochs: Epochs, now: int
) -> FollowerView:
    kind, address, configured = kind_of(one.name, upstream, webhooks)
    return FollowerView(
        one.name,
        kind,
        address,
        configured,
        one.epoch,
        one.cursor,
        one.state,
        one.detail,
        one.refused,
        one.updated_at,
        one.since,
        behind(one, epochs),
        kind != "bundle" and is_silent(reading, one, epochs, now),
    )


def kind_of(name: str, upstream: Upstream, webhooks: Mapping[str, str]) -> tuple[FollowerKind, str | None, bool]:
    """(kind, address, whether it is configured); `webhooks`: address by the name of its follower."""
    if is_webhook(name):
        return "webhook", webhooks.get(name), name in webhooks
    if name == upstream.bundle:
        return "bundle", None, True
    address = upstream.connectors.get(name)
    return ("other", None, False) if address is None else ("connector", address, True)


def epochs_of(reading: Reading) -> Epochs:
    """(epoch, last seq) of every epoch of this office's database, oldest first."""
    head = reading.state.head
    return [(row.epoch, head.seq if row.epoch == head.epoch else row.last_seq) for row in reading.epochs.all()]


def behind(follower: FollowerStatus, epochs: Epochs) -> int:
    """Events that a follower has not confirmed, over all epochs; everything when it is in none of them."""
    return sum(last - after for _, after, last in _unconfirmed(follower, epochs))


def is_silent(reading: Reading, follower: FollowerStatus, epochs: Epochs, now: int) -> bool:
    """Whether events wait and nothing was heard for longer than a follower that lives is ever still.

    What happens after an idle weekend is counted from the event, not from the follower's last word.
    """
    most = SILENT_MS if follower.state in FINE else SILENT_AFTER_FAILURE_MS
    if now - follower.updated_at <= most or not behind(follower, epochs):
        return False
    return now - _waiting_since(reading, follower, epochs) > most


def _unconfirmed(follower: FollowerStatus, epochs: Epochs) -> list[tuple[str, int, int]]:
    """(epoch, after, last) of each epoch that holds events the follower has not confirmed."""
    names = [epoch for epoch, _ in epochs]
    place = names.index(follower.epoch) if follower.epoch in names else 0
    rows = [(epoch, follower.cursor if epoch == follower.epoch else 0, last) for epoch, last in epochs[place:]]
    return [row for row in rows if row[1] < row[2]]


def _waiting_since(reading: Reading, follower: FollowerStatus, epochs: Epochs) -> int:
    """When the oldest event was recorded that the follower has not confirmed; 0 when it cannot be told."""
    epoch, after, _ = _unconfirmed(follower, epochs)[0]
    entries = reading.journal.read(epoch, after, 1)
    return from_rfc3339(json.loads(entries[0].body)["time"]) if entries else 0


def webhooks(reading: Reading) -> list[tuple[str, str]]:
    """(address, secret) of every webhook."""
    return [(webhook.url, webhook.secret) for webhook in reading.webhooks.all()]
