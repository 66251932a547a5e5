"""The administrator's page "Hồ sơ": a file of the one-stop software is looked at, then taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playwright.sync_api import Page, expect

from kiosk.domain.dossier import Dossier
from kiosk.samples.ba_vi_2024 import SampleProcedure, dossiers
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.test_admin_page import admin
from tests.sync.exports import HEADERS, ZONE, as_csv, as_xlsx, export_rows


def ba_vi(running: RunningOffice) -> list[Dossier]:
    return dossiers([SampleProcedure(p.code, p.field) for p in running.story.app.configuration.procedure], ZONE)


def choose(page: Page, content: bytes, name: str = "ho-so-thang-4.xlsx") -> Any:
    chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("#table", chosen, timeout=60_000)  # the largest goes to the browser as one message of 28 MB
    return page.locator(".taking .said")


def test_a_file_is_looked_at_and_then_taken(running: RunningOffice, open_page: Opener) -> None:
    page = admin(running, open_page, "dossiers")
    expect(page.locator(".nothing")).to_contain_text("tệp xuất ra từ phần mềm một cửa")
    said = choose(page, as_xlsx([HEADERS, *export_rows(ba_vi(running))]))
    expect(said).to_contain_text("681 hồ sơ mới")
    expect(page.locator(".nothing")).to_have_count(1)
    page.click("text=Nhập vào")
    expect(said).to_contain_text("Đã nhập. 681 hồ sơ mới")
    expect(page.locator(".figure").first.locator("p b")).to_have_text("681")


def test_what_changes_is_shown_with_what_goes_back_marked(running: RunningOffice, open_page: Opener) -> None:
    some = ba_vi(running)[:12]
    page = admin(running, open_page, "dossiers")
    said = choose(page, as_csv([HEADERS, *export_rows(some)]))
    page.click("text=Nhập vào")
    expect(said).to_contain_text("Đã nhập")
    news = [replace(some[0], status=4, finished_at=None), *some[1:], *ba_vi(running)[12:15]]
    choose(page, as_csv([HEADERS, *export_rows(news)]), "ho-so-cu.csv")
    expect(said).to_contain_text("3 hồ sơ mới, 1 hồ sơ đổi, 11 hồ sơ giữ nguyên")
    expect(said.locator("tr.back")).to_contain_text("đã trả kết quả → đang xử lý")
    page.click("text=Bỏ qua")
    expect(said).to_be_empty()
    expect(page.locator(".figure").first.locator("p b")).to_have_text("12")


def test_errors_stand_by_row_and_column_and_nothing_can_be_taken(running: RunningOffice, open_page: Opener) -> None:
    rows = export_rows(ba_vi(running)[:9])
    rows[3][HEADERS.index("Trạng thái")], rows[5][HEADERS.index("Ngày tiếp nhận")] = "Đang ngủ", "hôm qua"
    page = admin(running, open_page, "dossiers")
    said = choose(page, as_csv([HEADERS, *rows]), "loi.csv")
    expect(said).to_contain_text("loi.csv: 2 lỗi, chưa thay đổi gì")
    expect(said.locator("tbody tr").first).to_contain_text("M · Trạng thái")
    expect(page.locator("text=Nhập vào")).to_have_count(0)
    choose(page, b"PK\x03\x04", "hong.xlsx")
    expect(said).to_contain_text("tệp ZIP bị hỏng")
    choose(page, b"x" * 21_000_000, "to.csv")
    expect(said).to_contain_text("motcua dossiers import")


def test_a_table_of_procedures_is_looked_at_and_then_shown_to_citizens(
    running: RunningOffice, open_page: Opener
) -> None:
    page = admin(running, open_page, "dossiers")
    rows = [["Mã TTHC", "Tên thủ tục", "Lĩnh vực"], ["2.009999", "Cấp bản đồ thửa đất", "Đất đai"]]
    page.check("#checked")
    page.set_input_files("#procedures", {"name": "thu-tuc.csv", "mimeType": "text/csv", "buffer": as_csv(rows)})
    said = page.locator(".taking-procedures .said")
    expect(said).to_contain_text("thu-tuc.csv: 1 thủ tục mới, 0 thủ tục đổi")
    expect(said.locator("tbody tr")).to_contain_text("Cấp bản đồ thửa đất")
    said.locator("text=Nhập vào").click()
    expect(said).to_contain_text("Đã nhập. 1 thủ tục mới")
    phone = open_page(f"{running.address}/procedures/2.009999", 390, 844)
    expect(phone.locator("h1")).to_have_text("Cấp bản đồ thửa đất")
    expect(phone.locator(".unsure")).to_have_count(0), "the office has checked it"


def test_the_preview_lives_through_what_happens_in_the_house(running: RunningOffice, open_page: Opener) -> None:
    page = admin(running, open_page, "dossiers")
    said = choose(page, as_csv([HEADERS, *export_rows(ba_vi(running)[:3])]))
    expect(said).to_contain_text("3 hồ sơ mới")
    with page.expect_response(lambda answer: "admin/summary" in answer.url, timeout=15000):
        running.send("POST", "/api/v1/tickets", "kiosk", {"service": "DD"})
    page.wait_for_timeout(200)
    expect(said).to_contain_text("3 hồ sơ mới")
    page.click("text=Nhập vào")
    expect(said).to_contain_text("Đã nhập")


def test_of_very_many_errors_it_is_said_that_these_are_not_all(running: RunningOffice, open_page: Opener) -> None:
    """The rows of a word that is wrong 250 times do not end where the list does."""
    rows = export_rows(ba_vi(running)[:250])
    for row in rows:
        row[HEADERS.index("Trạng thái")] = "Đang ngủ"
    page = admin(running, open_page, "dossiers")
    said = choose(page, as_csv([HEADERS, *rows]), "loi.csv")
    expect(said).to_contain_text("loi.csv: 250 lỗi")
    expect(said.locator("tbody tr")).to_have_count(1)
    expect(said).to_contain_text("Đây là 200 lỗi đầu tiên; các dòng bên dưới trong tệp có thể còn lỗi.")
    choose(page, as_csv([HEADERS, *rows[:9]]), "it.csv")
    expect(said).to_contain_text("it.csv: 9 lỗi")
    expect(said).not_to_contain_text("đầu tiên")


UNKNOWN = ["Số hồ sơ DVC", "Mã thủ tục", "Kênh nộp", "Ngày vào sổ", "Hạn chót", "Ngày xong", "Bước hiện tại"]
MONTHS = [
    [
        [f"000.00.53.H48-240402-{n:04}", "2.000635", "TT", "02/04/2024", "05/04/2024", "", "Chuyển phòng"]
        for n in (1, 2, 3)
    ],
    [
        [f"000.00.53.H48-240402-{n:04}", "2.000635", "TT", "02/04/2024", "05/04/2024", "04/04/2024", "Trả KQ"]
        for n in (1, 2)
    ],
]
COLUMNS = {"code": 0, "channel": 2, "received_at": 3, "due_at": 4, "finished_at": 5, "status": 6}


def test_an_office_teaches_its_words_on_a_phone_and_the_next_month_is_understood(
    running: RunningOffice, open_page: Opener
) -> None:
    page = open_page(running.page_address("admin"), 360, 740)
    page.wait_for_selector(".room h1")
    page.click("nav a[href='#dossiers']")
    first, second = (as_csv([UNKNOWN, *rows]) for rows in MONTHS)
    said = choose(page, first, "thang-4.csv")
    expect(said).to_contain_text("không thấy dòng tiêu đề; hãy thêm")
    expect(said).to_contain_text("mục “Chữ trong tệp” của trang Hồ sơ")
    page.click(".wordscard summary")
    for key, place in COLUMNS.items():
        page.fill(f"#words-columns-{key}", UNKNOWN[place])
    box = page.locator("#words-columns-code").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360, "the field stands within a phone's width"
    page.click(".wordscard button")
    expect(page.locator(".wordscard .reply")).to_have_text("Đã nhớ. Mời chọn lại tệp.")
    choose(page, first, "thang-4.csv")
    expect(said).to_contain_text("thang-4.csv: 6 lỗi")
    expect(said.locator("tbody tr")).to_have_count(2)  # of each unknown word one line with its rows
    expect(said.locator("tbody tr").first.locator("td").first).to_have_text("2–4")
    for field, word in {"statuses-4": "Chuyển phòng", "statuses-10": "Trả KQ", "channels-1": "TT"}.items():
        page.fill(f"#words-{field}", word)
    page.click(".wordscard button")
    expect(page.locator(".wordscard .reply")).to_have_text("Đã nhớ. Mời chọn lại tệp.")
    choose(page, first, "thang-4.csv")
    expect(said).to_contain_text("3 hồ sơ mới")
    page.click("text=Nhập vào")
    expect(said).to_contain_text("Đã nhập. 3 hồ sơ mới")
    page.reload()
    choose(page, second, "thang-5.csv")
    expect(said).to_contain_text("0 hồ sơ mới, 2 hồ sơ đổi")
    expect(said.locator("tbody tr").first).to_contain_text("đang xử lý → đã trả kết quả")
