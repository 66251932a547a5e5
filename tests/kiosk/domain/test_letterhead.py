"""Place and date of a document, as Nghị định 30/2020/NĐ-CP writes them: a 0 before days below 10 and months 1 and 2."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.domain.letterhead import Letterhead


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 9, 10), "ngày 10 tháng 9 năm 2026"),
        (date(2025, 12, 31), "ngày 31 tháng 12 năm 2025"),
    ],
)
def test_place_and_date(day: date, written: str) -> None:
    letterhead = Letterhead("UBND THÀNH PHỐ HÀ NỘI", "UBND XÃ BA VÌ", "BC-UBND", "Ba Vì", day)
    assert letterhead.place_and_date == f"Ba Vì, {written}"
    assert letterhead.filed == "VT"
