"""The tablet at a counter, as the citizen in front of it sees it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.pages.conftest import Opener, RunningOffice
from tests.pages.looks import cut_off, on_screen, too_small

LEAST_PX = 72
KEPT = """new Promise((resolve) => { indexedDB.open("motcua.ratings").onsuccess = ({ target }) => {
  target.result.transaction("rows").objectStore("rows").getAll().onsuccess = (all) => {
    target.result.close(); resolve(all.target.result); }; }; })"""


def tablet(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(running.page_address("tablet", "1"), 1280, 800)
    on_screen(page, "idle")
    return page


def serve(running: RunningOffice) -> dict[str, Any]:
    """Somebody is called to counter 1."""
    running.story.take_number("HT")
    ticket: dict[str, Any] = running.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    return ticket


def finish(running: RunningOffice, ticket: dict[str, Any]) -> None:
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")


def ratings(running: RunningOffice) -> list[dict[str, Any]]:
    return [e["data"] for e in running.story.events() if e["type"].startswith("rating.")]


def keeps(page: Page, count: int) -> None:
    """Wait until so many ratings lie in the tablet."""
    for _ in range(150):
        if len(page.evaluate(KEPT)) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not {count} but {page.evaluate(KEPT)}")


def test_the_tablet_names_the_officer_and_who_waits(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number("HT")
    page = tablet(running, open_page)
    assert "Đinh Thị Lan" in page.inner_text("aside")
    assert "Quầy đang có 1 người chờ." in page.inner_text(".below")


def test_the_number_appears_when_it_is_called(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    serve(running)
    on_screen(page, "serving")
    assert page.text_content(".called .number") == "A001"


def test_the_faces_open_by_themselves_and_one_touch_is_enough(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    assert too_small(page, LEAST_PX) == [] and cut_off(page) == []
    page.click("[data-level=very_satisfied]")
    on_screen(page, "thanks")
    assert [r["answers"] for r in ratings(running)] == [{"attitude": "very_satisfied"}]
    on_screen(page, "idle")


def test_the_worst_face_is_stored_before_the_reason_is_asked(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    with page.expect_response("**/api/v1/ratings"):
        page.click("[data-level=not_satisfied]")
    assert ratings(running)[0]["answers"] == {"attitude": "not_satisfied"}
    on_screen(page, "reason")
    assert too_small(page, LEAST_PX) == [] and cut_off(page) == []
    with page.expect_response("**/reasons"):
        page.click("[data-reason=long_wait]")
    assert ratings(running)[-1]["reasons"] == ["long_wait"]
    on_screen(page, "thanks")


def test_skipping_stores_nothing_and_does_not_ask_again(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    page.click(".skip")
    on_screen(page, "idle")
    running.story.take_number("HT")
    page.wait_for_selector("text=1 người")
    assert ratings(running) == []
    assert page.get_attribute("#stage", "data-screen") == "idle"


def test_the_next_call_ends_the_question(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    serve(running)
    on_screen(page, "serving")
    assert page.text_content(".called .number") == "A002"


def test_a_rating_without_a_line_is_kept_and_sent_later(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    page.context.set_offline(True)
    page.click("[data-level=satisfied]")
    on_screen(page, "thanks")
    keeps(page, 1)
    assert ratings(running) == []
    page.context.set_offline(False)
    keeps(page, 0)
    assert [r["answers"] for r in ratings(running)] == [{"attitude": "satisfied"}]
