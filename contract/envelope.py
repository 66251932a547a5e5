"""Journal events, and the CloudEvents 1.0 that carry them to the one-stop system, as both sides know them."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import TypedDict

from contract.events import JournalEvent

GENESIS = "0" * 64  # the hash before the first event of an epoch
STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
MAX_BATCH_EVENTS = 500
MAX_BATCH_BYTES = 256 * 1024  # before gzip
RUN_HEADER = "X-Motcua-Run"  # names one run of the sending program
SIGNATURE_HEADER = "X-Signature"
_SOURCE = re.compile(r"urn:motcua:([A-Za-z0-9._-]{1,40}):([A-Za-z0-9-]{1,40})")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class CloudEvent(TypedDict):
    """`data` is the whole journal event, so that a receiver can check its hash; `sequence` has twelve digits."""

    specversion: str
    id: str
    source: str
    type: str
    subject: str
    time: str
    datacontenttype: str
    sequence: str
    hash: str
    data: JournalEvent


@lru_cache(256)
def source_of(office: str, epoch: str) -> str:
    return f"urn:motcua:{office}:{epoch}"


@lru_cache(256)
def parse_source(source: str) -> tuple[str, str]:
    """(office, epoch) of a source. Raises ValueError."""
    match = _SOURCE.fullmatch(source)
    if match is None:
        raise ValueError("source must be urn:motcua:OFFICE:EPOCH")
    return match[1], match[2]


@lru_cache(256)
def type_of(event_type: str) -> str:
    """The CloudEvents type of a journal event's type."""
    return f"vn.motcua.{event_type}.v1"


def sequence_of(seq: int) -> str:
    """Twelve digits, so that sequences sort as text."""
    return f"{seq:012d}"


def cloud_event(event: JournalEvent) -> CloudEvent:
    return {
        "specversion": "1.0",
        "id": event["id"],
        "source": source_of(event["office"], event["epoch"]),
        "type": type_of(event["type"]),
        "subject": event["subject"],
        "time": event["time"],
        "datacontenttype": "application/json",
        "sequence": sequence_of(event["seq"]),
        "hash": event["hash"],
        "data": event,
    }


def encode_cloud_event(event: JournalEvent) -> bytes:
    """The CloudEvent of a journal event as JSON in UTF-8."""
    return _encode(cloud_event(event)).encode()


def canonical_json(value: object) -> str:
    """RFC 8785 canonical JSON of strings, integers, booleans, null, lists and objects with ASCII keys."""
    return _canonical(value)


def event_hash(event: Mapping[str, object]) -> str:
    """SHA-256, in hexadecimal, over the canonical JSON of an event without its `hash`."""
    bare = {key: value for key, value in event.items() if key != "hash"}
    return sha256(canonical_json(bare).encode()).hexdigest()


def signature(secret: str, body: bytes) -> str:
    """The value of X-Signature: HMAC-SHA256 of the body's bytes as they are sent (after gzip), in hexadecimal."""
    return "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()
