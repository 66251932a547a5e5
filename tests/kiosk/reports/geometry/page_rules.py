"""Rules of page, letters, page numbers, text and tables."""

from __future__ import annotations

import itertools

from tests.kiosk.reports.geometry.measured import Measured
from tests.kiosk.reports.geometry.rules_of_letters import Deviations, has, near, one, paragraphs, rule, text

SOURCE_PT = 8.5  # what it was made from stands in the bottom margin in smaller letters
SHORT_ROOM_MM = 165  # between the margins of an upright page
TIMES = ("LiberationSerif", "TimesNewRoman", "Tinos")


def numbers(page: Measured) -> list[tuple[int, str, float, float, bool]]:
    """Page, text, middle, size and whether upright of what stands in the top margin."""
    return [(n.page, n.text, n.middle, n.size, not (n.bold or n.italic)) for n in page.lines if n.base < 19]


def main_pages(page: Measured) -> int:
    """Up to the first annex."""
    annex = one(page, "Phụ lục( [IVX]+)?")
    return annex.page - 1 if annex else len(page.sizes)


@rule
def every_page_is_a4(page: Measured) -> Deviations:
    for number, (wide, high) in enumerate(page.sizes, start=1):
        if sorted((round(wide), round(high))) != [210, 297]:
            yield f"page {number} is {wide:.0f} × {high:.0f} mm"


@rule
def only_for_tables_the_text_lies_on_its_side(page: Measured) -> Deviations:
    """The decree lets a paper lie on its side where it has tables that are no annexes."""
    for number, (wide, high) in enumerate(page.sizes[: main_pages(page)], start=1):
        if wide > high and not any(x1 - x0 > SHORT_ROOM_MM for at, x0, _, x1, _ in page.tables if at <= number):
            yield f"page {number} lies on its side"


@rule
def the_top_margin_is_20_to_25(page: Measured) -> Deviations:
    for number in range(1, len(page.sizes) + 1):
        tops = [line.top for line in page.text(number) if line.base > 19]
        tops += [top for at, _, top, _, _ in page.tables if at == number]
        if tops and min(tops) < 19.9:
            yield f"page {number} begins {min(tops):.1f} mm below the edge"
        if number == 1 and tops and min(tops) > 25.5:
            yield f"page 1 begins {min(tops):.1f} mm below the edge"


@rule
def the_bottom_margin_is_20(page: Measured) -> Deviations:
    for line in page.lines:
        if line.size > SOURCE_PT and line.base > page.sizes[line.page - 1][1] - 19.5:
            yield f"page {line.page}: “{line.text[:30]}” stands in the bottom margin"


@rule
def the_left_margin_is_30_to_35(page: Measured) -> Deviations:
    for number in range(1, len(page.sizes) + 1):
        lefts = [line.x0 for line in page.text(number)]
        if lefts:
            yield from near(min(lefts), 30, 35 if number == 1 else 60, f"left margin of page {number}")


@rule
def the_right_margin_is_15_to_20(page: Measured) -> Deviations:
    for number, (wide, high) in enumerate(page.sizes, start=1):
        rights = [line.x1 for line in page.text(number)]
        if rights:
            yield from near(
                wide - max(rights), 15, 20 if number == 1 and wide < high else 120, f"right margin of page {number}"
            )


@rule
def tables_keep_within_the_margins(page: Measured) -> Deviations:
    for number, x0, _, x1, bottom in page.tables:
        wide, high = page.sizes[number - 1]
        if x0 < 29.7 or x1 > wide - 14.7 or bottom > high - 19.5:
            yield f"page {number}: a table reaches from {x0:.1f} to {x1:.1f}, down to {bottom:.1f} mm"


@rule
def letters_are_those_of_times_new_roman(page: Measured) -> Deviations:
    for font in {line.font for line in page.lines}:
        if not font.startswith(TIMES):
            yield f"a text is set in {font}"


@rule
def every_font_is_embedded(page: Measured) -> Deviations:
    for font, inside in page.embedded.items():
        if not inside and any(line.font in font for line in page.lines):
            yield f"{font} is not embedded"


@rule
def letters_are_black(page: Measured) -> Deviations:
    for line in page.lines:
        if not line.is_black:
            yield f"“{line.text[:30]}” is not black"


