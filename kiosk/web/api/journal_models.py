"""The journal in answers."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict

from kiosk.web.http.models import Timestamp


class EpochAnswer(TypedDict):
    """`reason`: new or restored."""

    epoch: str
    last_seq: int
    started_at: Timestamp
    reason: str


class ActorAnswer(TypedDict):
    """`kind`: a role, clerk or system. `person`: clerk's code, administrator or login name; older events lack it."""

    kind: str
    id: str | None
    person: NotRequired[str | None]


class EventAnswer(TypedDict):
    """An event as it was chained: `hash` is SHA-256 over its RFC 8785 form without `hash`.

    Of an event of access, `id`, `subject`, `actor` and `data` are empty for whoever may not know persons and addresses.
    """

    id: str
    epoch: str
    seq: int
    office: str
    type: str
    time: Timestamp
    business_date: str
    subject: str
    actor: ActorAnswer
    data: dict[str, Any]
    prev_hash: str
    hash: str


class JournalAnswer(TypedDict):
    """`last_seq`: where the epoch of these events ends."""

    epoch: str
    events: list[EventAnswer]
    last_seq: int
    epochs: list[EpochAnswer]
