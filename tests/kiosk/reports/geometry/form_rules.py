"""Rules of a form with a head and signatures of its own, beside those of the page. A rule yields what deviates."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.kiosk.reports.geometry.measured import Line, Measured
from tests.kiosk.reports.geometry.part_rules import DATE, days_and_the_first_two_months_have_two_digits
from tests.kiosk.reports.geometry.rules_of_letters import STATE, Deviations, has, near, one

FORM_RULES: dict[str, Callable[[Measured], Deviations]] = {
    "days_and_the_first_two_months_have_two_digits": days_and_the_first_two_months_have_two_digits
}
PERIOD = r"(Kỳ báo cáo: )?(Từ ngày|Đến ngày|Ngày) .*\d{4}"


def rule(function: Callable[[Measured], Deviations]) -> Callable[[Measured], Deviations]:
    FORM_RULES[function.__name__] = function
    return function


def title(page: Measured) -> list[Line]:
    """Bold capitals above the first table."""
    tops = [top for at, _, top, _, _ in page.tables if at == 1]
    return [one for one in page.text(1) if one.bold and not one.in_table and one.base < min(tops, default=297)]


def signatures(page: Measured) -> list[Line]:
    """Bold lines of text behind the last table, level with each other."""
    last = max(((at, bottom) for at, _, _, _, bottom in page.tables), default=(1, 0.0))
    lines = [one for one in page.lines if one.bold and not one.in_table and (one.page, one.top) > last]
    return [line for line in lines if abs(line.top - lines[0].top) < 2]


@rule
def a_form_has_no_head_of_a_letter(page: Measured) -> Deviations:
    if one(page, STATE) or one(page, "Nơi nhận:") or one(page, "BÁO CÁO"):
        yield "a letter's head or end stands on a form"


@rule
def the_title_is_bold_13_to_14_in_capitals(page: Measured) -> Deviations:
    lines = title(page)
    yield from has(lines[0] if lines else None, "the title", (13, 14), bold=True, italic=False)
    yield from (f"“{line.text}” is not in capitals" for line in lines if line.text != line.text.upper())


@rule
def the_title_stands_in_the_middle(page: Measured) -> Deviations:
    middle = (30 + page.sizes[0][0] - 15) / 2
    for line in title(page):
        yield from near(line.middle, middle - 1, middle + 1, "the middle of the title in mm")


@rule
def the_period_is_in_italics_13_to_14_under_the_title(page: Measured) -> Deviations:
    line, lines = one(page, PERIOD), title(page)
    yield from has(line, "the period", (13, 14), bold=False, italic=True)
    if line and lines and not 0 < line.base - lines[-1].base < 8:
        yield "the period does not follow the title"


@rule
def place_and_date_are_in_italics_13_to_14_at_the_right(page: Measured) -> Deviations:
    line = one(page, DATE)
    yield from has(line, "place and date", (13, 14), bold=False, italic=True)
    if line:
        yield from near(page.sizes[0][0] - line.x1, 15, 20, "its distance from the edge in mm")


@rule
def the_form_names_who_reports(page: Measured) -> Deviations:
    yield from has(one(page, r"Đơn vị báo cáo: .+"), "who reports", (11, 14), bold=False, italic=False)


@rule
def columns_are_numbered_in_italics(page: Measured) -> Deviations:
    """Where a form counts its columns it does so from 1 on, without a gap."""
    first = next((line for line in page.lines if line.in_table and line.italic and line.text.startswith("1")), None)
    if first is None:
        return
    level = [line for line in page.text(first.page) if line.italic and abs(line.top - first.top) < 1 and line.in_table]
    counted = [int(n) for line in sorted(level, key=lambda one: one.x0) for n in re.findall(r"\d+", line.text)]
    if counted != list(range(1, len(counted) + 1)):
        yield f"columns are numbered {counted}"


@rule
def two_sign_level_in_bold_13_to_14(page: Measured) -> Deviations:
    lines = signatures(page)
    if len(lines) < 2:
        yield f"{len(lines)} sign"
    for line in lines:
        yield from has(line, f"“{line.text}”", (13, 14), bold=True, italic=False)
    halves = {line.middle < page.sizes[line.page - 1][0] / 2 for line in lines}
    if len(lines) > 1 and len(halves) < 2:
        yield "the signatures do not stand side by side"


@rule
def the_signatures_stand_under_rows_of_the_table(page: Measured) -> Deviations:
    """A second page with the signatures alone, or with a note and them, could belong to any form."""
    for line in signatures(page):
        above = [one for one in page.text(line.page) if one.base < line.top and one.size < 12.6]
        rows = {round(one.top) for one in above if not one.bold and not one.italic}
        if line.page > 1 and len(rows) < 2:
            yield f"“{line.text}” stands on page {line.page} under {len(rows)} rows"
