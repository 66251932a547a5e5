"""What fills the screen at other times: no line to the service, closed, the procedures' QR code, a picture."""

from __future__ import annotations

from display_board.drawing import colours as c
from display_board.drawing import layout
from display_board.drawing.canvas import Canvas
from display_board.drawing.layout import Box
from display_board.drawing.pictograms import clock, modules, warning, waves
from display_board.drawing.pictures import picture_for
from display_board.state.scene import Scene
from display_board.wording import translate


def starting(canvas: Canvas, scene: Scene, box: Box) -> None:
    x, y = box.middle
    waves(canvas, c.ZERO, x, y - 130, 220)
    canvas.paragraph(
        translate("Connecting to the service"), Box(box.x, y + 40, box.w, 90), 64, c.BOLD, c.WHITE, "middle"
    )
    again = translate("The screen reconnects by itself")
    canvas.paragraph(again, Box(box.x, y + 130, box.w, 80), 44, c.MEDIUM, c.GREY_WHITE, "middle")


def stale_side(canvas: Canvas, since: str, box: Box) -> None:
    """Which moment the numbers show."""
    canvas.rectangle(box, c.PANEL, 20)
    x, top, room = box.middle[0], box.middle[1] - 130, box.w - 40
    waves(canvas, c.ZERO, x, top, 190)
    canvas.text(translate("The numbers shown here"), 52, c.BOLD, c.WHITE, x, top + 171, "middle", room)
    words = f"{translate('are of')} "
    left = x - (canvas.width(words, 52, c.BOLD) + canvas.width(since, 52, c.BOLD)) / 2
    left += canvas.text(words, 52, c.BOLD, c.WHITE, left, top + 236)
    canvas.text(since, 52, c.BOLD, c.GOLD, left, top + 236)
    canvas.text(translate("The screen reconnects by itself"), 44, c.MEDIUM, c.GREY_WHITE, x, top + 317, "middle", room)


def stale_foot(canvas: Canvas, scene: Scene, box: Box) -> None:
    canvas.rectangle(box, c.WHITE)
    canvas.rectangle(Box(box.x, box.y, box.w, 16), c.BRICK)
    y = box.y + 16 + (box.h - 16) / 2
    warning(canvas, 131, y, 144)
    x, room = box.x + 251, box.w - 300
    headline = translate("No update since {time}", time=scene.stale_since)
    canvas.paragraph(headline, Box(x, box.y + 20, room, box.h * 0.48), 92, c.EXTRA, c.BRICK)
    text = translate("Please listen to the officer. The slip of {folk} stays valid.", folk=scene.display.folk)
    canvas.paragraph(text, Box(x, box.y + 16 + box.h * 0.5, room, box.h * 0.42), 52, c.BOLD, c.INK)


def closed(canvas: Canvas, scene: Scene, box: Box) -> None:
    """When numbers are given again, in the largest figures of the screen, and how long that is still."""
    shut = scene.closed
    if shut is None:
        return
    area = Box(box.x, box.y, box.w, box.h - 210)
    if canvas.plan.stands:
        clock(canvas, c.GREY_WHITE, area.middle[0], area.y + 210, 280)
        room = Box(area.x, area.y + 380, area.w, area.h - 420)
    else:
        clock(canvas, c.GREY_WHITE, 300, area.middle[1], 320)
        room = Box(area.x + 480, area.y, area.w - 500, area.h)
    canvas.paragraph(shut.heading, _slice(room, 0.0, 0.2), 96, c.EXTRA, c.WHITE, "middle")
    if shut.opening:
        again = translate("{folk}, please come back at", folk=scene.display.folk)
        canvas.paragraph(again, _slice(room, 0.2, 0.32), 60, c.MEDIUM, c.GREY_WHITE, "middle", 1)
        canvas.paragraph(shut.opening, _slice(room, 0.32, 0.84), 300, c.EXTRA, c.GOLD, "middle", 1)
        when = f"{shut.day}, {shut.left}" if shut.left else shut.day
        canvas.paragraph(when, _slice(room, 0.84, 1.0), 60, c.MEDIUM, c.WHITE, "middle", 2)
    _sessions(canvas, shut.sessions, Box(box.x, box.bottom - 196, box.w, 184))


def _sessions(canvas: Canvas, sessions: tuple[tuple[str, str], ...], box: Box) -> None:
    for (name, times), place in zip(sessions, layout.columns(box, len(sessions)), strict=True):
        canvas.rectangle(place.inner(6), c.PANEL, 20)
        room = place.w - 40
        canvas.text(name, 48, c.MEDIUM, c.GREY_WHITE, place.middle[0], place.y + 52, "middle", room)
        canvas.text(times, 84, c.EXTRA, c.WHITE, place.middle[0], place.y + 124, "middle", room)


def procedures(canvas: Canvas, scene: Scene, box: Box) -> None:
    """The address of the procedures as a QR code, black on white with the quiet zone of four modules."""
    canvas.rectangle(box, c.PANEL, 20)
    side = min(box.h, box.w) - 120
    if canvas.plan.stands:
        plate, room = Box(box.middle[0] - side / 2, box.y + 60, side, side), None
        room = Box(box.x + 60, plate.bottom + 30, box.w - 120, box.bottom - plate.bottom - 70)
    else:
        plate = Box(box.x + 60, box.y + 60, side, side)
        room = Box(plate.right + 70, box.y + 60, box.right - plate.right - 130, side)
    canvas.rectangle(plate, c.WHITE, 20)
    modules(canvas, scene.display.procedures, plate)
    canvas.paragraph(translate("Papers, procedures"), _slice(room, 0.05, 0.35), 104, c.EXTRA, c.WHITE)
    how = translate("Scan this code with a telephone to see which papers to bring, the time and the fee.")
    canvas.paragraph(how, _slice(room, 0.38, 0.78), 58, c.MEDIUM, c.GREY_WHITE, most=5)
    canvas.paragraph(scene.display.procedures.partition("//")[2], _slice(room, 0.82, 1.0), 50, c.BOLD, c.GOLD)


def picture(canvas: Canvas, scene: Scene, box: Box) -> None:
    """As large as it fits, its sides kept; the name of the office where it cannot be read."""
    with canvas.within(box) as rect:
        image = picture_for(canvas.pictures, scene.picture, rect.size)
        if image is not None:
            canvas.surface.blit(image, image.get_rect(center=rect.center))
            return
    canvas.rectangle(box, c.PANEL, 20)
    canvas.paragraph(scene.display.authority, _slice(box.inner(80), 0.2, 0.4), 60, c.MEDIUM, c.GREY_WHITE, "middle")
    canvas.paragraph(scene.display.office, _slice(box.inner(80), 0.4, 0.75), 110, c.EXTRA, c.WHITE, "middle", 3)


def _slice(box: Box, start: float, end: float) -> Box:
    """Part of a box by shares of its height."""
    return Box(box.x, box.y + box.h * start, box.w, box.h * (end - start))
