"""More counters or services than fit the screen come in pages, one after the other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from contract.dossiers import DossierProgress
from display_board.state.board import BoardCall, CounterRow

ROWS_AT_ONCE = {"lying": 10, "standing": 6, "far": 3}
SERVICES_AT_ONCE = 6
TURN_S = 10
T = TypeVar("T")
Page = tuple[tuple[T, ...], tuple[int, int]]


def page_of(things: Sequence[T], at_once: int, now: float) -> Page[T]:
    """The things of the page whose turn it is, and (its number, how many there are); pages are equally long.

    `now` in monotonic seconds: every page stays for `TURN_S`.
    """
    count = max(1, -(-len(things) // at_once))
    each = -(-len(things) // count)
    turn = int(now // TURN_S) % count
    return tuple(things[turn * each : (turn + 1) * each]), (turn + 1, count)


def rows_at(
    rows: Sequence[CounterRow], calls: Sequence[BoardCall], now: float, stands: bool, far: bool = False
) -> Page[CounterRow]:
    """The counters of a page. Where there are several pages, counters that call stand on each of them, newest first:
    at most half of the places, so that the others still come.

    `far`: the numbers are read from far away, so that only a few stand at once where the screen lies.
    """
    at_once = ROWS_AT_ONCE["standing" if stands else "far" if far else "lying"]
    if len(rows) <= at_once:
        return tuple(rows), (1, 1)
    newest = {call.counter: place for place, call in reversed(list(enumerate(calls)))}
    calling = [row for row in rows if row.ticket is not None and row.ticket.state == "CALLED"]
    calling.sort(key=lambda row: newest.get(row.code, len(calls)))
    kept = calling[: at_once // 2]
    others = [row for row in rows if row not in kept]
    page, place = page_of(others, at_once - len(kept), now)
    return (*kept, *page), place


def with_names_first(rows: Sequence[DossierProgress], at_once: int) -> tuple[DossierProgress, ...]:
    """Dossiers of which nothing can be read but a sign take only the places that the others leave on their last page,
    and one page where there are no others: nobody finds an own dossier among them.
    """
    readable = tuple(row for row in rows if not row.sensitive)
    left = -len(readable) % at_once if readable else at_once
    return readable + tuple(row for row in rows if row.sensitive)[:left]
