"""What a report says, apart from any file format: titles, paragraphs, tables. Writers put it into a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from contract.records import dataclass
from kiosk.domain.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class Rate:
    """Hundredths of a percent: 9956 is 99.56 %; None without a denominator."""

    basis_points: int | None


@dataclass(frozen=True, slots=True)
class Duration:
    """Whole milliseconds, read by people as minutes to a tenth; None when nothing was measured."""

    ms: int | None


Cell = str | int | Rate | Duration | None
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table's head over `columns` columns and `rows` rows of it."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """`key`: the column's name in data formats; `width`: its share of the page's width, in mm on A4."""

    key: str
    width: int = 20
    align: Align = "right"


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells from the left; a `strong` row is a sum, a group, or the numbers under the head."""

    cells: Sequence[Cell]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`head`: rows of head cells, which together cover every column; `numbered`: whether 1, 2, 3 … stand under it."""

    columns: Sequence[Column]
    head: Sequence[Sequence[HeadCell]]
    rows: Sequence[TableRow]
    numbered: bool = False

    def titles(self) -> list[str]:
        """One title a column, its groups before it: "Tiếp nhận – Trực tuyến"."""
        grid: list[list[str]] = [[] for _ in self.columns]
        for _, place, cell in self.head_cells():
            for column in range(place, place + cell.columns):
                grid[column].append(cell.text)
        return [" – ".join(texts) for texts in grid]

    def head_cells(self) -> Iterator[tuple[int, int, HeadCell]]:
        """(row of the head, column, cell), both from 0: a cell stands in the first columns that none above covers."""
        free = [0] * len(self.columns)  # up to which row of the head a column is covered
        for number, cells in enumerate(self.head):
            place = 0
            for cell in cells:
                while place < len(free) and free[place] > number:
                    place += 1
                yield number, place, cell
                for column in range(place, place + cell.columns):
                    free[column] = number + cell.rows
                place += cell.columns


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """A column of a table as bars, one a row that is no sum, under the texts of the column `label`.

    Nothing is counted for a chart: a spreadsheet's refers to the table's own cells.
    """

    title: str
    table: Table
    label: str
    key: str

    def bars(self) -> list[tuple[str, Cell]]:
        """Label and value of each bar, from above."""
        keys = [column.key for column in self.table.columns]
        label, value = keys.index(self.label), keys.index(self.key)
        return [(str(row.cells[label] or ""), row.cells[value]) for row in self.table.rows if not row.strong]


MOST_BARS = 16  # on one page that lies on its side, with signatures under them


def charts_of(table: Table, *charts: tuple[str, str, str]) -> tuple[BarChart, ...]:
    """Charts by title, column of labels and column of figures.

    None of a table that has less than two rows to compare, or more than a page can show.
    """
    rows = sum(not row.strong for row in table.rows)
    return tuple(BarChart(title, table, label, key) for title, label, key in charts) if 2 <= rows <= MOST_BARS else ()


Block = Paragraph | Table | BarChart


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """`annex`: stands behind the signature, on a page of its own that lies on its side."""

    title: str
    blocks: Sequence[Block]
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the lines above the name ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), and the name, empty to be written."""

    lines: Sequence[str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """`heading`: lines beside the title, such as the form's number and who reports to whom.

    `source`: from which data it was made, so that it can be made again. `letter`: of an administrative document.
    """

    name: str
    title: str
    office: str
    period: str
    heading: Sequence[str] = ()
    sections: Sequence[DocumentSection] = ()
    signatures: Sequence[Signature] = ()
    source: str = ""
    landscape: bool = False
    notes: Sequence[str] = ()
    letter: Letterhead | None = None

    def tables(self) -> list[tuple[str, Table]]:
        """Every table with the title of its section."""
        return [(part.title, block) for part in self.sections for block in part.blocks if isinstance(block, Table)]
