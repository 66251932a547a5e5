"""One declaration per call: path, roles, body and answers. Routing, authorization and OpenAPI all come from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from flask import Flask, Response, request
from pydantic import BaseModel, TypeAdapter, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from kiosk.actions.days import ensure_today
from kiosk.domain.errors import BadRequest, Forbidden, IdempotencyMismatch
from kiosk.store.records import Records
from kiosk.store.unit_of_work import Actor, UnitOfWork
from kiosk.web.auth import ANYONE, Caller, Gate
from kiosk.web.services import Services, services

JSON = "application/json; charset=utf-8"
MAX_KEY = 200


@dataclass
class Context:
    """What a handler is given. `unit` is the open transaction of a writing call."""

    services: Services
    caller: Caller
    body: Any
    query: dict[str, str]
    _unit: UnitOfWork | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def unit(self) -> UnitOfWork:
        if self._unit is None:
            raise RuntimeError("this call was not declared as writing")
        return self._unit


Handler = Callable[..., tuple[int, Any]]


@dataclass(frozen=True)
class Call:
    """`path` in Flask's notation; empty `roles` means no credential; `answers` maps status to model or None.

    `body` is a model of JSON; `bytes` for a file as it is; None for no body.
    """

    method: str
    path: str
    roles: frozenset[str]
    handler: Handler
    body: Any
    answers: dict[int, Any]
    query: dict[str, Any]
    writes: bool
    journaled: bool
    max_bytes: int
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.method.lower()} {self.path}"


CALLS: list[Call] = []


def call(
    method: str, path: str, roles: str = "", body: Any = None, answers: dict[int, Any] | None = None,
    query: dict[str, Any] | None = None, writes: bool | None = None, journaled: bool = True,
    max_bytes: int = 64 * 1024, also: tuple[str, ...] = (),
) -> Callable[[Handler], Handler]:  # fmt: skip
    """Declare a call of the API. `query` maps parameter names to JSON schemas; `also` names other content types."""

    def declare(handler: Handler) -> Handler:
        changes = method != "GET" if writes is None else writes
        allowed = frozenset(roles.split())
        known = answers or {200: None}
        CALLS.append(
            Call(method, path, allowed, handler, body, known, query or {}, changes, journaled, max_bytes, also)
        )  # fmt: skip
        return handler

    return declare


def register(app: Flask, gate: Gate) -> None:
    for declared in CALLS:
        app.add_url_rule(
            declared.path, declared.name, _view(declared, gate), methods=[declared.method],
            provide_automatic_options=False,
        )  # fmt: skip


def _view(declared: Call, gate: Gate) -> Callable[..., Response]:
    adapter: TypeAdapter[Any] | None = None if declared.body in {None, bytes} else TypeAdapter(declared.body)

    def view(**path: str) -> Response:
        caller = _authorised(declared, gate)
        raw = _raw_body(declared)
        body = raw if adapter is None else _parse(adapter, raw)
        context = Context(services(), caller, body, _query(declared))
        if not declared.writes:
            return _response(*declared.handler(context, **path), context.headers)
        if not declared.journaled:
            return _response(*declared.handler(context, **path), context.headers)
        return _transaction(declared, context, raw, path)

    return view


def _authorised(declared: Call, gate: Gate) -> Caller:
    if not declared.roles:
        return ANYONE
    if "none" in declared.roles and "Authorization" not in request.headers:
        return ANYONE
    caller = gate.caller(request)
    if caller.role not in declared.roles:
        allowed = ", ".join(sorted(declared.roles - {"none"}))
        raise Forbidden(f"a {caller.role} may not call this; allowed: {allowed}")
    return caller


def _raw_body(declared: Call) -> bytes:
    """The whole body; the server has joined its chunks and set its length. Raises 413 above the declared size."""
    if declared.method == "GET":
        return b""
    length = int(request.environ.get("CONTENT_LENGTH") or 0)
    if length > declared.max_bytes:
        raise RequestEntityTooLarge
    body: bytes = request.environ["wsgi.input"].read(length)
    return body


def _query(declared: Call) -> dict[str, str]:
    """The declared parameters, as long as declared; numbers are read by the handlers."""
    if not declared.query:
        return {}
    for name, schema in declared.query.items():
        value = request.args.get(name, "")
        if "maxLength" in schema and len(value) > schema["maxLength"]:
            raise BadRequest(f"{name} has more than {schema['maxLength']} characters")
        if name in request.args and len(value) < schema.get("minLength", 0):
            raise BadRequest(f"{name} is empty")
    return dict(request.args)


def _parse(adapter: TypeAdapter[Any], raw: bytes) -> Any:
    if not raw.strip():
        raw = b"{}"
    try:
        return adapter.validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "body"
        raise BadRequest(f"{place}: {first['msg']}") from None


def _transaction(declared: Call, context: Context, raw: bytes, path: dict[str, str]) -> Response:
    """One transaction: the day, the action, the remembered answer. Nothing is promised before the commit."""
    found, caller = context.services, context.caller
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key) <= MAX_KEY:
        raise BadRequest(f"Idempotency-Key must have 1 to {MAX_KEY} characters")
    fingerprint = "" if key is None else sha256(f"{declared.method} {request.path}\n".encode() + raw).hexdigest()
    with found.store.unit(Actor(caller.role, caller.name), found.clock.now_ms()) as unit:
        if key is not None and (known := unit.records.remembered_answer(caller.name, key)):
            return _again(known, fingerprint)
        ensure_today(unit)
        context._unit = unit
        status, answer = declared.handler(context, **path)
        text = "" if answer is None else json.dumps(answer, ensure_ascii=False)
        if key is not None:
            _remember(unit.records, caller.name, key, fingerprint, status, text, unit.now)
    return _response(status, text, context.headers)


def _again(known: tuple[str, int, str], fingerprint: str) -> Response:
    if known[0] != fingerprint:
        raise IdempotencyMismatch("this Idempotency-Key was used with another request; use a new key")
    return _response(known[1], known[2], {"Idempotency-Replayed": "true"})


def _remember(
    records: Records, actor: str, key: str, fingerprint: str, status: int, text: str, now: int
) -> None:  # fmt: skip
    records.remember_answer(actor, key, fingerprint, status, text, now)


def _response(status: int, answer: Any, headers: dict[str, str]) -> Response:
    if isinstance(answer, Response):
        return answer
    if answer is None or answer == "":
        return Response(None, status, headers, content_type=JSON if status != 204 else None)
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    return Response(text, status, headers, content_type=JSON)


def model_schema(model: Any) -> dict[str, Any]:
    """The JSON schema of a body or an answer, with references under #/components/schemas."""
    template = "#/components/schemas/{model}"
    if isinstance(model, type) and issubclass(model, BaseModel):
        return model.model_json_schema(ref_template=template)
    return TypeAdapter(model).json_schema(ref_template=template)
