"""The parts of the board: counters, last calls, people waiting, dossiers, the notice."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from display_board import colours as c
from display_board import layout
from display_board.canvas import Canvas
from display_board.layout import Box
from display_board.pictograms import arrow, bubble, knots, loudspeaker
from display_board.scene import Scene
from display_board.shapes import sign
from display_board.state import Dossier, Row, Sign
from display_board.wording import say

STATES = {"SERVING": "Being served", "CALLED": "Please come"}
# Step of a dossier: knots done and words beside the cord; four knots in all.
STEPS = {
    "received": (0, ""), "processing": (2, ""), "papers_asked": (1, "Papers needed"),
    "payment_asked": (2, "Fee to pay"),
    "ready": (3, "Result ready"), "returned": (3, "Result ready"),
}  # fmt: skip


def number_of(number: str, letter: str) -> str:
    """The figures behind the letter, which its sign already shows."""
    return number.removeprefix(letter)


def owner(scene: Scene, number: str, service: str) -> Sign:
    """A transferred ticket keeps its letter: its sign is that of the letter, else of the service."""
    return next((s for s in scene.display.signs if number.startswith(s.letter)), scene.display.sign(service))


def counters(canvas: Canvas, scene: Scene) -> None:
    for row, box in zip(scene.rows, layout.rows(len(scene.rows)), strict=True):
        _counter(canvas, scene, row, box)


def _counter(canvas: Canvas, scene: Scene, row: Row, box: Box) -> None:
    stale = scene.mode == "offline"
    k, y = box.h / layout.ROW_HEIGHT, box.middle[1]
    called = not stale and row.ticket is not None and row.ticket.state == "CALLED"
    ground, words = (c.GOLD, c.INK) if called else (c.PANEL, c.WHITE)
    left = Box(box.x, box.y, 132 * k, box.h)
    canvas.rectangle(box, ground, 20 * k)
    plate = c.INK if called else c.STALE_BOX if stale else c.WHITE
    canvas.rectangle(left, plate, 20 * k, (1, 0, 1, 0))
    canvas.text(row.code, 104 * k, c.EXTRA, c.WHITE if called else c.INK, left.middle[0], y, "middle", left.w - 16 * k)
    ticket = None if row.state == "PAUSED" and not stale and not called else row.ticket
    shown = owner(scene, ticket.number, ticket.service) if ticket else scene.display.sign(row.services[0])
    _sign(canvas, shown, box.x + 216 * k, y, 98 * k, stale, c.INK if called else c.WHITE)
    right = box.right - 36 * k
    said = _state_words(canvas, row, stale, called, right, y, k, box)
    figures = number_of(ticket.number, shown.letter) if ticket else "—"
    colour = c.STALE if stale else words
    canvas.text(figures, 124 * k, c.EXTRA, colour, box.x + 300 * k, y, "left", right - said - 24 * k - box.x - 300 * k)


def _state_words(
    canvas: Canvas, row: Row, stale: bool, called: bool, right: float, y: float, k: float, box: Box
) -> float:
    """The state at the right end of a row; returns its width."""
    text = STATES.get(row.ticket.state, "Ready") if row.ticket else "Ready"
    if row.state == "PAUSED" and not called:
        text = "Paused"
    size, weight, colour = 43.0, c.MEDIUM, c.GREY_WHITE
    if stale:
        text, colour = "not sure", c.ZERO
    space = 0.0
    if called:
        arrow(canvas, "right", c.INK, right - 26 * k, y, 58 * k, 0.13)
        size, weight, colour, space = 50.0, c.BOLD, c.INK, 74 * k
    return space + canvas.text(say(text), size * max(k, 0.8), weight, colour, right - space, y, "right", box.w * 0.42)


def _sign(canvas: Canvas, shown: Sign, x: float, y: float, size: float, stale: bool, edge: str) -> None:
    grey = Sign(shown.code, shown.letter, shown.shape, c.STALE_FILL, c.GREY_WHITE)
    sign(canvas, grey if stale else shown, x, y, size, c.STALE if stale else edge)


def last_calls(canvas: Canvas, scene: Scene) -> None:
    box = layout.CALLS
    canvas.rectangle(box, c.PANEL, 20)
    canvas.text(say("Just called"), 44, c.MEDIUM, c.GREY_WHITE, box.x + 31, box.y + 44)
    for i, call in enumerate(scene.calls):
        y = box.y + 110 + i * 84.5
        shown = owner(scene, call.number, call.service)
        if i:
            canvas.rectangle(Box(box.x + 31, y - 43, box.w - 62, 2), c.LINE)
        sign(canvas, shown, box.x + 61, y, 60, c.WHITE)
        canvas.text(number_of(call.number, shown.letter), 66, c.EXTRA, c.WHITE, box.x + 112, y, "left", 210)
        arrow(canvas, scene.display.direction(call.counter), c.GOLD if i == 0 else c.ZERO, box.x + 364, y, 52, 0.13)
        wide = canvas.text(call.counter, 66, c.EXTRA, c.WHITE, box.right - 30, y, "right", 120)
        canvas.text(say("Counter"), 44, c.MEDIUM, c.GREY_WHITE, min(box.right - 103, box.right - 46 - wide), y, "right")


def people_waiting(canvas: Canvas, scene: Scene) -> None:
    box = layout.WAITING_IN_CALL if scene.highlight else layout.WAITING
    canvas.rectangle(box, c.PANEL, 20)
    canvas.text(say("Waiting"), 44, c.MEDIUM, c.GREY_WHITE, box.x + 31, box.y + 44)
    area = Box(box.x + 20, box.y, box.w - 40, box.h)
    for (service, count), column in zip(scene.waiting, layout.columns(area, len(scene.waiting)), strict=True):
        x = column.middle[0]
        sign(canvas, scene.display.sign(service), x, box.y + 123, min(76, column.w * 0.8), c.WHITE)
        colour = c.WHITE if count else c.ZERO
        canvas.text(str(count), 66, c.EXTRA, colour, x, box.y + 208, "middle", column.w - 10)
    if scene.highlight:
        _quote(canvas, scene.highlight.quote, box)


def _quote(canvas: Canvas, quote: str, box: Box) -> None:
    """What the voice says, for those who do not hear it."""
    canvas.rectangle(Box(box.x + 31, box.y + 250, box.w - 62, 2), c.LINE)
    loudspeaker(canvas, c.GOLD, box.x + 74, box.y + 346, 80)
    size, width = 42.0, box.w - 168.0
    while size > 24 and len(canvas.lines(quote, size, c.MEDIUM, width)) > 3:
        size -= 1
    lines = canvas.lines(quote, size, c.MEDIUM, width)
    for i, line in enumerate(lines):
        y = box.y + 346 + (i - (len(lines) - 1) / 2) * size * 1.33
        canvas.text(line, size, c.MEDIUM, c.GREY_WHITE, box.x + 138, y, "left", width)


def dossiers(canvas: Canvas, scene: Scene) -> None:
    box = layout.DOSSIERS
    canvas.rectangle(box, c.PANEL, 20)
    canvas.text(say("Progress of"), 44, c.MEDIUM, c.GREY_WHITE, box.x + 30, box.y + 59)
    canvas.text(say("dossiers"), 44, c.MEDIUM, c.GREY_WHITE, box.x + 30, box.y + 109)
    area = Box(box.x + 271, box.y, box.w - 271, box.h)
    for dossier, column in zip(scene.dossiers, layout.columns(area, 3), strict=False):
        canvas.rectangle(Box(column.x, box.y + 22, 2, box.h - 44), c.LINE)
        _dossier(canvas, scene, dossier, column)


def _dossier(canvas: Canvas, scene: Scene, dossier: Dossier, column: Box) -> None:
    """Of a sensitive field only its sign and its knots."""
    shown = scene.display.sign_of_field(dossier.field)
    top, low = column.y + 51, column.y + 120
    done, words = STEPS.get(dossier.step, (0, ""))
    if shown is not None:
        sign(canvas, shown, column.x + 52, top if not dossier.sensitive else column.middle[1], 48, c.WHITE)
    if dossier.sensitive:
        knots(canvas, done, 4, column.x + 120, column.middle[1])
        return
    canvas.text(dossier.code, 50, c.BOLD, c.WHITE, column.x + 92, top, "left", column.w - 104)
    knots(canvas, done, 4, column.x + 50, low)
    colour = c.GOLD if words == "Result ready" else c.WHITE
    text = say(words) if words else _due(scene, dossier)
    canvas.text(text, 44, c.MEDIUM, colour, column.x + 288, low, "left", column.w - 300)


def _due(scene: Scene, dossier: Dossier) -> str:
    if dossier.due is None:
        return ""
    day = datetime.fromtimestamp(dossier.due / 1000, ZoneInfo(scene.display.timezone))
    return say("Due {date}", date=f"{day.day}/{day.month}")


def notice(canvas: Canvas, scene: Scene) -> None:
    """Whole, on one line; smaller letters or two lines where it is long."""
    if not scene.notice:
        return
    box = layout.NOTICE
    canvas.rectangle(box, c.GOLD)
    y = box.middle[1]
    bubble(canvas, c.INK, 62, y + 2, 44)
    width = box.w - 110 - 40
    if canvas.fitting(scene.notice, 46, c.BOLD, width) >= 34:
        canvas.text(scene.notice, 46, c.BOLD, c.INK, 110, y, "left", width)
        return
    size = 31.0
    while size > 14 and len(canvas.lines(scene.notice, size, c.BOLD, width)) > 2:
        size -= 1
    for i, line in enumerate(canvas.lines(scene.notice, size, c.BOLD, width)):
        canvas.text(line, size, c.BOLD, c.INK, 110, y + (i - 0.5) * 34, "left", width)
