"""How far followers are: the last report replaces the one before."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.followers import FollowerStatus, RefusedEventRow
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW

REFUSED: RefusedEventRow = {"epoch": "e", "seq": 3, "code": "bad", "reason": "không nhận", "tried": 0, "again": 7}
TINH = FollowerStatus("tinh", "e", 12, "retrying", "mất kết nối", [REFUSED], NOW, NOW - 5)
BOARD = FollowerStatus("board", "e", 15, "ok", None, [], NOW + 1, NOW + 1)


def test_followers_are_listed_by_name_as_they_reported(tables: OfficeTables) -> None:
    tables.followers.put(TINH)
    tables.followers.put(BOARD)
    assert tables.followers.all() == [BOARD, TINH]


def test_a_report_replaces_the_one_before(tables: OfficeTables) -> None:
    tables.followers.put(TINH)
    later = replace(TINH, cursor=13, state="ok", detail=None, refused=[], updated_at=NOW + 9, since=NOW + 9)
    tables.followers.put(later)
    assert tables.followers.all() == [later]


def test_reasons_are_kept_as_people_read_them(tables: OfficeTables) -> None:
    tables.followers.put(TINH)
    tables.transaction.cursor.execute("SELECT refused FROM followers")
    assert "không nhận" in tables.transaction.cursor.fetchone()[0]


def test_a_follower_is_removed_from_its_office_only(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.followers.put(TINH)
        office.followers.put(BOARD)
    tables.followers.remove("tinh")
    assert tables.followers.all() == [BOARD]
    assert other.followers.all() == [BOARD, TINH]
    tables.followers.put(replace(BOARD, cursor=99))
    assert other.followers.all() == [BOARD, TINH]
