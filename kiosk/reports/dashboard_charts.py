"""Charts of the dashboard as SVG: drawn once, here, for the page and for paper. Words stand beside colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from contract.catalogues import grouped
from contract.records import dataclass
from kiosk.reports.charts import BRICK, EDGE, FOREST, INK, LEVEL_COLOURS
from kiosk.reports.svg import LETTER, NARROW, RIGHT, WHITE, WIDTH, pick, rect, svg, text
from kiosk.reports.wording import minutes, percent, translate

TOP, BASE, HEIGHT = 18, 206, 256
GRID, SOFT = "#E6DFC9", "#57503F"
MINUTE_MS = 60_000
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
SLOTS_OF_AN_HOUR = 4
ROW, FIELD, BAR_END = 34, 210, 470


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the axes of a chart stand in its picture, and how many labels are under them at most."""

    width: int = WIDTH
    left: int = 44
    right: int = RIGHT
    labels: int = 12


WIDE, PHONE = Plot(), Plot(NARROW, 38, NARROW - 4, 5)


@dataclass(frozen=True, slots=True)
class HourBar:
    """Of the tickets issued in an hour: how many, median and 90th percentile of the waiting time in ms."""

    hour: int
    issued: int
    median: int | None
    p90: int | None


@dataclass(frozen=True, slots=True)
class QueueSlot:
    """How many people wait at a time of day ("08:15"): the mean over the days in tenths, and the most."""

    time: str
    mean_tenths: int
    most: int


@dataclass(frozen=True, slots=True)
class RatingSpan:
    """The ratings of a day, week or month: `title` for people, counts by level, best first; ISO dates."""

    title: str
    first: str
    last: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FieldBar:
    """Dossiers of a field: resolved, of them in time, and the rate in hundredths of a percent."""

    field: str
    resolved: int
    kept: int
    rate_bp: int | None


def waiting_chart(hours: Sequence[HourBar], promise_minutes: int) -> str:
    """Bar: half waited at most this; whisker: nine of ten; dashed: what the office promised."""
    scale = _Scale(max([promise_minutes + 3, *(in_minutes(one.p90) for one in hours)]))
    drawn = scale.lines()
    slot = (RIGHT - WIDE.left) / max(len(hours), 6)
    for place, one in enumerate(hours):
        x = WIDE.left + slot * (place + 0.5)
        words = translate("{hour}h: {count} tickets", hour=one.hour, count=grouped(one.issued))
        drawn.append(pick(f"tickets?hour={one.hour:02d}", words))
        drawn += _whisker(scale, x, one) if one.median is not None else []
        drawn += [
            rect(x - slot / 2, TOP, slot, BASE - TOP, "transparent"),
            text(x, BASE + 20, f"{one.hour}h", weight=700),
            text(x, BASE + 38, translate("{count} tickets", count=grouped(one.issued)), SOFT, size=12),
            "</g>",
        ]
    y = scale.y(promise_minutes)
    drawn.append(f'<path d="M{WIDE.left} {y:.1f}H{RIGHT}" stroke="{BRICK}" stroke-width="2" stroke-dasharray="7 5"/>')
    return svg(HEIGHT, translate("Waiting time by hour (minutes)"), drawn)


