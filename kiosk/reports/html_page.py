"""The report as one page that needs nothing else: printed on A4 it looks like on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from contract.catalogues import grouped
from kiosk.reports.charts import bars, shares
from kiosk.reports.daily import COUNTS, DailyReport, TicketFigures
from kiosk.reports.wording import (
    COUNT_WORDS,
    DIMENSIONS,
    RATED_WITHOUT,
    WITHOUT,
    day,
    label,
    minutes,
    percent,
    translate,
)

STYLE = """
@page { size: A4; margin: 14mm }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 820px; padding: 24px; background: #FBF6EA; color: #1D1A16;
  font: 500 15px/1.4 "Be Vietnam Pro", "Noto Sans", sans-serif; -webkit-print-color-adjust: exact;
  print-color-adjust: exact }
header { border-bottom: 5px solid #0F4F3A; padding-bottom: 12px; margin-bottom: 24px }
h1 { font-size: 28px; line-height: 1.2; font-weight: 800; margin: 0 0 4px }
h2 { font-size: 19px; line-height: 1.25; font-weight: 700; margin: 28px 0 10px; break-after: avoid }
p { margin: 0; color: #57503F }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px }
.tile { background: #fff; border: 2px solid #857A63; border-radius: 12px; padding: 10px 12px }
.tile b { display: block; font-size: 25px; line-height: 1.2; font-weight: 800 }
.tile span { color: #57503F; font-size: 14px }
table { border-collapse: collapse; width: 100%; background: #fff; font-size: 14px }
th, td { border: 1px solid #857A63; padding: 6px 8px; text-align: right; font-variant-numeric: tabular-nums }
th { background: #F1E8D3; font-weight: 700; vertical-align: bottom }
th[colspan] { text-align: center }
td:first-child { text-align: left; width: 27% }
tr { break-inside: avoid }
svg { display: block; width: 100%; background: #fff; border: 2px solid #857A63; border-radius: 12px; padding: 14px }
section { break-inside: avoid-page }
footer { margin-top: 24px; color: #57503F; font-size: 11px; overflow-wrap: anywhere }
@media print { body { background: #fff; padding: 0; max-width: none } }
"""
FIVE_MINUTES = 5 * 60_000  # a shorter wait does not fill the plot
NBSP_PERCENT = "\u00a0%"  # a rate is not broken before its sign


def to_html(report: DailyReport, level_names: dict[str, str], source: str = "") -> str:
    """A whole document, in Vietnamese. `source`: what it was made from, at its foot."""
    title = translate("Daily report")
    span = translate("From {first} to {last}").format(first=day(report.first), last=day(report.last))
    parts = [
        f"<header><h1>{escape(title)}</h1><p>{escape(report.office_name)}</p><p>{escape(span)}</p></header>",
        _tiles(report),
        _section(translate("Median waiting time by hour of issue (minutes)"), _hours(report)),
        _section(translate("Satisfaction"), _satisfaction(report, level_names)),
        *(
            _section(translate(text), _table(dimension, report))
            for dimension, text in DIMENSIONS.items()
            if report.tickets_by[dimension]
        ),
        *(
            _section(f"{translate('Ratings')} – {translate(text).lower()}", _ratings(dimension, report, level_names))
            for dimension, text in DIMENSIONS.items()
            if report.ratings_by.get(dimension)
        ),
        f"<footer>{escape(source)}</footer>" if source else "",
    ]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="vi"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _tiles(report: DailyReport) -> str:
    total, ratings = report.tickets, report.ratings
    shown = [
        *((grouped(total.count(name)), translate(COUNT_WORDS[name])) for name in COUNTS),
        (minutes(total.waiting_ms.median), translate("Waiting time, median (minutes)")),
        (minutes(total.waiting_ms.p90), translate("Waiting time, 90th percentile (minutes)")),
        (minutes(total.service_ms.median), translate("Service time, median (minutes)")),
        (minutes(total.service_ms.p90), translate("Service time, 90th percentile (minutes)")),
        (percent(total.no_show_rate_bp), translate("No-show rate")),
        (percent(ratings.satisfied_rate_bp), translate("Satisfied or better")),
    ]
    tiles = (
        f'<div class="tile"><b>{escape(value)}</b><span>{escape(name.replace(" %", NBSP_PERCENT))}</span></div>'
        for value, name in shown
    )
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _hours(report: DailyReport) -> str:
    waits = [(group.key, group.figures.waiting_ms.median) for group in report.tickets_by["by_hour"]]
    pairs = [(f"{hour}:00", value or 0, minutes(value)) for hour, value in waits]
    return (
        bars(pairs, translate("Median waiting time by hour of issue (minutes)"), FIVE_MINUTES) if pairs else _nothing()
    )


def _satisfaction(report: DailyReport, level_names: dict[str, str]) -> str:
    total = report.ratings
    pairs = [(level_names.get(level, level), given) for level, given in total.levels.items()]
    return shares(pairs, translate("Satisfaction")) if total.count else _nothing()


def _nothing() -> str:
    return f"<p>{escape(translate('Nothing in these days.'))}</p>"


def _table(dimension: str, report: DailyReport) -> str:
    heads = ["", *(translate(COUNT_WORDS[name]) for name in COUNTS)]
    groups_of_heads = [
        (translate(name), [translate("median"), translate("90 %")]) for name in ("Waiting (min)", "Service (min)")
    ]
    groups = [(label(dimension, one.key, one.name), one.figures) for one in report.tickets_by[dimension]]
    if (others := report.tickets_without(dimension)) is not None:
        groups.append((translate(WITHOUT[dimension]), others))
    rows = [
        [
            name,
            *(grouped(figures.count(count)) for count in COUNTS),
            *(minutes(ms) for ms in _spread_cells(figures)),
        ]
        for name, figures in groups
    ]
    return _cells(heads, rows, groups_of_heads)


def _ratings(dimension: str, report: DailyReport, level_names: dict[str, str]) -> str:
    levels = list(report.ratings.levels)
    heads = [
        "",
        translate("Ratings"),
        *(level_names.get(level, level) for level in levels),
        translate("Satisfied or better"),
    ]
    groups = [(label(dimension, one.key, one.name), one.figures) for one in report.ratings_by[dimension]]
    if (others := report.ratings_without(dimension)) is not None:
        groups.append((translate(RATED_WITHOUT[dimension]), others))
    rows = [
        [
            name,
            grouped(figures.count),
            *(grouped(figures.levels.get(level, 0)) for level in levels),
            percent(figures.satisfied_rate_bp),
        ]
        for name, figures in groups
    ]
    return _cells(heads, rows)


def _spread_cells(figures: TicketFigures) -> tuple[int | None, ...]:
    waiting, service = figures.waiting_ms, figures.service_ms
    return waiting.median, waiting.p90, service.median, service.p90


def _cells(
    heads: Sequence[str], rows: Sequence[Sequence[str]], grouped: Sequence[tuple[str, Sequence[str]]] = ()
) -> str:
    """`grouped`: heads over several columns, each with the heads below it, to the right of the others."""
    deep = ' rowspan="2"' if grouped else ""
    top = "".join(f'<th scope="col"{deep}>{escape(head)}</th>' for head in heads)
    top += "".join(f'<th scope="colgroup" colspan="{len(below)}">{escape(head)}</th>' for head, below in grouped)
    second = "".join(f'<th scope="col">{escape(head)}</th>' for _, below in grouped for head in below)
    head = f"<tr>{top}</tr>" + (f"<tr>{second}</tr>" if second else "")
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table><thead>{head}</thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"
