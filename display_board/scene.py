"""What stands on the screen at one moment. Pure; two equal scenes need no new drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from display_board.director import Spotlight
from display_board.speech import sentence
from display_board.state import Board, Call, Display, Dossier, Row
from display_board.wording import long_date, say

DOSSIERS_AT_ONCE = 3
DOSSIER_TURN_S = 12
NOTICE_TURN_S = 15
PULSES = 3
WRONG_CLOCK_MS = 120_000


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, in ms since 1970 and in monotonic seconds, and how far the service's clock is ahead of it."""

    now_ms: int
    monotonic: float
    service_ahead_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """The call in the spotlight; `pulse`: the white half of a pulse."""

    call: Call
    heading: str
    quote: str
    direction: str
    pulse: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """`mode`: starting, board, call, offline or closed. `stale_since` HH:MM. Clock empty when not to be trusted."""

    mode: str
    display: Display
    date: str
    clock: str
    rows: tuple[Row, ...] = ()
    calls: tuple[Call, ...] = ()
    waiting: tuple[tuple[str, int], ...] = ()
    dossiers: tuple[Dossier, ...] = ()
    notice: str = ""
    highlight: Highlight | None = None
    stale_since: str = ""
    opening: str = ""
    opening_day: str = ""
    sessions: tuple[tuple[str, str], ...] = ()


def compose(board: Board | None, spotlight: Spotlight | None, lost_at: int | None, moment: Moment) -> Scene:
    """`lost_at`: when the service was last heard (ms since 1970); None while the board is up to date."""
    display = board.display if board is not None else Display()
    local = _local(moment.now_ms, display)
    trusted = abs(moment.service_ahead_ms or 0) < WRONG_CLOCK_MS
    date, clock = (long_date(local.date()), f"{local:%H:%M}") if trusted else ("", "")
    if board is None:
        return Scene("starting", display, date, clock)
    if lost_at is not None:
        since = f"{_local(lost_at, display):%H:%M}"
        return Scene("offline", display, date, clock, rows=board.rows, stale_since=since)
    highlight = _highlight(spotlight, display, moment.monotonic) if spotlight else None
    if highlight is None and _is_closed(board):
        return _closed(board, date, clock, local)
    return Scene(
        "call" if highlight else "board", display, date, clock, board.rows, board.calls[:4],
        tuple((sign.code, board.waiting.get(sign.code, 0)) for sign in display.signs),
        _turn(board.progress, moment.monotonic), _notice(board, moment.monotonic), highlight,
    )  # fmt: skip


def _local(ms: int, display: Display) -> datetime:
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(display.timezone))


def _is_closed(board: Board) -> bool:
    """Nobody is inside any more: numbers are not given and nobody waits or is served."""
    return not board.open and not any(board.waiting.values()) and not any(row.ticket for row in board.rows)


def _closed(board: Board, date: str, clock: str, local: datetime) -> Scene:
    opening, day = "", ""
    shown = local
    if board.next_opening:
        shown = datetime.fromisoformat(board.next_opening)
        opening = f"{shown.hour}:{shown:%M}"
        away = (shown.date() - local.date()).days
        day = say("today") if away == 0 else say("tomorrow") if away == 1 else long_date(shown.date())
    weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[shown.weekday()]
    rows = sorted((opens, closes) for name, opens, closes in board.display.hours if name == weekday)
    sessions = tuple(
        (say("Morning") if opens < "12:00" else say("Afternoon"), f"{_bare(opens)}–{_bare(closes)}")
        for opens, closes in rows
    )
    notice = board.notices[0].text if board.notices else ""
    return Scene(
        "closed", board.display, date, clock, notice=notice, opening=opening, opening_day=day, sessions=sessions
    )  # fmt: skip


def _bare(time: str) -> str:
    return time[:5].removeprefix("0")


def _highlight(spotlight: Spotlight, display: Display, now: float) -> Highlight:
    call, elapsed = spotlight.call, now - spotlight.since
    heading = "{folk}, once more, with number" if call.recall else "{folk}, please, with number"
    quote = f"“{sentence(call, display.folk)}”"
    return Highlight(
        call, say(heading, folk=display.folk), quote, display.direction(call.counter),
        elapsed < PULSES and elapsed % 1.0 >= 0.5,
    )  # fmt: skip


def _turn(progress: tuple[Dossier, ...], now: float) -> tuple[Dossier, ...]:
    pages = max(1, -(-len(progress) // DOSSIERS_AT_ONCE))
    first = int(now // DOSSIER_TURN_S) % pages * DOSSIERS_AT_ONCE
    return progress[first : first + DOSSIERS_AT_ONCE]


def _notice(board: Board, now: float) -> str:
    return board.notices[int(now // NOTICE_TURN_S) % len(board.notices)].text if board.notices else ""
