"""The parts of the board: counters, last calls, people waiting, the notice."""

from __future__ import annotations

from dataclasses import replace

from display_board.drawing import colours as c
from display_board.drawing import layout
from display_board.drawing.canvas import Canvas
from display_board.drawing.layout import Box
from display_board.drawing.pictograms import arrow, bubble
from display_board.drawing.shapes import sign
from display_board.state.board import BoardCall, CounterRow
from display_board.state.display import Display, Sign
from display_board.state.scene import Scene
from display_board.wording import translate

STATES = {"SERVING": "Being served", "CALLED": "Please come"}
EMPTY = {"OPEN": "Ready", "PAUSED": "Paused", "CLOSED": "Counter closed"}

NARROW = 700
FAR_K = 1.35
FAR_NUMBER = 216  # px of the plan: figures of 0.7 degrees at 8 m on 55 inches
LEAST_IN_ROWS = 40
LEAST_FOR_WORDS = 300
BESIDE_SIGN = 88  # px of the plan that the sign takes from the number beside it
LEAST_COLUMN = 112  # px of the plan in which four figures still have the smallest size allowed


def number_of(number: str, letter: str) -> str:
    """The figures behind the letter, which its sign already shows."""
    return number.removeprefix(letter)


def owner(display: Display, number: str, service: str) -> Sign:
    """A transferred ticket keeps its letter: its sign is that of the letter, else of the service."""
    return next((s for s in display.signs if number.startswith(s.letter)), display.sign(service))


def faded(shown: Sign) -> Sign:
    return replace(shown, colour=c.STALE_FILL, ink=c.GREY_WHITE)


def counter(canvas: Canvas, display: Display, row: CounterRow, box: Box, stale: bool) -> None:
    """One row: counter, sign, number and state; a paused or closed counter shows no number."""
    far = display.far and box.h > layout.ROW_HEIGHT
    k, y = FAR_K if far else box.h / layout.ROW_HEIGHT, box.middle[1]
    called = not stale and row.ticket is not None and row.ticket.state == "CALLED"
    dead = stale or (row.state == "CLOSED" and row.ticket is None)
    _plate(canvas, row, box, k, called, dead)
    ticket = None if row.state == "PAUSED" and not stale and not called else row.ticket
    shown = owner(display, ticket.number, ticket.service) if ticket else display.sign(row.services[0])
    colour = c.INK if called else c.STALE if dead else c.WHITE
    narrow = box.w < NARROW
    at, side, left, share = (186, 76, 236, 0.46) if narrow else (216, 98, 300, 0.68 if far else 0.62)
    sign(canvas, faded(shown) if dead else shown, box.x + at * k, y, side * k, colour)
    figures = number_of(ticket.number, shown.letter) if ticket else "" if dead and not stale else "—"
    x = box.x + left * k
    wide = canvas.text(figures, FAR_NUMBER if far else 124 * k, c.EXTRA, colour, x, y, "left", (box.right - x) * share)
    margin = 14 if narrow else 24 if far else 36 * k
    room = Box(x + wide + margin, box.y, box.right - x - wide - 2 * margin, box.h)
    _state(canvas, row, room, k, stale, display.direction(row.code) if called else "")


def _plate(canvas: Canvas, row: CounterRow, box: Box, k: float, called: bool, dead: bool) -> None:
    left = Box(box.x, box.y, 132 * k, box.h)
    canvas.rectangle(box, c.GOLD if called else c.PANEL, 20 * k)
    canvas.rectangle(left, c.INK if called else c.STALE_BOX if dead else c.WHITE, 20 * k, (1, 0, 1, 0))
    ink = c.WHITE if called else c.INK
    canvas.text(row.code, 104 * k, c.EXTRA, ink, left.middle[0], left.middle[1], "middle", left.w - 16 * k)


def _state(canvas: Canvas, row: CounterRow, room: Box, k: float, stale: bool, direction: str) -> None:
    """The state at the right end of a row; `direction`: of the counter that calls, else empty."""
    called = bool(direction)
    text = STATES.get(row.ticket.state, "Ready") if row.ticket else EMPTY[row.state]
    if row.state == "PAUSED" and not called:
        text = "Paused"
    dead = row.state == "CLOSED" and row.ticket is None
    size, weight, colour = 43.0, c.MEDIUM, c.ZERO if stale or dead else c.GREY_WHITE
    if called:
        size, weight, colour = 50.0, c.BOLD, c.INK
    if called and room.w <= LEAST_FOR_WORDS:  # gold says that it calls; where it lies must still be shown
        arrow(canvas, direction, c.INK, room.right - 40 * k, room.middle[1], 76 * k, 0.13)
        return
    if called:
        arrow(canvas, direction, c.INK, room.right - 26 * k, room.middle[1], 58 * k, 0.13)
        room = Box(room.x, room.y, room.w - 74 * k, room.h)
    canvas.paragraph(
        translate("not sure" if stale else text), room, max(LEAST_IN_ROWS, size * k), weight, colour, "right"
    )


def page_line(canvas: Canvas, place: tuple[int, int], box: Box) -> None:
    """Which page of the counters this is, and that the others follow."""
    words = translate("Page {page}/{count} · other counters follow", page=place[0], count=place[1])
    canvas.text(words, 40, c.MEDIUM, c.GREY_WHITE, *box.middle, "middle", box.w - 40)


