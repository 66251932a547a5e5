"""The parts of a request as they were declared: body, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from pydantic import TypeAdapter, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from kiosk.domain.errors import BadRequest
from kiosk.web.http import alphabet
from kiosk.web.wsgi.request_reader import BODY_REFUSED


def raw_body(method: str, max_bytes: int) -> bytes:
    """The whole body; the server has joined its chunks and set its length. Raises 413 above the declared size."""
    if method == "GET":
        return b""
    length = int(request.environ.get("CONTENT_LENGTH") or 0)
    if length > max_bytes or BODY_REFUSED in request.environ:
        raise RequestEntityTooLarge
    body: bytes = request.environ["wsgi.input"].read(length)
    return body


def query_of(declared: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The declared parameters (name → JSON schema), as long as declared; numbers are read by the handlers."""
    if not declared:
        return {}
    for name, schema in declared.items():
        value = request.args.get(name, "")
        if "maxLength" in schema and len(value) > schema["maxLength"]:
            raise BadRequest(f"{name} has more than {schema['maxLength']} characters")
        if name in request.args and len(value) < schema.get("minLength", 0):
            raise BadRequest(f"{name} is empty")
        if name in request.args and value not in schema.get("enum", (value,)):
            raise BadRequest(f"{name} must be one of: {', '.join(schema['enum'])}")
    return {name: alphabet.line("a parameter", value) for name, value in request.args.items()}


def whole_number(text: str | None, default: int, low: int, high: int, name: str) -> int:
    """A parameter as a number; without one the default. Raises BadRequest."""
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise BadRequest(f"{name} must be a whole number from {low} to {high}")
    return int(text)


def parse(adapter: TypeAdapter[Any], raw: bytes) -> Any:
    """The body in its declared type. Raises BadRequest, which names the first field that is wrong."""
    if not raw.strip():
        raw = b"{}"
    try:
        return adapter.validate_json(alphabet.json_body(raw))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "body"
        raise BadRequest(f"{place}: {first['msg']}") from None
