"""The administrator's page "Báo cáo": a report is chosen, made and fetched; remarks are kept."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.pages.conftest import Opener, RunningOffice
from tests.pages.test_admin_page import admin


def test_a_report_is_made_and_fetched_and_remarks_are_kept(running: RunningOffice, open_page: Opener) -> None:
    page = admin(running, open_page, "reports")
    page.click("text=Biểu số II.06a/VPCP/KSTT")
    expect(page.locator(".ordering .span")).to_contain_text("Từ ")
    page.click("label:has-text('Excel')")
    page.click("text=Lập báo cáo này")
    row = page.locator(".orders li")
    expect(row).to_contain_text("Biểu số II.06a/VPCP/KSTT")
    expect(row.locator("text=Tải về")).to_be_visible(timeout=20000)
    with page.expect_download() as download:
        row.locator("text=Tải về").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.fill("#remarks-strengths", "Thái độ phục vụ tận tình.\nKhông để dân chờ lâu.")
    page.click("text=Lưu nhận xét")
    expect(page.locator(".remarks .reply")).to_have_text("Đã lưu.")
    headings = running.send("GET", "/api/v1/report-remarks", "admin")["headings"]
    kept = {one["key"]: one["lines"] for one in headings}
    assert kept["strengths"] == ["Thái độ phục vụ tận tình.", "Không để dân chờ lâu."]
    row.locator("text=Xóa").click()
    expect(page.locator(".orders")).to_contain_text("Chưa có báo cáo nào")
