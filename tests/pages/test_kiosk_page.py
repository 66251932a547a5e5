"""The touch kiosk, touched as citizens touch it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route

from contract.tickets import TicketState
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.looks import cut_off, on_screen, too_small

LEAST_PX = 90  # 23 mm on 21.5": the rows of the languages, and nothing is smaller


def kiosk(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(running.page_address("kiosk"))
    on_screen(page, "home")
    return page


def go_to_priority(page: Page, service: str = "HT") -> None:
    page.click(".take")
    on_screen(page, "service")
    page.click(f"[data-service={service}]")
    on_screen(page, "priority")


def issued(running: RunningOffice) -> list[str]:
    return [e["data"]["number"] for e in running.story.events() if e["type"] == "ticket.issued"]


def test_three_touches_lead_from_arrival_to_a_number(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    go_to_priority(page)
    page.click(".take")
    on_screen(page, "ticket")
    assert page.text_content(".number") == "A001"
    assert page.locator(".counters .box").all_inner_texts() == ["1", "2"]
    assert issued(running) == ["A001"]


def test_a_double_touch_takes_one_number(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    go_to_priority(page)
    page.evaluate("() => { const one = document.querySelector('.take'); one.click(); one.click(); one.click(); }")
    on_screen(page, "ticket")
    assert issued(running) == ["A001"]


def test_a_card_of_precedence_takes_the_number_at_once(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    go_to_priority(page, "DD")
    page.click("[data-priority=elderly]")
    on_screen(page, "ticket")
    event = next(e for e in running.story.events() if e["type"] == "ticket.issued")
    assert (event["data"]["number"], event["data"]["priority"]) == ("C001", "elderly")
    assert "cao tuổi" not in page.inner_text("#stage")


def test_without_a_printer_the_number_is_kept_and_the_screen_says_what_to_do(
    running: RunningOffice, open_page: Opener
) -> None:
    page = kiosk(running, open_page)
    go_to_priority(page)
    page.click(".take")
    page.wait_for_selector("main[data-print=NOT_PRINTED] .trouble")
    assert "Số của bà con vẫn được giữ." in page.inner_text(".trouble")
    assert "A, không, không, một" in page.inner_text(".trouble")


def test_a_wrong_choice_gives_the_number_back(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    page.route(re.compile(r"/api/v1/tickets"), queued)
    go_to_priority(page)
    page.click(".take")
    on_screen(page, "ticket")
    assert "Đang in phiếu" in page.inner_text(".floor")
    page.click(".wrong")
    on_screen(page, "service")
    event = next(e for e in running.story.events() if e["type"] == "ticket.cancelled")
    assert running.story.ticket(event["subject"]).state is TicketState.CANCELLED


def queued(route: Route) -> None:
    """As if a printer were still at work on the slip."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("NOT_PRINTED", "QUEUED"))


def test_a_slip_without_proof_after_four_seconds_sends_to_an_officer(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    page.route(re.compile(r"/api/v1/tickets"), queued)
    go_to_priority(page)
    page.click(".take")
    page.wait_for_selector("text=Nếu không thấy phiếu, xin gọi cán bộ")
    page.wait_for_selector(".bar .call")


def sent_without_proof(route: Route) -> None:
    """As a printer that proves nothing leaves it."""
    answer = route.fetch()
    body = answer.json()
    if "print" in body:
        body["print"] = {"state": "UNKNOWN", "reason": "no_proof"}
    route.fulfill(response=answer, json=body)


def test_a_printer_that_never_proves_a_slip_is_no_broken_printer(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    page.route(re.compile(r"/api/v1/tickets"), sent_without_proof)
    go_to_priority(page)
    page.click(".take")
    page.wait_for_selector("main[data-print=UNKNOWN] .floor.printed")
    assert "Xin lấy phiếu" in page.inner_text(".floor")
    assert "Nếu không thấy phiếu, xin gọi cán bộ" in page.inner_text(".floor")
    assert page.locator(".trouble").count() == 0
    page.wait_for_selector(".bar .call")


def test_a_closed_office_gives_no_numbers_but_shows_papers(closed_house: RunningOffice, open_page: Opener) -> None:
    page = open_page(closed_house.page_address("kiosk"))
    on_screen(page, "closed")
    assert page.inner_text(".opening") == "07:00"
    assert page.locator(".take").count() == 0
    page.click(".teal")
    on_screen(page, "papers")
    assert page.locator(".procedure").count() == 6


def test_calling_an_officer_reaches_the_counters(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    page.click(".bar .call")
    page.wait_for_selector("text=Máy đã báo")
    assert "help.requested" in running.story.types()


def test_waiting_people_appear_on_the_tile_by_themselves(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    page.click(".take")
    on_screen(page, "service")
    assert "Không phải chờ" in page.inner_text("[data-service=VX]")
    running.story.take_number("VX")
    page.wait_for_selector("[data-service=VX] >> text=1 người")


def test_what_happens_under_a_finger_does_not_swallow_its_touch(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    page.hover(".folder")
    page.mouse.down()
    with page.expect_response("**/api/v1/board"):
        running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    page.wait_for_timeout(100)
    page.mouse.up()
    on_screen(page, "code")


def test_a_wrong_dossier_code_is_answered_calmly(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    page.click(".folder")
    on_screen(page, "code")
    for figure in "0000053482404140001":
        page.click(f".pad button:text-is('{figure}')")
    assert page.inner_text(".code") == "000.00.53.H48-240414-0001"
    page.click(".go")
    page.wait_for_selector("text=Không tìm thấy. Xin xem lại mã trên giấy hẹn.")


def test_a_silent_service_sends_people_to_the_last_counter(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    go_to_priority(page)
    page.context.set_offline(True)
    page.click(".take")
    on_screen(page, "down")
    assert "quầy 5" in page.inner_text("main")
    page.context.set_offline(False)
    on_screen(page, "priority")  # where the touch was: it is not lost
    page.click(".take")
    on_screen(page, "ticket")
    assert len(issued(running)) == 1


def test_every_target_is_big_and_its_words_fit(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    for step, screen in ((".take", "service"), ("[data-service=HT]", "priority"), (".take", "ticket")):
        assert too_small(page, LEAST_PX) == [] and cut_off(page) == []
        page.click(step)
        on_screen(page, screen)
    assert too_small(page, 100) == [] and cut_off(page) == []


def test_a_small_window_shows_the_whole_screen(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(running.page_address("kiosk"), 1366, 768)
    on_screen(page, "home")
    box = page.locator("#stage").bounding_box()
    assert box is not None and box["height"] <= 769 and box["x"] < 1 and box["width"] > 1365


def test_an_unpaired_kiosk_shows_its_code_and_begins_when_it_is_accepted(
    running: RunningOffice, open_page: Opener
) -> None:
    page = open_page(f"{running.address}/kiosk")
    code = page.inner_text(".pairing .code").replace("\u00a0", "")
    running.send("POST", f"/api/v1/devices/pair/{code}/approve", "admin", {})
    on_screen(page, "home")
