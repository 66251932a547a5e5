"""Rows of a Word table by the thousand: one of each kind is built by the library, the others are its copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from kiosk.reports.writers.word import unbroken


def copy_rows(table: Any, patterns: Mapping[bool, Any], rows: Sequence[tuple[bool, Sequence[str]]]) -> None:
    """Put `rows` in the place of their patterns: finished rows of the table whose cells hold a line without a text."""
    for kind, texts in rows:
        copied = deepcopy(patterns[kind]._tr)
        for cell, text in zip(copied.tc_lst, texts, strict=True):
            cell.p_lst[0].r_lst[0].text = unbroken(text)
        table._tbl.append(copied)
    for pattern in patterns.values():
        table._tbl.remove(pattern._tr)
