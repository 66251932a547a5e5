"""What the board knows: frozen values made from a snapshot of `GET /api/v1/board`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from contract.dossiers import DossierProgress
from contract.records import dataclass
from display_board.state.display import PLAIN, Display


@dataclass(frozen=True, slots=True)
class BoardTicket:
    """The ticket in front of a counter; `state` is CALLED or SERVING."""

    id: str
    number: str
    service: str
    state: str


@dataclass(frozen=True, slots=True)
class CounterRow:
    """A counter; `state` is OPEN, PAUSED or CLOSED."""

    code: str
    name: str
    services: tuple[str, ...]
    state: str
    ticket: BoardTicket | None = None


@dataclass(frozen=True, slots=True)
class BoardCall:
    """A ticket asked to a counter; `time` in ms since 1970 UTC by the service's clock; `language`: the ticket's own."""

    number: str
    service: str
    counter: str
    time: int
    recall: bool
    ticket: str = field(default="", compare=False)
    language: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class BoardNotice:
    id: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Board:
    """One moment of the office. `doubtful`: an event could not be judged and a new snapshot is needed.

    `calls`: newest first, one a ticket. `full`: services whose numbers of the day are given. `known`: ticket id to
    (state, service) as far as events told.
    """

    epoch: str
    seq: int
    day: str
    open: bool
    next_opening: str | None
    rows: tuple[CounterRow, ...]
    waiting: Mapping[str, int]
    calls: tuple[BoardCall, ...]
    progress: tuple[DossierProgress, ...]
    notices: tuple[BoardNotice, ...]
    display: Display
    full: frozenset[str] = frozenset()
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict, compare=False)
    doubtful: bool = field(default=False, compare=False)

    def at_counter(self, ticket: str) -> BoardTicket | None:
        return next((row.ticket for row in self.rows if row.ticket and row.ticket.id == ticket), None)


def instant(text: str) -> int:
    """Milliseconds since 1970 of an RFC 3339 time. Raises ValueError."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def from_snapshot(body: Mapping[str, Any], display: Display = PLAIN) -> Board:
    """`display`: how the office looks. Raises KeyError, TypeError or ValueError when the answer is not a snapshot."""
    ids = {c["ticket"]["number"]: c["ticket"]["id"] for c in body["counters"] if c["ticket"]}
    languages = {c["ticket"]["number"]: c["ticket"].get("language") for c in body["counters"] if c["ticket"]}
    return Board(
        epoch=body["epoch"],
        seq=body["seq"],
        day=body["business_date"],
        open=body.get("open", True),
        next_opening=body.get("next_opening"),
        rows=tuple(_row(counter) for counter in body["counters"]),
        waiting={queue["service"]: queue["waiting"] for queue in body["queues"]},
        calls=tuple(
            BoardCall(
                c["number"],
                c["service"],
                c["counter"],
                instant(c["time"]),
                c["recall"],
                ids.get(c["number"], ""),
                languages.get(c["number"]) or "",
            )
            for c in body["recent_calls"]
        ),
        progress=tuple(
            DossierProgress(
                d["code_masked"], d["field"], d["step"], _instant(d["due_at"]), d["sensitive"], d.get("name_masked", "")
            )
            for d in body["progress"]
        ),
        notices=notices(body["notices"]),
        display=display,
        full=frozenset(queue["service"] for queue in body["queues"] if queue.get("full")),
    )


def notices(rows: list[dict[str, str]]) -> tuple[BoardNotice, ...]:
    return tuple(BoardNotice(row["id"], row["text"], row["language"]) for row in rows)


def _instant(text: str | None) -> int | None:
    return None if text is None else instant(text)


def _row(counter: Mapping[str, Any]) -> CounterRow:
    shown = counter["ticket"]
    ticket = shown and BoardTicket(shown["id"], shown["number"], shown["service"], shown["state"])
    return CounterRow(counter["code"], counter["name"], tuple(counter["services"]), counter["state"], ticket)
