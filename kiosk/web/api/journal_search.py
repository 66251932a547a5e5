"""Calls for whoever looks into the journal."""

from __future__ import annotations

from typing import cast

from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.domain.errors import BadRequest
from kiosk.queries.journal_search import DAY_MS, Wanted, recent_alarms, search_journal
from kiosk.web.api.journal_models import EventAnswer
from kiosk.web.http.calls import Context, call

MOST = 200
TEXT = {"type": "string", "maxLength": 100, "minLength": 1}
SEQ = {"type": "string", "maxLength": 16, "minLength": 1, "pattern": "^[0-9]+$"}
EPOCH = {"type": "string", "maxLength": 40, "minLength": 1}


class JournalFindingAnswer(TypedDict):
    """`events` newest first; `next_before`: ask again with `before` to look further back, null at the beginning.

    `earlier`: the epoch before this one, to be looked through with `epoch`; null for the first.
    """

    epoch: str
    last_seq: int
    events: list[EventAnswer]
    next_before: int | None
    earlier: str | None


class AlarmsAnswer(TypedDict):
    """Locks and guesses of the last 24 hours, newest first."""

    alarms: list[EventAnswer]


@call(
    "GET",
    "/api/v1/admin/journal",
    "admin head",
    None,
    {200: JournalFindingAnswer},
    query={"number": TEXT, "day": TEXT, "person": TEXT, "device": TEXT, "kind": TEXT, "before": SEQ, "epoch": EPOCH},
    access_to="admin head",
)
def find_events(context: Context) -> tuple[int, JournalFindingAnswer]:
    """Events of an epoch, by default the present one: by number, business date, person, device and the beginning of
    their type.
    """
    asked = context.query
    before = asked.get("before")
    if before is not None and not (before.isascii() and before.isdigit()):
        raise BadRequest("before must be a whole number")
    wanted = Wanted(
        number=asked.get("number"),
        day=asked.get("day"),
        person=asked.get("person"),
        device=asked.get("device"),
        kind=asked.get("kind"),
        before=None if before is None else int(before),
        epoch=asked.get("epoch"),
    )
    with context.reading() as reading:
        finding = search_journal(reading, wanted, MOST)
    return 200, {
        "epoch": finding.epoch,
        "last_seq": finding.last_seq,
        "events": cast(list[EventAnswer], list(finding.events)),
        "next_before": finding.next_before,
        "earlier": finding.earlier,
    }


@call("GET", "/api/v1/admin/alarms", "admin head", None, {200: AlarmsAnswer}, access_to="admin head")
def get_alarms(context: Context) -> tuple[int, AlarmsAnswer]:
    """Whether somebody guesses PINs, passwords or tokens."""
    with context.reading() as reading:
        alarms = recent_alarms(reading, to_rfc3339(context.now - DAY_MS))
    return 200, {"alarms": cast(list[EventAnswer], list(alarms))}
