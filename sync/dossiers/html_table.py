"""Tables in HTML, which much one-stop software saves under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

MOST_SPAN = 100
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{1,20})", re.IGNORECASE)


def looks_like_html(data: bytes) -> bool:
    """Whether a file begins like a page and holds a table."""
    plain = data.replace(b"\0", b"") if data.startswith(UTF_16) else data
    head = plain[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(b"<") and b"<table" in plain.lower()


def declared_encoding(data: bytes) -> str:
    """What the page says of itself; UTF-8 when it says nothing, UTF-16 when its first bytes do."""
    if data.startswith(UTF_16):
        return "utf-16"
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else "utf-8"


def html_rows(text: str) -> Iterator[tuple[int, Sequence[object]]]:
    """(number from 1, cells) of every row of every table; a cell over several columns fills the first of them."""
    parser = _TableParser()
    parser.feed(text)
    parser.close()
    yield from enumerate(parser.rows, start=1)


class _TableParser(HTMLParser):
    """Cells of a row, texts of a cell; tags inside a cell part words, scripts and styles say nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[object]] = []
        self._cell: list[str] | None = None
        self._silent = self._more_columns = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._silent += 1
        elif tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._end_cell()
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(None)
            span = next((value or "" for name, value in attrs if name == "colspan"), "")
            self._more_columns = min(int(span), MOST_SPAN) - 1 if span.isdecimal() and int(span) else 0
            self._cell = []
        elif self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th", "tr", "table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is not None:
            self.rows[-1][-1] = "".join(self._cell).strip() or None
            self.rows[-1].extend([None] * self._more_columns)
            self._cell = None
