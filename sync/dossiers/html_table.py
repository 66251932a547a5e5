"""Tables in HTML, which much one-stop software saves under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import NamedTuple

MOST_SPAN = 100  # of columns
LAST_ROW = 60_000  # into which a cell of a row above reaches
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{1,20})", re.IGNORECASE)


def looks_like_html(data: bytes) -> bool:
    """Whether a file begins like a page and holds a table."""
    plain = data.replace(b"\0", b"") if data.startswith(UTF_16) else data
    head = plain[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(b"<") and b"<table" in plain.lower()


def is_cut_off(text: str) -> bool:
    """Whether the last table never ends: what stood behind is lost."""
    plain = text.lower()
    return plain.rfind("<table") > plain.rfind("</table")


def declared_encoding(data: bytes) -> str:
    """UTF-16 when its first bytes say so, UTF-8 when its bytes are that, else what the page says of itself.

    Much software declares windows-1252 and writes UTF-8; no longer text in another encoding is UTF-8 by chance.
    """
    if data.startswith(UTF_16):
        return "utf-16"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        match = _CHARSET.search(data[:4096])
        return match[1].decode("ascii") if match else "utf-8"
    return "utf-8-sig"


def html_rows(text: str) -> Iterator[tuple[int, Sequence[object]]]:
    """(number from 1, cells) of every row of every table.

    A cell over several columns or rows fills the first of them, as in a workbook.
    """
    parser = _TableParser()
    parser.feed(text)
    parser.close()
    yield from enumerate(parser.rows, start=1)


class _Within(NamedTuple):
    """Where a table in a cell began: how many rows there were, the place of the cell, and what reached down then."""

    rows: int
    place: int
    reaching: dict[int, int]


class _TableParser(HTMLParser):
    """Cells of a row, texts of a cell; tags inside a cell part words, scripts and styles say nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[object]] = []
        self._cell: list[str] | None = None
        self._silent = self._more_columns = self._more_rows = 0
        self._open_tables: list[_Within | None] = []
        self._reaching: dict[int, int] = {}  # by column, the last row into which a cell of a row above reaches

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._silent += 1
        elif tag == "table":
            place = len(self.rows[-1]) - 1 if self._cell is not None else None
            self._end_cell()
            self._open_tables.append(None if place is None else _Within(len(self.rows), place, self._reaching))
            self._reaching = {}
        elif tag == "tr":
            self._end_row()
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._end_cell()
            if not self.rows:
                self.rows.append([])
            self._add_reaching()
            self.rows[-1].append(None)
            spans = dict(attrs)
            self._more_columns = _span(spans.get("colspan"), MOST_SPAN) - 1
            self._more_rows = _span(spans.get("rowspan"), LAST_ROW) - 1
            self._cell = []
        elif self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()
            if tag == "table":
                self._end_table()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is not None:
            row = self.rows[-1]
            row[-1] = "".join(self._cell).strip() or None
            if self._more_rows:
                until = min(len(self.rows) + self._more_rows, LAST_ROW)
                for place in range(len(row) - 1, min(len(row) + self._more_columns, MOST_SPAN)):
                    self._reaching[place] = until
            row.extend([None] * self._more_columns)
            self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.rows and self.rows[-1]:
            self._add_reaching()

    def _end_table(self) -> None:
        """A table of one row within a cell is the text of that cell; a larger one is a table."""
        self._reaching = {}
        within = self._open_tables.pop() if self._open_tables else None
        if within is not None and len(self.rows) == within.rows + 1:
            texts = [str(cell) for cell in self.rows.pop() if cell is not None]
            before = self.rows[-1][within.place]
            self.rows[-1][within.place] = " ".join([str(before), *texts] if before is not None else texts) or None
            self._reaching = within.reaching

    def _add_reaching(self) -> None:
        """An empty cell wherever one of a row above reaches into this one."""
        row = self.rows[-1]
        while self._reaching.get(len(row), 0) >= len(self.rows):
            row.append(None)


def _span(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isdecimal() else 1
