"""What a closed office says: why, until when, how long still, and its hours. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from contract.records import dataclass
from display_board.state.board import Board
from display_board.state.display import Display
from display_board.wording import long_date, translate

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class ClosedNotice:
    """`kind`: closed, lunch, holiday or full. `opening` HH:MM, `day` and `left` in words; empty when not known."""

    kind: str
    heading: str
    opening: str = ""
    day: str = ""
    left: str = ""
    sessions: tuple[tuple[str, str], ...] = ()


def is_empty(board: Board) -> bool:
    """Nobody waits or is at a counter."""
    return not any(board.waiting.values()) and not any(row.ticket for row in board.rows)


def is_full(board: Board) -> bool:
    """Every service has given its last number of the day."""
    return bool(board.display.signs) and all(sign.code in board.full for sign in board.display.signs)


def closed(board: Board, local: datetime) -> ClosedNotice | None:
    """None while numbers are given or somebody is still inside; `local` is the time at the office."""
    if not is_empty(board) or (board.open and not is_full(board)):
        return None
    display = board.display
    opening = datetime.fromisoformat(board.next_opening).astimezone(local.tzinfo) if board.next_opening else None
    kind, heading = _reason(board, local, opening)
    shown = opening or local
    if opening is None:
        return ClosedNotice(kind, heading, sessions=_sessions(display, shown))
    away = (opening.date() - local.date()).days
    day = translate("today") if away == 0 else translate("tomorrow") if away == 1 else long_date(opening.date())
    hour = f"{opening.hour}:{opening:%M}"
    return ClosedNotice(kind, heading, hour, day, time_left(opening - local), _sessions(display, shown))


def time_left(left: timedelta) -> str:
    """ "còn 1 giờ 20 phút"; empty from a day on."""
    minutes = -(-round(left.total_seconds()) // 60)
    if not 0 < minutes < 24 * 60:
        return ""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return translate("{hours} h {minutes} min left", hours=hours, minutes=rest)
    return translate("{hours} h left", hours=hours) if hours else translate("{minutes} min left", minutes=rest)


def _reason(board: Board, local: datetime, opening: datetime | None) -> tuple[str, str]:
    today = local.date()
    if today.isoformat() in board.display.holidays:
        return "holiday", translate("The office is closed for the holiday")
    if board.open:
        return "full", translate("All numbers of today are given")
    began = any(
        day == WEEKDAYS[today.weekday()] and closes[:5] <= f"{local:%H:%M}" for day, _, closes in board.display.hours
    )
    if began and opening is not None and opening.date() == today:
        return "lunch", translate("Lunch break")
    return "closed", translate("Numbers are not given now")


def _sessions(display: Display, shown: datetime) -> tuple[tuple[str, str], ...]:
    weekday = WEEKDAYS[shown.weekday()]
    rows = sorted((opens, closes) for name, opens, closes in display.hours if name == weekday)
    return tuple(
        (translate("Morning") if opens < "12:00" else translate("Afternoon"), f"{_bare(opens)}–{_bare(closes)}")
        for opens, closes in rows
    )


def _bare(time: str) -> str:
    return time[:5].removeprefix("0")
