"""Dossiers: put, read in pages, and the few that stand on the TV."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.dossier import Dossier
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW

DOSSIER = Dossier("D1", "1.001193", "Hộ tịch", 2, 4, NOW - 9, NOW + 9, None, False, True, None, "Thẩm định")
FULL = Dossier("D2", "1.2", "Đất đai", 1, 9, 1, 2, 3, True, False, "bản giấy", "Đã có kết quả")


def put(tables: OfficeTables, *dossiers: Dossier) -> None:
    for dossier in dossiers:
        tables.dossiers.put(dossier, NOW, new=True)


@pytest.mark.parametrize("dossier", [DOSSIER, FULL])
def test_a_dossier_is_read_as_it_was_put(tables: OfficeTables, dossier: Dossier) -> None:
    put(tables, dossier)
    assert tables.dossiers.get(dossier.code) == dossier
    assert tables.dossiers.get("D9") is None


def test_every_field_of_a_known_dossier_changes_but_its_code(tables: OfficeTables, other: OfficeTables) -> None:
    put(tables, DOSSIER, replace(DOSSIER, code="D3"))
    put(other, DOSSIER)
    tables.dossiers.put(replace(FULL, code="D1"), NOW + 5, new=False)
    assert tables.dossiers.get("D1") == replace(FULL, code="D1")
    assert tables.dossiers.get("D3") == replace(DOSSIER, code="D3")
    assert other.dossiers.get("D1") == DOSSIER
    cursor = tables.transaction.cursor
    cursor.execute("SELECT updated_at FROM dossiers WHERE office = 'ba-vi' ORDER BY code")
    assert cursor.fetchall() == [(NOW + 5,), (NOW,)]


def test_flags_are_stored_as_numbers(tables: OfficeTables) -> None:
    put(tables, FULL)
    tables.transaction.cursor.execute("SELECT typeof(carried_over), carried_over, digitised FROM dossiers")
    assert tables.transaction.cursor.fetchone() == ("integer", 1, 0)


def test_dossiers_are_listed_by_code(tables: OfficeTables, other: OfficeTables) -> None:
    put(tables, *(replace(DOSSIER, code=code) for code in ("D3", "D1", "D2")))
    put(other, replace(DOSSIER, code="D0"))
    assert [dossier.code for dossier in tables.dossiers.all()] == ["D1", "D2", "D3"]


def test_a_page_holds_five_hundred_behind_a_code(tables: OfficeTables, other: OfficeTables) -> None:
    put(tables, *(replace(DOSSIER, code=f"D{n:03d}") for n in range(510)))
    put(other, replace(DOSSIER, code="D999"))
    first = tables.dossiers.page("")
    assert (len(first), first[0].code, first[-1].code) == (500, "D000", "D499")
    assert [dossier.code for dossier in tables.dossiers.page("D499")] == [f"D{n}" for n in range(500, 510)]
    assert tables.dossiers.page("D509") == []


@pytest.mark.parametrize(
    ("status", "finished_at", "shown"),
    [
        (1, None, False),
        (2, None, True),
        (3, None, False),
        (4, None, True),
        (5, None, True),
        (6, None, True),
        (7, NOW, False),
        (8, NOW, False),
        (9, NOW, True),
        (10, NOW, True),
        (9, NOW - 1, False),
        (9, None, False),
    ],
)
def test_the_tv_shows_what_is_in_progress_and_what_was_just_decided(
    tables: OfficeTables, status: int, finished_at: int | None, shown: bool
) -> None:
    put(tables, replace(DOSSIER, status=status, finished_at=finished_at))
    assert bool(public(tables)) is shown


def public(tables: OfficeTables) -> list[Dossier]:
    return [*tables.dossiers.in_progress(0), *tables.dossiers.decided(NOW)]


def test_the_tv_lists_those_in_progress_by_due_date_then_the_latest_decided(
    tables: OfficeTables, other: OfficeTables
) -> None:
    put(
        tables,
        replace(DOSSIER, code="late", due_at=NOW + 2),
        replace(DOSSIER, code="soon", due_at=NOW + 1),
        replace(DOSSIER, code="also soon", due_at=NOW + 1),
        replace(FULL, code="decided first", finished_at=NOW + 1),
        replace(FULL, code="decided last", finished_at=NOW + 2),
        replace(FULL, code="decided also last", finished_at=NOW + 2),
    )
    put(other, replace(DOSSIER, code="theirs"), replace(FULL, code="theirs, decided", finished_at=NOW + 3))
    assert [dossier.code for dossier in public(tables)] == [
        "also soon",
        "soon",
        "late",
        "decided also last",
        "decided last",
        "decided first",
    ]


def test_the_tv_gets_sixty_in_progress_at_a_time_and_twenty_decided(tables: OfficeTables) -> None:
    put(tables, *(replace(DOSSIER, code=f"P{n:03d}") for n in range(70)))
    put(tables, *(replace(FULL, code=f"R{n:03d}", finished_at=NOW) for n in range(30)))
    codes = [dossier.code[0] for dossier in public(tables)]
    assert (codes.count("P"), codes.count("R")) == (60, 20)
    assert [dossier.code for dossier in tables.dossiers.in_progress(60)] == [f"P{n:03d}" for n in range(60, 70)]


def test_an_office_is_empty_until_its_own_first_dossier(tables: OfficeTables, other: OfficeTables) -> None:
    put(other, DOSSIER)
    assert tables.dossiers.is_empty()
    put(tables, DOSSIER)
    assert not tables.dossiers.is_empty()


@pytest.mark.parametrize(
    ("status", "received", "finished", "counts"),
    [
        (4, 99, None, True),
        (4, 199, None, True),
        (4, 200, None, False),
        (9, 50, 99, False),
        (9, 50, 100, True),
        (10, 50, 300, True),
        (7, 50, 99, False),
        (9, 50, None, True),
        (4, 50, 99, True),  # an end without a final status is none
    ],
)
def test_a_period_has_what_came_before_its_end_and_was_open_in_it(
    tables: OfficeTables, status: int, received: int, finished: int | None, counts: bool
) -> None:
    put(tables, replace(DOSSIER, status=status, received_at=received, finished_at=finished))
    assert [dossier.code for dossier in tables.dossiers.between(100, 200)] == ["D1"] * counts
