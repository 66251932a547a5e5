"""Bodies of requests and answers, as pydantic models: checked on the way in, published as OpenAPI."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
Identifier = Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
Count = Annotated[int, Field(ge=0, le=2**53 - 1)]


def _only_text(value: object) -> object:
    """A time is a text of RFC 3339, never a number whose unit one has to guess."""
    if not isinstance(value, str):
        raise ValueError("write a time such as 2024-04-14T01:05:10.123Z")
    return value


Instant = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_only_text)]
Role = Literal["kiosk", "tablet", "counter", "board", "sync", "report", "admin"]


class Body(BaseModel):
    """A request: unknown fields and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Nothing(Body):
    pass


class IssueBody(Body):
    service: Code
    priority: Code | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    appointment: Identifier | None = None


class PaperBody(Body):
    number: Annotated[str, Field(min_length=2, max_length=12)]
    issued_at: Instant


class CallNextBody(Body):
    finish_current: Literal["complete", "no_show"] | None = None


class CallBody(Body):
    number: Annotated[str, Field(min_length=2, max_length=12)]


class QuietBody(Body):
    quiet: bool


class SpeakerBody(Body):
    speaker: Line
    licence: Line


class ReasonBody(Body):
    reason: Line | None = None


class TransferBody(Body):
    service: Code | None = None
    counter: Code | None = None
    keep: bool = False
    reason: Line | None = None


class DossierLinkBody(Body):
    code: Annotated[str, Field(min_length=8, max_length=60)]


class NoteBody(Body):
    text: Words


class HelpBody(Body):
    where: Code


class RatingBody(Body):
    ticket: Identifier
    answers: Annotated[dict[Code, Code], Field(min_length=1, max_length=5)]
    reasons: Annotated[list[Code], Field(max_length=10)] = []
    comment: Words | None = None
    tapped_ms_ago: Annotated[int, Field(ge=0, le=24 * 3600_000)] = 0
    rating_token: Annotated[str, Field(max_length=100)] | None = None


class ReasonsBody(Body):
    reasons: Annotated[list[Code], Field(min_length=1, max_length=10)]


class DossierBody(Body):
    code: Annotated[str, Field(min_length=8, max_length=60)]
    procedure: Annotated[str, Field(max_length=60)]
    field: Annotated[str, Field(max_length=120)]
    channel: Annotated[int, Field(ge=1, le=3)]
    status: Annotated[int, Field(ge=1, le=10)]
    received_at: Instant
    due_at: Instant | None = None
    finished_at: Instant | None = None
    carried_over: bool = False
    digitised: bool = True
    not_digitised_reason: Line | None = None
    step: Line | None = None
    applicant_masked: Annotated[str, Field(max_length=30)] | None = None


class RefusedEvent(BaseModel):
    """An event that a receiver will not take; `tried`: the request to send it again that was last carried out."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    epoch: Annotated[str, Field(min_length=1, max_length=40)]
    seq: Count
    code: Annotated[str, Field(max_length=40)] = "refused"
    reason: Annotated[str, Field(max_length=200)] = ""
    tried: Count = 0


class FollowerBody(Body):
    epoch: Annotated[str, Field(min_length=1, max_length=40)]
    cursor: Count
    state: Annotated[str, Field(min_length=1, max_length=40)]
    detail: Annotated[str, Field(max_length=500)] | None = None
    refused: Annotated[list[RefusedEvent], Field(max_length=1000)] = []


class ResendBody(Body):
    """One event, or without `seq` all that were refused."""

    epoch: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    seq: Count | None = None


class PairBody(Body):
    role: Role
    name: Code
    counter: Code | None = None


class SessionBody(Body):
    clerk: Annotated[str, Field(min_length=1, max_length=120)]
    pin: Annotated[str, Field(min_length=4, max_length=12)]


class AdminSessionBody(Body):
    name: Annotated[str, Field(min_length=1, max_length=120)]
    password: Annotated[str, Field(min_length=1, max_length=200)]


class SlipSeenBody(Body):
    came_out: bool


class HeartbeatBody(BaseModel):
    """Whatever a device tells about itself; bounded, kept as the last report."""

    model_config = ConfigDict(extra="allow", frozen=True)
    state: Annotated[str, Field(max_length=40)] = "online"
    reason: Annotated[str, Field(max_length=200)] | None = None


class Shown(BaseModel):
    """An answer."""

    model_config = ConfigDict(extra="allow")


class Print(Shown):
    state: Literal["QUEUED", "SENDING", "PRINTED", "NOT_PRINTED", "UNKNOWN"]
    reason: str | None


class TicketShown(Shown):
    id: str
    number: str
    service: str
    state: Literal["WAITING", "CALLED", "SERVING", "ON_HOLD", "COMPLETED", "NO_SHOW", "CANCELLED", "ABANDONED"]
    priority: str | None
    position: int | None
    estimated_wait_s: int | None
    issued_at: Moment
    called_at: Moment | None
    counter: str | None
    calls: int
    print: Print
    business_date: str
    language: str
    dossiers: list[str]


class CounterShown(Shown):
    code: str
    name: str
    state: Literal["OPEN", "PAUSED", "CLOSED"]
    services: list[str]
    clerk: str | None
    ticket: TicketShown | None
    to_rate: TicketShown | None


class QueueItem(Shown):
    ticket: TicketShown
    why: str


class QueueShown(Shown):
    waiting: list[QueueItem]
    held: list[TicketShown]
    absent: list[TicketShown]


class Made(Shown):
    id: str


class Refusal(Shown):
    type: str
    title: str
    status: int
    code: str
    detail: str


class PutDossiers(Shown):
    created: int
    updated: int
    unchanged: int
    refused: list[dict[str, Any]]


class TableShown(Shown):
    taken: bool
    counted: list[str]
    changes: list[dict[str, Any]]
    problem_count: int
    problems: list[dict[str, Any]]


class DossierPage(Shown):
    dossiers: list[dict[str, Any]]
    next: str | None


class DossierShown(Shown):
    code_masked: str
    field: str
    status: int
    step: str | None
    due_at: Moment | None
    finished_at: Moment | None


class JournalPage(Shown):
    epoch: str
    events: list[dict[str, Any]]
    last_seq: int
    epochs: list[dict[str, Any]]


class BoardShown(Shown):
    seq: int
    epoch: str
    business_date: str
    time: str
    counters: list[dict[str, Any]]
    queues: list[dict[str, Any]]
    recent_calls: list[dict[str, Any]]
    progress: list[dict[str, Any]]
    notices: list[dict[str, Any]]


class PublicTicket(Shown):
    number: str
    service: str
    state: str
    people_ahead: int | None
    estimated_wait_s: int | None


class PairingShown(Shown):
    code: str
    state: Literal["waiting", "approved", "collected", "expired"]
    token: str | None = None


class AnyObject(Shown):
    pass
