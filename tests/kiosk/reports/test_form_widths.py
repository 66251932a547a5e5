"""No word of a head is broken: the columns of each form are as wide as the longest word over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from kiosk.reports import catalogue
from kiosk.reports.document import Column, HeadCell
from kiosk.reports.forms import NoForm, form_of
from kiosk.reports.writers import layout
from kiosk.reports.writers.pdf_flow import CELL_PT
from kiosk.reports.writers.word import CELL_MARGIN

DAYS = (date(2024, 4, 14), date(2026, 3, 31))
MARGINS_MM = 2 * max(CELL_PT, int(CELL_MARGIN) / 20) / layout.POINTS_PER_MM  # of the PDF, of Word
SENTENCES = {"office-report"}  # its tables are those of the form and of the staff
Heads = Sequence[Sequence[HeadCell]]


def tables() -> Iterator[tuple[str, date, str, Sequence[Column], Heads, bool]]:
    for report in (name for name in catalogue.REPORTS if name not in SENTENCES):
        for day in DAYS:
            try:
                form = form_of(report, day)
            except NoForm:
                continue
            if form.columns:
                yield report, day, "", form.columns, form.head, form.landscape
            for name, (columns, head) in form.tables.items():
                yield report, day, name, columns, head, form.landscape


def cells(head: Heads, columns: int) -> Iterator[tuple[int, HeadCell]]:
    free = [0] * columns
    for number, row in enumerate(head):
        place = 0
        for cell in row:
            while free[place] > number:
                place += 1
            yield place, cell
            free[place : place + cell.columns] = [number + cell.rows] * cell.columns
            place += cell.columns


TABLES = list(tables())


@pytest.mark.parametrize("made", TABLES, ids=lambda made: f"{made[0]}-{made[1].year}-{made[2]}")
def test_the_longest_word_of_a_head_fits_its_columns(
    made: tuple[str, date, str, Sequence[Column], Heads, bool],
) -> None:
    _, _, _, columns, head, landscape = made
    share = layout.text_area_mm(landscape) / sum(column.width for column in columns)
    broken = [
        (cell.text, word)
        for place, cell in cells(head, len(columns))
        for word in cell.text.split()
        if layout.width_mm(word, layout.TABLE_PT, bold=True)
        > share * sum(column.width for column in columns[place : place + cell.columns]) - MARGINS_MM
    ]
    assert broken == []


def test_the_tables_of_all_reports_are_looked_at() -> None:
    assert len(TABLES) >= 30
