"""Calls for reports: figures by business date, for other programs and for printing."""

from __future__ import annotations

from typing import Any

from flask import Response

from kiosk.domain.errors import BadRequest
from kiosk.reports import catalogue
from kiosk.web.calls import Context, call
from kiosk.web.models import AnyObject, Refusal

DATE = {"type": "string", "format": "date"}
FORMAT = {"type": "string", "enum": list(catalogue.TYPES)}


@call("GET", "/api/v1/reports/<name>", "report admin", None, {200: AnyObject, 400: Refusal},
      query={"from": DATE, "to": DATE, "format": FORMAT}, also=("text/csv", "text/html"))  # fmt: skip
def get_report(context: Context, name: str) -> tuple[int, Any]:
    """A report of business dates `from` to `to` (both included, by default the present one)."""
    found = context.services
    kind = context.query.get("format", "json")
    with found.store.reading() as reading:
        today = reading.glance().business_date
        first, last = context.query.get("from", today), context.query.get("to", today)
        try:
            catalogue.check_wish(name, kind)
            catalogue.check_range(first, last)
        except (catalogue.NoSuchReport, ValueError) as error:
            raise BadRequest(str(error)) from None
        figures = catalogue.daily_figures(reading.transaction, found.office, first, last)
    levels = {str(level["code"]): str(level["name"]) for level in found.shown["survey"]["levels"]}
    text = catalogue.rendered(figures, kind, levels)
    if kind == "json":
        return 200, text
    headers = {"Content-Disposition": f"attachment; filename={name}-{first}-{last}.csv"} if kind == "csv" else {}
    return 200, Response(text, 200, headers, content_type=f"{catalogue.TYPES[kind]}; charset=utf-8")
