"""Somebody is typed into every place of every call that takes a text, found in the declarations: nothing of it stays.

Bodies, addresses, parameters, headers; as whoever may call it. What was typed is in no event, log, figure, stream, and
after its time in no file. Which fields keep their words by purpose stands in test_free_fields.py.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from contract.records import dataclass
from kiosk.maintenance.housekeeping import Housekeeper
from kiosk.web.http.calls import CALLS, CallDeclaration
from tests.kiosk.test_free_fields import FED, FREE, MACHINE, OFFICE, matches, places
from tests.kiosk.test_words_are_not_facts import DAY_S, files, told
from tests.office import OfficeStory

KEPT = {OFFICE, MACHINE, FED}  # words that somebody wants kept; a province's are tried in tests/sync/test_canaries.py
HEADERS = ("User-Agent", "Referer", "Origin", "Accept-Language", "Idempotency-Key", "X-Forwarded-For", "Cookie")
NAMING = {"put /api/v1/followers/<name> <name>"}  # a program says how its connector is called: a code
KNOWN: dict[str, Any] = {"code": "1", "counter": "1", "service": "HT", "priority": "elderly", "number": "A001"}
SEEN = re.compile(rb"(?:canary|0961|0512)(\d{6})")


@dataclass(frozen=True, slots=True)
class Request:
    """`place`: where somebody is typed."""

    method: str
    path: str
    role: str
    body: Any = None
    headers: dict[str, str] | None = None
    place: str = ""


def somebody(ordinal: int) -> list[str]:
    """As people type themselves; each text is that of one request only."""
    name, phone, number = f"Đinh canary{ordinal:06d}", f"0961{ordinal:06d}", f"0512{ordinal:06d}"
    return [f"{name}, {phone}, CCCD {number}", f"canary{ordinal:06d}", phone, f"{number}99"]


class Examples:
    """A body that a call takes, made of its schema and of what there is in the office."""

    def __init__(self, ticket: str, definitions: dict[str, Any]) -> None:
        self._ticket = ticket
        self._definitions = definitions

    def of(self, schema: dict[str, Any], name: str = "") -> Any:
        if "$ref" in schema:
            schema = self._definitions[schema["$ref"].rpartition("/")[2]]
        for kind in ("anyOf", "oneOf", "allOf"):
            if schema.get(kind):
                return self.of(schema[kind][0], name)
        if "const" in schema or "enum" in schema:
            return schema.get("const", (schema.get("enum") or [""])[0])
        match schema.get("type"):
            case "object":
                inner = schema.get("properties", {})
                return {one: self.of(inner[one], one) for one in schema.get("required", ())}
            case "array":
                return [self.of(schema["items"], name)]
            case "integer" | "number":
                return max(1, schema.get("minimum", 1))
            case "boolean":
                return False
        return (
            self._ticket
            if name == "ticket"
            else KNOWN.get(name, "2024-04-15T01:00:00Z" if "format" in schema else "x1234567")
        )


def put(body: Any, place: str, text: str) -> Any:
    """The body with the text at a place such as `refused[].reason`, `remarks{}[]`, `remarks{key}` or `{any}`."""
    head, rest = re.match(r"([^.\[{]*)(.*)", place).groups()  # type: ignore[union-attr]
    if head:
        return {
            **(body if isinstance(body, dict) else {}),
            head: put((body or {}).get(head), rest.removeprefix("."), text),
        }
    if place.startswith("[]"):
        return [put((body or [None])[0] if isinstance(body, list) else None, place[2:].removeprefix("."), text)]
    if place.startswith("{key}"):
        return {text: "x"}
    if place.startswith("{any}"):
        return {**(body or {}), text: text}
    if place.startswith("{}"):
        return {"attitude": put(None, place[2:], text)}
    return text


def requests(declared: CallDeclaration, ticket: str) -> Iterator[Request]:
    """As each role, each place of the call once; what is typed stands as `{typed}` in `place`'s part."""
    path = declared.path.replace("<ticket_id>", ticket)
    path = re.sub(r"<([a-z_]+)>", lambda found: str(KNOWN.get(found[1], ticket)), path)
    for role in sorted(declared.roles) or ["none"]:
        plain = Request(declared.method, path, role)
        schema = TypeAdapter(declared.body).json_schema(by_alias=True) if declared.body not in {None, bytes} else {}
        definitions = schema.get("$defs", {})
        body = Examples(ticket, definitions).of(schema) if schema else None
        for place, field in places(schema, definitions) if schema else ():
            if FREE[f"{declared.method} {declared.path.removeprefix('/api/v1')} {place}"] not in KEPT:
                yield from (
                    replace(plain, body=(body, place, variant), place=f"{declared.name} {place}")
                    for variant in range(4)
                    if matches(field, somebody(0)[variant])
                )
        for found in re.finditer(r"<[a-z_]+>", declared.path):
            marked = declared.path.replace(found[0], "{typed}")
            marked = re.sub(r"<([a-z_]+)>", lambda one: str(KNOWN.get(one[1], ticket)), marked)
            yield replace(plain, path=marked, body=body, place=f"{declared.name} {found[0]}")
        for name in declared.query:
            yield replace(plain, path=f"{path}?{name}={{typed}}", body=body, place=f"{declared.name} ?{name}")
        yield replace(plain, body=body, headers=dict.fromkeys(HEADERS, "{typed}"), place=f"{declared.name} headers")


