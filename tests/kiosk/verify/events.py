"""Events of one office as a journal would hold them, made by hand for tests of the recount."""

from __future__ import annotations

from itertools import count
from typing import Any

EIGHT = "2024-04-15T01:00:00.000Z"  # 08:00 in the office
EIGHT_MS = 1_713_142_800_000
_seqs = count(1)


def at(minutes: int, seconds: int = 0) -> str:
    """So long after eight o'clock."""
    hours, rest = divmod(minutes, 60)
    return f"2024-04-15T{1 + hours:02d}:{rest:02d}:{seconds:02d}.000Z"


def event(kind: str, time: str = EIGHT, ticket: str = "t1", **data: Any) -> dict[str, Any]:
    """A ticket's event; what is not said is as of A001 waiting for HT."""
    seq = next(_seqs)
    known = {
        "number": "A001",
        "service": "HT",
        "state": "WAITING",
        "counter": None,
        "clerk": None,
        "priority": None,
        "language": "vi",
    }
    return {
        "id": f"e{seq}",
        "seq": seq,
        "type": f"ticket.{kind}",
        "time": time,
        "business_date": "2024-04-15",
        "subject": ticket,
        "data": {**known, **data},
    }


def issued(minutes: int = 0, **data: Any) -> dict[str, Any]:
    return event("issued", at(minutes), issued_at=EIGHT_MS + minutes * 60_000, position=1, on_paper=False, **data)


def called(minutes: int, counter: str = "1", **data: Any) -> dict[str, Any]:
    return event("called", at(minutes), state="CALLED", counter=counter, calls=1, why="arrival", **data)


def started(minutes: int, counter: str = "1", **data: Any) -> dict[str, Any]:
    return event("serving_started", at(minutes), state="SERVING", counter=counter, **data)


def completed(minutes: int, counter: str = "1", **data: Any) -> dict[str, Any]:
    return event("completed", at(minutes), state="COMPLETED", counter=counter, **data)


def absent(minutes: int, counter: str = "1", **data: Any) -> dict[str, Any]:
    return event("no_show", at(minutes), state="NO_SHOW", counter=counter, **data)


def rated_with(level: str, further: dict[str, str]) -> dict[str, Any]:
    """The data of a rating."""
    return {"answers": {"attitude": level}, "further": further}
