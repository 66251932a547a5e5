"""Dossiers in progress: three at a time under the counters, or a whole page of them while nobody waits."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from contract.dossiers import DossierProgress
from display_board.drawing import colours as c
from display_board.drawing import layout
from display_board.drawing.canvas import Canvas
from display_board.drawing.layout import Box
from display_board.drawing.pictograms import knots, late_mark
from display_board.drawing.shapes import sign
from display_board.state.idle import ROWS
from display_board.state.scene import Scene
from display_board.wording import translate

# Step of a dossier: knots done, the words of a page, and whether the strip says them too; four knots in all.
STEPS = {
    "received": (0, "Received", False),
    "processing": (2, "In progress", False),
    "papers_asked": (1, "Papers needed", True),
    "payment_asked": (2, "Fee to pay", True),
    "ready": (3, "Result ready", True),
    "returned": (3, "Result ready", True),
}
UNKNOWN = (0, "In progress", False)
CLOSE = 43  # between knots, where the date needs the room
DONE = frozenset({"ready", "returned"})


def dossiers(canvas: Canvas, scene: Scene, box: Box) -> None:
    canvas.rectangle(box, c.PANEL, 20)
    stands = canvas.plan.stands
    title = Box(box.x + 30, box.y, box.w - 60, 76) if stands else Box(box.x + 30, box.y, 232, box.h)
    canvas.paragraph(translate("Progress of dossiers"), title, 44, c.MEDIUM, c.GREY_WHITE)
    area = Box(box.x, box.y + 70, box.w, box.h - 78) if stands else Box(box.x + 271, box.y, box.w - 277, box.h)
    if not scene.strip.shown:
        words = translate("No dossier in progress to show")
        canvas.paragraph(words, area.inner(30), 42, c.MEDIUM, c.ZERO)
        return
    with canvas.within(area):
        push = area.h * scene.strip.turn
        for rows, dy in ((scene.strip.before, -push), (scene.strip.shown, area.h - push)):
            if abs(dy) < area.h:
                _three(canvas, scene, rows, Box(area.x, area.y + dy, area.w, area.h))


def _three(canvas: Canvas, scene: Scene, rows: tuple[DossierProgress, ...], area: Box) -> None:
    stands = canvas.plan.stands
    places = layout.lines(area, 3) if stands else layout.columns(area, 3)
    for row, place in zip(rows, places, strict=False):
        if stands:
            canvas.rectangle(Box(place.x + 30, place.y, place.w - 60, 2), c.LINE)
            _lying(canvas, scene, row, place)
        else:
            canvas.rectangle(Box(place.x, place.y + 22, 2, place.h - 44), c.LINE)
            _upright(canvas, scene, row, place)


def _upright(canvas: Canvas, scene: Scene, row: DossierProgress, place: Box) -> None:
    """Two lines; of a sensitive field only its sign and its knots."""
    top, low = place.y + 51, place.y + 120
    _field_sign(canvas, scene, row, place.x + 52, place.middle[1] if row.sensitive else top, 48)
    done, _, _ = STEPS.get(row.step, UNKNOWN)
    if row.sensitive:
        knots(canvas, done, 4, place.x + 120, place.middle[1], CLOSE)
        return
    canvas.text(row.code_masked, 50, c.BOLD, c.WHITE, place.x + 92, top, "left", place.w - 104)
    knots(canvas, done, 4, place.x + 46, low, CLOSE)
    words, colour = _short(scene, row)
    _dated(canvas, words, colour, row.code_masked in scene.strip.late, Box(place.x + 216, low - 30, place.w - 224, 60))


def _lying(canvas: Canvas, scene: Scene, row: DossierProgress, place: Box) -> None:
    """One line of a standing screen."""
    y, done = place.middle[1], STEPS.get(row.step, UNKNOWN)[0]
    _field_sign(canvas, scene, row, place.x + 62, y, 56)
    if row.sensitive:
        knots(canvas, done, 4, place.x + 130, y)
        return
    canvas.text(row.code_masked, 48, c.BOLD, c.WHITE, place.x + 106, y, "left", 370)
    knots(canvas, done, 4, place.x + 510, y, 58)
    words, colour = _short(scene, row)
    _dated(canvas, words, colour, row.code_masked in scene.strip.late, Box(place.x + 730, y - 30, place.w - 760, 60))


def _field_sign(canvas: Canvas, scene: Scene, row: DossierProgress, x: float, y: float, size: float) -> None:
    shown = scene.display.sign_of_field(row.field)
    if shown is not None:
        sign(canvas, shown, x, y, size, c.WHITE)


def _dated(canvas: Canvas, words: str, colour: str, late: bool, room: Box, anchor: str = "left") -> None:
    """Words, after a mark where the date is past."""
    wide = canvas.paragraph(
        words, Box(room.x + 48, room.y, room.w - 48, room.h) if late else room, 44, c.MEDIUM, colour, anchor, 1
    )
    if late:
        late_mark(canvas, (room.right - wide - 30) if anchor == "right" else room.x + 22, room.middle[1], 42)


def _short(scene: Scene, row: DossierProgress) -> tuple[str, str]:
    _, words, spoken = STEPS.get(row.step, UNKNOWN)
    if spoken:
        return translate(words), c.GOLD if row.step in DONE else c.WHITE
    return _due(scene, row), c.WHITE


def _due(scene: Scene, row: DossierProgress) -> str:
    """ "Hẹn 17/4", or "Chậm hẹn 12/4" of one that is late."""
    if row.due_at is None:
        return ""
    day = datetime.fromtimestamp(row.due_at / 1000, ZoneInfo(scene.display.timezone))
    words = "Late, due {date}" if row.code_masked in scene.strip.late else "Due {date}"
    return translate(words, date=f"{day.day}/{day.month}")


def table(canvas: Canvas, scene: Scene, box: Box) -> None:
    """A page of dossiers with code, field, step and due date."""
    canvas.rectangle(box, c.PANEL, 20)
    page, count = scene.place
    head = Box(box.x + 36, box.y + 10, box.w - 72, 96)
    if count > 1:
        wide = canvas.text(f"{page}/{count}", 48, c.BOLD, c.GREY_WHITE, head.right, head.middle[1], "right")
        head = Box(head.x, head.y, head.w - wide - 30, head.h)
    canvas.paragraph(translate("Progress of dossiers"), head, 60, c.BOLD, c.WHITE, "left", 1)
    area = Box(box.x, box.y + 112, box.w, box.h - 124)
    at_once = ROWS["standing" if canvas.plan.stands else "lying"]
    for row, place in zip(scene.strip.shown, layout.lines(area, at_once), strict=False):
        canvas.rectangle(Box(place.x + 36, place.y, place.w - 72, 2), c.LINE)
        (_high if canvas.plan.stands else _wide)(canvas, scene, row, place)


def _wide(canvas: Canvas, scene: Scene, row: DossierProgress, place: Box) -> None:
    """Code over the masked name where there is one, field, step and date beside each other."""
    y = place.middle[1]
    done, step, _ = STEPS.get(row.step, UNKNOWN)
    _field_sign(canvas, scene, row, place.x + 78, y, 72)
    knots(canvas, done, 4, place.x + 850, y)
    if row.sensitive:
        return
    canvas.text(row.code_masked, 54, c.BOLD, c.WHITE, place.x + 136, y - 30 if row.name else y, "left", 400)
    canvas.text(row.name, 42, c.MEDIUM, c.WHITE, place.x + 136, y + 30, "left", 400)
    canvas.paragraph(row.field, Box(place.x + 556, place.y, 250, place.h), 42, c.MEDIUM, c.GREY_WHITE)
    colour = c.GOLD if row.step in DONE else c.WHITE
    canvas.paragraph(translate(step), Box(place.x + 1110, place.y, 340, place.h), 42, c.BOLD, colour)
    if row.step not in DONE:
        late = row.code_masked in scene.strip.late
        _dated(canvas, _due(scene, row), c.WHITE, late, Box(place.x + 1456, place.y, place.w - 1492, place.h), "right")


def _high(canvas: Canvas, scene: Scene, row: DossierProgress, place: Box) -> None:
    """Code and date over the field over the step."""
    top, middle, low = (place.y + place.h * share for share in (0.22, 0.51, 0.8))
    done, step, _ = STEPS.get(row.step, UNKNOWN)
    _field_sign(canvas, scene, row, place.x + 90, place.middle[1], 92)
    knots(canvas, done, 4, place.x + 190, place.middle[1] if row.sensitive else low, 58)
    if row.sensitive:
        return
    canvas.text(row.code_masked, 54, c.BOLD, c.WHITE, place.x + 164, top, "left", 410)
    if row.step not in DONE:
        late = row.code_masked in scene.strip.late
        _dated(canvas, _due(scene, row), c.WHITE, late, Box(place.x + 590, top - 40, place.w - 626, 80), "right")
    wide = canvas.text(row.name, 42, c.MEDIUM, c.WHITE, place.x + 164, middle, "left", 400) + 24 if row.name else 0
    canvas.text(row.field, 42, c.MEDIUM, c.GREY_WHITE, place.x + 164 + wide, middle, "left", place.w - 200 - wide)
    colour = c.GOLD if row.step in DONE else c.WHITE
    canvas.text(translate(step), 42, c.BOLD, colour, place.right - 36, low, "right", 460)
