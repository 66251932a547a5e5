"""The rules of Nghị định 30/2020/NĐ-CP, Phụ lục I, for a report as a letter. A rule yields what deviates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.kiosk.reports.geometry.measured import Line, Measured, Rule

STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
Deviations = Iterator[str]
RULES: dict[str, Callable[[Measured], Deviations]] = {}


def rule(function: Callable[[Measured], Deviations]) -> Callable[[Measured], Deviations]:
    RULES[function.__name__] = function
    return function


def one(page: Measured, pattern: str) -> Line | None:
    """The first line, outside of tables, that matches as a whole."""
    return next((line for line in page.lines if not line.in_table and re.fullmatch(pattern, line.text)), None)


def under(page: Measured, line: Line, most_mm: float = 4) -> Rule | None:
    """The rule close under a line, or overlapping its middle."""
    for drawn in page.rules:
        if drawn.page == line.page and -0.5 <= drawn.y - line.base <= most_mm and drawn.x0 <= line.middle <= drawn.x1:
            return drawn
    return None


def has(line: Line | None, name: str, sizes: tuple[float, float], bold: bool, italic: bool) -> Deviations:
    if line is None:
        yield f"{name} is missing"
        return
    if not sizes[0] - 0.05 <= line.size <= sizes[1] + 0.05:
        yield f"{name} has {line.size} points"
    if line.bold != bold:
        yield f"{name} is {'bold' if line.bold else 'not bold'}"
    if line.italic != italic:
        yield f"{name} is {'in italics' if line.italic else 'upright'}"


def centred(line: Line | None, other: Line | None, name: str) -> Deviations:
    if line and other and abs(line.middle - other.middle) > 1:
        yield f"{name} stands {line.middle - other.middle:.1f} mm beside the middle"


def near(value: float, low: float, high: float, name: str) -> Deviations:
    if not low - 0.1 <= value <= high + 0.1:
        yield f"{name} is {value:.1f}, not {low} to {high}"


def head(page: Measured, place: str) -> list[Line]:
    """Lines of the left or right block of the head, from the top."""
    kind = one(page, "BÁO CÁO")
    state = one(page, STATE)
    if kind is None or state is None:
        return []
    first = [line for line in page.text(1) if line.top < kind.top - 2]
    return [line for line in first if (line.middle < state.x0 if place == "left" else line.middle >= state.x0)]


def text(page: Measured) -> list[Line]:
    """Lines of the report's text: after the heads, before the signature, outside of tables and margins."""
    begin, end = one(page, "BÁO CÁO"), one(page, "Nơi nhận:")
    lines = [line for line in page.lines if not line.in_table and line.size >= 12.5 and not line.italic]
    lines = [line for line in lines if not (line.text.isdigit() and line.top < 20)]
    if begin is None or end is None:
        return []
    subject = subject_of(page)
    after = max([begin.base, *(line.base for line in subject)])
    inside = [
        line for line in lines if (line.page, line.top) > (1, after) and (line.page, line.top) < (end.page, end.top - 2)
    ]
    return [line for line in inside if not line.text.startswith("Kính gửi") and not _is_addressee(page, line)]


def _is_addressee(page: Measured, line: Line) -> bool:
    opening = one(page, "Kính gửi:.*")
    if opening is None or ": " in opening.text:
        return False
    return line.page == 1 and 0 < line.top - opening.top < 30 and line.x0 > 65


def subject_of(page: Measured) -> list[Line]:
    """The bold centred lines under the kind."""
    begin = one(page, "BÁO CÁO")
    if begin is None:
        return []
    lines: list[Line] = []
    at = begin.base
    for line in sorted(page.text(1), key=lambda one: one.top):
        if line.top > at - 1 and line.bold and abs(line.middle - begin.middle) < 2 and line.top - at < 8:
            lines.append(line)
            at = line.base
    return lines


def signer(page: Measured) -> list[Line]:
    """Bold lines right of the middle, level with the recipients or below, from the top."""
    begin = one(page, "Nơi nhận:")
    if begin is None:
        return []
    wide = page.sizes[begin.page - 1][0]
    return [
        line
        for line in sorted(page.text(begin.page), key=lambda one: one.top)
        if line.top > begin.top - 3 and line.middle > wide / 2 and line.size >= 12.5 and not line.in_table
    ]


def recipients(page: Measured) -> list[Line]:
    begin = one(page, "Nơi nhận:")
    if begin is None:
        return []
    below = [line for line in page.text(begin.page) if line.top > begin.top + 1 and line.middle < 105]
    return [line for line in below if 8.5 < line.size < 12.5 and not line.in_table]


def paragraphs(page: Measured) -> list[list[Line]]:
    """Lines of the text by paragraph: a first line is indented; what goes on over a page is not."""
    made: list[list[Line]] = []
    for line in text(page):
        if not made or line.x0 > 34:
            made.append([])
        made[-1].append(line)
    return made
