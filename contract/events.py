"""The journal's events: their types and what `data` holds of each. All numbers are integers.

Times inside `data` are ms since 1970 UTC, but for dossiers, whose times are RFC 3339.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal, NotRequired, TypedDict


class EventType(StrEnum):
    """Types are added, never renamed."""

    DAY_OPENED = "office.day_opened"
    DAY_CLOSED = "office.day_closed"
    CLOCK_JUMPED = "office.clock_jumped"
    CLOCK_CORRECTED = "office.clock_corrected"
    DAY_CONFIRMED = "office.day_confirmed"
    DAY_REOPENED = "office.day_reopened"
    EPOCH_STARTED = "office.epoch_started"
    OFFICE_CONFIGURED = "office.configured"
    NOTICE_CHANGED = "notice.changed"
    COUNTER_OPENED = "counter.opened"
    COUNTER_PAUSED = "counter.paused"
    COUNTER_CLOSED = "counter.closed"
    CLERK_SIGNED_IN = "clerk.signed_in"
    CLERK_SIGNED_OUT = "clerk.signed_out"
    TICKET_ISSUED = "ticket.issued"
    TICKET_CALLED = "ticket.called"
    TICKET_RECALLED = "ticket.recalled"
    SERVING_STARTED = "ticket.serving_started"
    TICKET_COMPLETED = "ticket.completed"
    TICKET_NO_SHOW = "ticket.no_show"
    TICKET_HELD = "ticket.held"
    TICKET_RETURNED = "ticket.returned"
    TICKET_TRANSFERRED = "ticket.transferred"
    TICKET_CANCELLED = "ticket.cancelled"
    TICKET_ABANDONED = "ticket.abandoned"
    TICKET_UNDONE = "ticket.undone"
    TICKET_REDATED = "ticket.redated"
    DOSSIER_LINKED = "ticket.dossier_linked"
    DOSSIER_UNLINKED = "ticket.dossier_unlinked"
    TICKET_NOTED = "ticket.noted"
    SLIP_PRINTED = "slip.printed"
    SLIP_NOT_PRINTED = "slip.not_printed"
    SLIP_UNKNOWN = "slip.unknown"
    SLIP_REPRINTED = "slip.reprinted"
    RATING_SUBMITTED = "rating.submitted"
    RATING_REASONS_GIVEN = "rating.reasons_given"
    DOSSIER_UPDATED = "dossier.updated"
    DEVICE_ONLINE = "device.online"
    DEVICE_OFFLINE = "device.offline"
    DEVICE_FAULT = "device.fault"
    DEVICE_RECOVERED = "device.recovered"
    HELP_REQUESTED = "help.requested"
    HELP_ANSWERED = "help.answered"
    ACCESS_SIGNED_IN = "access.signed_in"
    ACCESS_REFUSED = "access.refused"
    ACCESS_LOCKED = "access.locked"
    ACCESS_GUESSED = "access.guessed"
    ACCESS_ADMINISTERED = "access.administered"
    ACCESS_CORRECTED = "access.corrected"
    FILING_VISITED = "filing.visited"


DeviceChange = Literal["online", "offline", "fault", "recovered"]
_From = TypedDict("_From", {"from": str})  # a name that a class statement cannot write


class TicketData(TypedDict):
    """Of every `ticket.*`: the ticket as it stands after the event."""

    number: str
    service: str
    state: str
    counter: str | None
    clerk: str | None
    priority: str | None
    language: str


class IssuedData(TicketData):
    position: int
    issued_at: int
    on_paper: bool


class CalledData(TicketData):
    """`why`: "priority", "turn", "arrival", "chosen" or "back"."""

    calls: int
    why: str


class RecalledData(TicketData):
    calls: int


class MovedData(TicketData, _From):
    """`from`: the state left behind."""

    reason: str | None


class TransferredData(TicketData, _From):
    """`from`: the counter or the service left behind."""

    reason: str | None
    to_counter: str | None


class UndoneData(TicketData):
    """`undoes`: the id of the event that no longer counts; the rest is the restored state."""

    undoes: str
    calls: int
    first_called_at: int | None
    called_at: int | None
    serving_at: int | None
    ended_at: int | None


class RedatedData(TicketData, _From):
    """The ticket belongs to the event's business date, not to that of `from`: it was issued under a wrong one."""


