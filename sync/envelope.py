"""Events of the journal as CloudEvents 1.0, and the signature over a body."""

from __future__ import annotations

import hmac
import json
from typing import Any

from sync.connector import Event

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def source_of(office: str, epoch: str) -> str:
    return f"urn:motcua:{office}:{epoch}"


def cloud_event(event: Event) -> dict[str, Any]:
    """`data` is the whole journal event, so that a receiver can check its hash."""
    return {
        "specversion": "1.0", "id": event["id"], "source": source_of(event["office"], event["epoch"]),
        "type": f"vn.motcua.{event['type']}.v1", "subject": event["subject"], "time": event["time"],
        "datacontenttype": "application/json", "sequence": f"{event['seq']:012d}", "hash": event["hash"], "data": event,
    }  # fmt: skip


def encoded(event: Event) -> bytes:
    return _encode(cloud_event(event)).encode()


def signature(secret: str, body: bytes) -> str:
    """The value of X-Signature: HMAC-SHA256 of the body's bytes as they are sent (after gzip), in hexadecimal."""
    return "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()
