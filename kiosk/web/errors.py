"""Refusals as application/problem+json: a code that never changes, a Vietnamese title, what to do."""

from __future__ import annotations

import json
from typing import Any

from flask import Response

from kiosk.domain.errors import Refused
from kiosk.web.wording import translate as _

STATUS = {
    "bad-json": 400, "unauthorized": 401, "forbidden": 403, "unknown-ticket": 404, "unknown-counter": 404,
    "unknown-dossier": 404, "not-found": 404, "method-not-allowed": 405, "closed": 409, "limit-reached": 409,
    "counter-busy": 409, "counter-closed": 409, "taken": 409, "illegal-transition": 409, "already-rated": 409,
    "not-served": 409, "too-late": 409, "idempotency-mismatch": 409, "epoch-changed": 409, "too-large": 413,
    "unsupported-type": 415, "unknown-service": 422, "too-many": 429, "internal": 500, "unavailable": 503,
    "recording-refused": 422, "pack-refused": 422, "unknown-follower": 404, "by-stick": 409,
}  # fmt: skip


def title(code: str, facts: dict[str, Any]) -> str:
    """What a clerk can act on, in Vietnamese."""
    titles = {
        "bad-json": _("The request cannot be understood."),
        "unauthorized": _("This device is not paired yet. Call the administrator."),
        "forbidden": _("This device may not do this."),
        "unknown-ticket": _("There is no such number."),
        "unknown-counter": _("There is no such counter."),
        "unknown-dossier": _("No dossier found. Please check the code on the appointment slip."),
        "unknown-follower": _("There is no such line or webhook."),
        "by-stick": _("This travels by USB stick and cannot be changed here. Nothing was changed."),
        "unknown-service": _("There is no such service."),
        "not-found": _("There is nothing at this address."),
        "method-not-allowed": _("This address does not take this kind of request."),
        "closed": _("The office is closed now; numbers are given again at {again}."),
        "limit-reached": _("All numbers of this service are given today."),
        "counter-busy": _("{number} is still at counter {counter}. Complete it or mark it absent first."),
        "counter-closed": _("Counter {counter} is paused. Open it first."),
        "taken": _("{number} was just changed at another counter."),
        "illegal-transition": _("This cannot be done with {number} now (state: {state})."),
        "already-rated": _("{number} has been rated already. Thank you!"),
        "not-served": _("{number} has not been served yet."),
        "too-late": _("It is too late for this."),
        "idempotency-mismatch": _("The same key was used for another request."),
        "epoch-changed": _("The data was restored. Reload the page."),
        "too-many": _("Too many requests. Please wait a moment."),
        "too-large": _("The request is too large."),
        "unsupported-type": _("The request must be JSON."),
        "recording-refused": _("This recording cannot be used. Please record it again."),
        "pack-refused": _("This file cannot be used as a voice pack. Nothing was changed."),
        "internal": _("Something went wrong on this PC. Nothing was changed. Try again."),
        "unavailable": _("The data is busy for a moment. Nothing was changed. Try again."),
    }
    known = {"number": "—", "counter": "—", "again": "—", "state": "—", **facts}
    return titles[code].format_map(known)


def problem(code: str, detail: str, facts: dict[str, Any] | None = None) -> Response:
    status = STATUS[code]
    body = {"type": f"urn:motcua:problem:{code}", "title": title(code, facts or {}), "status": status, "code": code}
    body |= {"detail": detail, **(facts or {})}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {"Retry-After": "1"} if status in {429, 503} else {}
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, headers, content_type="application/problem+json; charset=utf-8")


def refusal(error: Refused) -> Response:
    return problem(error.code, error.detail, error.facts)
