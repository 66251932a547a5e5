"""The OpenAPI description, made from the same declarations that route and authorize the calls."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from typing_extensions import TypedDict

from kiosk.web.http.calls import CALLS, CallDeclaration, Context, call, model_schema
from kiosk.web.http.models import ProblemDetails

PATH_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


class DescriptionAnswer(TypedDict):
    """OpenAPI 3.1."""

    openapi: str
    info: dict[str, str]
    paths: dict[str, Any]
    components: dict[str, Any]


@call("GET", "/api/v1/openapi.json", answers={200: DescriptionAnswer})
def openapi(context: Context) -> tuple[int, str]:
    """This description."""
    return 200, _text(context.dependencies.office.name)


@lru_cache(maxsize=1)
def _text(office: str) -> str:
    """Made once: it takes a quarter of a second, and anybody may ask for it."""
    return json.dumps(document(office), ensure_ascii=False)


def document(office: str) -> DescriptionAnswer:
    """OpenAPI 3.1 of every declared call; path keys carry the full prefix."""
    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for declared in CALLS:
        path = PATH_PARAMETER.sub(r"{\1}", declared.path)
        paths.setdefault(path, {})[declared.method.lower()] = _operation(declared, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Một Cửa Kiosk – {office}", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(declared: CallDeclaration, schemas: dict[str, Any]) -> dict[str, Any]:
    words = (declared.handler.__doc__ or declared.handler.__name__.replace("_", " ")).strip()
    operation: dict[str, Any] = {
        "operationId": declared.operation,
        "summary": words.partition("\n")[0],
        "parameters": _parameters(declared),
        "responses": _responses(declared, schemas),
    }
    if declared.roles:
        operation["security"] = [{"device": []}] + ([{}] if "none" in declared.roles else [])
        operation["description"] = "Roles: " + ", ".join(sorted(declared.roles - {"none"}))
    if declared.body is bytes:
        content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        operation["requestBody"] = {"required": True, "content": content}
    elif declared.body is not None:
        schema = _reference(declared.body, schemas)
        operation["requestBody"] = {"required": False, "content": {"application/json": {"schema": schema}}}
    return operation


def _parameters(declared: CallDeclaration) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in PATH_PARAMETER.findall(declared.path)
    ]
    parameters += [{"name": name, "in": "query", "schema": schema} for name, schema in declared.query.items()]
    if declared.method == "POST" and declared.journaled:
        schema = {"type": "string", "minLength": 1, "maxLength": 200}
        parameters.append({"name": "Idempotency-Key", "in": "header", "schema": schema})
    return parameters


def _responses(declared: CallDeclaration, schemas: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    problem = {"application/problem+json": {"schema": _reference(ProblemDetails, schemas)}}
    for status, model in sorted(declared.answers.items()):
        if model is None:
            answers[str(status)] = {"description": "done"}
        elif status >= 400:
            answers[str(status)] = {"description": "refused", "content": problem}
        else:
            content: dict[str, Any] = {}
            if model not in {bytes, str}:
                content["application/json"] = {"schema": _reference(model, schemas)}
            content |= {kind: {"schema": {"type": "string"}} for kind in declared.also}
            answers[str(status)] = {"description": "done", "content": content}
    usual = {"400": "cannot be understood", "503": "busy, try again"}
    if declared.roles:
        usual |= {"401": "no valid credential", "403": "not for this role"}
    if declared.writes:
        usual |= {"409": "refused by a rule of the office", "413": "too large", "429": "too many"}
    for code, words in usual.items():
        answers.setdefault(code, {"description": words, "content": problem})
    return answers


def _reference(model: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    schema = model_schema(model)
    schemas.update(schema.pop("$defs", {}))
    if "title" in schema and schema.get("type") == "object":
        schemas[schema["title"]] = schema
        return {"$ref": f"#/components/schemas/{schema['title']}"}
    return schema
