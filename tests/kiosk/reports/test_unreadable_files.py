"""What the machine says of a file of the office is told in Vietnamese, as the sentence around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.reports.office_forms import FormsBroken
from kiosk.reports.office_points import read_points
from kiosk.reports.remarks import RemarksUnreadable
from kiosk.reports.request import TemplateBroken
from kiosk.reports.word_template import template_file, template_in
from tests.kiosk.reports.office_folder import read_office_forms, read_remarks

FILES: list[tuple[str, Callable[[Path], object], type[Exception]]] = [
    ("criteria.toml", read_points, RemarksUnreadable),
    ("office-report.toml", read_remarks, RemarksUnreadable),
    ("forms/law.toml", read_office_forms, FormsBroken),
    ("templates/II.06a.docx", lambda folder: template_in(template_file(folder, "II.06a")), TemplateBroken),
]


@pytest.mark.parametrize(("name", "read", "kind"), FILES)
def test_a_folder_in_the_place_of_a_file_is_called_one_in_vietnamese(
    tmp_path: Path, name: str, read: Callable[[Path], object], kind: type[Exception]
) -> None:
    (tmp_path / name).mkdir(parents=True)
    with pytest.raises(kind, match="đây là thư mục; hãy chỉ tên tệp") as told:
        read(tmp_path)
    assert str(tmp_path / name) in str(told.value) and "directory" not in str(told.value)
