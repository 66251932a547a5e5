"""Tables in HTML: spanned cells, tables within cells."""

from __future__ import annotations

from sync.dossiers.html_table import LAST_ROW, html_rows
from tests.sync.dossiers.test_more_tables import HEADERS, ROWS, contents
from tests.sync.dossiers.test_tables_of_programs import page


def test_a_cell_over_rows_and_columns_leaves_its_places_empty() -> None:
    text = (
        "<table><tr><td rowspan=2 colspan=2>a</td><td>b</td><td rowspan=3>c</td></tr>"
        "<tr><td>d</td></tr><tr><td>e</td><td>f</td><td>g</td></tr></table>"
        "<table><tr><td>h</td></tr></table>"
    )
    rows = [cells for _, cells in html_rows(text)]
    assert rows == [["a", None, "b", "c"], [None, None, "d", None], ["e", "f", "g", None], ["h"]]


def test_a_table_for_layout_around_the_list_is_no_part_of_it() -> None:
    inner = page(HEADERS, *ROWS).decode()
    read = contents(f"<html><table><tr><td>Đơn vị</td><td>{inner}</td></tr></table></html>".encode())
    assert read.errors == [] and len(read.dossiers) == 3


def test_a_table_of_one_row_is_the_text_of_its_cell() -> None:
    text = "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr><tr><td>e</td></tr></table>"
    assert [cells for _, cells in html_rows(text)] == [["a b c", "d"], ["e"]]


def test_a_table_in_a_header_leaves_the_spans_around_it() -> None:
    """A sign for sorting, laid out as a table within a header that spans two rows."""
    text = (
        "<table><tr><th rowspan=2>a</th><th rowspan=2><table><tr><td rowspan=2>b</td></tr></table></th>"
        "<th colspan=2>c</th><th rowspan=2>d</th></tr><tr><th>e</th><th>f</th></tr>"
        "<tr><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td></tr></table>"
    )
    rows = [cells for _, cells in html_rows(text)]
    assert rows == [["a", "b", "c", None, "d"], [None, None, "e", "f", None], ["1", "2", "3", "4", "5"]]


def test_a_page_that_spans_without_end_grows_with_its_rows_alone() -> None:
    """Spans that are claimed cost nothing: a row is as wide as its own cells and a hundred more."""
    cells = f"<td colspan=9999 rowspan={10**9}>x</td>" * 20
    rows = [cells for _, cells in html_rows(f"<table><tr>{cells}</tr>" + "<tr><td>y</td></tr>" * 50 + "</table>")]
    assert len(rows) == 51 and max(map(len, rows[1:])) <= 101
    assert LAST_ROW == 60_000
