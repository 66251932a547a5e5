"""What stands on the screen at one moment. Pure; two equal scenes need no new drawing."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from contract.catalogues import addressed
from contract.dossiers import DossierProgress
from contract.records import dataclass
from display_board.state import idle
from display_board.state.board import Board, BoardCall, CounterRow
from display_board.state.call_scheduler import Spotlight
from display_board.state.closing import ClosedNotice, closed, is_full
from display_board.state.display import Display
from display_board.state.notices import in_parts
from display_board.state.paging import SERVICES_AT_ONCE, page_of, rows_at, with_names_first
from display_board.state.speech import sentence
from display_board.wording import long_date, translate

DOSSIERS_AT_ONCE = 3
DOSSIER_TURN_S = 12
NOTICE_TURN_S = 15
PULSES = 3
STEPS_OF_PULSE = 120
MOVING_S = 0.5
STEPS_OF_TURN = 30
WRONG_CLOCK_MS = 120_000


@dataclass(frozen=True, slots=True)
class Now:
    """Now, in ms since 1970 and in monotonic seconds, and how far the service's clock is ahead of it.

    `idle_s`: how long nobody has waited; `stands`: the screen is higher than wide.
    """

    now_ms: int
    monotonic: float
    service_ahead_ms: int | None = None
    idle_s: float = 0.0
    stands: bool = False

    @property
    def trusted(self) -> bool:
        return abs(self.service_ahead_ms or 0) < WRONG_CLOCK_MS


@dataclass(frozen=True, slots=True)
class Highlight:
    """The call in the spotlight; `pulse`: 0 gold to 1 white."""

    call: BoardCall
    heading: str
    quote: str
    direction: str
    pulse: float


@dataclass(frozen=True, slots=True)
class Strip:
    """Some dossiers; while they change, `before` leave and `turn` goes from 0 to 1. `late`: codes behind their date."""

    shown: tuple[DossierProgress, ...] = ()
    before: tuple[DossierProgress, ...] = ()
    turn: float = 1.0
    late: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scene:
    """`mode`: starting, board, call, offline, closed, dossiers, procedures or picture.

    `waiting`: (service, people, numbers are all given). `stale_since` HH:MM. Clock empty when not to be trusted.
    `place`: (page, pages) of the table of dossiers or of the counters, `waiting_place` of the services.
    """

    mode: str
    display: Display
    date: str
    clock: str
    rows: tuple[CounterRow, ...] = ()
    calls: tuple[BoardCall, ...] = ()
    waiting: tuple[tuple[str, int, bool], ...] = ()
    strip: Strip = Strip()
    notice: str = ""
    highlight: Highlight | None = None
    stale_since: str = ""
    closed: ClosedNotice | None = None
    place: tuple[int, int] = (1, 1)
    waiting_place: tuple[int, int] = (1, 1)
    picture: str = ""

    @property
    def moves(self) -> bool:
        """Whether the next frame differs."""
        return self.strip.turn < 1.0 or (self.highlight is not None and self.highlight.pulse > 0.0)


def compose(board: Board | None, spotlight: Spotlight | None, lost_at: int | None, moment: Now) -> Scene:
    """`lost_at`: when the service was last heard (ms since 1970, by our clock); None while the board is up to date."""
    display = board.display if board is not None else Display()
    local = _local(moment.now_ms, display)
    date, clock = (long_date(local.date()), f"{local:%H:%M}") if moment.trusted else ("", "")
    if board is None:
        return Scene("starting", display, date, clock)
    wrong_ms = 0 if moment.trusted else moment.service_ahead_ms or 0
    if lost_at is not None:
        return _lost(board, spotlight, lost_at + wrong_ms, Scene("offline", display, date, clock), moment)
    now_ms = moment.now_ms + wrong_ms
    board = replace(board, progress=idle.in_order(board.progress, display, now_ms))
    scene = _plain(board, Scene("board", display, date, clock), moment, now_ms)
    if spotlight is not None:
        return replace(scene, mode="call", highlight=_highlight(spotlight, display, moment.monotonic))
    shut = closed(board, _local(now_ms, display))
    if shut is not None:
        return Scene("closed", display, date, clock, notice=scene.notice, closed=shut)
    return _calm(board, scene, moment, now_ms)


def _lost(board: Board, spotlight: Spotlight | None, lost_at: int, scene: Scene, moment: Now) -> Scene:
    """Old numbers as such; a call that came before the line broke is still made, but nobody is counted."""
    since = f"{_local(lost_at, scene.display):%H:%M}"
    if spotlight is None:
        rows, place = rows_at(board.rows, (), moment.monotonic, moment.stands, scene.display.far)
        return replace(scene, rows=rows, place=place, stale_since=since)
    lit = _highlight(spotlight, scene.display, moment.monotonic)
    notice = translate("No update since {time}", time=since)
    return replace(scene, mode="call", highlight=lit, calls=board.calls[:4], notice=notice)


def _local(ms: int, display: Display) -> datetime:
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(display.timezone))


def _plain(board: Board, scene: Scene, moment: Now, now_ms: int) -> Scene:
    late = frozenset(row.code_masked for row in board.progress if idle.is_late(row, now_ms))
    rows, place = rows_at(board.rows, board.calls, moment.monotonic, moment.stands, scene.display.far)
    waiting = [(s.code, board.waiting.get(s.code, 0), s.code in board.full) for s in scene.display.signs]
    shown, waiting_place = page_of(waiting, SERVICES_AT_ONCE, moment.monotonic)
    return replace(
        scene,
        rows=rows,
        place=place,
        calls=board.calls[:4],
        waiting=shown,
        waiting_place=waiting_place,
        strip=replace(_strip(board.progress, moment.monotonic), late=late),
        notice=_notice(board, moment.monotonic),
    )


def _calm(board: Board, scene: Scene, moment: Now, now_ms: int) -> Scene:
    """The page whose turn it is while nobody waits."""
    if moment.idle_s <= 0 or not idle.is_calm(board):
        return scene
    page = idle.page_at(board, moment.idle_s, _local(now_ms, board.display).date(), moment.stands)
    if page.kind == "board":
        return scene
    strip = Strip(page.rows, late=scene.strip.late)
    return Scene(
        page.kind,
        scene.display,
        scene.date,
        scene.clock,
        strip=strip,
        notice=scene.notice,
        place=page.place,
        picture=page.file,
    )


def _highlight(spotlight: Spotlight, display: Display, now: float) -> Highlight:
    call, elapsed = spotlight.call, now - spotlight.since
    heading = "{folk}, once more, with number" if call.recall else "{folk}, please, with number"
    quote = f"“{sentence(call, display.folk)}”"
    bright = (1 - math.cos(math.tau * elapsed)) / 2 if 0 <= elapsed < PULSES else 0.0
    # A moving panel never rests on pure gold, so that `moves` holds until the last pulse is over.
    pulse = max(1, round(bright * STEPS_OF_PULSE)) / STEPS_OF_PULSE if elapsed < PULSES else 0.0
    return Highlight(
        call,
        translate(heading, folk=display.folk),
        quote,
        display.direction(call.counter),
        pulse,
    )


def _strip(progress: tuple[DossierProgress, ...], now: float) -> Strip:
    """Three at a time; new ones push the old ones up within half a second."""
    progress = with_names_first(progress, DOSSIERS_AT_ONCE)
    pages = -(-len(progress) // DOSSIERS_AT_ONCE)
    if pages <= 1:
        return Strip(progress)
    turns, passed = divmod(now, DOSSIER_TURN_S)
    shown, before = (_page(progress, (int(turns) - back) % pages) for back in (0, 1))
    if passed >= MOVING_S:
        return Strip(shown)
    return Strip(shown, before, math.floor(passed / MOVING_S * STEPS_OF_TURN) / STEPS_OF_TURN)


def _page(progress: tuple[DossierProgress, ...], page: int) -> tuple[DossierProgress, ...]:
    return progress[page * DOSSIERS_AT_ONCE : (page + 1) * DOSSIERS_AT_ONCE]


def _notice(board: Board, now: float) -> str:
    """One at a time, a long one in parts; that no number is left comes first."""
    own = [part for notice in board.notices if notice.language == "vi" for part in in_parts(notice.text)]
    if board.open and is_full(board):
        words = translate("All numbers of today are given. Who has a slip is still served.")
        own = [addressed(words, board.display.folk)]
    return own[int(now // NOTICE_TURN_S) % len(own)] if own else ""