def places_in(data: bytes, asked: list[Request]) -> list[str]:
    """Where somebody was typed who stands in `data`; digits of a hash that look alike count on beyond all of them."""
    return sorted({asked[int(one)].place for one in SEEN.findall(data) if int(one) < len(asked)})


def send(story: OfficeStory, asked: Request, ordinal: int) -> int:
    texts = somebody(ordinal)
    body = asked.body
    if isinstance(body, tuple):
        whole, place, variant = body
        body = put(whole, place, texts[variant])
    sent = {name: text.format(typed=texts[3]) for name, text in (asked.headers or {}).items()}
    if asked.role != "none":
        sent["Authorization"] = f"Bearer {story.token(asked.role, '1' if asked.role == 'counter' else None)}"
    client = story.service.flask_app.test_client(use_cookies=False)
    path = asked.path.replace("{typed}", texts[ordinal % 4])
    return client.open(path, method=asked.method, headers=sent, json=body).status_code


def test_whoever_is_typed_into_any_call_is_in_nothing_that_stays(
    small_office: OfficeStory, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    story = small_office
    assert story.service
    asked: list[Request] = []
    answers: dict[int, int] = {}
    for declared in CALLS:
        if "stream" in declared.path or declared.path.endswith(("/backups", "/findings", "/build")):
            continue  # they take no text but the address
        for one in requests(declared, story.take_number().id):
            if one.place in NAMING and len(asked) % 4 != 0:  # only words: a number is a code as well
                asked += [one] * (4 - len(asked) % 4)
            status = send(story, one, len(asked))
            answers[status] = answers.get(status, 0) + 1
            assert status < 500, one
            asked.append(one)
            story.clock.passes(1)
    assert len(asked) > 500 and sum(answers[status] for status in answers if status < 300) > 100, answers
    story.service.stream.publish()
    for place, data in {**told(story), "log": caplog.text.encode()}.items():
        assert places_in(data, asked) == [], place
    story.clock.passes(32 * DAY_S)
    Housekeeper(story.app, []).run_once()
    assert places_in(files(home), asked) == [], "after its time, in a file"


def test_an_example_is_made_and_changed_at_any_place() -> None:
    assert put({"a": 1}, "b", "x") == {"a": 1, "b": "x"}
    assert put({"refused": [{"seq": 1}]}, "refused[].reason", "x") == {"refused": [{"seq": 1, "reason": "x"}]}
    assert put({}, "remarks{}[]", "x") == {"remarks": {"attitude": ["x"]}}
    assert put([{"code": 1}], "[].code", "x") == [{"code": "x"}]
    assert put(None, "{any}", "x") == {"x": "x"} and json.dumps(put({}, "a.b", "x")) == '{"a": {"b": "x"}}'
