"""What an officer reads who asked for a report that cannot be made: Vietnamese, and what to write instead."""

from __future__ import annotations

import pytest

from kiosk.cli import main
from kiosk.reports.catalogue import REPORTS
from kiosk.reports.choices import KINDS, title_of
from kiosk.reports.wording import translate

DAYS = ["--from", "2024-04-01", "--to", "2024-04-14"]
REFUSED = [
    (["rubbish", *DAYS], "không có báo cáo “rubbish”; hãy viết một trong các tên: daily, II.06a"),
    (
        ["office-report", *DAYS, "--format", "csv"],
        "báo cáo office-report không có dạng “csv”; hãy chọn một trong các dạng: docx, pdf, html, json",
    ),
    (["daily"], "--period month:2024-04"),
    (["daily", "--from", "1/4/2024", "--to", "2024-04-14"], "“1/4/2024” không phải là ngày; viết năm-tháng-ngày"),
    (["daily", "--from", "2024-04-15", "--to", "2024-04-14"], "ngày đầu sau ngày cuối; hãy"),
    (["daily", "--period", "moon:2024"], "không có loại kỳ “moon”; hãy viết một trong các loại: day, week, month"),
    (["daily", "--period", "month:2024-13"], "“2024-13” không phải là kỳ loại month; viết như 2024-04"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_the_command_says_in_vietnamese_what_to_write(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", *words]) == 2
    assert sentence in capsys.readouterr().err


def test_every_report_and_kind_of_period_has_a_vietnamese_title() -> None:
    assert [name for name, kind in REPORTS.items() if title_of(kind.description) == kind.description] == []
    assert [kind for kind, (title, _) in KINDS.items() if translate(title) == title] == []
