"""Every field that takes words, by hand: typed into by test_words_are_not_facts.py, or why it cannot matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from kiosk.web.http.calls import CALLS
from tests.office import OfficeStory
from tests.sources import ROOT

TYPED = "typed into"
SECRET = "a secret: kept as a hash, or not at all"
CODES = "a code of ours: anything else is refused"
AGENT = "written by our own agent from what it knows: tests/sync/test_canaries.py"
FED = "fed by the province or a table, refused with a person in it: tests/sync/test_canaries.py"
MACHINE = "a machine's name, given or approved by an administrator"
OFFICE = "the office's own words about itself, kept because somebody wants them kept"
FREE = {
    **{f"POST /devices/pair{rest}": MACHINE for rest in (" name", "/<code>/approve name")},
    **{f"POST /ratings {name}": CODES for name in ("answers{key}", "answers{}", "reasons[]")},
    **{f"POST /tickets {name}": TYPED for name in ("service", "priority")},
    **{f"POST /tickets/<ticket_id>/transfer {name}": CODES for name in ("counter", "service")},
    **{f"PUT /dossiers/words {name}{{key}}": OFFICE for name in ("channels", "columns", "statuses")},
    "POST /admin/corrections reason": CODES,
    "POST /devices/pair counter": CODES,
    "POST /filing-visits opened": CODES,
    "POST /help where": TYPED,
    "POST /tickets/paper priority": CODES,
    "PUT /devices/<device>/name name": MACHINE,
    "PUT /followers/<name> ahead.numbers.last{key}": AGENT,
    "PUT /ratings/<rating_id>/reasons reasons[]": CODES,
    "PUT /report-remarks remarks{key}": OFFICE,
    "POST /admin/session code": SECRET,
    "POST /admin/session name": TYPED,
    "POST /admin/session password": TYPED,
    "POST /counters/<code>/call number": TYPED,
    "POST /devices/heartbeat reason": TYPED,
    "POST /devices/heartbeat state": TYPED,
    "POST /devices/heartbeat {any}": TYPED,
    "POST /devices/pair/token device_code": SECRET,
    "POST /followers/<name>/resend epoch": CODES,
    **{f"POST /{people} name": OFFICE for people in ("persons", "staff")},  # names of those who work there
    "POST /persons password": SECRET,
    "POST /ratings comment": TYPED,
    "POST /ratings rating_token": SECRET,
    "POST /ratings/token number": TYPED,
    "POST /report-orders format": CODES,
    "POST /report-orders name": CODES,
    "POST /session clerk": TYPED,
    "POST /session pin": SECRET,
    "POST /staff pin": SECRET,
    "POST /tickets/<ticket_id>/cancel reason": TYPED,
    "POST /tickets/<ticket_id>/dossiers code": TYPED,
    "POST /tickets/<ticket_id>/hold reason": TYPED,
    "POST /tickets/<ticket_id>/notes text": TYPED,
    "POST /tickets/<ticket_id>/transfer reason": TYPED,
    "POST /tickets/paper number": TYPED,
    "PUT /admin/password new_password": SECRET,
    "PUT /admin/password password": SECRET,
    **{f"PUT /admin/second-factor {name}": SECRET for name in ("code", "password", "present_code")},
    "PUT /admin/voices/<language> licence": OFFICE,
    "PUT /admin/voices/<language> speaker": OFFICE,
    **{f"PUT /dossiers [].{name}": FED for name in ("applicant_masked", "code", "field", "procedure", "step")},
    "PUT /dossiers [].not_digitised_reason": FED,
    **{f"PUT /dossiers/words {name}{{}}[]": OFFICE for name in ("channels", "columns", "statuses")},
    **{f"PUT /followers/<name> {name}": AGENT for name in ("ahead.epoch", "detail", "epoch", "state")},
    **{f"PUT /followers/<name> refused[].{name}": AGENT for name in ("code", "epoch", "reason")},
    "PUT /persons/<name>/password password": SECRET,
    "PUT /procedures/portal table": FED,
    "PUT /staff/<clerk> pin": SECRET,
    "PUT /ratings/<rating_id>/reasons rating_token": SECRET,
    "PUT /ratings/<rating_id>/remark rating_token": SECRET,
    "PUT /ratings/<rating_id>/remark text": TYPED,
    "PUT /report-points points[].why": OFFICE,
    "PUT /report-remarks remarks{}[]": OFFICE,
}
SOMEBODY = ("Nguyễn Văn An 0912345678", "Nguyễn Văn An", "NguyenVanAn", "0912345678", "051209912345")


def matches(schema: dict[str, Any], text: str) -> bool:
    """Whether a field of this schema takes the text."""
    long_enough = schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text))
    return long_enough and re.search(schema.get("pattern", ""), text) is not None


def places(
    schema: dict[str, Any], definitions: dict[str, Any], place: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields each place of a body where somebody's name or number is taken, with its schema; keys are places too."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    for kind in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(kind, []):
            yield from places(one, definitions, place)
    bound = {"enum", "const", "format"} & schema.keys() or not any(matches(schema, one) for one in SOMEBODY)
    if schema.get("type") == "string" and not bound:
        yield place, schema
    if isinstance(schema.get("items"), dict):
        yield from places(schema["items"], definitions, f"{place}[]")
    for name, inner in schema.get("properties", {}).items():
        yield from places(inner, definitions, f"{place}.{name}".strip("."))
    rest = schema.get("additionalProperties")
    for pattern, inner in schema.get("patternProperties", {}).items():
        yield f"{place}{{key}}", {"pattern": pattern}
        yield from places(inner, definitions, f"{place}{{}}")
    if isinstance(rest, dict):
        yield f"{place}{{key}}", schema.get("propertyNames", {})
        yield from places(rest, definitions, f"{place}{{}}")
    elif rest:
        yield f"{place}{{any}}", {}


def taken() -> set[str]:
    found = set()
    for declared in CALLS:
        if declared.body is not None:
            schema = TypeAdapter(declared.body).json_schema(by_alias=True)
            for place, _ in places(schema, schema.get("$defs", {})):
                found.add(f"{declared.method} {declared.path.removeprefix('/api/v1')} {place}")
    return found


def test_every_field_that_takes_words_is_known(small_office: OfficeStory) -> None:
    assert small_office.service
    assert taken() == FREE.keys()


def test_what_is_said_to_be_typed_into_is_named_by_the_canaries() -> None:
    source = (ROOT / "tests/kiosk/test_words_are_not_facts.py").read_text(encoding="utf-8")
    for field, why in FREE.items():
        if why == TYPED:
            last = field.split()[1].rstrip("/").rpartition("/")[2]
            assert last in source, field
