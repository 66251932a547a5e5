"""The PC on which citizens file their dossiers themselves."""

from __future__ import annotations

from kiosk.actions.filing import record_filing_visit
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import Body, Code, ProblemDetails


class FilingVisitBody(Body):
    opened: Code


@call(
    "POST",
    "/api/v1/filing-visits",
    "kiosk",
    FilingVisitBody,
    {204: None, 400: ProblemDetails},
    operation_id="filing_record_visit",
)
def record_visit(context: Context[FilingVisitBody]) -> tuple[int, None]:
    """A citizen opened a portal or a guide; only that it happened is kept."""
    filing = context.dependencies.configuration["filing"]
    codes = {one["code"] for one in (*filing["portals"], *filing["guides"])}
    record_filing_visit(context.unit, context.body.opened, context.caller.name, codes)
    return 204, None
