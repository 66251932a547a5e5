"""Errors over HTTP: the status of each code, a title in the reader's words, the facts of the error."""

from __future__ import annotations

import json

import pytest

from contract.problems import ProblemCode
from kiosk.domain.errors import CounterBusy, TooMany, UnknownPrinter
from kiosk.web.http.errors import STATUS, domain_error_response, problem_response, title

# code: HTTP status, as docs and clients know it
EXPECTED = {
    "bad-json": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "unknown-ticket": 404,
    "unknown-counter": 404,
    "unknown-dossier": 404,
    "unknown-follower": 404,
    "not-found": 404,
    "method-not-allowed": 405,
    "closed": 409,
    "limit-reached": 409,
    "counter-busy": 409,
    "counter-closed": 409,
    "taken": 409,
    "illegal-transition": 409,
    "already-rated": 409,
    "not-served": 409,
    "too-late": 409,
    "idempotency-mismatch": 409,
    "epoch-changed": 409,
    "by-stick": 409,
    "clock-implausible": 409,
    "too-large": 413,
    "unsupported-type": 415,
    "unknown-service": 422,
    "recording-refused": 422,
    "pack-refused": 422,
    "too-many": 429,
    "internal": 500,
    "unavailable": 503,
    "storage-full": 503,
    "storage-read-only": 503,
    "storage-damaged": 503,
    "storage-unchecked": 503,
}


@pytest.mark.parametrize("code", ProblemCode)
def test_every_code_has_its_status_and_a_title(code: ProblemCode) -> None:
    assert STATUS[code] == EXPECTED[code.value]
    assert title(code, {})


def test_a_domain_error_is_a_problem_with_its_facts() -> None:
    answer = domain_error_response(CounterBusy("A001 is still at counter 1", counter="1", number="A001"))
    assert answer.status_code == 409
    assert answer.content_type == "application/problem+json; charset=utf-8"
    body = json.loads(answer.get_data())
    assert "A001" in body.pop("title")
    assert body == {
        "type": "urn:motcua:problem:counter-busy",
        "status": 409,
        "code": "counter-busy",
        "detail": "A001 is still at counter 1",
        "counter": "1",
        "number": "A001",
    }


def test_an_unknown_printer_keeps_the_code_that_clients_know() -> None:
    body = json.loads(domain_error_response(UnknownPrinter("there is none")).get_data())
    assert (body["code"], body["status"]) == ("unknown-ticket", 404)


@pytest.mark.parametrize(
    ("code", "header", "value"),
    [
        (ProblemCode.UNAUTHORIZED, "WWW-Authenticate", "Bearer"),
        (ProblemCode.TOO_MANY, "Retry-After", "1"),
        (ProblemCode.UNAVAILABLE, "Retry-After", "1"),
        (ProblemCode.FORBIDDEN, "WWW-Authenticate", None),
        (ProblemCode.FORBIDDEN, "Retry-After", None),
    ],
)
def test_a_client_is_told_how_to_go_on(code: ProblemCode, header: str, value: str | None) -> None:
    assert problem_response(code, "why").headers.get(header) == value


def test_who_came_too_often_is_told_when_to_come_again() -> None:
    answer = domain_error_response(TooMany.wait("too many wrong ones from here", 41.2))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "42")
    assert json.loads(answer.get_data())["wait_s"] == 42
