"""Files that the office writes for its reports: who writes beside another loses nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from kiosk.domain.office_facts import OfficePoints
from kiosk.reports.office_points import read_points
from kiosk.reports.report_files import ReportFiles

FIRST, LAST, WRITTEN = date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 15)


@pytest.fixture
def turns_are_short() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("turns_are_short")
def test_nine_who_keep_points_at_once_all_keep_them(tmp_path: Path) -> None:
    files, together = ReportFiles(tmp_path), Barrier(9)

    def keep(criterion: int) -> None:
        together.wait()
        files.keep_points([OfficePoints(FIRST, LAST, criterion, 10, WRITTEN)])

    with ThreadPoolExecutor(9) as people:
        list(people.map(keep, range(1, 10)))
    assert sorted(one.criterion for one in read_points(tmp_path)) == list(range(1, 10))
    assert [path.name for path in tmp_path.iterdir()] == ["criteria.toml"]
