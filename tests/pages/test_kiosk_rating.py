"""Rating at the kiosk: by the square of a slip or its number, within the window, once; for one citizen at a time."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.boxes import beyond_place, broken_words, faults_of
from tests.pages.conftest import CutOffice, Opener, RunningOffice
from tests.pages.kiosk_walk import PASS, on, press, type_number
from tests.pages.looks import too_small

KEPT = """new Promise((resolve) => { indexedDB.open("motcua.ratings").onsuccess = ({ target }) => {
  target.result.transaction("rows").objectStore("rows").getAll().onsuccess = (all) => {
    target.result.close(); resolve(all.target.result.length); }; }; })"""


def served(running: RunningOffice, language: str = "vi") -> dict[str, Any]:
    """A ticket as it was issued, whose service at counter 1 has just ended."""
    body = {"service": "HT", "language": language}
    ticket: dict[str, Any] = running.send("POST", "/api/v1/tickets", "kiosk", body)
    running.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")
    return ticket


def at_entry(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(running.page_address("kiosk"))
    on(page, "home")
    press(page, ".speech")
    on(page, "rate")
    return page


def ratings(running: RunningOffice) -> list[dict[str, Any]]:
    return [e["data"] for e in running.story.events() if e["type"].startswith("rating.")]


def levels(running: RunningOffice, page: Page, wanted: list[str]) -> None:
    """Wait until these answers, and no others, are in the journal."""
    for _ in range(150):
        if len(ratings(running)) >= len(wanted) and page.evaluate(KEPT) == 0:
            break
        page.wait_for_timeout(100)
    assert [row["answers"]["attitude"] for row in ratings(running)] == wanted


def test_the_number_of_a_slip_leads_to_the_faces_and_the_answer_counts_once(
    running: RunningOffice, open_page: Opener
) -> None:
    served(running)
    page = at_entry(running, open_page)
    type_number(page, "A1")
    press(page, ".go")
    on(page, "faces")
    assert page.inner_text(".whom").split() == ["A", "001", "Quầy", "1"]
    press(page, "[data-level=not_satisfied]")
    on(page, "reason")
    press(page, "[data-reason=long_wait]")
    on(page, "rated")
    assert ratings(running) == [], "it may still be chosen again"
    press(page, ".key.done")
    on(page, "home")
    levels(running, page, ["not_satisfied"])
    assert ratings(running)[0]["reasons"] == ["long_wait"]
    press(page, ".speech")
    on(page, "rate")
    type_number(page, "A001")
    press(page, ".go")
    expect(page.locator(".message")).to_have_text("Lượt này đã được đánh giá rồi.")


def test_the_square_of_a_slip_opens_the_faces_from_any_screen_in_its_language(
    running: RunningOffice, open_page: Opener
) -> None:
    ticket = served(running, "en")
    page = open_page(running.page_address("kiosk"))
    on(page, "home")
    page.keyboard.type(f"https://mc.example.vn/t/{ticket['public_token']}\n")
    on(page, "faces")
    assert page.get_attribute("html", "lang") == "en"
    assert page.locator(".level b").all_inner_texts() == ["Very satisfied", "Satisfied", "Not satisfied"]
    press(page, "[data-level=very_satisfied]")
    on(page, "rated")
    press(page, ".key.done")
    on(page, "home")
    assert page.get_attribute("html", "lang") == "vi", "the next citizen's language"
    levels(running, page, ["very_satisfied"])


def test_a_slip_of_the_finger_is_chosen_again_and_only_the_last_answer_counts(
    running: RunningOffice, open_page: Opener
) -> None:
    served(running)
    page = at_entry(running, open_page)
    type_number(page, "A001")
    press(page, ".go")
    on(page, "faces")
    press(page, "[data-level=very_satisfied]")
    on(page, "rated")
    press(page, ".key.wrong")
    on(page, "faces")
    press(page, "[data-level=satisfied]")
    on(page, "rated")
    press(page, ".key.done")
    levels(running, page, ["satisfied"])


def test_what_cannot_be_rated_is_said_and_the_number_stays_to_be_mended(
    running: RunningOffice, open_page: Opener
) -> None:
    served(running)
    running.story.clock.passes(16 * 60)
    running.story.take_number("HT")
    page = at_entry(running, open_page)
    for number, words in (
        ("A001", "Đã quá giờ đánh giá cho số này."),
        ("A002", "Cán bộ còn đang làm việc với số này. Xong việc, mời bà con đánh giá."),
        ("A099", "Hôm nay không có số này. Xin xem lại phiếu."),
    ):
        type_number(page, number)
        press(page, ".go")
        expect(page.locator(".message")).to_have_text(words)
        assert page.inner_text(".code b") == number
    press(page, ".key.back")
    on(page, "home")
    assert ratings(running) == []


def test_a_touch_while_the_line_is_cut_is_kept_and_delivered_once(far: CutOffice, open_page: Opener) -> None:
    running = far.running
    served(running)
    page = at_entry(running, open_page)
    type_number(page, "A001")
    press(page, ".go")
    on(page, "faces")
    far.line.off = True
    press(page, "[data-level=satisfied]")
    on(page, "rated")
    press(page, ".key.done")
    assert page.evaluate(KEPT) == 1
    far.line.off = False
    levels(running, page, ["satisfied"])


@pytest.mark.parametrize(("width", "height", "target", "least"), [(1080, 1920, 90, 26), (1280, 800, 80, 24)])
def test_where_the_office_asks_by_five_faces_all_five_stand_on_the_kiosk(
    five: RunningOffice, open_page: Opener, width: int, height: int, target: int, least: int
) -> None:
    page = open_page(five.page_address("kiosk"), width, height)
    on(page, "home")
    press(page, ".speech")
    on(page, "rate")
    page.route("**/api/v1/ratings/token", lambda route: route.fulfill(status=201, json=PASS))
    type_number(page, "A012")
    press(page, ".go")
    on(page, "faces")
    assert page.locator(".level").count() == 5
    assert [*faults_of(page, least), *beyond_place(page), *broken_words(page), *too_small(page, target)] == []
