"""Bodies and answers about reports that are asked for, made and fetched."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from contract.times import optional_rfc3339, to_rfc3339
from kiosk.i18n.catalogues import translate
from kiosk.jobs.report_orders import ReportOrder
from kiosk.web.http.models import Body, Timestamp

DAY = r"^\d{4}-\d{2}-\d{2}$"


class ReportOrderBody(Body):
    """Either `from` and `to`, or `period` such as "month:2024-04"."""

    name: Annotated[str, Field(max_length=60)]
    format: Annotated[str, Field(max_length=10)]
    first: Annotated[str | None, Field(pattern=DAY, alias="from")] = None
    last: Annotated[str | None, Field(pattern=DAY, alias="to")] = None
    period: Annotated[str, Field(pattern=r"^[a-z-]+:[0-9A-Z-]+$", max_length=40)] | None = None


class RemarksBody(Body):
    """Lines by heading."""

    remarks: dict[
        Annotated[str, Field(max_length=40)],
        Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=50)],
    ]


class ReportKindAnswer(TypedDict):
    name: str
    title: str
    formats: list[str]


class ReportPeriodAnswer(TypedDict):
    """`period`: what a body names it by; both days included."""

    period: str
    title: str
    first: str
    last: str


class ReportPeriodKindAnswer(TypedDict):
    """The newest first."""

    kind: str
    title: str
    choices: list[ReportPeriodAnswer]


class ReportChoicesAnswer(TypedDict):
    """What can be asked for; `today` is the office's business date."""

    today: str
    reports: list[ReportKindAnswer]
    periods: list[ReportPeriodKindAnswer]


class ReportOrderAnswer(TypedDict):
    """`stage`: what is done now; `before`: reports that are made first; `size` in bytes; `reason`: why it failed.

    `warning`: why one that was made cannot be made again as it is, in Vietnamese; else empty.
    """

    id: str
    name: str
    title: str
    format: str
    first: str
    last: str
    state: Literal["WAITING", "RUNNING", "DONE", "FAILED"]
    stage: str
    before: int
    asked_at: Timestamp
    ended_at: Timestamp | None
    person: str | None
    size: int
    reason: str
    warning: str
    file_name: str


class ReportOrdersAnswer(TypedDict):
    """The newest first."""

    orders: list[ReportOrderAnswer]


class RemarksHeadingAnswer(TypedDict):
    key: str
    title: str
    lines: list[str]


class RemarksAnswer(TypedDict):
    """The office's own remarks in the narrative report, under each heading."""

    headings: list[RemarksHeadingAnswer]


def file_name_of(order: ReportOrder) -> str:
    return f"{order.name}-{order.first}-{order.last}.{order.kind}"


def report_order_answer(order: ReportOrder, title: str, before: int) -> ReportOrderAnswer:
    return {
        "id": order.id,
        "name": order.name,
        "title": title,
        "format": order.kind,
        "first": order.first,
        "last": order.last,
        "state": order.state,  # type: ignore[typeddict-item] # one of the states
        "stage": order.stage,
        "before": before,
        "asked_at": to_rfc3339(order.asked_at),
        "ended_at": optional_rfc3339(order.ended_at),
        "person": order.person,
        "size": order.size,
        "reason": translate(order.reason) if order.reason else "",
        "warning": order.warning,
        "file_name": file_name_of(order),
    }
