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


def test_the_offices_own_points_are_kept_for_the_days_that_are_chosen(
    running: RunningOffice, open_page: Opener
) -> None:
    page = admin(running, open_page, "reports")
    card = page.locator(".points")
    expect(card).to_be_hidden()
    page.click("label:has(input[value=evaluation])")
    expect(card).to_be_visible()
    page.fill("#points-5", "1.5")
    page.fill("#why-5", "100 % tại Trung tâm")
    page.click("text=Lưu điểm")
    expect(card.locator(".reply")).to_have_text("Đã lưu.")
    days = card.locator(".cardhead .soft").inner_text()
    assert days.startswith("Từ 15/3/2024 đến 14/4/2024.")
    criteria = running.send("GET", "/api/v1/report-points?from=2024-03-15&to=2024-04-14", "admin")["criteria"]
    assert [(one["tenths"], one["why"]) for one in criteria if one["tenths"] is not None] == [
        (15, "100 % tại Trung tâm")
    ]
    page.locator(".ordering select").nth(1).select_option(index=2)  # another month
    expect(page.locator("#points-5")).to_have_value("")
    page.locator(".ordering select").nth(1).select_option(index=1)
    expect(page.locator("#points-5")).to_have_value("1.5")
    page.fill("#points-5", "2.5")
    page.click("text=Lưu điểm")
    expect(card.locator(".reply")).to_contain_text("points là số từ 0 đến 2")
