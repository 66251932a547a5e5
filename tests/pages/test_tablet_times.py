"""What a tablet does as time passes, by a clock that the test moves: slides, and how long one may choose again."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.pages.conftest import Opener, RunningOffice
from tests.pages.looks import on_screen, stop_time
from tests.pages.test_tablet_page import finish, keeps, ratings, serve, stored

REST_MS, AGAIN_MS = 20_000, 10_000


def tablet(running: RunningOffice, open_page: Opener) -> Page:
    """Its clock is the test's. It has no stream, whose silence it would hear as time moves, and asks now and then."""
    page = open_page(f"{running.address}/healthz", 1280, 800)
    page.add_init_script("delete window.SharedWorker")  # whose requests a test cannot hold up
    page.route("**/api/v1/stream*", lambda route: route.abort())
    page.clock.install()
    # Either answer draws the card anew, and its rest begins again: both are there before the test counts.
    with page.expect_response("**/api/v1/counters/1"), page.expect_response("**/api/v1/voices/prompts/tablet"):
        page.goto(running.page_address("tablet", "1"))
    on_screen(page, "idle")
    stop_time(page)
    return page


def asks(page: Page, screen: str) -> None:
    """Time passes until it has asked, and shows what it was told."""
    for _ in range(60):
        page.clock.run_for(1_000)
        if page.get_attribute("#stage", "data-screen") == screen:
            page.clock.run_for(500)  # a touch just behind a change of screen is swallowed
            return
    raise AssertionError(f"the tablet does not come to {screen}")


def test_while_nobody_is_served_pictures_and_notices_come_in_turn_and_whoever_is_called_ends_them(
    running: RunningOffice, open_page: Opener, tmp_path: Path
) -> None:
    (tmp_path / "pictures").mkdir()
    Image.new("RGB", (1280, 800), "#5B8C5A").save(tmp_path / "pictures" / "le-hoi.png")
    configuration = running.service.dependencies.configuration
    configuration["board"]["picture"] = [
        {"file": "le-hoi.png", "seconds": 7, "from": None, "until": None},
        {"file": "da-qua.png", "seconds": 7, "from": None, "until": "2024-04-14"},
    ]
    configuration["notices"] = [{"id": "n1", "text": "Chiều thứ Sáu nghỉ họp", "language": "vi"}]
    page = tablet(running, open_page)
    assert page.locator(".slide").count() == 0, "the counter's own card first"
    page.clock.run_for(REST_MS + 100)
    picture = page.locator(".slide.picture img")
    expect(picture).to_have_attribute("src", "/pictures/le-hoi.png")
    expect(picture).to_have_js_property("naturalWidth", 1280)
    page.clock.run_for(7_000)
    expect(page.locator(".slide")).to_have_count(0)
    page.clock.run_for(REST_MS + 100)
    expect(page.locator(".slide")).to_have_text("Chiều thứ Sáu nghỉ họp")
    page.click(".slide")
    expect(page.locator(".slide")).to_have_count(0)
    page.clock.run_for(REST_MS + 100)
    expect(page.locator(".slide.picture")).to_be_visible()
    serve(running)
    asks(page, "serving")
    assert page.locator(".slide").count() == 0
    page.clock.run_for(2 * REST_MS)
    assert page.locator(".slide").count() == 0, "nothing else is shown while somebody is served"


def test_a_touch_right_behind_the_same_card_drawn_anew_counts(running: RunningOffice, open_page: Opener) -> None:
    """Only behind another screen is it one for the screen before."""
    page = tablet(running, open_page)
    page.eval_on_selector("main", "one => one.classList.add('former')")
    running.story.take_number("HT")
    for _ in range(190):  # the card alone rests on the screen as long
        page.clock.run_for(100)
        if page.locator("main.former").count() == 0:
            break
    assert page.locator("main:not(.former)").count() == 1
    page.click(".contrast")
    assert page.get_attribute("html", "data-contrast") == "high"


def test_an_answer_may_be_chosen_again_for_ten_seconds_and_goes_then(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    asks(page, "rate")
    page.click("[data-level=very_satisfied]")
    on_screen(page, "thanks")
    keeps(page, 1)
    running.story.clock.passes(60)  # its clock stands still, that of the tablet goes on
    page.clock.run_for(AGAIN_MS - 1_000)
    assert page.locator(".again").count() == 1
    assert ratings(running) == []
    page.click(".again")
    on_screen(page, "rate")
    page.clock.run_for(500)
    page.click("[data-level=satisfied]")
    on_screen(page, "thanks")
    keeps(page, 1)
    page.clock.run_for(AGAIN_MS + 2_500)
    on_screen(page, "idle")
    assert page.locator(".again").count() == 0
    keeps(page, 0)
    stored(running, page, [{"attitude": "satisfied"}])


def test_what_a_passer_by_wished_ends_a_minute_after_his_last_touch_whatever_is_drawn_meanwhile(
    running: RunningOffice, open_page: Opener
) -> None:
    page = tablet(running, open_page)
    page.click(".contrast")
    assert page.get_attribute("html", "data-contrast") == "high"
    page.clock.run_for(40_000)  # a notice came and went
    assert page.get_attribute("html", "data-contrast") == "high"
    page.clock.run_for(25_000)
    page.wait_for_selector("html:not([data-contrast])")
    expect(page.locator(".contrast")).to_have_attribute("aria-pressed", "false")
