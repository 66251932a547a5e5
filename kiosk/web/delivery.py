"""How far the followers of the journal are, and whether one says nothing although events wait."""

from __future__ import annotations

import json

from kiosk.domain.calendar import utc_ms
from kiosk.store.devices import Follower
from kiosk.store.store import Reading

FINE = frozenset({"ok", "sending"})
MINUTE_MS = 60_000
# A follower repeats its word every five minutes; between two words lies one exchange, of ten minutes at most, and after
# a failure a pause of up to an hour that the receiver asked for.
SILENT_MS = 15 * MINUTE_MS
SILENT_AFTER_FAILURE_MS = 75 * MINUTE_MS

Lives = list[tuple[str, int]]


def lives(reading: Reading) -> Lives:
    """(epoch, last seq) of every life of this office's database, oldest first."""
    head = reading.glance().head
    return [
        (row["epoch"], head.seq if row["epoch"] == head.epoch else row["last_seq"]) for row in reading.epochs()
    ]  # fmt: skip


def behind(follower: Follower, known: Lives) -> int:
    """Events that a follower has not confirmed, over all lives; everything when it is in none of them."""
    return sum(last - after for _, after, last in _ahead(follower, known))


def is_silent(reading: Reading, follower: Follower, known: Lives, now: int) -> bool:
    """Whether events wait and nothing was heard for longer than a follower that lives is ever still.

    What happens after an idle weekend is counted from the event, not from the follower's last word.
    """
    most = SILENT_MS if follower.state in FINE else SILENT_AFTER_FAILURE_MS
    if now - follower.updated_at <= most or not behind(follower, known):
        return False
    return now - _waiting_since(reading, follower, known) > most


def _ahead(follower: Follower, known: Lives) -> list[tuple[str, int, int]]:
    """(epoch, after, last) of each life that holds events the follower has not confirmed."""
    names = [epoch for epoch, _ in known]
    place = names.index(follower.epoch) if follower.epoch in names else 0
    rows = [(epoch, follower.cursor if epoch == follower.epoch else 0, last) for epoch, last in known[place:]]
    return [row for row in rows if row[1] < row[2]]


def _waiting_since(reading: Reading, follower: Follower, known: Lives) -> int:
    """When the oldest event was recorded that the follower has not confirmed; 0 when it cannot be told."""
    epoch, after, _ = _ahead(follower, known)[0]
    found = reading.journal(epoch, after, 1)
    return utc_ms(json.loads(found[0].body)["time"]) if found else 0
