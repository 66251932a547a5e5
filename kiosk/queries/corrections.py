"""What waits for a second person, and what two persons called wrong lately."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from contract.records import dataclass
from kiosk.queries.journal_search import RECENT

if TYPE_CHECKING:
    from kiosk.domain.correction import OpenCorrection
    from kiosk.store.store import Reading

MOST_DONE = 50


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """`event`: as it was chained; None when a restore took it away."""

    asked: OpenCorrection
    event: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class CorrectedView:
    """`by`: the event that calls `event` wrong."""

    by: dict[str, Any]
    event: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """`waiting` the oldest first, `done` the newest first: the last ones of the present epoch."""

    waiting: tuple[CorrectionView, ...]
    done: tuple[CorrectedView, ...]


def read_corrections(reading: Reading) -> CorrectionsView:
    head = reading.state.head
    after = max(0, head.seq - RECENT)
    entries = reading.journal.search(head.epoch, after, head.seq + 1, [('"type":"access.corrected"',)], MOST_DONE)
    waiting = [CorrectionView(one, _event(reading, one.epoch, one.seq)) for one in reading.corrections.all()]
    events = [json.loads(entry.body) for entry in entries]
    done = [CorrectedView(one, _event(reading, head.epoch, int(one["data"]["seq"]))) for one in events]
    return CorrectionsView(tuple(waiting), tuple(done))


def _event(reading: Reading, epoch: str, seq: int) -> dict[str, Any] | None:
    entries = reading.journal.read(epoch, seq - 1, 1)
    event: dict[str, Any] | None = json.loads(entries[0].body) if entries and entries[0].seq == seq else None
    return event
