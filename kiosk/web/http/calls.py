"""One declaration per call: path, roles, body and answers. Routing, authorization and OpenAPI all come from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field, replace
from hashlib import sha256
from typing import Any, Generic

from flask import Flask, Response, request
from pydantic import BaseModel, TypeAdapter
from typing_extensions import TypeVar

from contract.records import dataclass
from kiosk.actions.days import ensure_today
from kiosk.domain.errors import BadRequest, IdempotencyMismatch
from kiosk.domain.events.access import Administered
from kiosk.domain.service import Office
from kiosk.store.answers import RememberedAnswer
from kiosk.store.store import Reading
from kiosk.store.tables import OfficeTables
from kiosk.store.unit_of_work import UnitOfWork
from kiosk.web.http import alphabet
from kiosk.web.http.auth import Authenticator, Caller
from kiosk.web.http.callers import caller_of
from kiosk.web.http.demands import Asked, Demand, without
from kiosk.web.http.dependencies import Dependencies, dependencies
from kiosk.web.http.request_parts import parse, query_of, raw_body
from kiosk.web.http.traces import administered

JSON = "application/json; charset=utf-8"
MAX_KEY = 200
_encode = json.JSONEncoder(ensure_ascii=False).encode
QUICK_BYTES = 64 * 1024
PROGRAM = "report"  # the role of programs that read reports

Body_co = TypeVar("Body_co", covariant=True, default=None)


@dataclass
class Context(Generic[Body_co]):
    """What a handler is given. `unit` is the open transaction of a writing call; `now` is ms since 1970 UTC."""

    dependencies: Dependencies
    caller: Caller
    body: Body_co
    query: dict[str, str]
    _unit: UnitOfWork | None = None
    act: Administered | None = None
    sees_access: bool = False
    masks_names: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def unit(self) -> UnitOfWork:
        if self._unit is None:
            raise RuntimeError("this call was not declared as writing")
        return self._unit

    @property
    def now(self) -> int:
        return self.dependencies.clock.now_ms()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One consistent view of the database."""
        with self.dependencies.store.reading() as reading:
            yield reading

    @contextmanager
    def writing(self) -> Iterator[OfficeTables]:
        """A writing transaction without a day: devices, accounts, followers; a person's act leaves a trace."""
        if self.act is None:
            with self.dependencies.store.writing() as tables:
                yield tables
            return
        with self.acting() as unit:
            yield unit
            self.leave_trace(unit)

    def leave_trace(self, unit: UnitOfWork) -> None:
        """What a person did of the office is an event, once."""
        if self.act is not None:
            unit.record(self.act)
            self.act = None

    def about(self, name: str, detail: str = "") -> None:
        """The act is about this object, which the path may not name; `detail`: what becomes of it."""
        if self.act is not None:
            self.act = replace(self.act, about=name, detail=detail)

    def acting(self) -> UnitOfWork:
        """A unit of work in the name of the caller, for a call that is not journaled as a whole."""
        return self.dependencies.store.unit(self.caller.actor, self.dependencies.clock.now_ms)


Handler = Callable[..., tuple[int, Any]]


