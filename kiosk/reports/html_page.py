"""The report as one page that needs nothing else: printed on A4 it looks like on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kiosk.reports.charts import bars, shares
from kiosk.reports.daily import COUNTS, Figures
from kiosk.reports.words import COUNT_WORDS, DIMENSIONS, count, day, label, minutes, percent, word

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
.tile span { color: #57503F; font-size: 13px }
table { border-collapse: collapse; width: 100%; background: #fff; font-size: 13px }
th, td { border: 1px solid #857A63; padding: 6px 8px; text-align: right; font-variant-numeric: tabular-nums }
th { background: #F1E8D3; font-weight: 700; vertical-align: bottom }
th[colspan] { text-align: center }
td:first-child { text-align: left; width: 27% }
tr { break-inside: avoid }
svg { display: block; width: 100%; background: #fff; border: 2px solid #857A63; border-radius: 12px; padding: 14px }
section { break-inside: avoid-page }
@media print { body { background: #fff; padding: 0; max-width: none } }
"""
FIVE_MINUTES = 5 * 60_000  # a shorter wait does not fill the plot


def to_html(figures: Figures, level_names: dict[str, str]) -> str:
    """A whole document, in Vietnamese."""
    title = word("Daily report")
    span = word("From {first} to {last}").format(first=day(figures["from"]), last=day(figures["to"]))
    parts = [
        f"<header><h1>{escape(title)}</h1><p>{escape(figures['office']['name'])}</p><p>{escape(span)}</p></header>",
        _tiles(figures),
        _section(word("Median waiting time by hour of issue (minutes)"), _hours(figures)),
        _section(word("Satisfaction"), _satisfaction(figures, level_names)),
        *(
            _section(word(text), _table(dimension, figures[dimension]))
            for dimension, text in DIMENSIONS.items()
            if figures[dimension]
        ),
        *(
            _section(f"{word('Ratings')} – {word(text).lower()}", _ratings(dimension, figures, level_names))
            for dimension, text in DIMENSIONS.items()
            if figures["ratings"].get(dimension)
        ),
    ]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="vi"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _tiles(figures: Figures) -> str:
    total, ratings = figures["total"], figures["ratings"]["total"]
    shown = [
        *((count(total[name]), word(COUNT_WORDS[name])) for name in COUNTS),
        (minutes(total["waiting_ms"]["median"]), word("Waiting time, median (minutes)")),
        (minutes(total["waiting_ms"]["p90"]), word("Waiting time, 90th percentile (minutes)")),
        (minutes(total["service_ms"]["median"]), word("Service time, median (minutes)")),
        (minutes(total["service_ms"]["p90"]), word("Service time, 90th percentile (minutes)")),
        (percent(total["no_show_rate_bp"]), word("No-show rate")),
        (percent(ratings["satisfied_rate_bp"]), word("Satisfied or better")),
    ]
    tiles = (f'<div class="tile"><b>{escape(value)}</b><span>{escape(name)}</span></div>' for value, name in shown)
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _hours(figures: Figures) -> str:
    found = [(group["key"], group["waiting_ms"]["median"]) for group in figures["by_hour"]]
    pairs = [(f"{hour}:00", value or 0, minutes(value)) for hour, value in found]
    return bars(pairs, word("Median waiting time by hour of issue (minutes)"), FIVE_MINUTES) if pairs else _nothing()


def _satisfaction(figures: Figures, level_names: dict[str, str]) -> str:
    total = figures["ratings"]["total"]
    pairs = [(level_names.get(level, level), given) for level, given in total["levels"].items()]
    return shares(pairs, word("Satisfaction")) if total["count"] else _nothing()


def _nothing() -> str:
    return f"<p>{escape(word('Nothing in these days.'))}</p>"


def _table(dimension: str, groups: Sequence[Figures]) -> str:
    heads = ["", *(word(COUNT_WORDS[name]) for name in COUNTS)]
    groups_of_heads = [(word(name), [word("median"), word("90 %")]) for name in ("Waiting (min)", "Service (min)")]
    rows = [
        [
            label(dimension, group), *(count(group[name]) for name in COUNTS),
            *(minutes(group[spread][part]) for spread in ("waiting_ms", "service_ms") for part in ("median", "p90")),
        ]
        for group in groups
    ]  # fmt: skip
    return _cells(heads, rows, groups_of_heads)


def _ratings(dimension: str, figures: Figures, level_names: dict[str, str]) -> str:
    levels = list(figures["ratings"]["total"]["levels"])
    heads = ["", word("Ratings"), *(level_names.get(level, level) for level in levels), word("Satisfied or better")]
    rows = [
        [
            label(dimension, group), count(group["count"]), *(count(group["levels"].get(level, 0)) for level in levels),
            percent(group["satisfied_rate_bp"]),
        ]
        for group in figures["ratings"][dimension]
    ]  # fmt: skip
    return _cells(heads, rows)


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
