"""What is kept of a report is named by a line: no file is left for which nobody asks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.reports.printed import FOLDER, INDEX
from tests.kiosk.reports.test_printed import SIGNED, SPRING, SUMMER, Folder


def test_one_made_again_with_its_day_leaves_no_file(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.keep_now(SIGNED, "then", SPRING)
    folder.keep_now(SIGNED, "now", SUMMER)
    folder.keep_now(replace(SIGNED, seq=900), "since", SUMMER)
    index = (tmp_path / FOLDER / INDEX).read_text(encoding="utf-8")
    files = {path.name for path in (tmp_path / FOLDER).iterdir()} - {INDEX}
    assert len(files) == 2 and {name for name in files if name not in index} == set()
    assert folder.settings(SIGNED) == "then"
