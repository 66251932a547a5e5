"""A whole scene as a picture: the board, a call, the lost line, the closed office."""

from __future__ import annotations

from display_board import colours as c
from display_board import layout, panels
from display_board.canvas import Canvas
from display_board.layout import Box
from display_board.pictograms import arrow, clock, counter, warning, waves, woven_band
from display_board.scene import Highlight, Scene
from display_board.shapes import sign
from display_board.wording import say


def paint(canvas: Canvas, scene: Scene) -> None:
    canvas.clear(c.NIGHT)
    woven_band(canvas)
    _header(canvas, scene)
    {"starting": _starting, "offline": _offline, "closed": _closed}.get(scene.mode, _open)(canvas, scene)


def _header(canvas: Canvas, scene: Scene) -> None:
    y = layout.CLOCK.middle[1]
    canvas.text(scene.display.office, 50, c.BOLD, c.WHITE, layout.OFFICE.x, y, "left", layout.OFFICE.w)
    canvas.text(scene.date, 44, c.MEDIUM, c.GREY_WHITE, layout.DATE.right, y, "right", layout.DATE.w)
    canvas.text(scene.clock, 90, c.EXTRA, c.WHITE, layout.CLOCK.right, y, "right", layout.CLOCK.w)


def _open(canvas: Canvas, scene: Scene) -> None:
    if scene.highlight is not None:
        _call(canvas, scene, scene.highlight)
    else:
        panels.counters(canvas, scene)
        panels.dossiers(canvas, scene)
    panels.last_calls(canvas, scene)
    panels.people_waiting(canvas, scene)
    panels.notice(canvas, scene)


def _call(canvas: Canvas, scene: Scene, lit: Highlight) -> None:
    top, foot = layout.CALL_TOP, layout.CALL_FOOT
    ground = c.WHITE if lit.pulse else c.GOLD
    canvas.rectangle(top, ground, 20, (1, 1, 0, 0))
    canvas.rectangle(foot, c.INK, 20, (0, 0, 1, 1))
    canvas.text(lit.heading, 80, c.BOLD, c.INK, top.x + 58, top.y + 74, "left", top.w - 116)
    shown = panels.owner(scene, lit.call.number, lit.call.service)
    sign(canvas, shown, top.x + 201, top.y + 317, 264, c.INK)
    figures = panels.number_of(lit.call.number, shown.letter)
    canvas.text(figures, 392, c.EXTRA, c.INK, top.right - 42, top.y + 316, "right", top.w - 42 - 372)
    y = foot.middle[1]
    arrow(canvas, lit.direction, c.GOLD, foot.x + 147, y, 186)
    counter(canvas, c.WHITE, foot.x + 374, y, 172)
    plate = Box(foot.right - 312, y - 131, 262, 262)
    canvas.text(say("Counter"), 132, c.EXTRA, c.WHITE, foot.x + 504, y, "left", plate.x - foot.x - 540)
    canvas.rectangle(plate, c.WHITE, 32)
    canvas.text(lit.call.counter, 240, c.EXTRA, c.INK, *plate.middle, "middle", plate.w - 24)


def _offline(canvas: Canvas, scene: Scene) -> None:
    panels.counters(canvas, scene)
    side, foot = layout.STALE_SIDE, layout.STALE_FOOT
    x = side.middle[0]
    canvas.rectangle(side, c.PANEL, 20)
    waves(canvas, c.ZERO, x, side.y + 210, 190)
    canvas.text(say("The numbers on the left"), 52, c.BOLD, c.WHITE, x, side.y + 381, "middle", side.w - 40)
    _two_colours(canvas, f"{say('are of')} ", scene.stale_since, x, side.y + 446)
    canvas.text(
        say("The screen reconnects by itself"), 44, c.MEDIUM, c.GREY_WHITE, x, side.y + 527, "middle", side.w - 40
    )
    canvas.rectangle(foot, c.WHITE)
    canvas.rectangle(Box(foot.x, foot.y, foot.w, 16), c.BRICK)
    warning(canvas, 131, foot.y + 131, 144)
    headline = say("No update since {time}", time=scene.stale_since)
    canvas.text(headline, 92, c.EXTRA, c.BRICK, 251, foot.y + 94, "left", foot.w - 300)
    text = say("Please listen to the officer. The slip of {folk} stays valid.", folk=scene.display.folk)
    canvas.text(text, 52, c.BOLD, c.INK, 251, foot.y + 186, "left", foot.w - 300)


def _two_colours(canvas: Canvas, words: str, time: str, x: float, y: float) -> None:
    wide = canvas.width(words, 52, c.BOLD)
    left = x - (wide + canvas.width(time, 52, c.BOLD)) / 2
    canvas.text(words, 52, c.BOLD, c.WHITE, left, y)
    canvas.text(time, 52, c.BOLD, c.GOLD, left + wide, y)


def _starting(canvas: Canvas, _scene: Scene) -> None:
    waves(canvas, c.ZERO, layout.WIDTH / 2, 430, 220)
    canvas.text(say("Connecting to the service"), 64, c.BOLD, c.WHITE, layout.WIDTH / 2, 640, "middle", 1700)
    canvas.text(
        say("The screen reconnects by itself"), 44, c.MEDIUM, c.GREY_WHITE, layout.WIDTH / 2, 720, "middle", 1700
    )


def _closed(canvas: Canvas, scene: Scene) -> None:
    x = layout.WIDTH / 2
    clock(canvas, c.GREY_WHITE, 330, 400, 300)
    canvas.text(say("Numbers are not given now"), 96, c.EXTRA, c.WHITE, x + 210, 220, "middle", 1300)
    if scene.opening:
        again = say("{folk}, please come back at", folk=scene.display.folk)
        canvas.text(again, 60, c.MEDIUM, c.GREY_WHITE, x + 210, 320, "middle", 1300)
        canvas.text(scene.opening, 300, c.EXTRA, c.GOLD, x + 210, 510, "middle", 1300)
        canvas.text(scene.opening_day, 60, c.MEDIUM, c.GREY_WHITE, x + 210, 685, "middle", 1300)
    boxes = layout.columns(Box(40, 760, 1840, 190), max(1, len(scene.sessions)))
    for (name, times), box in zip(scene.sessions, boxes, strict=False):
        canvas.rectangle(Box(box.x + 6, box.y, box.w - 12, box.h), c.PANEL, 20)
        canvas.text(name, 48, c.MEDIUM, c.GREY_WHITE, box.middle[0], box.y + 56, "middle", box.w - 40)
        canvas.text(times, 84, c.EXTRA, c.WHITE, box.middle[0], box.y + 128, "middle", box.w - 40)
    panels.notice(canvas, scene)
