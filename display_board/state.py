"""What the board knows: frozen values made from a snapshot of `GET /api/v1/board`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

AT_COUNTER = frozenset({"CALLED", "SERVING"})


@dataclass(frozen=True, slots=True)
class Ticket:
    """The ticket in front of a counter; `state` is CALLED or SERVING."""

    id: str
    number: str
    service: str
    state: str


@dataclass(frozen=True, slots=True)
class Row:
    """A counter; `state` is OPEN, PAUSED or CLOSED."""

    code: str
    name: str
    services: tuple[str, ...]
    state: str
    ticket: Ticket | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A ticket asked to a counter; `time` in ms since 1970 UTC by the service's clock; `language`: the ticket's own."""

    number: str
    service: str
    counter: str
    time: int
    recall: bool
    ticket: str = field(default="", compare=False)
    language: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A row of progress; `due` in ms since 1970 UTC. `name`: masked; empty where names are not shown or not known."""

    code: str
    field: str
    step: str
    due: int | None
    sensitive: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Sign:
    """How a service looks everywhere: letter, shape and colours (#RRGGBB); `cap`: numbers a day, None without limit.

    `sensitive`: those of its fields of whose dossiers only sign and steps are shown.
    """

    code: str
    letter: str
    shape: str
    colour: str
    ink: str
    fields: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the office, shown `seconds` long while nobody waits; both days included, None without limit."""

    file: str
    seconds: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Display:
    """What the configuration says about looks.

    `directions`: counter code to left, up or right. `hours`: (weekday, from, to). `procedures`: address of the QR
    code, empty for none.
    """

    office: str = ""
    authority: str = ""
    folk: str = "bà con"
    timezone: str = "Asia/Ho_Chi_Minh"
    signs: tuple[Sign, ...] = ()
    directions: tuple[tuple[str, str], ...] = ()
    hours: tuple[tuple[str, str, str], ...] = ()
    holidays: tuple[str, ...] = ()
    overdue_first: bool = True
    procedures: str = ""
    pictures: tuple[Picture, ...] = ()

    def sign(self, service: str) -> Sign:
        """An unknown service gets a plain circle with the first letter of its code."""
        plain = Sign(service, service[:1], "circle", "#57503F", "#FFFFFF")
        return next((sign for sign in self.signs if sign.code == service), plain)

    def sign_of_field(self, field_name: str) -> Sign | None:
        return next((sign for sign in self.signs if field_name in sign.fields), None)

    def direction(self, counter: str) -> str:
        return dict(self.directions).get(counter, "right")

    def is_sensitive(self, field_name: str) -> bool:
        return any(field_name in sign.sensitive for sign in self.signs)


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
    rows: tuple[Row, ...]
    waiting: Mapping[str, int]
    calls: tuple[Call, ...]
    progress: tuple[Dossier, ...]
    notices: tuple[Notice, ...]
    display: Display
    full: frozenset[str] = frozenset()
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict, compare=False)
    doubtful: bool = field(default=False, compare=False)

    def at_counter(self, ticket: str) -> Ticket | None:
        return next((row.ticket for row in self.rows if row.ticket and row.ticket.id == ticket), None)


def instant(text: str) -> int:
    """Milliseconds since 1970 of an RFC 3339 time. Raises ValueError."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def from_snapshot(body: Mapping[str, Any]) -> Board:
    """Raises KeyError, TypeError or ValueError when the answer is not a snapshot."""
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
            Call(
                c["number"], c["service"], c["counter"], instant(c["time"]), c["recall"], ids.get(c["number"], ""),
                languages.get(c["number"]) or "",
            )
            for c in body["recent_calls"]
        ),
        progress=tuple(
            Dossier(
                d["code_masked"], d["field"], d["step"], _instant(d["due_at"]), d["sensitive"], d.get("name_masked", "")
            )
            for d in body["progress"]
        ),
        notices=notices(body["notices"]),
        display=_display(body.get("display", {}), body),
        full=frozenset(queue["service"] for queue in body["queues"] if queue.get("full")),
    )


def notices(rows: list[dict[str, str]]) -> tuple[Notice, ...]:
    return tuple(Notice(row["id"], row["text"], row["language"]) for row in rows)


def _instant(text: str | None) -> int | None:
    return None if text is None else instant(text)


def _row(counter: Mapping[str, Any]) -> Row:
    shown = counter["ticket"]
    ticket = shown and Ticket(shown["id"], shown["number"], shown["service"], shown["state"])
    return Row(counter["code"], counter["name"], tuple(counter["services"]), counter["state"], ticket)


def _display(shown: Mapping[str, Any], body: Mapping[str, Any]) -> Display:
    """Without the configured looks a service still has its letter."""
    if not shown:
        return Display(signs=tuple(_plain(q["service"], q["prefix"]) for q in body["queues"]))
    office = shown["office"]
    signs = tuple(
        Sign(s["code"], s["letter"], s["shape"], s["colour"], s.get("ink", "#FFFFFF"), tuple(s.get("fields", ())),
             tuple(s.get("fields" if s.get("sensitive") else "sensitive_fields", ())), s.get("daily_cap"))
        for s in shown["services"]
    )  # fmt: skip
    hours = tuple((day, row["from"], row["to"]) for row in office.get("hours", ()) for day in row["days"])
    screen = shown.get("board", {})
    address = str(shown.get("public_url", "")).rstrip("/") if screen.get("procedures_page") else ""
    return Display(
        office["name"], office.get("authority", ""), office.get("folk", "bà con"),
        office.get("timezone", "Asia/Ho_Chi_Minh"), signs,
        tuple((c["code"], c.get("direction", "right")) for c in shown["counters"]), hours,
        tuple(office.get("holidays", ())), bool(screen.get("overdue_first", True)),
        f"{address}/procedures" if address else "", tuple(_picture(row) for row in screen.get("picture", ())),
    )  # fmt: skip


def _picture(row: Mapping[str, Any]) -> Picture:
    first, last = (date.fromisoformat(row[key]) if row.get(key) else None for key in ("from", "until"))
    return Picture(row["file"], row["seconds"], first, last)


def _plain(service: str, letter: str) -> Sign:
    return Sign(service, letter, "circle", "#0B4F8A", "#FFFFFF")
