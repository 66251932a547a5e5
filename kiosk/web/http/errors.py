"""Errors as application/problem+json: a code that never changes, a Vietnamese title, what to do."""

from __future__ import annotations

import json
import logging
from typing import Any

from flask import Response

from contract.problems import ProblemCode
from kiosk.domain.errors import (
    AskedAlready,
    BadDossierCode,
    DomainError,
    ImpossibleDossierDay,
    LastAdministrator,
    NobodyThere,
    NothingReads,
    NothingToUndo,
    NumberExists,
    PersonExists,
    RatedSince,
    SecondPersonNeeded,
    UnknownCorrection,
    UnknownPerson,
    WeakSecret,
)
from kiosk.i18n.catalogues import translate as _
from kiosk.store.failures import (
    StorageBusy,
    StorageDamaged,
    StorageFailed,
    StorageFull,
    StorageReadOnly,
    StorageUnchecked,
    failure_of,
)

log = logging.getLogger("kiosk.web")
STORAGE_CODES: dict[type[Exception], ProblemCode] = {
    StorageBusy: ProblemCode.UNAVAILABLE,
    StorageUnchecked: ProblemCode.STORAGE_UNCHECKED,
    StorageFull: ProblemCode.STORAGE_FULL,
    StorageReadOnly: ProblemCode.STORAGE_READ_ONLY,
    StorageFailed: ProblemCode.UNAVAILABLE,
    StorageDamaged: ProblemCode.STORAGE_DAMAGED,
}
STATUS = {
    ProblemCode.BAD_JSON: 400,
    ProblemCode.UNAUTHORIZED: 401,
    ProblemCode.FORBIDDEN: 403,
    ProblemCode.UNKNOWN_TICKET: 404,
    ProblemCode.UNKNOWN_COUNTER: 404,
    ProblemCode.UNKNOWN_DOSSIER: 404,
    ProblemCode.NOT_FOUND: 404,
    ProblemCode.METHOD_NOT_ALLOWED: 405,
    ProblemCode.CLOSED: 409,
    ProblemCode.LIMIT_REACHED: 409,
    ProblemCode.COUNTER_BUSY: 409,
    ProblemCode.COUNTER_CLOSED: 409,
    ProblemCode.TAKEN: 409,
    ProblemCode.ILLEGAL_TRANSITION: 409,
    ProblemCode.ALREADY_RATED: 409,
    ProblemCode.NOT_SERVED: 409,
    ProblemCode.TOO_LATE: 409,
    ProblemCode.IDEMPOTENCY_MISMATCH: 409,
    ProblemCode.EPOCH_CHANGED: 409,
    ProblemCode.TOO_LARGE: 413,
    ProblemCode.UNSUPPORTED_TYPE: 415,
    ProblemCode.UNKNOWN_SERVICE: 422,
    ProblemCode.TOO_MANY: 429,
    ProblemCode.INTERNAL: 500,
    ProblemCode.UNAVAILABLE: 503,
    ProblemCode.STORAGE_FULL: 503,
    ProblemCode.STORAGE_READ_ONLY: 503,
    ProblemCode.STORAGE_DAMAGED: 503,
    ProblemCode.STORAGE_UNCHECKED: 503,
    ProblemCode.RECORDING_REFUSED: 422,
    ProblemCode.PACK_REFUSED: 422,
    ProblemCode.UNKNOWN_FOLLOWER: 404,
    ProblemCode.BY_STICK: 409,
    ProblemCode.CLOCK_IMPLAUSIBLE: 409,
}


