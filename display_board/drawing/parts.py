"""A scene cut into parts: each is drawn anew only when what it shows has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from contract.records import dataclass
from display_board.drawing import colours as c
from display_board.drawing import layout, pages, panels, spotlight, strip
from display_board.drawing.canvas import Canvas
from display_board.drawing.layout import Box, Plan
from display_board.drawing.pictograms import woven_band
from display_board.state.scene import Scene


@dataclass(frozen=True, slots=True)
class ScenePart:
    """`shows` equal to what it showed before means that nothing is to be drawn."""

    box: Box
    shows: object
    draw: Callable[[Canvas], None]


def parts(plan: Plan, scene: Scene) -> list[ScenePart]:
    """All that stands on the screen; parts do not overlap."""
    return [
        ScenePart(plan.band, scene.display.office, woven_band),
        *_header(plan, scene),
        *{
            "starting": _starting,
            "board": _board,
            "call": _call,
            "offline": _offline,
            "closed": _closed,
            "dossiers": _dossiers,
            "procedures": _procedures,
            "picture": _picture,
        }[scene.mode](plan, scene),
    ]


def _header(plan: Plan, scene: Scene) -> list[ScenePart]:
    display = scene.display
    side = "left" if plan.stands else "right"

    def office(canvas: Canvas) -> None:
        canvas.paragraph(display.office, plan.office, 50, c.BOLD, c.WHITE)

    def date(canvas: Canvas) -> None:
        canvas.paragraph(scene.date, plan.date, 44, c.MEDIUM, c.GREY_WHITE, side, 1)

    def clock(canvas: Canvas) -> None:
        canvas.paragraph(scene.clock, plan.clock, 90, c.EXTRA, c.WHITE, "right", 1)

    return [
        ScenePart(plan.office, display.office, office),
        ScenePart(plan.date, scene.date, date),
        ScenePart(plan.clock, scene.clock, clock),
    ]


def _rows(plan: Plan, scene: Scene) -> list[ScenePart]:
    stale, paged = scene.mode == "offline", scene.place[1] > 1
    line = layout.page_line(plan)
    page = [ScenePart(line, scene.place, partial(panels.page_line, place=scene.place, box=line))]
    return [
        *(
            ScenePart(
                box,
                (row, stale, scene.display),
                partial(panels.counter, display=scene.display, row=row, box=box, stale=stale),
            )
            for row, box in zip(scene.rows, layout.rows(plan, len(scene.rows), paged, scene.display.far), strict=True)
        ),
        *(page if paged else []),
    ]


def _board(plan: Plan, scene: Scene) -> list[ScenePart]:
    return [
        *_rows(plan, scene),
        *_around(scene, plan.calls, plan.waiting),
        _notice(plan, scene),
        ScenePart(plan.dossiers, (scene.strip, scene.display), partial(strip.dossiers, scene=scene, box=plan.dossiers)),
    ]


def _call(plan: Plan, scene: Scene) -> list[ScenePart]:
    lit = scene.highlight
    if lit is None:
        return _board(plan, scene)
    display = scene.display
    return [
        ScenePart(
            plan.call_top, (lit, display), partial(spotlight.number, display=display, lit=lit, box=plan.call_top)
        ),
        ScenePart(
            plan.call_foot, lit.call.counter + lit.direction, partial(spotlight.place, lit=lit, box=plan.call_foot)
        ),
        ScenePart(plan.quote, lit.quote, partial(spotlight.quote, words=lit.quote, box=plan.quote)),
        *_around(scene, plan.called_calls, plan.called_waiting),
        _notice(plan, scene),
    ]


def _around(scene: Scene, calls: Box, waiting: Box) -> list[ScenePart]:
    return [
        ScenePart(calls, (scene.calls, scene.display), partial(panels.last_calls, scene=scene, box=calls)),
        ScenePart(
            waiting,
            (scene.waiting, scene.waiting_place, scene.display),
            partial(panels.people_waiting, scene=scene, box=waiting),
        ),
    ]


def _notice(plan: Plan, scene: Scene) -> ScenePart:
    return ScenePart(plan.notice, scene.notice, partial(panels.notice, words=scene.notice, box=plan.notice))


def _offline(plan: Plan, scene: Scene) -> list[ScenePart]:
    side, foot = plan.stale_side, plan.stale_foot
    return [
        *_rows(plan, scene),
        ScenePart(side, scene.stale_since, partial(pages.stale_side, since=scene.stale_since, box=side)),
        ScenePart(foot, (scene.stale_since, scene.display.folk), partial(pages.stale_foot, scene=scene, box=foot)),
    ]


def _whole(plan: Plan, scene: Scene, shows: object, draw: Callable[..., None]) -> list[ScenePart]:
    return [ScenePart(plan.body, shows, partial(draw, scene=scene, box=plan.body)), _notice(plan, scene)]


def _starting(plan: Plan, scene: Scene) -> list[ScenePart]:
    return _whole(plan, scene, "starting", pages.starting)


def _closed(plan: Plan, scene: Scene) -> list[ScenePart]:
    return _whole(plan, scene, (scene.closed, scene.display.folk), pages.closed)


def _dossiers(plan: Plan, scene: Scene) -> list[ScenePart]:
    return _whole(plan, scene, (scene.strip, scene.place, scene.display), strip.table)


def _procedures(plan: Plan, scene: Scene) -> list[ScenePart]:
    return _whole(plan, scene, scene.display.procedures, pages.procedures)


def _picture(plan: Plan, scene: Scene) -> list[ScenePart]:
    return _whole(plan, scene, scene.picture, pages.picture)
