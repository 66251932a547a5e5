"""When the machine's clock is not believed, clerks and administrators read it and say what is right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.office import OfficeStory, sample_configuration
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.ticket_printer.slips import until

DAY = 86_400


def console(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(running.page_address("counter", "1"), 1366, 768)
    page.wait_for_selector("#step")
    return page


def is_set(running: RunningOffice, seconds: float) -> None:
    """Somebody sets the machine's clock; the service notices."""
    running.story.clock.is_set(seconds)
    assert until(lambda: "office.clock_jumped" in running.story.types())


@pytest.fixture
def without_battery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    """One person waits when the power fails; the machine starts in 1970."""
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    story = OfficeStory("", sample_configuration(f"sqlite:///{tmp_path / 'office.db'}", opening="always"))
    story.take_number()
    story.clock.starts_at("1970-01-01T00:00:40Z")
    yield from serving(story)


def test_a_clerk_reads_of_the_jump_and_says_that_the_machine_is_right(
    running: RunningOffice, open_page: Opener
) -> None:
    running.story.take_number()
    page = console(running, open_page)
    expect(page.locator(".clocknotice")).to_have_count(0)
    is_set(running, 3 * 3600)
    notice = page.locator(".clocknotice")
    expect(notice).to_contain_text("Đồng hồ của máy vừa đổi sang giờ khác.")
    expect(notice).to_contain_text("Máy chỉ 11:05 15/4/2024; văn phòng vẫn theo 08:05 15/4/2024")
    expect(page.locator("#step")).to_be_visible()
    notice.get_by_role("button", name="Giờ máy đúng: 11:05 15/4/2024").click()
    expect(notice).to_have_count(0)
    expect(page.locator(".top .clock")).to_have_text("11:05")


def test_a_jump_that_goes_back_takes_its_notice_away(running: RunningOffice, open_page: Opener) -> None:
    page = console(running, open_page)
    is_set(running, DAY)
    expect(page.locator(".clocknotice")).to_be_visible()
    running.story.clock.is_set(-DAY)
    assert until(lambda: running.story.types().count("office.clock_jumped") == 2)
    expect(page.locator(".clocknotice")).to_have_count(0)


def test_after_a_power_failure_a_clerk_says_that_it_is_still_today(
    without_battery: RunningOffice, open_page: Opener
) -> None:
    page = console(without_battery, open_page)
    notice = page.locator(".clocknotice")
    expect(notice).to_contain_text("Máy vừa khởi động và chưa biết giờ đúng.")
    expect(notice).to_contain_text("1 người lấy số trước đó")
    expect(page.locator("#step")).to_contain_text("Chưa có ai chờ")
    expect(notice.get_by_role("button", name="Giờ máy đúng")).to_have_count(0)  # nobody confirms 1970
    notice.get_by_role("button", name="Vẫn là ngày 15/4/2024").click()
    expect(page.locator("#step")).to_contain_text("Gọi")


def test_a_clerk_types_the_time_of_a_watch(without_battery: RunningOffice, open_page: Opener) -> None:
    page = console(without_battery, open_page)
    page.get_by_role("button", name="Nhập giờ…").click()
    page.get_by_label("Ngày giờ bây giờ").fill("2034-04-16T07:30")
    page.get_by_role("button", name="Đúng giờ này").click()
    expect(page.locator(".clockwindow .said")).to_have_text("Giờ này không thể đúng. Xin xem lại đồng hồ.")
    page.get_by_label("Ngày giờ bây giờ").fill("2024-04-16T07:30")
    page.get_by_role("button", name="Đúng giờ này").click()
    expect(page.locator(".clockwindow")).to_have_count(0)
    expect(page.locator(".clocknotice")).to_have_count(0)
    expect(page.locator(".top .clock")).to_have_text("07:30")


def test_the_administration_says_it_over_every_section(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/admin#token={running.story.token('admin')}", 1366, 768)
    page.wait_for_selector(".room h1")
    is_set(running, DAY)
    notice = page.locator(".clocknotice")
    expect(notice).to_contain_text("Đồng hồ của máy vừa đổi sang giờ khác.")
    notice.get_by_role("button", name="Giờ máy đúng").click()
    expect(notice).to_have_count(0)
    running.story.clock.is_set(-DAY)
    assert until(lambda: running.story.types().count("office.clock_jumped") == 2)
    notice.get_by_role("button", name="Giờ máy đúng").click()
    expect(notice).to_contain_text("Ngày làm việc đang là 16/4/2024, chưa tới.")
    expect(notice).to_contain_text("motcua day reopen")
