"""Bodies and answers about devices, pairing and sign-in."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from kiosk.actions.pairing import Pairing
from kiosk.domain.tokens import certificate_fingerprint
from kiosk.web.http.models import Body, Code


class PairBody(Body):
    role: Literal["kiosk", "tablet", "counter", "board"]
    name: Code
    counter: Code | None = None


class NameBody(Body):
    name: Code


class CollectBody(Body):
    """`device_code`: what the device was told when it asked, and shows to nobody."""

    device_code: Annotated[str, Field(min_length=20, max_length=100)]


class ApproveBody(Body):
    """`name`: the place that the device takes."""

    name: Code | None = None


class HeartbeatBody(BaseModel):
    """Whatever a device says of itself; bounded, kept as the last report."""

    model_config = ConfigDict(extra="allow", frozen=True)
    state: Annotated[str, Field(max_length=40)] = "online"
    reason: Annotated[str, Field(max_length=200)] | None = None


class PairingAnswer(TypedDict):
    """`code` is shown; `device_code`, given when asking, collects `token`, once, after the approval."""

    code: str
    device_code: NotRequired[str]
    ca_fingerprint: NotRequired[str]
    state: Literal["waiting", "approved", "collected", "expired"]
    token: NotRequired[str | None]


def pairing_answer(pairing: Pairing, authority: bytes | None = None) -> PairingAnswer:
    """`authority`: the office's, in DER; its fingerprint is shown beside the code."""
    answer: PairingAnswer = {"code": pairing.code, "state": pairing.state}
    if pairing.device_code is not None:
        answer["device_code"] = pairing.device_code
    if authority is not None:
        answer["ca_fingerprint"] = certificate_fingerprint(authority)
    if pairing.token is not None:
        answer["token"] = pairing.token
    return answer