@dataclass(frozen=True)
class CallDeclaration:
    """`path` in Flask's notation; empty `roles` means no credential; `answers` maps status to model or None.

    `body` is a model of JSON; `bytes` for a file as it is; None for no body. `demands` are checked beside the role;
    `withheld` names the fields of the answer that a role is not given, `access_to` who is given events of access whole,
    `masked_for` who is given people's names masked.
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
    operation_id: str = ""
    demands: tuple[Demand, ...] = ()
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    access_to: frozenset[str] = frozenset()
    masked_for: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.method.lower()} {self.path}"

    @property
    def operation(self) -> str:
        """Its name in the published description."""
        return self.operation_id or f"{self.handler.__module__.rpartition('.')[2]}_{self.handler.__name__}"

    @property
    def is_long(self) -> bool:
        """Its transaction may take long, so that no quick one should wait for the same commit."""
        return self.max_bytes > QUICK_BYTES


CALLS: list[CallDeclaration] = []


def call(
    method: str,
    path: str,
    roles: str = "",
    body: Any = None,
    answers: dict[int, Any] | None = None,
    query: dict[str, Any] | None = None,
    writes: bool | None = None,
    journaled: bool = True,
    max_bytes: int = QUICK_BYTES,
    also: tuple[str, ...] = (),
    operation_id: str = "",
    demands: tuple[Demand, ...] = (),
    withheld: Mapping[str, tuple[str, ...]] | None = None,
    access_to: str = "",
    masked_for: str = "",
) -> Callable[[Handler], Handler]:
    """Declare a call of the API. `query` maps parameter names to JSON schemas; `also` names other content types.

    `demands`: what is asked beside the role. `withheld` maps roles to fields of the answer that they are not given.
    `access_to`: roles that are given events of access whole; any other hears only that there was one.
    `masked_for`: roles for which names are masked; the handler sees to it (`Context.masks_names`).
    `operation_id` of the published description: by default module and name of the handler.
    """

    def declare(handler: Handler) -> Handler:
        changes = method != "GET" if writes is None else writes
        allowed = frozenset(roles.split())
        promised = answers or {200: None}
        kept_back = {role: fields for names, fields in (withheld or {}).items() for role in names.split()}
        manner = (changes, journaled, max_bytes, also, operation_id, demands, kept_back)
        seen = (frozenset(access_to.split()), frozenset(masked_for.split()))
        CALLS.append(CallDeclaration(method, path, allowed, handler, body, promised, query or {}, *manner, *seen))
        return handler

    return declare


def register(app: Flask, authenticator: Authenticator) -> None:
    for declared in CALLS:
        app.add_url_rule(
            declared.path,
            declared.name,
            _view(declared, authenticator),
            methods=[declared.method],
            provide_automatic_options=False,
        )


def _view(declared: CallDeclaration, authenticator: Authenticator) -> Callable[..., Response]:
    adapter: TypeAdapter[Any] | None = None if declared.body in {None, bytes} else TypeAdapter(declared.body)

    def view(**given: str) -> Response:
        path = {name: alphabet.line(name, value) for name, value in given.items()}
        needed = dependencies()
        caller = caller_of(request, authenticator, declared.roles, needed)
        raw = raw_body(declared.method, declared.max_bytes)
        body = raw if adapter is None else parse(adapter, raw)
        context = Context(needed, caller, body, query_of(declared.query))
        context.sees_access = caller.role in declared.access_to
        context.masks_names = _masks_names(declared, caller, needed.office)
        context.act = administered(caller, declared.method, declared.operation, path, request.remote_addr or "")
        if not (declared.writes and declared.journaled):
            _require(declared, context, path)
            status, answer = declared.handler(context, **path)
            if context.act is not None:
                with context.acting() as unit:
                    context.leave_trace(unit)
            return _response(status, _shown(declared, context, answer), context.headers)
        return _transaction(declared, context, raw, path)

    return view


def _require(declared: CallDeclaration, context: Context[Any], path: dict[str, str]) -> None:
    """Raises Forbidden where a demand of the call is not met."""
    asked = Asked(context.dependencies.office, context.caller, path)
    for demand in declared.demands:
        if not demand.reads(asked):
            demand.check(asked, None)
        elif context._unit is not None:
            demand.check(asked, context._unit)
        else:
            with context.reading() as reading:
                demand.check(asked, reading)


def _masks_names(declared: CallDeclaration, caller: Caller, office: Office) -> bool:
    """A person's role decides; of a program, the office may say otherwise."""
    if caller.role not in declared.masked_for:
        return False
    return not (caller.role == PROGRAM and office.programs_see_names)


def _shown(declared: CallDeclaration, context: Context[Any], answer: Any) -> Any:
    fields = declared.withheld.get(context.caller.role)
    return without(answer, fields) if fields else answer


def _transaction(declared: CallDeclaration, context: Context[Any], raw: bytes, path: dict[str, str]) -> Response:
    """One transaction: the day, the action, the remembered answer. Nothing is promised before the commit."""
    given, caller = context.dependencies, context.caller
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key) <= MAX_KEY:
        raise BadRequest(f"Idempotency-Key must have 1 to {MAX_KEY} characters")
    alphabet.header("Idempotency-Key", key or "")
    fingerprint = "" if key is None else sha256(f"{declared.method} {request.path}\n".encode() + raw).hexdigest()
    with given.store.unit(caller.actor, given.clock.now_ms, declared.is_long) as unit:
        if key is not None and (answered := unit.answers.get(caller.name, key)):
            return _again(answered, fingerprint)
        ensure_today(unit)
        context._unit = unit
        _require(declared, context, path)
        status, answer = declared.handler(context, **path)
        text = "" if answer is None else _encode(_shown(declared, context, answer))
        context.leave_trace(unit)
        if key is not None:
            unit.answers.add(caller.name, key, RememberedAnswer(fingerprint, status, text), unit.now)
    return _response(status, text, context.headers)


def _again(answered: RememberedAnswer, fingerprint: str) -> Response:
    if answered.fingerprint != fingerprint:
        raise IdempotencyMismatch("this Idempotency-Key was used with another request; use a new key")
    return _response(answered.status, answered.body, {"Idempotency-Replayed": "true"})


def _response(status: int, answer: Any, headers: dict[str, str]) -> Response:
    if isinstance(answer, Response):
        return answer
    if answer is None or answer == "":
        return Response(None, status, headers, content_type=JSON if status != 204 else None)
    text = answer if isinstance(answer, str) else _encode(answer)
    return Response(text, status, headers, content_type=JSON)


def model_schema(model: Any) -> dict[str, Any]:
    """The JSON schema of a body or an answer, with references under #/components/schemas."""
    template = "#/components/schemas/{model}"
    if isinstance(model, type) and issubclass(model, BaseModel):
        return model.model_json_schema(ref_template=template)
    return TypeAdapter(model).json_schema(ref_template=template)
