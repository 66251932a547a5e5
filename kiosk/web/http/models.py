"""The types of bodies and answers that several calls share: checked on the way in, published as OpenAPI."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from typing_extensions import TypedDict

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
Identifier = Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")]
Timestamp = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
ShortText = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
LongText = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
Number = Annotated[str, Field(min_length=2, max_length=12)]


def _only_text(value: object) -> object:
    """A time is a text of RFC 3339, never a number whose unit one has to guess."""
    if not isinstance(value, str):
        raise ValueError("write a time such as 2024-04-14T01:05:10.123Z")
    return value


Instant = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_only_text)]
Role = Literal["kiosk", "tablet", "counter", "board", "sync", "report", "admin"]


class Body(BaseModel):
    """A request: unknown fields and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class EmptyBody(Body):
    """`{}` or nothing at all."""


class ProblemDetails(TypedDict):
    """RFC 9457; `code` never changes. The values that its sentence needs (number, counter, wait_s …) stand beside."""

    type: str
    title: str
    status: int
    code: str
    detail: str


MISSING = {404: ProblemDetails}
REFUSED = {404: ProblemDetails, 409: ProblemDetails}


class CreatedAnswer(TypedDict):
    id: str
