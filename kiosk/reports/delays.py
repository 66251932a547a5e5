"""How far the followers of the journal are, from the tables and the journal itself."""

from __future__ import annotations

import json
from dataclasses import replace

from contract.times import from_rfc3339
from kiosk.domain.followers import FollowerStatus
from kiosk.domain.office_files import OfficeFiles
from kiosk.reports.events_of_period import event_at
from kiosk.reports.measures.equipment import Delay, FollowerPlace, sync_delay
from kiosk.reports.request import ReportRequest
from kiosk.store.store import Reading

SHOWN_BY = frozenset({"devices"})  # reports that say it


def delays(reading: Reading) -> tuple[Delay, ...]:
    """Of every follower, as they are now; the journal does not say where they were at an earlier position."""
    head = reading.state.head
    if head.seq == 0:
        return ()
    ends = {row.epoch: row.last_seq for row in reading.epochs.all()} | {head.epoch: head.seq}
    last = event_at(reading, head.epoch, head.seq)
    places = [_place(reading, one, ends) for one in reading.followers.all()]
    return sync_delay(places, 0 if last is None else from_rfc3339(str(last["time"])))


def _place(reading: Reading, follower: FollowerStatus, ends: dict[str, int]) -> FollowerPlace:
    """A follower of an epoch that nobody knows lacks everything; one that saw more than is left of its epoch lacks
    nothing of that one.
    """
    order = list(ends)
    is_known = follower.epoch in ends
    later = order[order.index(follower.epoch) :] if is_known else order
    seen = {later[0]: follower.cursor} if is_known else {}
    lacks = {epoch: max(0, ends[epoch] - seen.get(epoch, 0)) for epoch in later}
    first = next((epoch for epoch, count in lacks.items() if count), None)
    waiting = None if first is None else event_at(reading, first, seen.get(first, 0) + 1)
    at = None if waiting is None else from_rfc3339(str(waiting["time"]))
    return FollowerPlace(follower.name, sum(lacks.values()), at)


def settled(reading: Reading, request: ReportRequest, files: OfficeFiles) -> tuple[ReportRequest, OfficeFiles]:
    """With what only this moment knows, so that it is kept as it is shown."""
    if request.name not in SHOWN_BY or request.as_of is not None:
        return request, files
    now = delays(reading)
    text = json.dumps([[one.follower, one.behind, one.oldest_ms] for one in now], ensure_ascii=False)
    return replace(request, delays=now), replace(files, delays=text.encode())


def delays_in(text: bytes) -> tuple[Delay, ...]:
    return tuple(Delay(*one) for one in json.loads(text))
