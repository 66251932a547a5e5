"""How far each follower of the journal is behind, counted plainly from what was read of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from kiosk.store.store import Reading
from kiosk.verify.figures import Figures
from kiosk.verify.replay import ms


def count_delays(reading: Reading, events: Mapping[str, int]) -> Figures:
    """`events`: how many each epoch has, in the order of the epochs. Paths such as "sync-delay/province/behind"."""
    names = list(events)
    last = [_time(reading, epoch, count) for epoch, count in events.items() if count][-1:]
    figures: Figures = {}
    for follower in reading.followers.all() if last else ():
        began = names.index(follower.epoch) if follower.epoch in names else 0
        cursor = follower.cursor if follower.epoch in names else 0
        seen = {epoch: cursor if epoch == names[began] else 0 for epoch in names[began:]}
        lacking = [(epoch, seen[epoch] + 1, events[epoch]) for epoch in seen if seen[epoch] < events[epoch]]
        path = f"sync-delay/{follower.name}"
        figures[f"{path}/behind"] = sum(newest - oldest + 1 for _, oldest, newest in lacking)
        oldest_at = _time(reading, *lacking[0][:2]) if lacking else last[0]
        figures[f"{path}/oldest_ms"] = max(0, last[0] - oldest_at)
    return figures


def _time(reading: Reading, epoch: str, seq: int) -> int:
    ((_, body),) = reading.journal.rows_unchecked(epoch, seq - 1, 1)
    return ms(json.loads(body)["time"])
