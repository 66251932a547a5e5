"""Calls about dossiers."""

from __future__ import annotations

from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier_change import APPLICANT
from kiosk.domain.errors import UnknownDossier
from kiosk.queries.dossiers import find_dossier, read_batch
from kiosk.web.api.dossier_models import (
    DossierBody,
    DossiersAnswer,
    PublicDossierAnswer,
    PutDossiersAnswer,
    dossiers_answer,
    public_dossier_answer,
)
from kiosk.web.http.callers import trier_of
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import MISSING, ProblemDetails

MEGABYTE = 1024 * 1024
AFTER = {"type": "string", "maxLength": 60}
NOT_FOUND = "no dossier has this code; look at the code on the appointment slip"


@call("PUT", "/api/v1/dossiers", "sync admin", list[DossierBody], {200: PutDossiersAnswer}, max_bytes=MEGABYTE)
def put(context: Context[list[DossierBody]]) -> tuple[int, PutDossiersAnswer]:
    """Progress as the one-stop system tells it; what cannot be taken is refused by itself.

    `applicant_masked`: family name and initials, kept only where the office switched masked names on.
    """
    dossiers = [(body.to_dossier(), body) for body in context.body]
    names = {one.code: body.applicant_masked for one, body in dossiers if APPLICANT in body.model_fields_set}
    return 200, put_dossiers(context.unit, (one for one, _ in dossiers), names)


@call("GET", "/api/v1/dossiers", "sync admin", None, {200: DossiersAnswer}, query={"after": AFTER})
def page(context: Context) -> tuple[int, DossiersAnswer]:
    """What is known, in pages by code, so that a connector asks only about what may still change.

    Never for a kiosk: it looks up one.
    """
    with context.reading() as reading:
        batch = read_batch(reading, context.query.get("after", ""))
    return 200, dossiers_answer(batch)


@call("GET", "/api/v1/dossiers/<code>", "kiosk", None, {200: PublicDossierAnswer, 429: ProblemDetails, **MISSING})
def get(context: Context, code: str) -> tuple[int, PublicDossierAnswer]:
    """Masked progress of one dossier. A wrong code and an unknown one are answered alike; tries are limited."""
    given, trier = context.dependencies, trier_of(context.caller)
    given.wrong_tries.check("dossier", trier)
    with context.reading() as reading:
        dossier = find_dossier(reading, code, given.office.field_rules, context.now, given.office.service_of_field)
    if dossier is None:
        given.wrong_tries.note("dossier", trier)
        raise UnknownDossier(NOT_FOUND)
    return 200, public_dossier_answer(dossier)