def queue_chart(slots: Sequence[QueueSlot], plot: Plot = WIDE) -> str:
    """Area: the mean of the days; line above it: the most on any day."""
    scale = _Scale(max([4, *(one.most for one in slots)]), plot)
    drawn = scale.lines()
    step = (plot.right - plot.left) / max(len(slots) - 1, 1)
    places = [plot.left + step * place for place in range(len(slots))]
    means = [(x, scale.y(one.mean_tenths / 10)) for x, one in zip(places, slots, strict=True)]
    most = [(x, scale.y(one.most)) for x, one in zip(places, slots, strict=True)]
    if slots:
        drawn.append(f'<path d="M{plot.left} {BASE}{_line(means)}L{places[-1]:.1f} {BASE}Z" fill="{FOREST}"/>')
        drawn.append(f'<path d="M{_points(most)}" fill="none" stroke="{INK}" stroke-width="2" stroke-dasharray="2 4"/>')
    drawn += _hours_of(slots, step, plot)
    hours = [place for place, one in enumerate(slots) if one.time.endswith(":00")]
    for place in hours[:: -(-len(hours) // plot.labels) or 1]:
        drawn.append(_label(plot, places[place], f"{int(slots[place].time[:2])}h"))
    return svg(HEIGHT - 22, translate("People waiting through the day"), drawn, plot.width)


def _label(plot: Plot, x: float, words: str) -> str:
    """Under an axis, and never beyond the picture."""
    half = len(words) * LETTER / 2
    return text(min(x, plot.width - half), BASE + 20, words, weight=700)


def _hours_of(slots: Sequence[QueueSlot], step: float, plot: Plot) -> Iterator[str]:
    """A field over each hour in which somebody waited: it opens the tickets of those who did."""
    for place, one in enumerate(slots[:-1]):
        of_hour = slots[place : place + SLOTS_OF_AN_HOUR]
        if one.time.endswith(":00") and any(slot.most for slot in of_hour):
            hour = int(one.time[:2])
            yield pick(
                f"tickets?present={hour:02d}",
                translate("who waited between {hour}h and {end}h", hour=hour, end=hour + 1),
            )
            yield rect(
                plot.left + step * place,
                TOP,
                min(step * SLOTS_OF_AN_HOUR, plot.right - plot.left - step * place),
                BASE - TOP,
                "transparent",
            )
            yield "</g>"


def ratings_chart(spans: Sequence[RatingSpan], level_names: Sequence[str], plot: Plot = WIDE) -> str:
    """One stacked bar a span, in the order of levels from below: the best level lies at the bottom."""
    scale = _Scale(max([4, *(sum(one.counts) for one in spans)]), plot)
    colours = LEVEL_COLOURS.get(len(level_names), LEVEL_COLOURS[5])
    drawn = scale.lines()
    slot = (plot.right - plot.left) / max(len(spans), min(plot.labels, 6))
    wide = min(34.0, slot * 0.7)
    every = _every([one.title for one in spans], plot)
    for place, one in enumerate(spans):
        x = plot.left + slot * (place + 0.5)
        if place % every == 0:
            drawn.append(_label(plot, x, one.title))
        if not sum(one.counts):
            continue
        words = "; ".join(f"{name}: {grouped(n)}" for name, n in zip(level_names, one.counts, strict=True))
        drawn.append(pick(f"ratings?from={one.first}&to={one.last}", f"{one.title}. {words}"))
        below = 0
        for count, colour in zip(one.counts, colours, strict=False):
            top, bottom = scale.y(below + count), scale.y(below)
            if count:
                drawn.append(rect(x - wide / 2, top, wide, bottom - top, colour, INK))
            below += count
        drawn += [rect(x - slot / 2, TOP, slot, BASE - TOP, "transparent"), "</g>"]
    return svg(HEIGHT - 22, translate("Ratings over time"), drawn, plot.width)


def _every(titles: Sequence[str], plot: Plot) -> int:
    """Which of the labels have room beside each other: one in so many."""
    longest = max(map(len, titles), default=1) * LETTER + LETTER
    most = min(plot.labels, int((plot.right - plot.left) / longest))
    return max(1, -(-len(titles) // max(most, 1)))


def on_time_chart(fields: Sequence[FieldBar]) -> str:
    """A row a field: its rate as a bar of 100 %, and the counts that it is of."""
    drawn: list[str] = []
    for place, one in enumerate(fields):
        y = 8 + ROW * place
        part = (one.rate_bp or 0) / 10_000 * (BAR_END - FIELD)
        counts = f"{grouped(one.kept)} / {grouped(one.resolved)}"
        drawn += [
            pick(
                f"dossiers?field={quote(one.field)}&standing=resolved",
                f"{one.field}: {counts}, {percent(one.rate_bp)}",
            ),
            text(0, y + 16, one.field if len(one.field) <= 28 else f"{one.field[:27]}…", anchor="start"),
            rect(FIELD, y, BAR_END - FIELD, 22, "#F1E8D3", EDGE),
            rect(FIELD, y, part, 22, FOREST),
            text(BAR_END + 66, y + 16, counts, SOFT, anchor="end"),
            text(WIDTH, y + 16, percent(one.rate_bp), weight=700, anchor="end"),
            "</g>",
        ]
    return svg(16 + ROW * max(len(fields), 1), translate("On time by field"), drawn)


def round_step(most: float, steps: int) -> int:
    """The round number of which so many are enough."""
    return next((step for step in STEPS if most / step <= steps), 10_000)


class _Scale:
    """A vertical axis from 0 in at most five steps of a round number."""

    def __init__(self, most: float, plot: Plot = WIDE) -> None:
        self._plot = plot
        self._unit = round_step(most, 5)
        self._top = -(-int(-(-most // 1)) // self._unit) * self._unit

    def y(self, value: float) -> float:
        return BASE - (BASE - TOP) * value / self._top

    def lines(self) -> list[str]:
        drawn: list[str] = []
        at = self._plot
        for value in range(0, self._top + 1, self._unit):
            y, colour, thick = self.y(value), GRID if value else EDGE, 1.5 if value else 2
            drawn.append(f'<path d="M{at.left} {y:.1f}H{at.right}" stroke="{colour}" stroke-width="{thick}"/>')
            drawn.append(text(at.left - 8, y + 5, grouped(value), SOFT, anchor="end"))
        return drawn


def _whisker(scale: _Scale, x: float, one: HourBar) -> list[str]:
    median, most = scale.y(in_minutes(one.median)), scale.y(in_minutes(one.p90))
    top = min(median, BASE - 3)
    inside = BASE - top > 24
    if inside:
        number = text(x, top + 17, short_minutes(one.median), WHITE, weight=700)
    else:  # beside the whisker
        number = text(x - 5, top - 7, short_minutes(one.median), weight=700, anchor="end")
    return [
        f'<path d="M{x:.1f} {top:.1f}V{most:.1f}M{x - 9:.1f} {most:.1f}H{x + 9:.1f}" stroke="{INK}" stroke-width="2"/>',
        rect(x - 15, top, 30, BASE - top, FOREST),
        number,
    ]


def in_minutes(ms: int | None) -> float:
    return (ms or 0) / MINUTE_MS


def short_minutes(ms: int | None) -> str:
    """To a tenth below ten minutes, so that a short wait is not written as none."""
    return minutes(ms) if ms is None or ms < 10 * MINUTE_MS else str((ms + MINUTE_MS // 2) // MINUTE_MS)


def _points(pairs: Iterable[tuple[float, float]]) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in pairs)


def _line(pairs: Sequence[tuple[float, float]]) -> str:
    return f"L{_points(pairs)}"