class DossierLinkedData(TicketData):
    """Of `ticket.dossier_linked` and of `ticket.dossier_unlinked`."""

    dossier: str


class NotedData(TicketData):
    """`note`: the id of the text in a table that can be purged."""

    note: str


class SlipData(TypedDict):
    number: str
    printer: str | None
    reason: str | None


class CounterData(TypedDict):
    clerk: str | None
    services: list[str]
    reason: str | None


class ClerkData(TypedDict):
    counter: str
    handed_by: NotRequired[str]
    handed_to: NotRequired[str]


class RatingData(TypedDict):
    rating: str
    counter: str | None
    clerk: str | None
    service: str
    number: str
    answers: dict[str, str]
    reasons: list[str]
    late: NotRequired[bool]  # it lay on a device for over a day
    further: NotRequired[dict[str, str]]  # answers of the survey's second page


class DossierData(TypedDict):
    code: str
    procedure: str
    field: str
    channel: int
    status: int
    received_at: str
    due_at: str | None
    finished_at: str | None
    carried_over: bool
    digitised: bool
    not_digitised_reason: str | None
    step: str | None


class DeviceData(TypedDict):
    """`kind`: the role of the device, or "printer"."""

    kind: str
    state: DeviceChange
    reason: str | None


class HelpRequestedData(TypedDict):
    counter: None
    where: str
    device: str


class HelpAnsweredData(TypedDict):
    counter: str | None


class FilingVisitedData(TypedDict):
    """`opened`: the code of the portal or guide that a citizen chose on the PC `device`."""

    opened: str
    device: str


class DayOpenedData(TypedDict):
    business_date: str


class DayClosedData(TypedDict):
    """`ended`: how many `ticket.*` before it, together with counters, this close made; events of old lack it."""

    business_date: str
    abandoned: int
    ended: int


class FirstEpochData(TypedDict):
    """`reason`: "new", "restored", "damaged" (the database lost its latest actions by its recorded end) or
    "receiver_ahead" (it lost them by the word of a receiver that has more).
    """

    reason: str


class NumberRangeData(TypedDict):
    """Numbers `first` to `last` of a letter, both included."""

    letter: str
    first: int
    last: int


class LostData(TypedDict):
    """What the journal lacks of a business date: the last event known to have been there, if known, and the numbers
    that may be on paper; these are skipped.
    """

    business_date: str
    seq: int | None
    numbers: list[NumberRangeData]


class EpochStartedData(FirstEpochData, total=False):
    """`before` and `seq` name the end of the epoch before, if there was one; `lost` what is missing behind it."""

    before: str
    seq: int
    lost: LostData


class ConfiguredData(TypedDict):
    """`changed`: sections of the configuration."""

    changed: list[str]


class NoticeData(TypedDict):
    id: str
    text: str
    language: str


class NoticesData(TypedDict):
    notices: list[NoticeData]


class ActorData(TypedDict):
    """Who acted: the device or program, and the person at it.

    `kind` is a role, "clerk" or "system"; `id` the device's name or the part of the program. `person`: a clerk's code,
    an administrator's name, the login name of whoever ran a command; null where nobody is known. Older events lack it.
    """

    kind: str
    id: str | None
    person: NotRequired[str | None]


class JournalEvent(TypedDict):
    """The envelope. `time` is RFC 3339; `hash` covers the canonical JSON of the rest."""

    id: str
    epoch: str
    seq: int
    office: str
    type: str
    time: str
    business_date: str
    subject: str
    actor: ActorData
    data: Mapping[str, Any]
    prev_hash: str
    hash: str
