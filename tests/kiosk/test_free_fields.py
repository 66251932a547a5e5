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
OFFICE = "the office's own words about itself, kept because somebody wants them kept"
FREE = {
    "POST /admin/session code": SECRET,
    "POST /admin/session name": TYPED,
    "POST /admin/session password": TYPED,
    "POST /clock local_time": CODES,
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
    "PUT /report-remarks remarks{}[]": OFFICE,
}
SOMEBODY = "Nguyễn Văn An 0912345678"


def fields(schema: dict[str, Any], definitions: dict[str, Any], place: str = "") -> Iterator[str]:
    """Yields each place of a body where any words are taken."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    for kind in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(kind, []):
            yield from fields(one, definitions, place)
    bound = {"enum", "const", "format"} & schema.keys() or not re.search(schema.get("pattern", ""), SOMEBODY)
    if schema.get("type") == "string" and not bound:
        yield place
    if isinstance(schema.get("items"), dict):
        yield from fields(schema["items"], definitions, f"{place}[]")
    for name, inner in schema.get("properties", {}).items():
        yield from fields(inner, definitions, f"{place}.{name}".strip("."))
    rest = schema.get("additionalProperties")
    if isinstance(rest, dict):
        yield from fields(rest, definitions, f"{place}{{}}")
    elif rest:
        yield f"{place}{{any}}"


def taken() -> set[str]:
    found = set()
    for declared in CALLS:
        if declared.body is not None:
            schema = TypeAdapter(declared.body).json_schema(by_alias=True)
            for place in fields(schema, schema.get("$defs", {})):
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
