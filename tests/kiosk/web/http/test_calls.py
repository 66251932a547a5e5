"""One declaration per call: what is checked before a handler runs, and what is answered after it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import Field, TypeAdapter

from kiosk.domain.errors import BadRequest
from kiosk.store.answers import RememberedAnswer
from kiosk.web.http.auth import ANYONE
from kiosk.web.http.calls import (
    CALLS,
    CallDeclaration,
    Context,
    _again,
    _response,
    model_schema,
)
from kiosk.web.http.models import Body, Code, Instant
from kiosk.web.http.request_parts import parse, query_of
from tests.office import OfficeStory


class Order(Body):
    code: Code
    at: Instant | None = None
    count: int = Field(default=1, ge=1, le=3)


ORDER: TypeAdapter[Any] = TypeAdapter(Order)


def declared(roles: str = "counter admin", **query: dict[str, Any]) -> CallDeclaration:
    return CallDeclaration(
        "GET", "/x", frozenset(roles.split()), lambda context: (200, None), None, {200: None}, query, False, True, 1024
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"code": "HT"}', None),
        ('{"code": "HT", "count": 3, "at": "2024-04-14T01:05:10.123Z"}', None),
        ('{"code": "HT", "at": "2024-04-14T08:05:10+07:00"}', None),
        ("{", "body: "),
        ("[]", "body: "),
        ("{}", "code: "),
        ("", "code: "),
        ('{"code": "H T"}', "code: "),
        ('{"code": ""}', "code: "),
        ('{"code": 7}', "code: "),
        ('{"code": "HT", "count": 0}', "count: "),
        ('{"code": "HT", "count": 4}', "count: "),
        ('{"code": "HT", "count": "2"}', "count: "),
        ('{"code": "HT", "name": "x"}', "name: "),
        ('{"code": "HT", "at": 1713000000}', "at"),
        ('{"code": "HT", "at": "2024-04-14T01:05:10"}', "at"),
    ],
)
def test_a_body_is_as_declared_or_refused_with_its_place(text: str, problem: str | None) -> None:
    if problem is None:
        assert parse(ORDER, text.encode()).code == "HT"
        return
    with pytest.raises(BadRequest) as caught:
        parse(ORDER, text.encode())
    assert str(caught.value).startswith(problem)


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("/x", False),
        ("/x?query=abc", False),
        ("/x?query=abcd", True),
        ("/x?epoch=", True),
        ("/x?epoch=e", False),
        ("/x?other=whatever-it-is", False),
    ],
)
def test_parameters_are_as_long_as_declared(small_office: OfficeStory, address: str, refused: bool) -> None:
    call = declared(query={"maxLength": 3}, epoch={"minLength": 1})
    with small_office.service.flask_app.test_request_context(address):
        if refused:
            with pytest.raises(BadRequest):
                query_of(call.query)
        else:
            query_of(call.query)


def test_a_call_that_takes_no_parameters_is_given_none(small_office: OfficeStory) -> None:
    with small_office.service.flask_app.test_request_context("/x?a=1"):
        assert query_of(declared().query) == {}


@pytest.mark.parametrize(
    ("status", "answer", "text", "kind"),
    [
        (200, {"name": "Quầy 1"}, '{"name": "Quầy 1"}', "application/json; charset=utf-8"),
        (200, '{"ready": 1}', '{"ready": 1}', "application/json; charset=utf-8"),
        (204, None, "", None),
        (204, "", "", None),
    ],
)
def test_an_answer_is_json_in_utf_8_or_nothing(status: int, answer: Any, text: str, kind: str | None) -> None:
    response = _response(status, answer, {"X-Test": "1"})
    assert (response.status_code, response.get_data(as_text=True)) == (status, text)
    assert response.headers["X-Test"] == "1" and (kind is None or response.headers["Content-Type"] == kind)


def test_a_remembered_answer_is_given_again_and_says_so() -> None:
    response = _again(RememberedAnswer("f", 201, '{"id": "1"}'), "f")
    assert (response.status_code, response.get_data(as_text=True)) == (201, '{"id": "1"}')
    assert response.headers["Idempotency-Replayed"] == "true"


def test_a_reading_call_has_no_transaction_to_write_in() -> None:
    with pytest.raises(RuntimeError):
        _ = Context(None, ANYONE, None, {}).unit  # type: ignore[arg-type]


def test_a_key_is_remembered_for_its_device_only(small_office: OfficeStory) -> None:
    first = small_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}, Idempotency_Key="k")
    other = small_office.send("POST", "/api/v1/tickets", "counter", {"service": "HT"}, Idempotency_Key="k")
    assert (first.json["number"], other.json["number"]) == ("A001", "A002")


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_has_one_to_two_hundred_characters(small_office: OfficeStory, key: str) -> None:
    answer = small_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}, Idempotency_Key=key)
    assert (answer.status_code, answer.json["code"]) == (400, "bad-json")
    assert "ticket.issued" not in small_office.types()


def test_a_refused_call_is_not_remembered(small_office: OfficeStory) -> None:
    refused = small_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "XX"}, Idempotency_Key="k")
    again = small_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "XX"}, Idempotency_Key="k")
    assert refused.status_code == again.status_code == 422
    assert "Idempotency-Replayed" not in again.headers


@pytest.mark.parametrize(("size", "status"), [(64 * 1024, 400), (64 * 1024 + 1, 413)])
def test_a_body_above_the_declared_size_is_refused_unread(small_office: OfficeStory, size: int, status: int) -> None:
    text = json.dumps({"service": "HT"}).ljust(size).encode()
    body = text[:-1] + b"x"  # no JSON: what is read is refused as such
    assert small_office.send("POST", "/api/v1/tickets", "kiosk", body).status_code == status


def test_every_call_has_a_name_of_its_own() -> None:
    assert len({call.name for call in CALLS}) == len(CALLS)


def test_a_shape_is_published_with_references() -> None:
    schema = model_schema(Order)
    assert schema["title"] == "Order" and schema["additionalProperties"] is False and schema["required"] == ["code"]
    assert model_schema(list[Order])["items"] == {"$ref": "#/components/schemas/Order"}
