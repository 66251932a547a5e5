"""A PDF as lines of text and rules with their places, in mm from the upper left corner; sizes in points."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pdfplumber

MM = 25.4 / 72
GAP_MM = 12  # a wider gap parts two blocks that stand side by side
HEAD_GAP_MM = 2.5  # between capitals of the two heads
BLACK = (0, (0,), (0, 0, 0), [0], [0, 0, 0], None)


@dataclass(frozen=True)
class Line:
    page: int
    text: str
    x0: float
    x1: float
    top: float
    base: float
    size: float
    font: str
    is_black: bool
    in_table: bool

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class Rule:
    """A horizontal line outside of tables."""

    page: int
    x0: float
    x1: float
    y: float

    @property
    def length(self) -> float:
        return self.x1 - self.x0


@dataclass(frozen=True)
class Measured:
    version: str
    sizes: list[tuple[float, float]]  # width and height of each page
    lines: list[Line]
    rules: list[Rule]
    tables: list[tuple[int, float, float, float, float]]  # page, x0, top, x1, bottom
    embedded: dict[str, bool]

    def text(self, page: int | None = None) -> list[Line]:
        return [line for line in self.lines if page in {None, line.page}]


def measure(data: bytes) -> Measured:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        lines: list[Line] = []
        rules: list[Rule] = []
        tables: list[tuple[int, float, float, float, float]] = []
        embedded: dict[str, bool] = {}
        for number, page in enumerate(pdf.pages, start=1):
            boxes = list(_tables(page))
            tables += [(number, *box) for box in boxes]
            lines += _lines(page, number, boxes)
            rules += _rules(page, number, boxes)
            embedded |= _fonts(page)
        sizes = [(float(page.width) * MM, float(page.height) * MM) for page in pdf.pages]
    return Measured(data[5:8].decode(), sizes, lines, rules, tables, embedded)


def _lines(page: Any, number: int, boxes: list[tuple[float, float, float, float]]) -> Iterator[Line]:
    words = page.extract_words(extra_attrs=["fontname", "size"], return_chars=True, x_tolerance=1.5)
    rows: dict[tuple[Any, ...], list[Any]] = {}
    for word in words:
        rows.setdefault((round(word["bottom"]), word["fontname"], round(word["size"], 1)), []).append(word)
    for (_, font, size), row in sorted(rows.items(), key=lambda pair: pair[0][0]):
        for part in _parts(sorted(row, key=lambda word: word["x0"])):
            x0, x1, top = part[0]["x0"] * MM, part[-1]["x1"] * MM, part[0]["top"] * MM
            colours = [char["non_stroking_color"] for word in part for char in word["chars"]]
            text = " ".join(word["text"] for word in part)
            inside = any(a - 1 <= x0 and x1 <= c + 1 and b - 1 <= top <= d for a, b, c, d in boxes)
            name = font.partition("+")[2] or font
            base = part[0]["bottom"] * MM
            yield Line(number, text, x0, x1, top, base, size, name, all(c in BLACK for c in colours), inside)


def _parts(words: list[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for word in words:
        gap = HEAD_GAP_MM if part and word["text"].isupper() and part[-1]["text"].isupper() else GAP_MM
        if part and (word["x0"] - part[-1]["x1"]) * MM > gap:
            yield part
            part = []
        part.append(word)
    yield part


def _tables(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Upright lines that stand together."""
    upright = sorted(
        (e for e in page.lines if abs(e["x1"] - e["x0"]) < 0.5 and e["height"] > 4), key=lambda e: e["top"]
    )
    groups: list[list[Any]] = []
    for edge in upright:
        if groups and edge["top"] <= max(other["bottom"] for other in groups[-1]) + 1:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    for group in groups:
        yield (
            min(e["x0"] for e in group) * MM,
            min(e["top"] for e in group) * MM,
            max(e["x1"] for e in group) * MM,
            max(e["bottom"] for e in group) * MM,
        )


def _rules(page: Any, number: int, boxes: list[tuple[float, float, float, float]]) -> Iterator[Rule]:
    for edge in page.lines:
        y = edge["top"] * MM
        if edge["height"] < 0.5 and not any(b - 1 <= y <= d + 1 for _, b, _, d in boxes):
            yield Rule(number, edge["x0"] * MM, edge["x1"] * MM, y)


def _fonts(page: Any) -> dict[str, bool]:
    from pdfminer.pdftypes import resolve1

    fonts = resolve1(page.page_obj.resources.get("Font", {})) or {}
    given: dict[str, bool] = {}
    for reference in fonts.values():
        font = resolve1(reference)
        name = str(font.get("BaseFont")).strip("/'")
        descriptor = resolve1(font.get("FontDescriptor")) or {}
        given[name] = any(key.startswith("FontFile") for key in descriptor)
    return given
