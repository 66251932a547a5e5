"""The tablet at a counter, as the citizen in front of it sees it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.pages.conftest import House, Opener
from tests.pages.looks import cut_off, on_screen, too_small

LEAST_PX = 72


def tablet(house: House, open_page: Opener) -> Page:
    page = open_page(house.page_address("tablet", "1"), 1280, 800)
    on_screen(page, "idle")
    return page


def serve(house: House) -> dict[str, Any]:
    """Somebody is called to counter 1."""
    house.story.take_number("HT")
    ticket: dict[str, Any] = house.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    return ticket


def finish(house: House, ticket: dict[str, Any]) -> None:
    house.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")


def ratings(house: House) -> list[dict[str, Any]]:
    return [e["data"] for e in house.story.events() if e["type"].startswith("rating.")]


def test_the_tablet_names_the_officer_and_who_waits(house: House, open_page: Opener) -> None:
    house.story.take_number("HT")
    page = tablet(house, open_page)
    assert "Đinh Thị Lan" in page.inner_text("aside")
    assert "Quầy đang có 1 người chờ." in page.inner_text(".below")


def test_the_number_appears_when_it_is_called(house: House, open_page: Opener) -> None:
    page = tablet(house, open_page)
    serve(house)
    on_screen(page, "serving")
    assert page.text_content(".called .number") == "A001"


def test_the_faces_open_by_themselves_and_one_touch_is_enough(house: House, open_page: Opener) -> None:
    page = tablet(house, open_page)
    finish(house, serve(house))
    on_screen(page, "rate")
    assert too_small(page, LEAST_PX) == [] and cut_off(page) == []
    page.click("[data-level=very_satisfied]")
    on_screen(page, "thanks")
    assert [r["answers"] for r in ratings(house)] == [{"attitude": "very_satisfied"}]
    on_screen(page, "idle")


def test_the_worst_face_is_stored_before_the_reason_is_asked(house: House, open_page: Opener) -> None:
    page = tablet(house, open_page)
    finish(house, serve(house))
    on_screen(page, "rate")
    with page.expect_response("**/api/v1/ratings"):
        page.click("[data-level=not_satisfied]")
    assert ratings(house)[0]["answers"] == {"attitude": "not_satisfied"}
    on_screen(page, "reason")
    assert too_small(page, LEAST_PX) == [] and cut_off(page) == []
    with page.expect_response("**/reasons"):
        page.click("[data-reason=long_wait]")
    assert ratings(house)[-1]["reasons"] == ["long_wait"]
    on_screen(page, "thanks")


def test_skipping_stores_nothing_and_does_not_ask_again(house: House, open_page: Opener) -> None:
    page = tablet(house, open_page)
    finish(house, serve(house))
    on_screen(page, "rate")
    page.click(".skip")
    on_screen(page, "idle")
    house.story.take_number("HT")
    page.wait_for_selector("text=1 người")
    assert ratings(house) == []
    assert page.get_attribute("#stage", "data-screen") == "idle"


def test_the_next_call_ends_the_question(house: House, open_page: Opener) -> None:
    page = tablet(house, open_page)
    finish(house, serve(house))
    on_screen(page, "rate")
    serve(house)
    on_screen(page, "serving")
    assert page.text_content(".called .number") == "A002"


def test_a_rating_without_a_line_is_kept_and_sent_later(house: House, open_page: Opener) -> None:
    page = tablet(house, open_page)
    finish(house, serve(house))
    on_screen(page, "rate")
    page.context.set_offline(True)
    page.click("[data-level=satisfied]")
    on_screen(page, "thanks")
    page.wait_for_function("() => JSON.parse(localStorage.getItem('motcua.tablet.kept') || '[]').length === 1")
    assert ratings(house) == []
    page.context.set_offline(False)
    page.wait_for_function("() => JSON.parse(localStorage.getItem('motcua.tablet.kept')).length === 0")
    assert [r["answers"] for r in ratings(house)] == [{"attitude": "satisfied"}]
