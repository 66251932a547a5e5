"""The narrative report: its sentences carry the figures of the office's own report of April 2024."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.office_facts import OfficeFacts
from kiosk.reports.daily import Frame, Visit, daily
from kiosk.reports.document import BarChart, Document, Paragraph, Table
from kiosk.reports.forms import NoForm
from kiosk.reports.measures.dossiers import DossierFact
from kiosk.reports.office_report import office_report, remark_headings
from kiosk.reports.periods import Period
from kiosk.reports.remarks import FILE, RemarksUnreadable, write_template
from tests.kiosk.reports.office_folder import read_remarks
from tests.kiosk.reports.test_dossier_reports import FACTS, PERIOD

OFFICERS = [("Tổ trưởng", "Phụ trách chung"), ("Công chức", "Tư pháp – Hộ tịch"), ("Công chức", "Tư pháp – Hộ tịch")]
FRAME = Frame("ba-vi", "Ba Vì", ("good", "fair", "bad"), {"HT": "Hộ tịch"}, {"1": "Quầy 1"})
VISITS = [Visit("HT", "COMPLETED", "1", None, 8, minutes * 60_000, 60_000) for minutes in (1, 2, 3, 4, 30)]


def report(
    facts: Sequence[DossierFact] = FACTS,
    period: Period = PERIOD,
    visits: Sequence[Visit] = (),
    remarks: Mapping[str, Sequence[str]] | None = None,
) -> Document:
    days = daily(FRAME, period.first.isoformat(), period.last.isoformat(), visits, ())
    office = OfficeFacts("Bộ phận Một cửa xã Ba Vì", "Ủy ban nhân dân xã Ba Vì", OFFICERS, 5, 15, remarks or {})
    digitised = Period(period.first, date(2024, 4, 16)) if period == PERIOD else period
    return office_report(facts, days, office, ["Hộ tịch"], period, digitised)


def lines(document: Document) -> list[str]:
    return [block.text for part in document.sections for block in part.blocks if isinstance(block, Paragraph)]


SENTENCES = [
    "Từ ngày 15/12/2023 đến ngày 14/04/2024, Bộ phận Một cửa tiếp nhận và giải quyết 681 hồ sơ, trong đó: "
    "trực tiếp 4 hồ sơ; trực tuyến 669 hồ sơ; từ kỳ trước chuyển qua 8 hồ sơ.",
    "- Hồ sơ đã giải quyết trước hạn, đúng hạn: 678 hồ sơ;",
    "- Hồ sơ đang giải quyết trong hạn: 2 hồ sơ; quá hạn: 0 hồ sơ;",
    "- Hồ sơ đã rút: 1 hồ sơ.",
    "Từ ngày 15/12/2023 đến ngày 16/04/2024, tỷ lệ số hóa kết quả đạt 99,56 % (678 trên 681 hồ sơ).",
    "Còn 3 hồ sơ thuộc lĩnh vực Dân tộc chưa số hóa kết quả. Lý do: Ban Dân tộc tỉnh trả kết quả.",
    "Bộ phận Một cửa gồm 03 người: 01 Tổ trưởng (Phụ trách chung); 02 Công chức (Tư pháp – Hộ tịch).",
    "Trong kỳ chưa có số liệu phát số thứ tự.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_its_sentences_carry_the_figures_of_the_founding_report(sentence: str) -> None:
    assert sentence in lines(report())


def test_its_annex_is_the_form_by_field_behind_the_signature() -> None:
    *_, annex, people = report().sections
    assert people.annex and people.title.startswith("Tổng số cán bộ, công chức, viên chức làm việc tại Bộ phận Một cửa")
    assert annex.annex and annex.title == "Số liệu giải quyết thủ tục hành chính theo lĩnh vực"
    table, chart = annex.blocks
    assert isinstance(table, Table) and isinstance(chart, BarChart) and chart.table is table
    counts = {field: count for field, count in chart.bars() if isinstance(count, int)}
    assert sum(counts.values()) == 681 and len(counts) == len(table.rows) - 1


def test_since_july_2025_the_office_is_a_centre_under_new_law() -> None:
    document = report([], Period(date(2026, 1, 1), date(2026, 3, 31)))
    assert "Nghị định 118/2025/NĐ-CP" in document.source and "Nghị định 61/2018" not in document.source
    assert "Trung tâm Phục vụ hành chính công tiếp nhận và giải quyết 0 hồ sơ" in "\n".join(lines(document))
    assert "Nghị định 61/2018/NĐ-CP" in report().source


# end of the period → the law in force
BOUNDARIES = [
    (date(2025, 6, 30), "Nghị định 61/2018"),
    (date(2025, 7, 1), "Nghị định 118/2025"),
    (date(2018, 6, 21), "Nghị định 61/2018"),
]


@pytest.mark.parametrize(("last", "law"), BOUNDARIES)
def test_the_law_changes_on_its_day(last: date, law: str) -> None:
    assert report([], Period(date(2018, 1, 1), last)).source.startswith(law)


def test_before_the_first_law_there_is_no_form() -> None:
    with pytest.raises(NoForm, match="20/06/2018"):
        report([], Period(date(2018, 1, 1), date(2018, 6, 20)))


def test_numbers_given_and_waiting_times_stand_in_it() -> None:
    text = "\n".join(lines(report(visits=VISITS)))
    assert "đã phát 5 số thứ tự, phục vụ 5 lượt" in text
    assert "thời gian chờ trung vị 3,0 phút, chín phần mười số lượt không quá 30,0 phút" in text


def test_the_office_s_own_remarks_stand_under_their_headings(tmp_path: Path) -> None:
    assert write_template(tmp_path / "reports") == tmp_path / "reports" / FILE
    assert read_remarks(tmp_path / "reports") == {name: [] for name in remark_headings()}
    assert write_template(tmp_path / "reports") is None, "what the office wrote is never overwritten"
    (tmp_path / "reports" / FILE).write_text('strengths = ["Phục vụ tận tình.", " "]\n', encoding="utf-8")
    found = lines(report(remarks=read_remarks(tmp_path / "reports")))
    assert found[found.index("a) Ưu điểm") + 1] == "- Phục vụ tận tình."
    assert read_remarks(tmp_path / "none") == {}


def test_headings_without_a_line_are_not_left_for_the_chairman() -> None:
    found = lines(
        report(remarks={"equipment": ["Máy tính: 05 cái;"], "strengths": [], "proposals": ["Nâng cấp mạng."]})
    )
    place = found.index("a) Cơ sở vật chất, trang thiết bị")
    assert found[place + 1 : place + 4] == ["- Máy tính: 05 cái;", "b) Kiến nghị", "- Nâng cấp mạng."]
    assert not [line for line in lines(report(remarks={})) if "Nhận xét" in line or "Ưu điểm" in line]


# content of the file → what the message says
BROKEN = [
    ("strengths == 1", "dòng 1, cột 12: giá trị không phải số"),
    ('strengths = ["x"', "cuối tệp: danh sách chưa đóng"),
    ('strength = ["x"]', "không có mục “strength”; hãy sửa"),
    ('strengths = "x"', "strengths không phải danh sách; hãy viết"),
    ("strengths = [1]", "strengths không phải danh sách; hãy viết"),
    (f'strengths = ["{"x" * 2001}"]', "strengths không phải danh sách; hãy viết"),
    (f"strengths = {['x'] * 51}", "có hơn 50 dòng; hãy rút ngắn"),
    (b"strengths = ['\xff']", "không phải UTF-8; lưu lại"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_a_broken_file_of_remarks_is_refused_with_its_place(tmp_path: Path, content: str | bytes, message: str) -> None:
    (tmp_path / FILE).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RemarksUnreadable, match=message):
        read_remarks(tmp_path)
