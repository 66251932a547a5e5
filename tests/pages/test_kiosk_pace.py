"""What the kiosk does before it is touched, so that a touch waits for less; nothing of it is seen."""

from __future__ import annotations

from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import on, press

NOTE_CARDS = """new MutationObserver((all) => {
  const added = all.flatMap((one) => [...one.addedNodes]).filter((one) => one.querySelector?.(".card1"));
  for (const one of added) (window.cards ||= []).push(getComputedStyle(one).visibility || one.style.visibility);
}).observe(document, { subtree: true, childList: true });"""


def test_the_tickets_screen_is_made_once_unseen_before_somebody_takes_a_number(
    running: RunningOffice, open_page: Opener
) -> None:
    page = open_page(f"{running.address}/healthz")
    page.add_init_script(NOTE_CARDS)
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    page.wait_for_function("window.cards?.length === 1")
    assert page.locator(".card1").count() == 0, "it was taken away again"
    assert page.locator(".bar .key.done").count() == 0, "the bar is that of the first screen"
    assert "ticket.issued" not in running.story.types()
    assert page.get_attribute("#stage", "data-screen") == "home"


def test_the_clock_is_drawn_anew_with_each_minute_alone(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/healthz")
    page.clock.install(time="2024-04-15T08:05:10+07:00")
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    press(page, ".languages [lang=en]")
    press(page, ".folder")
    on(page, "code")  # nothing but the clock draws it anew
    page.clock.pause_at("2024-04-15T08:05:20+07:00")
    page.evaluate("document.querySelector('.now').dataset.old = 'yes'")
    page.clock.run_for(30_000)
    assert page.locator(".now[data-old]").count() == 1
    page.clock.run_for(15_000)
    assert page.inner_text(".now:not([data-old]) .time") == "08:06"
    assert page.inner_text(".date").startswith("Monday")
