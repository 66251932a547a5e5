"""The PC on which citizens file their dossiers themselves."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.pages.conftest import RunningOffice
from tests.ticket_printer.slips import until

Opener = Callable[..., Page]
PORTAL = "https://dichvucong.gov.vn/"


def test_a_citizen_is_led_to_the_portal_and_only_that_it_happened_is_kept(
    running: RunningOffice, open_page: Opener
) -> None:
    address = running.page_address("kiosk").replace("/kiosk", "/filing?locked=1")
    page = open_page(address, 1366, 640, PORTAL)  # what a toolbar leaves of 768
    page.route(f"{PORTAL}**", lambda route: portal_answers(route))
    expect(page.locator(".portal")).to_have_count(1)
    expect(page.locator(".guide")).to_have_count(5)
    expect(page.locator("footer")).to_contain_text("bấm dấu ✕")
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    page.click('.guide[data-code="khai-sinh"]')
    expect(page.locator("h1")).to_have_text("Đăng ký khai sinh")
    expect(page.locator(".steps li")).to_have_count(5)
    foot, top = page.evaluate(
        """() => [document.querySelector(".go").getBoundingClientRect().bottom,
        document.querySelector("footer").getBoundingClientRect().top]"""
    )
    assert foot <= top, "the way on lies above the bar"
    page.click(".help")
    expect(page.locator("footer p")).to_have_text("Đã báo các quầy. Xin chờ ở đây.")
    page.click(".go")
    page.wait_for_url(PORTAL)
    visits = [event["data"]["opened"] for event in running.story.events() if event["type"] == "filing.visited"]
    assert visits == ["khai-sinh", "quoc-gia"]
    assert [e["data"]["where"] for e in running.story.events() if e["type"] == "help.requested"] == ["filing"]


def portal_answers(route: Route) -> None:
    """The portal itself is not asked."""
    route.fulfill(status=200, content_type="text/html", body="<title>portal</title>")


def test_a_dead_service_holds_nobody_up_and_nobody_promises_a_wiping_that_no_program_does(
    running: RunningOffice, open_page: Opener
) -> None:
    page = open_page(running.page_address("kiosk").replace("/kiosk", "/filing"), 1920, 1080, PORTAL)
    page.route(f"{PORTAL}**", lambda route: portal_answers(route))
    expect(page.locator("footer")).to_contain_text("nhớ bấm Đăng xuất")
    assert until(lambda: "device.online" in running.story.types(), 15)
    page.context.set_offline(True)
    page.click(".help")
    expect(page.locator("footer p")).to_have_text("Mất liên lạc. Xin đến quầy.")
    page.context.set_offline(False)
    page.route("**/api/v1/filing-visits", lambda route: route.abort())
    page.click(".portal")
    page.wait_for_url(PORTAL)


def test_on_a_closed_day_a_call_for_help_is_told_the_opening_time(
    closed_house: RunningOffice, open_page: Opener
) -> None:
    page = open_page(closed_house.page_address("kiosk").replace("/kiosk", "/filing"), 1366, 768)
    page.click(".help")
    expect(page.locator("footer p")).to_have_text("Văn phòng đang nghỉ. Mở cửa lúc 07:00, 21/4.")
    assert "help.requested" not in closed_house.story.types()