@rule
def every_vietnamese_letter_is_there(page: Measured) -> Deviations:
    for line in page.lines:
        if any(letter in line.text for letter in "\ufffd□\x00") or "(cid:" in line.text:
            yield f"“{line.text[:30]}” has letters without a glyph"


@rule
def the_file_is_pdf_1_4_or_later(page: Measured) -> Deviations:
    if tuple(map(int, page.version.split("."))) < (1, 4):
        yield f"PDF {page.version}"


@rule
def the_first_page_has_no_number(page: Measured) -> Deviations:
    for at, text_there, *_ in numbers(page):
        if at == 1:
            yield f"{text_there} stands above page 1"


@rule
def later_pages_have_their_number(page: Measured) -> Deviations:
    for number in range(2, main_pages(page) + 1):
        if [there for at, there, *_ in numbers(page) if at == number] != [str(number)]:
            yield f"page {number} is not numbered"


@rule
def page_numbers_stand_in_the_middle(page: Measured) -> Deviations:
    for at, there, middle, _, _ in numbers(page):
        wide = page.sizes[at - 1][0]
        if abs(middle - (30 + wide - 15) / 2) > 1:
            yield f"page number {there} stands at {middle:.1f} mm"


@rule
def page_numbers_are_upright_13_to_14(page: Measured) -> Deviations:
    for _, there, _, size, upright in numbers(page):
        if not (12.9 <= size <= 14.1 and upright):
            yield f"page number {there} has {size} points"


@rule
def annexes_are_counted_apart(page: Measured) -> Deviations:
    begins = [line.page for line in page.lines if line.text.startswith("Phụ lục") and line.bold and line.size > 13]
    for at, there, *_ in numbers(page):
        before = [begin for begin in begins if begin <= at]
        if before and there != str(at - before[-1] + 1):
            yield f"page {at} of an annex is numbered {there}"


@rule
def the_text_is_upright_13_to_14(page: Measured) -> Deviations:
    for line in text(page):
        yield from has(line, f"“{line.text[:30]}”", (13, 14), line.bold, italic=False)


@rule
def there_is_a_text(page: Measured) -> Deviations:
    if not text(page) and not page.tables:
        yield "no text stands between title and signature"


@rule
def the_text_is_justified(page: Measured) -> Deviations:
    for lines in paragraphs(page):
        for line in lines[:-1]:
            right = page.sizes[line.page - 1][0] - line.x1
            if not 14.8 <= right <= 20.2:
                yield f"“{line.text[:30]}” ends {right:.1f} mm before the edge"


@rule
def first_lines_are_indented_by_10_or_12_7_mm(page: Measured) -> Deviations:
    for first, *_ in paragraphs(page):
        indent = first.x0 - 30
        if abs(indent - 12.7) > 0.4 and abs(indent - 10) > 0.4:
            yield f"“{first.text[:30]}” is indented by {indent:.1f} mm"


@rule
def lines_stand_between_single_and_one_and_a_half(page: Measured) -> Deviations:
    for lines in paragraphs(page):
        for above, below in itertools.pairwise(lines):
            if above.page != below.page:
                continue
            ratio = (below.base - above.base) / (25.4 / 72) / below.size
            if not 1.1 <= ratio <= 1.8:
                yield f"“{below.text[:30]}” stands {ratio:.2f} lines below"


@rule
def paragraphs_are_6_points_apart(page: Measured) -> Deviations:
    for above, below in itertools.pairwise(paragraphs(page)):
        last, first = above[-1], below[0]
        between_tables = any(at == last.page and last.base <= top <= first.top + 1 for at, _, top, _, _ in page.tables)
        if last.page != first.page or between_tables:
            continue
        space = (first.base - last.base) / (25.4 / 72) - first.size * 1.15
        if space < 5.5:
            yield f"“{first.text[:30]}” stands {space:.1f} points below"


@rule
def letters_of_tables_are_11_to_14(page: Measured) -> Deviations:
    for line in page.lines:
        if line.in_table and not 10.9 <= line.size <= 14.1:
            yield f"“{line.text[:30]}” in a table has {line.size} points"
