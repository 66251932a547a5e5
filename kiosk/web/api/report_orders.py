"""Calls by which a report is ordered, followed and fetched: it is made in a process of its own."""

from __future__ import annotations

from typing import Any

from flask import Response

from kiosk.domain.errors import BadRequest, NotFound, TooMany
from kiosk.i18n.catalogues import translate
from kiosk.jobs.report_orders import DONE, ReportOrder, TooManyOrders
from kiosk.reports import catalogue
from kiosk.reports.choices import period_choices, title_of
from kiosk.reports.narrative_texts import remark_headings
from kiosk.reports.office_forms import FormsBroken, forms_or_none, using
from kiosk.reports.periods import InvalidPeriod, Period, period_of, range_of
from kiosk.reports.remarks import RemarksUnreadable
from kiosk.web.api.report_order_models import (
    RemarksAnswer,
    RemarksBody,
    ReportChoicesAnswer,
    ReportOrderAnswer,
    ReportOrderBody,
    ReportOrdersAnswer,
    file_name_of,
    report_order_answer,
)
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import MISSING, ProblemDetails

READERS, WITHOUT_NAMES = "report admin head reader", "report reader"
WRONG = {400: ProblemDetails}
NO_ORDER = "there is no such report any more; make it again"


@call("GET", "/api/v1/reports", READERS, None, {200: ReportChoicesAnswer})
def get_choices(context: Context) -> tuple[int, ReportChoicesAnswer]:
    """Every report with its formats, and the periods that can be named."""
    given = context.dependencies
    with context.reading() as reading:
        today = reading.state.business_date
    with using(forms_or_none(given.office_forms)):
        kinds = period_choices(given.office.hours.local(given.clock.now_ms()).date())
    return 200, {
        "today": today,
        "reports": [
            {"name": name, "title": title_of(kind.description), "formats": list(kind.formats)}
            for name, kind in catalogue.REPORTS.items()
        ],
        "periods": [
            {
                "kind": one.kind,
                "title": one.title,
                "choices": [
                    {
                        "period": f"{one.kind}:{choice.which}",
                        "title": choice.title,
                        "first": choice.period.first.isoformat(),
                        "last": choice.period.last.isoformat(),
                    }
                    for choice in one.choices
                ],
            }
            for one in kinds
        ],
    }


@call(
    "POST",
    "/api/v1/report-orders",
    READERS,
    ReportOrderBody,
    {202: ReportOrderAnswer, 429: ProblemDetails, 503: ProblemDetails, **WRONG},
    journaled=False,
    masked_for=WITHOUT_NAMES,
)
def post_order(context: Context[ReportOrderBody]) -> tuple[int, ReportOrderAnswer]:
    """Ask for a report; its file is there when the state is DONE. What waits already is not asked twice.

    503 `storage-unchecked` until the check behind the start has ended, `storage-damaged` when it or another met damage.
    """
    context.dependencies.store.health.require_checked()
    body = context.body
    try:
        catalogue.check_request(body.name, body.format)
        with using(context.dependencies.office_forms()):
            period = _period(body)
        order = context.dependencies.report_orders.ask(
            body.name,
            body.format,
            period.first.isoformat(),
            period.last.isoformat(),
            context.caller.person,
            context.masks_names,
        )
    except (catalogue.NoSuchReport, InvalidPeriod, FormsBroken) as error:
        raise BadRequest(str(error)) from None
    except TooManyOrders as error:
        raise TooMany(translate(str(error))) from None
    return 202, _answer(context, order)


@call("GET", "/api/v1/report-orders", READERS, None, {200: ReportOrdersAnswer}, masked_for=WITHOUT_NAMES)
def get_orders(context: Context) -> tuple[int, ReportOrdersAnswer]:
    """Those that wait, run or ended, until newer ones push them out."""
    orders = [order for order in context.dependencies.report_orders.all() if _may_have(context, order)]
    return 200, {"orders": [_answer(context, order) for order in orders]}


@call(
    "GET",
    "/api/v1/report-orders/<order>",
    READERS,
    None,
    {200: ReportOrderAnswer, **MISSING},
    masked_for=WITHOUT_NAMES,
)
def get_order(context: Context, order: str) -> tuple[int, ReportOrderAnswer]:
    """How far it is."""
    return 200, _answer(context, _known(context, order))


@call(
    "GET",
    "/api/v1/report-orders/<order>/file",
    READERS,
    None,
    {200: bytes, **MISSING},
    also=tuple(catalogue.TYPES.values()),
    masked_for=WITHOUT_NAMES,
)
def get_file(context: Context, order: str) -> tuple[int, Response]:
    """The file that was made."""
    known = _known(context, order)
    if known.state != DONE:
        raise NotFound(translate("this report is not made yet; wait until it is, or make it again"))
    try:
        data = context.dependencies.report_orders.file(known)
    except OSError:
        raise NotFound(translate(NO_ORDER)) from None
    kind = catalogue.TYPES.get(known.kind, "application/octet-stream")
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    headers = {"Content-Disposition": f"attachment; filename={file_name_of(known)}"}
    return 200, Response(data, 200, headers, content_type=f"{kind}{charset}")


@call(
    "DELETE",
    "/api/v1/report-orders/<order>",
    READERS,
    None,
    {204: None, **MISSING},
    journaled=False,
    masked_for=WITHOUT_NAMES,
)
def delete_order(context: Context, order: str) -> tuple[int, None]:
    """Forget a report that waits or has ended, with its file."""
    if not context.dependencies.report_orders.drop(_known(context, order).id):
        raise NotFound(translate(NO_ORDER))
    return 204, None


@call("GET", "/api/v1/report-remarks", READERS, None, {200: RemarksAnswer, **WRONG})
def get_remarks(context: Context) -> tuple[int, RemarksAnswer]:
    """What the office wrote last time."""
    try:
        kept = context.dependencies.office_facts("office-report").remarks
    except RemarksUnreadable as error:
        raise BadRequest(str(error)) from None
    return 200, {
        "headings": [
            {"key": key, "title": title, "lines": list(kept.get(key, ()))} for key, title in remark_headings().items()
        ]
    }


@call("PUT", "/api/v1/report-remarks", "admin head", RemarksBody, {204: None, **WRONG}, journaled=False)
def put_remarks(context: Context[RemarksBody]) -> tuple[int, None]:
    """Keep the remarks for this report and the next ones."""
    try:
        context.dependencies.report_files.keep_remarks(context.body.remarks)
    except RemarksUnreadable as error:
        raise BadRequest(str(error)) from None
    return 204, None


def _known(context: Context[Any], order_id: str) -> ReportOrder:
    order = context.dependencies.report_orders.get(order_id)
    if order is None or not _may_have(context, order):
        raise NotFound(translate(NO_ORDER))
    return order


def _may_have(context: Context[Any], order: ReportOrder) -> bool:
    """Who is given no names is given no report that holds them."""
    return order.masked or not context.masks_names


def _answer(context: Context[Any], order: ReportOrder) -> ReportOrderAnswer:
    kind = catalogue.REPORTS.get(order.name)
    title = title_of(kind.description) if kind else order.name
    return report_order_answer(order, title, context.dependencies.report_orders.before(order.id))


def _period(body: ReportOrderBody) -> Period:
    """Raises InvalidPeriod."""
    if body.period is not None:
        kind, _, which = body.period.partition(":")
        return period_of(kind, which)
    if body.first is None or body.last is None:
        raise InvalidPeriod(translate("choose the days from and to, or a period such as month:2024-04"))
    return range_of(body.first, body.last)
