"""Journal events of a made-up office, chained by hand-written rules rather than by the code under test."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, cast

import rfc8785

from contract.events import JournalEvent

OFFICE = "ba-vi"
ZEROS = "0" * 64


def hashed(event: dict[str, Any]) -> JournalEvent:
    """With the hash of its content."""
    bare = {name: value for name, value in event.items() if name != "hash"}
    return cast(JournalEvent, {**bare, "hash": sha256(rfc8785.dumps(bare)).hexdigest()})


def journal(count: int, epoch: str = "e1", office: str = OFFICE) -> list[JournalEvent]:
    """Events 1 to `count` of an epoch."""
    events: list[JournalEvent] = []
    for seq in range(1, count + 1):
        event = {
            "id": f"{epoch}-{seq}",
            "epoch": epoch,
            "seq": seq,
            "office": office,
            "type": "ticket.issued" if seq % 2 else "ticket.called",
            "time": "2024-04-15T01:05:10.123Z",
            "business_date": "2024-04-15",
            "subject": f"t{seq}",
            "actor": {"kind": "kiosk", "id": "sảnh"},
            "data": {"number": f"A{seq:03}"},
            "prev_hash": events[-1]["hash"] if events else ZEROS,
        }
        events.append(hashed(event))
    return events


def envelope(event: JournalEvent) -> dict[str, Any]:
    """The CloudEvent of a journal event, as docs/for-the-one-stop-side.md has it."""
    return {
        "specversion": "1.0",
        "id": event["id"],
        "source": f"urn:motcua:{event['office']}:{event['epoch']}",
        "type": f"vn.motcua.{event['type']}.v1",
        "subject": event["subject"],
        "time": event["time"],
        "datacontenttype": "application/json",
        "sequence": str(event["seq"]).zfill(12),
        "hash": event["hash"],
        "data": event,
    }


def batch(events: list[JournalEvent]) -> list[dict[str, Any]]:
    return [envelope(event) for event in events]
