"""Journal events on the line: how each becomes a CloudEvent, and what proves it."""

from __future__ import annotations

import json

import pytest

from contract.envelope import (
    GENESIS,
    MAX_BATCH_BYTES,
    MAX_BATCH_EVENTS,
    canonical_json,
    cloud_event,
    encode_cloud_event,
    event_hash,
    parse_source,
    signature,
    source_of,
)
from contract.events import JournalEvent

EVENT: JournalEvent = {
    "id": "0190a5b0-0000-7000-8000-000000000001",
    "epoch": "0190a5b0-0000-7000-8000-00000000000e",
    "seq": 12,
    "office": "ba-vi",
    "type": "ticket.issued",
    "time": "2024-04-15T01:05:10.123Z",
    "business_date": "2024-04-15",
    "subject": "0190a5b0-0000-7000-8000-000000000002",
    "actor": {"kind": "kiosk", "id": "sảnh"},
    "data": {"number": "A012", "service": "HT", "position": 3},
    "prev_hash": GENESIS,
    "hash": "90aa3dfbd0f4c4a3aa0fd5ff2f4bb9c9db4d6ff0d2d5a3ff4ac5c2e3a1b2c3d4",
}


def test_a_cloud_event_names_its_journal_event_and_carries_the_whole_of_it() -> None:
    assert cloud_event(EVENT) == {
        "specversion": "1.0",
        "id": "0190a5b0-0000-7000-8000-000000000001",
        "source": "urn:motcua:ba-vi:0190a5b0-0000-7000-8000-00000000000e",
        "type": "vn.motcua.ticket.issued.v1",
        "subject": "0190a5b0-0000-7000-8000-000000000002",
        "time": "2024-04-15T01:05:10.123Z",
        "datacontenttype": "application/json",
        "sequence": "000000000012",
        "hash": "90aa3dfbd0f4c4a3aa0fd5ff2f4bb9c9db4d6ff0d2d5a3ff4ac5c2e3a1b2c3d4",
        "data": EVENT,
    }


def test_it_goes_over_the_line_as_compact_json_in_utf_8() -> None:
    body = encode_cloud_event(EVENT)
    assert json.loads(body) == cloud_event(EVENT)
    assert "sảnh".encode() in body and b": " not in body


@pytest.mark.parametrize(
    ("office", "epoch", "source"),
    [("ba-vi", "e1", "urn:motcua:ba-vi:e1"), ("H48.53_a", "0190-AB", "urn:motcua:H48.53_a:0190-AB")],
)
def test_a_source_names_office_and_epoch(office: str, epoch: str, source: str) -> None:
    assert source_of(office, epoch) == source
    assert parse_source(source) == (office, epoch)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "ba-vi:e1",
        "urn:motcua:ba-vi",
        "urn:motcua::e1",
        "urn:motcua:ba-vi:",
        "urn:motcua:ba vi:e1",
        "urn:motcua:ba-vi:e1:2",
        "urn:motcua:ba-vi:e_1",
        "urn:motcua:bà-vì:e1",
        "urn:motcua:ba-vi:e1\n",
        f"urn:motcua:{'a' * 41}:e1",
        f"urn:motcua:a:{'e' * 41}",
    ],
)
def test_a_text_that_is_no_source_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="urn:motcua:OFFICE:EPOCH"):
        parse_source(source)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}'),
        ({"é": "Đinh", "e": "\u2028"}, '{"e":"\u2028","é":"Đinh"}'),
        ('\t"\\\u007f', '"\\t\\"\\\\\u007f"'),
        (-(2**53) + 1, "-9007199254740991"),
    ],
)
def test_the_canonical_json_is_that_of_rfc_8785(value: object, text: str) -> None:
    assert canonical_json(value) == text


def test_the_hash_is_over_everything_but_the_hash() -> None:
    # printf '{"a":1,"b":"ệ"}' | sha256sum
    expected = "fd61d0d8d1b91028fd54218b5992b3030f4fa992795816a1f7e6be686fab7e44"
    assert event_hash({"b": "ệ", "a": 1}) == expected
    assert event_hash({"a": 1, "hash": "whatever", "b": "ệ"}) == expected
    assert event_hash({"a": 2, "b": "ệ"}) != expected


def test_the_signature_is_the_hmac_of_the_bytes_as_they_are_sent() -> None:
    # RFC 4231, test case 2
    expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert signature("Jefe", b"what do ya want for nothing?") == expected


def test_an_epoch_begins_at_64_zeros_and_a_batch_has_bounds() -> None:
    assert GENESIS == "0000000000000000000000000000000000000000000000000000000000000000"
    assert (MAX_BATCH_EVENTS, MAX_BATCH_BYTES) == (500, 262_144)
