"""What happens elsewhere while a finger or a mouse button is down swallows no touch, on any page that tells news."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.pages.conftest import Opener, RunningOffice
from tests.pages.test_admin_page import admin
from tests.pages.test_counter_page import counter, current
from tests.pages.test_phone_page import call_next, is_live, phone, take

HEARD_MS = 300  # from the answer to the drawing
GROUP_MS = 2500  # from an event to the drawing of a section
STILL = "performance.now = () => 1e6"  # as slow as this machine may be, the finger has just come down


def holds(page: Page, key: str, card: str) -> None:
    """A finger lies on a key of a card that would be drawn anew."""
    page.evaluate(STILL)
    page.hover(key)
    page.mouse.down()
    page.eval_on_selector(card, "one => one.classList.add('former')")


def test_a_clerks_click_counts_while_a_citizen_takes_a_number(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number()
    page = counter(running, open_page)
    expect(page.locator("#step:not(.rests)")).to_be_visible()
    holds(page, "#step", ".left")
    with page.expect_response("**/api/v1/counters/1**"):
        running.story.take_number()
    page.wait_for_timeout(HEARD_MS)
    assert page.locator(".left.former").count() == 1, "it waits"
    page.mouse.up()
    current(page).to_have_text("001")
    expect(page.locator(".left.former")).to_have_count(0)


def test_a_telephones_touch_counts_while_the_queue_moves(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number("HT")
    page = phone(running, open_page, take(running))
    is_live(page)
    holds(page, ".contrast", "#ticket main")
    with page.expect_response("**/api/v1/public/tickets/**"):
        call_next(running)
    page.wait_for_timeout(HEARD_MS)
    assert page.locator("main.former").count() == 1, "it waits"
    page.mouse.up()
    page.wait_for_selector("html[data-contrast=high]")
    expect(page.locator("main.former")).to_have_count(0)


def test_an_administrators_click_counts_while_the_section_is_drawn_anew(
    running: RunningOffice, open_page: Opener
) -> None:
    page = admin(running, open_page, "machine")
    key = page.locator(".room button").first
    expect(key).to_be_visible()
    page.evaluate(
        "document.addEventListener('click', ({ target }) => { window.clicked = target.closest('button'); }, true)"
    )
    page.evaluate(STILL)
    key.hover()
    page.mouse.down()
    page.eval_on_selector(".room", "one => one.classList.add('former')")
    running.story.take_number()
    page.wait_for_timeout(GROUP_MS)
    assert page.locator(".room.former").count() == 1, "it waits"
    page.mouse.up()
    assert page.evaluate("window.clicked !== undefined && window.clicked !== null")
    expect(page.locator(".room.former")).to_have_count(0)
