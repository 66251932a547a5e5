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


def test_the_newest_of_a_kind_are_told_first(tables: OfficeTables, other: OfficeTables) -> None:
    for n in range(3):
        tables.free_texts.add(f"x{n}", "comment", f"r{n}", f"lời {n}", NOW + n)
    tables.free_texts.add("n", "note", "t", "ghi chú", NOW + 9)
    other.free_texts.add("x9", "comment", "r9", "lời 9", NOW + 9)
    assert tables.free_texts.newest("comment", 2) == [("r2", "lời 2", NOW + 2), ("r1", "lời 1", NOW + 1)]


def test_what_was_spoken_is_counted_from_a_moment_on(tables: OfficeTables, other: OfficeTables) -> None:
    for n in range(3):
        tables.free_texts.put_spoken(f"v{n}", f"r{n}", "tiếng", NOW + n)
    tables.free_texts.add("x", "comment", "r", "lời", NOW + 2)
    other.free_texts.put_spoken("v9", "r9", "tiếng", NOW + 2)
    assert [tables.free_texts.count_spoken(NOW + since) for since in range(4)] == [3, 2, 1, 0]


def test_a_visit_has_one_spoken_remark_the_last(tables: OfficeTables, other: OfficeTables) -> None:
    tables.free_texts.add("x", "comment", "r1", "lời", NOW)
    other.free_texts.put_spoken("v1", "r1", "của nơi khác", NOW)
    for n, sound in enumerate(("cũ", "mới")):
        tables.free_texts.put_spoken(f"v{n}", "r1", sound, NOW + n)
    tables.free_texts.put_spoken("v2", "r2", "khác", NOW + 2)
    assert tables.free_texts.newest_spoken(9) == [("v2", "r2", NOW + 2), ("v1", "r1", NOW + 1)]
    assert tables.free_texts.newest_spoken(1) == [("v2", "r2", NOW + 2)]
    assert [tables.free_texts.spoken(of_id) for of_id in ("v1", "v0", "x")] == ["mới", None, None]
    assert tables.free_texts.get("x") == "lời"
