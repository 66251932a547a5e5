"""Every call says what it answers, and the tests' own check of that sees what is wrong."""

from __future__ import annotations

import json

import pytest
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from kiosk.web.http.calls import CALLS, CallDeclaration
from kiosk.web.http.openapi import document
from tests.answers import UnexpectedAnswer, check_answer


def answered(body: object, status: int = 200, kind: str = "application/json") -> TestResponse:
    response = Response(json.dumps(body), status, content_type=kind)
    return TestResponse(response.iter_encoded(), response.status, response.headers, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("declared", CALLS, ids=lambda declared: declared.name)
def test_every_call_has_a_shape_for_each_answer(declared: CallDeclaration) -> None:
    assert declared.answers, "a call says what it answers"
    for status, model in declared.answers.items():
        assert (model is None) == (status in {204, 304}), f"{declared.name} {status}"


@pytest.mark.parametrize("declared", CALLS, ids=lambda declared: declared.name)
def test_an_answer_that_is_no_json_names_its_type(declared: CallDeclaration) -> None:
    files = [model for model in declared.answers.values() if model in {bytes, str}]
    assert not files or declared.also


def test_no_published_object_leaves_its_fields_open() -> None:
    """But for the few whose fields are data of the office: reports of devices, of events, of counts."""
    mappings = {
        (name, field)
        for name, schema in document("Ba Vì")["components"]["schemas"].items()
        for field, of_field in schema.get("properties", {}).items()
        if of_field.get("additionalProperties") is True
    }
    assert mappings == {
        ("DeviceAnswer", "report"),
        ("EventAnswer", "data"),
        ("DescriptionAnswer", "paths"),
        ("DescriptionAnswer", "components"),
    }


RIGHT = {"code": "BCDFGHJK", "state": "waiting"}


def test_an_answer_as_described_passes() -> None:
    check_answer("POST", "/api/v1/devices/pair", answered(RIGHT, 201))


@pytest.mark.parametrize(
    "body", [{"code": "BCDFGHJK"}, {**RIGHT, "state": "lost"}, {**RIGHT, "code": 7}, {**RIGHT, "secret": "x"}, []]
)
def test_an_answer_of_another_shape_is_noticed(body: object) -> None:
    with pytest.raises(UnexpectedAnswer):
        check_answer("POST", "/api/v1/devices/pair", answered(body, 201))


def test_a_status_that_is_not_declared_is_noticed() -> None:
    with pytest.raises(UnexpectedAnswer, match="does not declare"):
        check_answer("POST", "/api/v1/devices/pair", answered(RIGHT, 200))


def test_a_problem_may_tell_the_facts_of_its_sentence() -> None:
    body = {"type": "urn:motcua:problem:taken", "title": "…", "status": 409, "code": "taken", "detail": "…"}
    kind = "application/problem+json"
    check_answer("POST", "/api/v1/counters/1/call-next", answered({**body, "number": "A012"}, 409, kind))
    with pytest.raises(UnexpectedAnswer):
        check_answer("POST", "/api/v1/counters/1/call-next", answered({"title": "…"}, 409, kind))


def test_addresses_that_there_are_not_are_nobodys_answer() -> None:
    check_answer("GET", "/nothing", answered({"anything": 1}))
    check_answer("PATCH", "/api/v1/board", answered({"anything": 1}, 405))
