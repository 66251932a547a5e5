"""Free texts lie apart from the journal; an applicant's masked name lies beside a dossier until it is forgotten."""

from __future__ import annotations

from typing import Any

from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW


def rows(tables: OfficeTables) -> list[tuple[Any, ...]]:
    cursor = tables.transaction.cursor
    return list(cursor.execute("SELECT office, id, kind, about, text, at FROM free_texts ORDER BY office, id"))


def test_a_text_is_kept_with_what_it_is_about(tables: OfficeTables) -> None:
    tables.free_texts.add("x1", "comment", "r1", "Cảm ơn", NOW)
    assert rows(tables) == [("ba-vi", "x1", "comment", "r1", "Cảm ơn", NOW)]


def test_an_applicant_is_named_once_and_forgotten(tables: OfficeTables) -> None:
    tables.free_texts.set_applicant("D1", "Phạm V. T.", NOW)
    assert tables.free_texts.applicant("D1") == "Phạm V. T."
    tables.free_texts.set_applicant("D1", "Phạm T. V.", NOW + 1)
    assert rows(tables) == [("ba-vi", "applicant/D1", "applicant", "D1", "Phạm T. V.", NOW + 1)]
    tables.free_texts.set_applicant("D1", None, NOW + 2)
    assert tables.free_texts.applicant("D1") is None
    assert rows(tables) == []


def test_only_applicants_are_listed_and_only_of_this_office(tables: OfficeTables, other: OfficeTables) -> None:
    tables.free_texts.add("x1", "note", "D9", "ghi chú", NOW)
    tables.free_texts.set_applicant("D1", "Phạm V. T.", NOW)
    tables.free_texts.set_applicant("D2", "Lê T. A.", NOW)
    other.free_texts.set_applicant("D1", "Trần C.", NOW)
    other.free_texts.set_applicant("D3", "Trần D.", NOW)
    assert tables.free_texts.applicants() == {"D1": "Phạm V. T.", "D2": "Lê T. A."}
    assert tables.free_texts.applicant("D3") is None
    tables.free_texts.set_applicant("D1", None, NOW)
    assert other.free_texts.applicants() == {"D1": "Trần C.", "D3": "Trần D."}
