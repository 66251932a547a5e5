"""Bodies and answers about those who follow the journal."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from contract.followers import FollowerKind
from contract.receipts import MAX_ORDINAL
from contract.times import to_rfc3339
from kiosk.domain.followers import RefusedEventRow
from kiosk.domain.receivers import ReceiverPosition
from kiosk.queries.followers import FollowersView, FollowerView
from kiosk.web.http.models import Body, Count, Timestamp


class RefusedEventReport(BaseModel):
    """An event that a receiver will not take; `tried`: the request to send it again that was last carried out."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    epoch: Annotated[str, Field(min_length=1, max_length=40)]
    seq: Count
    code: Annotated[str, Field(max_length=40)] = "refused"
    reason: Annotated[str, Field(max_length=200)] = ""
    tried: Count = 0

    def to_event(self) -> RefusedEventRow:
        return {
            "epoch": self.epoch,
            "seq": self.seq,
            "code": self.code,
            "reason": self.reason,
            "tried": self.tried,
        }


class NumbersReport(BaseModel):
    """The highest number of each letter that a receiver holds of a business date."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    business_date: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    last: Annotated[dict[str, Annotated[int, Field(ge=1, le=MAX_ORDINAL)]], Field(max_length=40)]


class AheadReport(BaseModel):
    """A receiver has `seq` events of `epoch`, more than the journal."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    epoch: Annotated[str, Field(min_length=1, max_length=40)]
    seq: Count
    numbers: NumbersReport | None = None

    def position(self) -> ReceiverPosition:
        if self.numbers is None:
            return ReceiverPosition(self.epoch, self.seq)
        return ReceiverPosition(self.epoch, self.seq, self.numbers.business_date, self.numbers.last)


class FollowerBody(Body):
    epoch: Annotated[str, Field(min_length=1, max_length=40)]
    cursor: Count
    state: Annotated[str, Field(min_length=1, max_length=40)]
    detail: Annotated[str, Field(max_length=500)] | None = None
    refused: Annotated[list[RefusedEventReport], Field(max_length=1000)] = Field(default=[])
    ahead: AheadReport | None = None


class ResendBody(Body):
    """One event, or without `seq` all that were refused."""

    epoch: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    seq: Count | None = None


class RefusedEventAnswer(TypedDict):
    """`again`: when staff last asked to send it again, ms since 1970."""

    epoch: str
    seq: int
    code: str
    reason: str
    tried: int
    again: NotRequired[int]


class FollowerAnswer(TypedDict):
    """`behind`: events not confirmed, over all epochs; `silent`: events wait and nothing was heard."""

    name: str
    kind: FollowerKind
    address: str | None
    configured: bool
    epoch: str
    cursor: int
    state: str
    detail: str | None
    refused: list[RefusedEventAnswer]
    updated_at: Timestamp
    since: Timestamp
    behind: int
    silent: bool


class FollowersAnswer(TypedDict):
    followers: list[FollowerAnswer]
    last_seq: int
    epoch: str


class ResendAnswer(TypedDict):
    """How many events were asked for again."""

    asked: int


class WebhookAnswer(TypedDict):
    url: str
    secret: str


class WebhooksAnswer(TypedDict):
    webhooks: list[WebhookAnswer]


def followers_answer(view: FollowersView) -> FollowersAnswer:
    return {"followers": [_follower(one) for one in view.followers], "last_seq": view.last_seq, "epoch": view.epoch}


def _follower(view: FollowerView) -> FollowerAnswer:
    return {
        "name": view.name,
        "kind": view.kind,
        "address": view.address,
        "configured": view.configured,
        "epoch": view.epoch,
        "cursor": view.cursor,
        "state": view.state,
        "detail": view.detail,
        "refused": list(view.refused),
        "updated_at": to_rfc3339(view.updated_at),
        "since": to_rfc3339(view.since),
        "behind": view.behind,
        "silent": view.silent,
    }
