"""One citizen after another at the kiosk: nothing reaches the next, and nothing is promised without means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Route

from tests.pages.conftest import Opener, RunningOffice, run_office
from tests.pages.kiosk_walk import dossier_answers, on, press, type_code

CODE = "000.00.53.H48-240414-0001"


def kiosk(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(running.page_address("kiosk"))
    on(page, "home")
    return page


def kiosk_in_time(running: RunningOffice, open_page: Opener) -> Page:
    """With a clock that the test moves."""
    page = open_page(f"{running.address}/healthz")
    page.clock.install()
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    return page


def test_a_language_ends_with_its_citizen(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    press(page, ".languages [lang=en]")
    assert (page.get_attribute("html", "lang"), page.inner_text(".take b")) == ("en", "Take a number")
    press(page, ".take")
    on(page, "service")
    assert "Justice and civil status" in page.inner_text("[data-service=HT]")
    assert "Tư pháp – Hộ tịch" in page.inner_text("[data-service=HT]"), "as the sign over the counter has it"
    press(page, "[data-service=HT]")
    on(page, "priority")
    press(page, ".take")
    page.wait_for_selector("main.ticket .card1")
    press(page, ".key.done")
    on(page, "home")
    assert (page.get_attribute("html", "lang"), page.inner_text(".take b")) == ("vi", "Lấy số")
    assert page.inner_text(".top .office") == "Bộ phận Một cửa"


def test_a_language_chosen_and_left_behind_ends_after_half_a_minute(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk_in_time(running, open_page)
    press(page, ".languages [lang=en]")
    page.wait_for_selector("html[lang=en]")
    page.clock.run_for(40_000)
    page.wait_for_selector("html[lang=vi]")


def test_a_wrong_digit_is_mended_and_the_next_citizen_finds_an_empty_field(
    running: RunningOffice, open_page: Opener
) -> None:
    page = kiosk(running, open_page)
    press(page, ".folder")
    on(page, "code")
    type_code(page)
    press(page, ".go")
    page.wait_for_selector(".message:not(:empty)")
    assert page.inner_text(".code b") == CODE, "what was typed stays"
    press(page, ".undo")
    type_code(page, "2")
    assert page.inner_text(".code b") == CODE[:-1] + "2"
    page.context.set_offline(True)
    press(page, ".go")
    page.wait_for_selector("text=Máy chưa trả lời")
    assert page.inner_text(".code b") == CODE[:-1] + "2", "also when the line drops"
    page.context.set_offline(False)
    press(page, ".key.back")
    press(page, ".folder")
    assert page.inner_text(".code b") == CODE[:-1] + "2", "the same citizen looks elsewhere and comes back"


@pytest.mark.parametrize(("tile", "screen", "typed"), [(".folder", "code", "0000053"), (".speech", "rate", "A01")])
def test_what_somebody_left_half_typed_is_not_the_next_ones(
    running: RunningOffice, open_page: Opener, tile: str, screen: str, typed: str
) -> None:
    page = kiosk_in_time(running, open_page)
    press(page, tile)
    on(page, screen)
    type_code(page, typed)
    assert page.inner_text(".code .pattern b").replace(".", "").startswith(typed)
    page.clock.run_for(85_000)  # nobody answers the question whether somebody is there
    on(page, "home")
    press(page, tile)
    on(page, screen)
    assert page.inner_text(".code .pattern b") == ""


def test_a_scanner_is_heard_on_the_first_screen(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    with page.expect_response("**/api/v1/dossiers/*") as answer:
        page.keyboard.type(CODE + "\n")
    assert answer.value.status == 404
    page.wait_for_selector("text=Không tìm thấy")


def test_a_machine_without_a_voice_promises_none(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    words = page.inner_text("#stage")
    for promise in ("nói", "nghe", "Nghe lại", "Hrê"):
        assert promise not in words, promise
    press(page, ".take")
    on(page, "service")
    assert page.locator(".key.listen").count() == 0


@pytest.fixture
def weekend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    """An office that opens on Sundays only, on a Monday; nobody can rate there."""
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    hours = [{"days": ["sun"], "from": "07:00:00", "to": "11:30:00"}]
    yield from run_office(tmp_path, opening="hours", hours=hours)


def test_on_a_closed_day_a_call_for_help_is_told_the_opening_time(weekend: RunningOffice, open_page: Opener) -> None:
    page = open_page(weekend.page_address("kiosk"))
    on(page, "closed")
    press(page, ".bar .call")
    page.wait_for_selector("text=Văn phòng đang nghỉ. Mở cửa lúc 07:00, Chủ Nhật")
    assert "help.requested" not in weekend.story.types()


def test_where_no_counter_has_a_tablet_the_kiosk_itself_takes_the_rating(
    running: RunningOffice, open_page: Opener
) -> None:
    def without_tablets(route: Route) -> None:
        try:
            answer = route.fetch()
            body = answer.json()
        except Error:
            return  # the page is gone, and the test with it
        for counter in body["shown"]["counters"]:
            counter["tablet"] = False
        route.fulfill(response=answer, json=body)

    page = open_page(f"{running.address}/healthz")
    page.route("**/api/v1/page/kiosk", without_tablets)
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    assert page.locator(".tile").count() == 3
    press(page, ".tile:nth-of-type(3)")
    page.wait_for_selector("#stage:not([data-screen=home])")


def test_a_dossier_that_nobody_reads_any_more_is_wiped_after_twenty_seconds(
    running: RunningOffice, open_page: Opener
) -> None:
    page = kiosk_in_time(running, open_page)
    dossier_answers(page, "processing")
    press(page, ".folder")
    on(page, "code")
    type_code(page)
    press(page, ".go")
    on(page, "dossier")
    page.clock.run_for(17_000)
    assert page.get_attribute("#stage", "data-screen") == "dossier"
    page.clock.run_for(6_000)
    on(page, "home")
    assert "240410" not in page.inner_text("#stage")
    press(page, ".folder")
    on(page, "code")
    assert page.locator(".code .pattern b").inner_text() == "", "nor does the code stand in the field"


DOSSIER = {
    "code": CODE,
    "procedure": "1.001193",
    "field": "Hộ tịch",
    "channel": 2,
    "status": 4,
    "received_at": "2024-04-14T01:00:00.000Z",
    "due_at": "2024-04-17T10:00:00.000Z",
}


def test_who_comes_after_somebody_that_guessed_is_answered_without_another_touch(
    running: RunningOffice, open_page: Opener
) -> None:
    running.send("PUT", "/api/v1/dossiers", "sync", [DOSSIER])
    for number in range(9990, 9995):
        guess = running.story.send("GET", f"/api/v1/dossiers/000.00.53.H48-240414-{number}", "kiosk")
        assert guess.status_code == 404
    page = kiosk_in_time(running, open_page)
    press(page, ".folder")
    on(page, "code")
    type_code(page)
    press(page, ".go")
    page.wait_for_selector(".waiting .figures >> text=60")
    assert "Xin chờ" in page.inner_text(".message") and page.inner_text(".code b") == CODE
    page.clock.run_for(30_000)
    assert 28 <= int(page.inner_text(".waiting .figures")) <= 31
    running.story.clock.passes(60)
    page.clock.run_for(31_000)
    on(page, "dossier")
    assert page.is_hidden(".over"), "who waits as he was told is not asked whether he is still there"


def test_who_waits_may_mend_what_was_typed(running: RunningOffice, open_page: Opener) -> None:
    asked: list[str] = []

    def too_many(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=429, body='{"code": "too-many", "wait_s": 50}')

    page = kiosk_in_time(running, open_page)
    page.route("**/api/v1/dossiers/*", too_many)
    press(page, ".folder")
    on(page, "code")
    type_code(page)
    press(page, ".go")
    page.wait_for_selector(".waiting .figures >> text=50")
    page.clock.run_for(20_000)
    press(page, ".languages [lang=en]")
    page.wait_for_selector("text=Please wait: the machine goes on by itself")
    assert 28 <= int(page.inner_text(".waiting .figures")) <= 31, "the wait goes on in the other language"
    press(page, ".undo")
    assert (page.query_selector(".waiting"), page.inner_text(".message")) == (None, "")
    assert page.inner_text(".code b") == CODE[:-1] and page.is_disabled("button.go")
    press(page, ".languages [lang=vi]")
    page.wait_for_selector("html[lang=vi]")
    assert page.query_selector(".waiting") is None, "what was ended does not come back with another language"
    page.clock.run_for(40_000)
    assert len(asked) == 1


def test_a_code_is_asked_again_by_itself_once(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk_in_time(running, open_page)
    body = '{"code": "too-many", "wait_s": 30}'
    page.route("**/api/v1/dossiers/*", lambda route: route.fulfill(status=429, body=body))
    press(page, ".folder")
    on(page, "code")
    type_code(page)
    press(page, ".go")
    page.wait_for_selector(".waiting .figures >> text=30")
    page.clock.run_for(31_000)
    page.wait_for_selector(".message >> text=Xin gọi cán bộ.")
    assert page.query_selector(".waiting") is None and page.inner_text(".code b") == CODE
