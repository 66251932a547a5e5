"""What the screen shows in turn while nobody waits: the counters, the dossiers, the procedures, pictures. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from contract.dossiers import DossierProgress
from contract.records import dataclass
from display_board.state.board import Board
from display_board.state.display import Display
from display_board.state.paging import with_names_first

CALM_S = 20.0
QR_S = 15.0
ROW_S = 3.0
TABLE_LEAST_S = 10.0
ROWS = {"lying": 6, "standing": 8}


@dataclass(frozen=True, slots=True)
class IdlePage:
    """`kind`: board, dossiers, procedures or picture. `rows` of a table, `file` of a picture, `seconds` it stays."""

    kind: str
    seconds: float
    rows: tuple[DossierProgress, ...] = ()
    place: tuple[int, int] = (1, 1)
    file: str = ""


def is_calm(board: Board) -> bool:
    """Nobody waits and nobody is on the way to a counter."""
    called = any(row.ticket is not None and row.ticket.state == "CALLED" for row in board.rows)
    return not any(board.waiting.values()) and not called


def page_at(board: Board, idle_s: float, today: date, stands: bool) -> IdlePage:
    """The page after so many seconds of calm; the counters come first and again after each turn."""
    pages = _pages(board, today, ROWS["standing" if stands else "lying"])
    left = idle_s % sum(page.seconds for page in pages)
    for page in pages:
        if left < page.seconds:
            return page
        left -= page.seconds
    return pages[0]


def in_order(progress: Sequence[DossierProgress], display: Display, now_ms: int) -> tuple[DossierProgress, ...]:
    """As the office configured it: those behind their date first, or last."""
    if display.overdue_first:
        return tuple(sorted(progress, key=lambda row: not is_late(row, now_ms)))
    return tuple(sorted(progress, key=lambda row: is_late(row, now_ms)))


def is_late(row: DossierProgress, now_ms: int) -> bool:
    """Still in progress behind the date that was promised."""
    return row.due_at is not None and row.due_at < now_ms and row.step not in {"ready", "returned"}


def _pages(board: Board, today: date, at_once: int) -> list[IdlePage]:
    display = board.display
    pages = [IdlePage("board", CALM_S)]
    progress = with_names_first(board.progress, at_once)
    count = -(-len(progress) // at_once)
    for i in range(count):
        rows = progress[i * at_once : (i + 1) * at_once]
        pages.append(IdlePage("dossiers", max(TABLE_LEAST_S, ROW_S * len(rows)), rows, (i + 1, count)))
    if display.procedures:
        pages.append(IdlePage("procedures", QR_S))
    for picture in display.pictures:
        if (picture.first or today) <= today <= (picture.last or today):
            pages.append(IdlePage("picture", picture.seconds, file=picture.file))
    return pages
