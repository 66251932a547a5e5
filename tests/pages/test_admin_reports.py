"""The administrator's page "Báo cáo": a report is chosen, made and fetched; remarks are kept."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.pages.conftest import Opener, RunningOffice
from tests.pages.test_admin_page import admin

SHOWN = {"from": "2024-03-15", "to": "2024-04-14"}
PATH = "/api/v1/report-points?from=2024-03-15&to=2024-04-14"


def kept_points(running: RunningOffice) -> dict[int, int | None]:
    """In tenths, by criterion."""
    return {one["criterion"]: one["tenths"] for one in running.send("GET", PATH, "admin")["criteria"]}


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
    page.fill("#points-5", "1,5")
    page.fill("#why-5", "100 % tại Trung tâm")
    page.click("text=Lưu điểm")
    expect(card.locator(".reply")).to_have_text("Đã lưu.")
    days = card.locator(".cardhead .soft").inner_text()
    assert days.startswith("Từ 15/3/2024 đến 14/4/2024.")
    criteria = running.send("GET", PATH, "admin")["criteria"]
    assert [(one["tenths"], one["why"]) for one in criteria if one["tenths"] is not None] == [
        (15, "100 % tại Trung tâm")
    ]
    page.locator(".ordering select").nth(1).select_option(index=2)  # another month
    expect(page.locator("#points-5")).to_have_value("")
    page.locator(".ordering select").nth(1).select_option(index=1)
    expect(page.locator("#points-5")).to_have_value("1,5")
    for wrong in ("2.5", "một", "1,25", "-1"):
        page.fill("#points-5", wrong)
        page.click("text=Lưu điểm")
        expect(card.locator(".reply")).to_contain_text("Chỉ số 5: hãy ghi điểm từ 0 đến 2")
        expect(page.locator("#points-5")).to_be_focused()
        assert kept_points(running)[5] == 15, "nothing that was kept is taken back"
    page.fill("#points-5", "0.5")
    page.click("text=Lưu điểm")
    expect(page.locator("#points-5")).to_have_value("0,5")
    assert kept_points(running)[5] == 5
    page.fill("#points-5", "")
    page.click("text=Lưu điểm")
    expect(card.locator(".reply")).to_have_text("Đã lưu.")
    expect(page.locator("#why-5")).to_have_value("")
    assert kept_points(running)[5] is None


def test_two_people_at_the_points_keep_what_the_other_wrote(running: RunningOffice, open_page: Opener) -> None:
    page = admin(running, open_page, "reports")
    page.click("label:has(input[value=evaluation])")
    expect(page.locator("#points-9")).to_be_visible()
    colleague = {**SHOWN, "points": [{"criterion": 8, "tenths": 20, "why": "Không có khiếu nại"}]}
    running.send("PUT", "/api/v1/report-points", "admin", colleague)
    page.fill("#points-2", "1")
    page.click("text=Lưu điểm")
    expect(page.locator("#points-8")).to_have_value("2")
    points = kept_points(running)
    assert (points[2], points[8]) == (10, 20)
    running.send("PUT", "/api/v1/report-points", "admin", {**SHOWN, "points": [{"criterion": 8, "tenths": 10}]})
    page.click("nav a[href='#devices']")
    page.wait_for_selector("nav a.now[href='#devices']")
    page.click("nav a[href='#reports']")
    expect(page.locator("#points-8")).to_have_value("1")


def test_points_of_other_days_never_stand_while_the_line_is_down(running: RunningOffice, open_page: Opener) -> None:
    page = admin(running, open_page, "reports")
    page.click("label:has(input[value=evaluation])")
    expect(page.locator("#points-5")).to_be_visible()
    page.route("**/api/v1/report-points*", lambda route: route.abort())
    which = page.locator(".ordering select").nth(1)
    which.select_option(index=2)
    expect(page.locator(".points .mark.broken")).to_be_visible()
    expect(page.locator("#points-5")).to_have_count(0)
    page.unroute("**/api/v1/report-points*")
    page.click("label:has-text('Word')")  # whatever is chosen next asks again
    expect(page.locator("#points-5")).to_be_visible()
