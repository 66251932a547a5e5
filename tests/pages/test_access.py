"""Every page for everybody: axe-core finds nothing against WCAG 2.2 A and AA, nor, where citizens read, a contrast
under 7 to 1."""

from __future__ import annotations

import pytest

from tests.pages.axe import AXE, TEN, faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import made_up, press, screens
from tests.pages.looks import on_screen, too_near

TABLET_GAP_PX = 17.6  # 3 mm at 0.17 mm a px, 10.1"
LEAST_GAP_PX = 11.8  # 3 mm at 0.25 mm a px, upright on 21.5"; lying on 15.6" 0.253


def test_kiosk(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{office.address}/healthz", 1080, 1920)
    made_up(page, waiting=3)
    page.goto(office.page_address("kiosk"))
    assert [fault for screen in screens(page) for fault in faults_of(page, screen)] == []


@pytest.mark.parametrize("size", [(1080, 1920), (1280, 800)])
def test_one_key_brings_the_kiosk_to_ten_to_one_and_nothing_moves_for_who_asks_so(
    office: RunningOffice, open_page: Opener, size: tuple[int, int]
) -> None:
    """On every screen, each time for one citizen; a machine that is asked for less motion shows none."""
    page = open_page(f"{office.address}/healthz", *size)
    page.emulate_media(reduced_motion="reduce")
    made_up(page, waiting=3)
    page.goto(office.page_address("kiosk"))
    page.wait_for_selector("#stage[data-screen=home]")
    page.evaluate(AXE)
    faults = []
    for screen in screens(page):
        if page.get_attribute(".contrast", "aria-pressed") == "false":
            press(page, ".contrast")
        assert page.get_attribute("html", "data-contrast") == "high", screen
        faults += [f"{screen}: {fault}" for fault in page.evaluate(TEN)]
        moving = page.evaluate("document.getAnimations().length")
        faults += [f"{screen}: {moving} things move"] if moving else []
    assert faults == []


def test_high_contrast_ends_with_its_citizen(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{office.address}/healthz", 1080, 1920)
    page.clock.install()
    page.goto(office.page_address("kiosk"))
    page.wait_for_selector("#stage[data-screen=home]")
    press(page, ".contrast")
    press(page, ".take")
    page.wait_for_selector("#stage[data-screen=service]")
    press(page, "[data-service=HT]")
    page.wait_for_selector("#stage[data-screen=priority]")
    press(page, ".take")
    page.wait_for_selector("main.ticket .card1")
    assert page.get_attribute("html", "data-contrast") == "high", "the same citizen goes on"
    press(page, ".key.done")
    page.wait_for_selector("html:not([data-contrast]) #stage[data-screen=home]")
    press(page, ".contrast")
    page.wait_for_selector("html[data-contrast=high]")
    page.clock.run_for(40_000)
    page.wait_for_selector("html:not([data-contrast])")
    assert page.get_attribute(".contrast", "aria-pressed") == "false"


@pytest.mark.parametrize("size", [(1080, 1920), (1280, 800)])
def test_each_screen_of_the_kiosk_is_announced_and_its_targets_stand_apart(
    office: RunningOffice, open_page: Opener, size: tuple[int, int]
) -> None:
    """By one live region that stays while screens come and go; 3 mm lie between targets; one calls for help."""
    page = open_page(office.page_address("kiosk"), *size)
    told = page.wait_for_selector(".announcer[aria-live=polite]", state="attached")
    assert told is not None
    heard = {}
    for screen in screens(page):
        heard[screen] = told.inner_text()
        assert too_near(page, LEAST_GAP_PX) == [], screen
        assert page.locator(".bar .call:visible").count() == 1, screen
    assert "" not in heard.values()
    assert heard["ticket"].startswith("Số của bà con: A0")
    assert heard["dossier ready"] != heard["dossier refused"]


def test_the_focus_stays_when_a_screen_is_drawn_anew(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(office.page_address("kiosk"), 1080, 1920)
    on_screen(page, "home")
    page.focus(".folder")
    page.evaluate("document.querySelector('.folder').dataset.old = 'yes'")
    office.story.take_number("HT")
    page.wait_for_selector(".folder:not([data-old])")
    assert page.evaluate("document.activeElement.matches('.folder')")


def test_tablet(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(office.page_address("tablet", "1"), 1280, 800)
    on_screen(page, "idle")
    faults = faults_of(page, "idle")
    office.story.take_number("HT")
    ticket = office.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    on_screen(page, "serving")
    faults += faults_of(page, "serving")
    office.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")
    on_screen(page, "rate")
    faults += faults_of(page, "rate")
    page.click("[data-level=not_satisfied]")
    on_screen(page, "reason")
    faults += faults_of(page, "reason")
    page.click("[data-reason=long_wait]")
    on_screen(page, "thanks")
    assert faults + faults_of(page, "thanks") == []


def test_one_key_brings_the_tablet_to_ten_to_one_until_its_citizen_is_gone(
    running: RunningOffice, open_page: Opener
) -> None:
    page = open_page(running.page_address("tablet", "1"), 1280, 800)
    page.emulate_media(reduced_motion="reduce")
    on_screen(page, "idle")
    page.evaluate(AXE)
    press(page, ".contrast")
    faults = {"idle": page.evaluate(TEN)}
    running.story.take_number("HT")
    ticket = running.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    on_screen(page, "serving")
    assert page.get_attribute("html", "data-contrast") is None, "another citizen's"
    press(page, ".contrast")
    faults["serving"] = page.evaluate(TEN)
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")
    on_screen(page, "rate")
    faults["rate"] = page.evaluate(TEN)
    assert too_near(page, TABLET_GAP_PX) == []
    press(page, "[data-level=not_satisfied]")
    on_screen(page, "reason")
    faults["reason"] = page.evaluate(TEN)
    assert too_near(page, TABLET_GAP_PX) == []
    press(page, "[data-reason=long_wait]")
    on_screen(page, "thanks")
    faults["thanks"] = page.evaluate(TEN)
    assert page.get_attribute("html", "data-contrast") == "high"
    assert page.evaluate("document.getAnimations().length") == 0
    running.story.take_number("HT")
    running.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    on_screen(page, "serving")
    assert page.get_attribute("html", "data-contrast") is None
    assert faults == {screen: [] for screen in faults}


def test_phone(office: RunningOffice, open_page: Opener) -> None:
    taken = office.send("POST", "/api/v1/tickets", "kiosk", {"service": "DD"})
    page = open_page(f"{office.address}/t/{taken['public_token']}", 360, 740)
    page.wait_for_selector("#ticket .slip")
    faults = faults_of(page, "waiting")
    office.send("POST", "/api/v1/counters/3/call-next", "counter", {}, "3")
    page.wait_for_selector("#ticket .slip.called")
    faults += faults_of(page, "called")
    office.send("POST", f"/api/v1/tickets/{taken['id']}/complete", "counter", {}, "3")
    page.wait_for_selector("#ticket [data-level]")
    assert faults + faults_of(page, "rating") == []


def test_pages_for_reading(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{office.address}/procedures", 390, 844)
    page.eval_on_selector("details", "one => { one.open = true; }")
    faults = faults_of(page, "procedures")
    page.goto(f"{office.address}/")
    faults += faults_of(page, "start")
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(office.page_address("kiosk").replace("/kiosk", "/filing"))
    page.wait_for_selector(".guide")
    faults += faults_of(page, "filing")
    press(page, ".guide")
    page.wait_for_selector(".steps li")
    assert faults + faults_of(page, "guide") == []


def test_board(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(office.page_address("board"), 1920, 1080)
    page.wait_for_selector(".rows")
    faults = faults_of(page, "rows")
    office.story.take_number("VX")
    office.send("POST", "/api/v1/counters/4/call-next", "counter", {}, "4")
    page.wait_for_selector(".call .gold")
    assert faults + faults_of(page, "call") == []


def test_console(office: RunningOffice, open_page: Opener) -> None:
    for _ in range(3):
        office.story.take_number("HT")
    page = open_page(office.page_address("counter", "2"), 1366, 768)
    page.wait_for_selector("#step")
    faults = faults_of(page, "nobody", citizens=False)
    office.send("POST", "/api/v1/counters/2/call-next", "counter", {}, "2")
    page.wait_for_selector(".citizen .number")
    faults += faults_of(page, "called", citizens=False)
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    assert faults + faults_of(page, "keys", citizens=False) == []


def test_administration(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(office.page_address("admin"), 1366, 768)
    page.wait_for_selector(".room h1")
    faults = []
    for room in page.eval_on_selector_all("nav a[href^='#']", "all => all.map(one => one.hash)"):
        press(page, f"nav a[href='{room}']")
        page.wait_for_selector(f"nav a.now[href='{room}']")
        page.wait_for_selector(".room h1")
        faults += faults_of(page, room, citizens=False)
    page.goto(f"{office.address}/admin/voices")
    page.wait_for_selector("h1")
    assert faults + faults_of(page, "voices", citizens=False) == []


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("<button></button>", "button-name"),
        ("<p style='color:#6b6b6b; background:#fff'>Quầy</p>", "color-contrast-enhanced"),
        ("<p style='color:#123; background:#123'>Quầy</p>", "color-contrast"),
    ],
)
def test_a_fault_is_found(open_page: Opener, office: RunningOffice, markup: str, rule: str) -> None:
    """That no fault is found says something only if one would be."""
    page = open_page(f"{office.address}/healthz")
    page.set_content(f"<html lang='vi'><title>t</title><main>{markup}</main></html>")
    faults = faults_of(page, "planted")
    assert faults and all(rule in fault for fault in faults)
