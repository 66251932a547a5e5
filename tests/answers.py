"""Holds every answer of the API to its published shape: no field missing, of another type, or beside those declared."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator
from werkzeug.test import TestResponse

from kiosk.web.http.openapi import document

PARAMETER = re.compile(r"\{\w+\}")


class UnexpectedAnswer(AssertionError):
    """An answer is not as the OpenAPI description says."""


@cache
def _closed_document() -> dict[str, Any]:
    """The description with every object closed against fields that it does not name."""
    whole = deepcopy(document("Ba Vì"))
    for schema in whole["components"]["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    whole["components"]["schemas"]["ProblemDetails"]["additionalProperties"] = True  # facts stand beside the detail
    return whole


@cache
def _paths() -> list[tuple[re.Pattern[str], str]]:
    """Those without a parameter first: /tickets/paper is no ticket."""
    paths = sorted(_closed_document()["paths"], key=lambda path: path.count("{"))
    return [
        (re.compile(PARAMETER.sub("[^/]+", re.escape(path).replace(r"\{", "{").replace(r"\}", "}"))), path)
        for path in paths
    ]


@cache
def _validator(path: str, method: str, status: int, kind: str) -> Draft202012Validator | None:
    responses = _closed_document()["paths"].get(path, {}).get(method.lower(), {}).get("responses", {})
    if str(status) not in responses:
        raise UnexpectedAnswer(f"{method} {path} does not declare the answer {status}")
    schema = responses[str(status)].get("content", {}).get(kind, {}).get("schema")
    return None if schema is None else Draft202012Validator({**schema, "components": _closed_document()["components"]})


def check_answer(method: str, path: str, answer: TestResponse) -> None:
    """Raises UnexpectedAnswer. Addresses and methods that there are not are nobody's answer."""
    known = next((name for pattern, name in _paths() if pattern.fullmatch(path.partition("?")[0])), None)
    if known is None or method.lower() not in _closed_document()["paths"][known]:
        return
    if not (answer.mimetype or "").endswith("json"):
        return
    validator = _validator(known, method, answer.status_code, answer.mimetype)
    if validator is None:
        raise UnexpectedAnswer(f"{method} {known} declares no {answer.mimetype} for {answer.status_code}")
    error = next(validator.iter_errors(answer.json), None)
    if error is not None:
        raise UnexpectedAnswer(f"{method} {path}: {list(error.instance_path)}: {error.message[:300]}")
