"""Looking for events: of a number, a day, a person, a device, a kind; and whether somebody guesses secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from contract.records import dataclass
from kiosk.domain.errors import BadRequest

if TYPE_CHECKING:
    from kiosk.store.store import Reading

REACH = 200_000  # events that one question looks through; the next goes on behind them
RECENT = 20_000
DAY_MS = 24 * 3600_000
ALARMS = ("access.locked", "access.guessed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None: whatever it is. `kind` begins the type; `before` is a position of `epoch`, by default
    of the present one.
    """

    number: str | None = None
    day: str | None = None
    person: str | None = None
    device: str | None = None
    kind: str | None = None
    before: int | None = None
    epoch: str | None = None


@dataclass(frozen=True, slots=True)
class JournalFinding:
    """`events` newest first, as they were chained; `next_before`: where the search goes on, None at the beginning.

    `earlier`: the epoch before this one, None for the first.
    """

    epoch: str
    last_seq: int
    events: tuple[dict[str, Any], ...]
    next_before: int | None
    earlier: str | None


def search_journal(reading: Reading, wanted: Wanted, limit: int) -> JournalFinding:
    """In one epoch; a restore ended those before the present one, which stay to be read. Raises BadRequest."""
    epoch, last_seq, earlier = _looked_through(reading, wanted.epoch)
    before = last_seq + 1 if wanted.before is None else min(wanted.before, last_seq + 1)
    after = max(0, before - 1 - REACH)
    entries = reading.journal.search(epoch, after, before, tuple(_parts(wanted)), limit)
    end = entries[-1].seq if len(entries) == limit else after + 1
    events = tuple(json.loads(entry.body) for entry in entries)
    return JournalFinding(epoch, last_seq, events, end if end > 1 else None, earlier)


def _looked_through(reading: Reading, wanted: str | None) -> tuple[str, int, str | None]:
    """The epoch, where it ends, and the one before it. Raises BadRequest."""
    head, epochs = reading.state.head, reading.epochs.all()
    names = [one.epoch for one in epochs]
    if wanted is not None and wanted not in names:
        raise BadRequest("epoch is not one of this office's; ask without it first")
    at = names.index(wanted or head.epoch)
    last_seq = head.seq if names[at] == head.epoch else epochs[at].last_seq
    return names[at], last_seq, names[at - 1] if at else None


def recent_alarms(reading: Reading, since: str) -> tuple[dict[str, Any], ...]:
    """Locks and guesses since a time (RFC 3339), newest first."""
    head = reading.state.head
    after = max(0, head.seq - RECENT)
    found: list[dict[str, Any]] = []
    for kind in ALARMS:
        entries = reading.journal.search(head.epoch, after, head.seq + 1, [(f'"type":"{kind}"',)], 20)
        found += [json.loads(entry.body) for entry in entries]
    recent = (event for event in found if event["time"] >= since)
    return tuple(sorted(recent, key=lambda event: int(event["seq"]), reverse=True))


ABOUT_A_PERSON = ("person", "account", "about", "subject", "clerk")  # who did it, whose account, whom it is about
ABOUT_A_DEVICE = ("subject", "about", "detail", "device")


def _parts(wanted: Wanted) -> Iterator[tuple[str, ...]]:
    """Pieces of canonical JSON, with sorted keys and no space; of each part one is enough."""
    if wanted.number is not None:
        yield (f'"number":{_text(wanted.number)}',)
    if wanted.day is not None:
        yield (f'"business_date":{_text(wanted.day)}',)
    if wanted.person is not None:
        yield tuple(f'"{key}":{_text(wanted.person)}' for key in ABOUT_A_PERSON)
    if wanted.device is not None:
        named = (f'"{key}":{_text(wanted.device)}' for key in ABOUT_A_DEVICE)
        yield (f'"actor":{{"id":{_text(wanted.device)},', *named)
    if wanted.kind is not None:
        yield (f'"type":{_text(wanted.kind)[:-1]}',)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
