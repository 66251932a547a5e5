"""The page about what is sent: what waits and why in words, what was refused and can be sent again."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kiosk.domain.followers import Upstream
from sync.connectors.base import OTHER_BRANCH
from sync.wording import translate
from tests.pages.conftest import Opener, RunningOffice

DESIGN = (1366, 768)
WAITING = "đang chờ 1.204 sự kiện từ 09:12, máy chủ không trả lời"


def sync_page(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(f"{running.address}/admin/sync#token={running.story.token('admin')}", *DESIGN)
    page.wait_for_selector(".room h1")
    return page


@pytest.fixture(autouse=True)
def line(running: RunningOffice) -> None:
    given = running.service.dependencies
    given.upstream = Upstream({"tinh": "https://mot-cua.example/events"}, given.upstream.bundle)


def tell(running: RunningOffice, name: str = "tinh", **more: Any) -> None:
    body = {"epoch": running.service.stream.epoch, "cursor": 0, "state": "ok", "detail": None, **more}
    running.send("PUT", f"/api/v1/followers/{name}", "sync", body)


def test_a_line_that_is_down_says_so_in_words_and_that_nothing_is_lost(
    running: RunningOffice, open_page: Opener
) -> None:
    running.story.take_number()
    tell(running, state="waiting", detail=WAITING)
    page = sync_page(running, open_page)
    expect(page.locator(".line .said")).to_have_text("Đang chờ 1.204 sự kiện từ 09:12, máy chủ không trả lời")
    expect(page.locator(".line")).to_contain_text("máy tự gửi lại")
    expect(page.locator(".headline")).to_contain_text("Không mất gì")
    expect(page.locator("nav a.now")).to_have_text("Gửi lên tỉnh")


def test_a_line_that_works_has_nothing_waiting(running: RunningOffice, open_page: Opener) -> None:
    tell(running, cursor=len(running.story.events()))
    page = sync_page(running, open_page)
    expect(page.locator(".headline")).to_contain_text("Mọi việc đã gửi")
    expect(page.locator(".line .big b")).to_have_text("0")


def test_a_copy_of_the_machine_is_told_with_what_to_do(running: RunningOffice, open_page: Opener) -> None:
    tell(running, state="doubled", detail="một bản sao của máy này cũng đang gửi")
    page = sync_page(running, open_page)
    expect(page.locator(".mark")).to_have_text("Hai máy cùng gửi")
    expect(page.locator(".line")).to_contain_text("Tắt máy sao chép")


def test_a_refused_event_is_told_in_words_and_sent_again_by_a_touch(running: RunningOffice, open_page: Opener) -> None:
    ticket = running.story.take_number()
    seq = next(e["seq"] for e in running.story.events() if e["type"] == "ticket.issued")
    row = {"epoch": running.service.stream.epoch, "seq": seq, "code": "unit", "reason": "sai mã đơn vị"}
    tell(running, cursor=seq, refused=[row], detail="có 1 sự kiện bị từ chối, xem danh sách")
    page = sync_page(running, open_page)
    cells = page.locator(".refused tbody tr")
    expect(cells).to_contain_text(f"Cấp số {ticket.number}")
    expect(cells).to_contain_text("sai mã đơn vị")
    cells.get_by_role("button").click()
    expect(page.locator(".refused tbody tr")).to_contain_text("đang gửi lại")
    followers = running.send("GET", "/api/v1/followers", "admin")["followers"]
    assert followers[0]["refused"][0]["again"] > 0


def test_another_history_of_the_other_side_is_told_and_not_offered_to_be_sent_again(
    running: RunningOffice, open_page: Opener
) -> None:
    running.story.take_number()
    last = running.story.events()[-1]["seq"]
    row = {
        "epoch": running.service.stream.epoch,
        "seq": last,
        "code": "other-branch",
        "reason": translate(OTHER_BRANCH),
    }
    tell(running, cursor=last, refused=[row], detail="có 1 sự kiện bị từ chối, xem danh sách")
    page = sync_page(running, open_page)
    cells = page.locator(".refused tbody tr")
    expect(cells).to_contain_text("bên nhận giữ một nhánh khác")
    expect(page.locator(".refused button")).to_have_count(0)


def test_a_line_that_left_the_configuration_can_be_taken_off_the_list(
    running: RunningOffice, open_page: Opener
) -> None:
    tell(running, "cu")
    page = sync_page(running, open_page)
    expect(page.locator(".line .mark")).to_have_text("Không còn trong cấu hình")
    page.get_by_role("button", name="Bỏ khỏi danh sách").click()
    expect(page.locator(".line")).to_have_count(0)


COPIED = "đã chép đến sự kiện 4 ra USB, đang chờ biên nhận của hệ thống một cửa"


def test_a_stick_waits_for_its_receipt_and_cannot_be_taken_off_the_list(
    running: RunningOffice, open_page: Opener
) -> None:
    tell(running, cursor=len(running.story.events()))
    tell(running, "usb", state="waiting", detail=COPIED)
    page = sync_page(running, open_page)
    stick = page.locator(".line", has_text="Gửi bằng USB")
    expect(stick.locator(".mark")).to_have_text("Chờ biên nhận")
    expect(stick.locator(".said")).to_have_text(COPIED.replace("đã", "Đã", 1))
    expect(stick).to_contain_text("motcua sync import")
    expect(stick.get_by_role("button")).to_have_count(0)
    expect(page.locator(".headline")).to_contain_text("Mọi việc đã gửi")


def test_what_was_refused_on_a_stick_is_told_with_where_it_can_be_sent_again(
    running: RunningOffice, open_page: Opener
) -> None:
    running.story.take_number()
    seq = len(running.story.events())
    row = {"epoch": running.service.stream.epoch, "seq": seq, "code": "unit", "reason": "sai mã đơn vị"}
    tell(running, "usb", cursor=seq, refused=[row], detail="có 1 sự kiện bị từ chối, xem danh sách")
    page = sync_page(running, open_page)
    stick = page.locator(".line")
    expect(stick.locator(".mark")).to_have_text("Đã nhập biên nhận")
    expect(stick.locator(".refused")).to_contain_text("sai mã đơn vị")
    expect(stick.locator(".refused")).to_contain_text("gửi lại được ở đó")
    expect(stick.get_by_role("button")).to_have_count(0)


def test_a_program_that_died_is_not_told_as_having_sent_everything(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number()
    tell(running)
    running.story.clock.passes(3 * 24 * 3600)
    page = sync_page(running, open_page)
    expect(page.locator(".line .mark")).to_have_text("Im lặng")
    expect(page.locator(".line .said")).to_have_text("Chương trình gửi im lặng từ 15/4 08:05.")
    expect(page.locator(".line")).to_contain_text("systemctl status motcua-sync")
    expect(page.locator(".headline")).to_contain_text("Gọi kỹ thuật")


def test_what_has_just_happened_is_on_its_way(running: RunningOffice, open_page: Opener) -> None:
    tell(running)
    page = sync_page(running, open_page)
    expect(page.locator(".line .mark")).to_have_text("Đang gửi")


def test_an_office_without_a_line_is_told_how_to_get_one(running: RunningOffice, open_page: Opener) -> None:
    page = sync_page(running, open_page)
    expect(page.locator(".nothing")).to_contain_text("[[sync.connector]]")
