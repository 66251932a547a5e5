"""Calls about dossiers and procedures."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from kiosk.actions.dossiers import facts_of, put_dossiers
from kiosk.domain.dossier import STEPS, Dossier, Status, masked, normalise_code
from kiosk.domain.dossier_change import APPLICANT
from kiosk.domain.errors import TooMany, UnknownDossier
from kiosk.web.calls import Context, call
from kiosk.web.models import AnyObject, DossierBody, DossierPage, DossierShown, PutDossiers, Refusal
from kiosk.web.shapes import moment

MEGABYTE = 1024 * 1024
WINDOW_S = 300
NOT_FOUND = "no dossier has this code; look at the code on the appointment slip"


def _ms(value: datetime | None) -> int | None:
    return None if value is None else round(value.timestamp() * 1000)


def to_dossier(body: DossierBody) -> Dossier:
    values = body.model_dump(exclude={APPLICANT})
    for name in ("received_at", "due_at", "finished_at"):
        values[name] = _ms(values[name])
    values["code"] = "".join(body.code.split()).upper()
    return Dossier(**values)


@call("PUT", "/api/v1/dossiers", "sync admin", list[DossierBody], {200: PutDossiers}, max_bytes=MEGABYTE)
def put(context: Context) -> tuple[int, Any]:
    """Progress as the one-stop system tells it; what cannot be taken is refused by itself.

    `applicant_masked`: family name and initials, kept only where the office switched masked names on.
    """
    told = [(to_dossier(body), body) for body in context.body]
    names = {one.code: body.applicant_masked for one, body in told if APPLICANT in body.model_fields_set}
    return 200, put_dossiers(context.unit, (one for one, _ in told), names)


@call("GET", "/api/v1/dossiers", "sync admin", None, {200: DossierPage},
      query={"after": {"type": "string", "maxLength": 60}})  # fmt: skip
def page(context: Context) -> tuple[int, Any]:
    """What is known, in pages by code, so that a connector asks only about what may still change.

    {"dossiers": [dossier], "next": code | null}; `next` goes into `after`. Never for a kiosk: it looks up one.
    """
    with context.services.store.reading() as reading:
        found = reading.records.dossier_page(context.query.get("after", ""))
    return 200, {"dossiers": [facts_of(one) for one in found], "next": found[-1].code if found else None}


@call("GET", "/api/v1/dossiers/<code>", "kiosk", None, {200: DossierShown, 404: Refusal, 429: Refusal})
def get(context: Context, code: str) -> tuple[int, Any]:
    """Masked progress of one dossier. A wrong code and an unknown one are answered alike; tries are limited."""
    found = context.services
    attempts = found.gate.failed_lookups(context.caller, WINDOW_S)
    if attempts >= found.lookups_per_5_minutes:
        raise TooMany("too many wrong codes here; call an officer")
    try:
        wanted = normalise_code(code)
    except ValueError:
        wanted = ""
    with found.store.reading() as reading:
        dossier = reading.records.dossier(wanted) if wanted else None
    if dossier is None:
        found.gate.note_failed_lookup(context.caller)
        raise UnknownDossier(NOT_FOUND)
    return 200, {
        "code_masked": masked(dossier.code), "field": dossier.field, "status": dossier.status,
        "step": STEPS[Status(dossier.status)], "due_at": moment(dossier.due_at),
        "finished_at": moment(dossier.finished_at), "received_at": moment(dossier.received_at),
        "late": _late(dossier, found.clock.now_ms()),
    }  # fmt: skip


def _late(dossier: Dossier, now: int) -> bool:
    return dossier.due_at is not None and (dossier.finished_at or now) > dossier.due_at


def search_key(text: str) -> str:
    """Case, tone marks and đ do not matter when searching."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


@call(
    "GET", "/api/v1/procedures", "kiosk", None, {200: AnyObject}, query={"query": {"type": "string", "maxLength": 100}}
)
def procedures(context: Context) -> tuple[int, Any]:
    """The catalogue, filtered by words of its name, code or field."""
    wanted = search_key(context.query.get("query", ""))
    known = context.services.shown["procedures"]
    hits = [p for p in known if wanted in search_key(f"{p['name']} {p['code']} {p['field']}")]
    return 200, {"procedures": hits}


@call("GET", "/api/v1/procedures/<code>", "kiosk", None, {200: AnyObject, 404: Refusal})
def procedure(context: Context, code: str) -> tuple[int, Any]:
    for known in context.services.shown["procedures"]:
        if known["code"] == code:
            return 200, known
    raise UnknownDossier("there is no such procedure in this office's catalogue")