def title(code: ProblemCode, facts: dict[str, Any]) -> str:
    """What a clerk can act on, in Vietnamese."""
    titles = {
        ProblemCode.BAD_JSON: _("The request cannot be understood."),
        ProblemCode.UNAUTHORIZED: _("This device is not paired yet. Call the administrator."),
        ProblemCode.FORBIDDEN: _("This device may not do this."),
        ProblemCode.UNKNOWN_TICKET: _("There is no such number."),
        ProblemCode.UNKNOWN_COUNTER: _("There is no such counter."),
        ProblemCode.UNKNOWN_DOSSIER: _("No dossier found. Please check the code on the appointment slip."),
        ProblemCode.UNKNOWN_FOLLOWER: _("There is no such line or webhook."),
        ProblemCode.BY_STICK: _("This travels by USB stick and cannot be changed here. Nothing was changed."),
        ProblemCode.UNKNOWN_SERVICE: _("There is no such service."),
        ProblemCode.NOT_FOUND: _("There is nothing at this address."),
        ProblemCode.METHOD_NOT_ALLOWED: _("This address does not take this kind of request."),
        ProblemCode.CLOSED: _("The office is closed now; numbers are given again at {again}."),
        ProblemCode.LIMIT_REACHED: _("All numbers of this service are given today."),
        ProblemCode.COUNTER_BUSY: _("{number} is still at counter {counter}. Complete it or mark it absent first."),
        ProblemCode.COUNTER_CLOSED: _("Counter {counter} is paused. Open it first."),
        ProblemCode.TAKEN: _("{number} was just changed at another counter."),
        ProblemCode.ILLEGAL_TRANSITION: _("This cannot be done with {number} now (state: {state})."),
        ProblemCode.ALREADY_RATED: _("{number} has been rated already. Thank you!"),
        ProblemCode.NOT_SERVED: _("{number} has not been served yet."),
        ProblemCode.TOO_LATE: _("It is too late for this."),
        ProblemCode.IDEMPOTENCY_MISMATCH: _("The same key was used for another request."),
        ProblemCode.EPOCH_CHANGED: _("The data was restored. Reload the page."),
        ProblemCode.CLOCK_IMPLAUSIBLE: _("This cannot be the time. Please compare it with a watch."),
        ProblemCode.TOO_MANY: _("Too many requests. Please wait a moment."),
        ProblemCode.TOO_LARGE: _("The request is too large."),
        ProblemCode.UNSUPPORTED_TYPE: _("The request must be JSON."),
        ProblemCode.RECORDING_REFUSED: _("This recording cannot be used. Please record it again."),
        ProblemCode.PACK_REFUSED: _("This file cannot be used as a voice pack. Nothing was changed."),
        ProblemCode.INTERNAL: _("Something went wrong on this PC. Nothing was changed. Try again."),
        **_storage_titles(),
    }
    values = {"number": "—", "counter": "—", "again": "—", "state": "—", **facts}
    return titles[code].format_map(values)


def _storage_titles() -> dict[ProblemCode, str]:
    return {
        ProblemCode.UNAVAILABLE: _("The data is busy for a moment. Nothing was changed. Try again."),
        ProblemCode.STORAGE_FULL: _("The disk of the main machine is full. Nothing was changed. Call the technician."),
        ProblemCode.STORAGE_READ_ONLY: _(
            "The main machine cannot write to its disk. Nothing was changed. Call the technician."
        ),
        ProblemCode.STORAGE_DAMAGED: _("This data is damaged, so it is not shown. Call the technician."),
        ProblemCode.STORAGE_UNCHECKED: _("The data is being checked after the start. Make the report a little later."),
    }


def own_title(error: DomainError) -> str | None:
    """A sentence that says more than that of the code, for the errors that have one."""
    titles = {
        NothingToUndo: _("Nothing of the last minute can be undone at counter {counter}."),
        RatedSince: _("{number} was rated by the citizen, so this can no longer be undone."),
        NumberExists: _("{number} is in the machine already."),
        NobodyThere: _nobody_there(error),
        BadDossierCode: _("This is not a whole dossier code. A code looks like 000.00.53.H48-240414-0001."),
        UnknownPerson: _("There is nobody of this name any more."),
        UnknownCorrection: _("This was decided or taken back meanwhile."),
        AskedAlready: _("This is called wrong already and waits for a second person."),
        SecondPersonNeeded: _("Whoever called it wrong cannot approve it. Another person has to."),
        PersonExists: _("Somebody of this name is there already."),
        LastAdministrator: _("This is the only administrator. Add another one first."),
        NothingReads: _("The camera does not work now. Please type the code."),
        WeakSecret: _("This is too short or among the first that anybody would guess."),
        ImpossibleDossierDay: _("The day in the code {dossier} is not right. Please check the code."),
    }
    sentence = titles.get(type(error))
    return sentence.format_map(error.facts) if sentence else None


def _nobody_there(error: DomainError) -> str:
    if error.facts.get("counter"):
        return _("Counter {counter} is not open now. People sent there wait until it opens.")
    return _("No counter of {service} is open now. People sent there wait until one opens.")


def problem_response(
    code: ProblemCode, detail: str, facts: dict[str, Any] | None = None, own: str | None = None
) -> Response:
    status, heading = STATUS[code], own or title(code, facts or {})
    body = {"type": f"urn:motcua:problem:{code}", "title": heading, "status": status, "code": code}
    body |= {"detail": detail, **(facts or {})}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if status in {429, 503}:
        headers["Retry-After"] = str(body.get("wait_s", 1))
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, headers, content_type="application/problem+json; charset=utf-8")


def domain_error_response(error: DomainError) -> Response:
    return problem_response(error.code, error.detail, error.facts, own_title(error))


def storage_error_response(error: Exception) -> Response:
    """Of what the store raises; the nearest kind decides."""
    code = next(STORAGE_CODES[kind] for kind in type(error).__mro__ if kind in STORAGE_CODES)
    return problem_response(code, str(error))


def commit_error_response(error: BaseException) -> Response:
    """Of a commit that failed after the action was done."""
    failure = failure_of(error)
    if failure is not None:
        return storage_error_response(failure)
    log.error("unexpected error in a commit", exc_info=error)
    return internal_error_response()


def internal_error_response() -> Response:
    return problem_response(ProblemCode.INTERNAL, "an unexpected error was logged; nothing was changed")
