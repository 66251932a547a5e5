"""Charts as inline SVG: bars by hour, one bar of satisfaction. Words stand beside colours, never colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from contract.catalogues import grouped

INK, FOREST, GOLD, BRICK, SAND, EDGE = "#1D1A16", "#0F4F3A", "#F4B81B", "#A8261B", "#F1E8D3", "#857A63"
LEVEL_COLOURS = {3: (FOREST, GOLD, BRICK), 5: (FOREST, "#1B5A64", SAND, GOLD, BRICK)}
WIDTH, PLOT, BASE, BAR = 720, 150, 190, 46


def bars(pairs: Sequence[tuple[str, int, str]], title: str, least: int = 1) -> str:
    """Vertical bars of (label, value, written value); the highest fills the plot, or `least` if that is more."""
    top = max(least, *(value for _, value, _ in pairs))
    step = WIDTH / max(len(pairs), 1)
    wide = min(BAR, step * 0.7)
    drawn = [f'<line x1="0" y1="{BASE}" x2="{WIDTH}" y2="{BASE}" stroke="{EDGE}" stroke-width="2"/>']
    for place, (name, value, written) in enumerate(pairs):
        middle, high = step * (place + 0.5), PLOT * value / top
        drawn += [
            f'<rect x="{middle - wide / 2:.1f}" y="{BASE - high:.1f}" width="{wide:.1f}" height="{high:.1f}" '
            f'fill="{FOREST}" rx="3"/>',
            _text(middle, BASE - high - 8, written, "middle", 700),
            _text(middle, BASE + 22, name, "middle", 500),
        ]
    return _svg(WIDTH, BASE + 32, title, drawn)


def shares(pairs: Sequence[tuple[str, int]], title: str) -> str:
    """One horizontal bar cut by counts, with its legend under it. Levels stand best first."""
    total = sum(count for _, count in pairs)
    colours = LEVEL_COLOURS.get(len(pairs), LEVEL_COLOURS[5])
    drawn, left = [], 0.0
    for place, (name, count) in enumerate(pairs):
        wide = WIDTH * count / total if total else 0.0
        colour = colours[place % len(colours)]
        if wide:
            drawn.append(f'<rect x="{left:.1f}" y="4" width="{wide:.1f}" height="44" fill="{colour}" stroke="{INK}"/>')
        at = WIDTH / len(pairs) * place
        drawn.append(f'<rect x="{at:.1f}" y="66" width="18" height="18" fill="{colour}" stroke="{INK}"/>')
        drawn.append(_text(at + 26, 81, f"{name}: {grouped(count)}", "start", 500))
        left += wide
    return _svg(WIDTH, 96, title, drawn)


def _text(x: float, y: float, text: str, anchor: str, weight: int) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="{INK}">'
        f"{escape(text)}</text>"
    )


def _svg(width: int, height: int, title: str, drawn: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}" font-size="15" '
        f'font-family="inherit">{"".join(drawn)}</svg>'
    )
