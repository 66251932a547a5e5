"""What is wrong with a table is said in Vietnamese, and each sentence says what to do about it."""

from __future__ import annotations

from types import ModuleType

import pytest

from sync.dossiers import file_kinds, formula_errors, headers, html_table, rows, sheets, tables, workbooks
from sync.wording import translate

# no faults: what was read, and words that a message is put together from
NOTES = {tables.SHEET_READ, tables.SHEET_SKIPPED, tables.SHEET_HIDDEN, tables.NO_CHANNEL}
NOTES |= {tables.ROWS_HIDDEN, tables.COLUMNS_HIDDEN, tables.OF_SHEET, tables.CHANNELS_KEPT}
MODULES: tuple[ModuleType, ...] = (file_kinds, formula_errors, headers, html_table, rows, sheets, tables, workbooks)
FAULTS = sorted(
    {
        text
        for module in MODULES
        for name, text in vars(module).items()
        if " " in str(text) and name[0].isupper() and name.isupper() and isinstance(text, str)
    }
    - NOTES
)


def test_the_faults_of_tables_are_known() -> None:
    assert len(FAULTS) >= 25 and rows.EMPTY in FAULTS and workbooks.PASSWORD in FAULTS


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_says_in_vietnamese_what_to_do(fault: str) -> None:
    sentence = translate(fault)
    assert sentence != fault, "translated"
    assert "hãy " in sentence, "and it asks for something"