def last_calls(canvas: Canvas, scene: Scene, box: Box) -> None:
    canvas.rectangle(box, c.PANEL, 20)
    canvas.text(translate("Just called"), 44, c.MEDIUM, c.GREY_WHITE, box.x + 31, box.y + 44, "left", box.w - 62)
    height = (box.h - 72) / 4
    for i, call in enumerate(scene.calls):
        line = Box(box.x + 31, box.y + 68 + i * height, box.w - 62, height)
        if i:
            canvas.rectangle(Box(line.x, line.y, line.w, 2), c.LINE)
        _last_call(canvas, scene.display, call, line, c.GOLD if i == 0 else c.ZERO)


def _last_call(canvas: Canvas, display: Display, call: BoardCall, line: Box, colour: str) -> None:
    y, k = line.middle[1], min(1.0, line.h / 84)
    shown = owner(display, call.number, call.service)
    sign(canvas, shown, line.x + 30, y, 60 * k, c.WHITE)
    canvas.text(number_of(call.number, shown.letter), 66 * k, c.EXTRA, c.WHITE, line.x + 81, y, "left", 205)
    wide = canvas.text(call.counter, 66 * k, c.EXTRA, c.WHITE, line.right, y, "right", 120)
    x = line.right - max(72, wide + 16)
    wide = canvas.text(translate("Counter"), 44, c.MEDIUM, c.GREY_WHITE, x, y, "right", 130)
    arrow(canvas, display.direction(call.counter), colour, x - wide - 44, y, 52 * k, 0.13)


def people_waiting(canvas: Canvas, scene: Scene, box: Box) -> None:
    """In one line, the signs over the figures; in two lines beside them where the columns would be too narrow."""
    canvas.rectangle(box, c.PANEL, 20)
    head, (page, count) = Box(box.x + 31, box.y, box.w - 62, 88), scene.waiting_place
    canvas.text(translate("Waiting"), 44, c.MEDIUM, c.GREY_WHITE, head.x, head.middle[1], "left", head.w - 120)
    if count > 1:
        canvas.text(f"{page}/{count}", 42, c.MEDIUM, c.GREY_WHITE, head.right, head.middle[1], "right", 110)
    area = Box(box.x + 20, box.y + 70, box.w - 40, box.h - 78)
    one_line = area.w / max(1, len(scene.waiting)) >= LEAST_COLUMN
    each = max(1, len(scene.waiting) if one_line else -(-len(scene.waiting) // 2))
    lines = layout.lines(area, 1 if one_line else 2)
    room = area.w / each - (18 if one_line else BESIDE_SIGN)
    size = min((canvas.fitting(str(people), 66, c.EXTRA, room) for _, people, _ in scene.waiting), default=66.0)
    for i, (service, people, full) in enumerate(scene.waiting):
        place = layout.columns(lines[i // each], each)[i % each]
        (_queue if one_line else _queue_beside)(canvas, scene.display.sign(service), people, full, place, size)


def _queue_beside(canvas: Canvas, shown: Sign, count: int, full: bool, place: Box, size: float) -> None:
    """Sign beside the number of people, which is written in `size`."""
    side, y = min(64.0, place.h * 0.72), place.middle[1]
    sign(canvas, shown, place.x + side / 2, y, side, c.WHITE)
    x, room = place.x + side + 12, place.w - BESIDE_SIGN
    colour = c.WHITE if count else c.ZERO
    if full:
        canvas.text(str(count), min(size, 44), c.EXTRA, colour, x, y - 20, "left", room)
        canvas.text(translate("Full"), 40, c.BOLD, c.GOLD, x, y + 20, "left", room)
    else:
        canvas.text(str(count), size, c.EXTRA, colour, x, y, "left", room)


def _queue(canvas: Canvas, shown: Sign, count: int, full: bool, place: Box, size: float) -> None:
    """Sign over the number of people in `size`; "Hết số" under a service that gives no more numbers today."""
    x, k = place.middle[0], place.h / 175
    y, side = (38, 64) if full else (47, 76)
    sign(canvas, shown, x, place.y + y * k, min(side * k, place.w * 0.8), c.WHITE)
    colour = c.WHITE if count else c.ZERO
    room = place.w - 18
    if full:
        canvas.text(str(count), min(size, 52 * k), c.EXTRA, colour, x, place.y + 108 * k, "middle", room)
        canvas.text(translate("Full"), 42 * k, c.BOLD, c.GOLD, x, place.y + 155 * k, "middle", place.w - 14)
    else:
        canvas.text(str(count), min(size, 66 * k), c.EXTRA, colour, x, place.y + 130 * k, "middle", room)


def notice(canvas: Canvas, words: str, box: Box) -> None:
    """Whole, on one line; smaller letters or two lines where it is long."""
    if not words:
        return
    canvas.rectangle(box, c.GOLD)
    bubble(canvas, c.INK, 62, box.middle[1] + 2, 44)
    room = Box(box.x + 110, box.y + 4, box.w - 150, box.h - 8)
    if canvas.fitting(words, 46, c.BOLD, room.w) >= 38:
        canvas.text(words, 46, c.BOLD, c.INK, room.x, room.middle[1], "left", room.w)
    else:
        canvas.paragraph(words, room, 46, c.BOLD, c.INK, "left", 3)
