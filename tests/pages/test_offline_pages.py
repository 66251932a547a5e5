"""Kiosk, tablet and phone while the service is dead: they open, say so kindly, and are back by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route

from tests.pages.conftest import Opener, RunningOffice
from tests.sync.proxy import Proxy

PATIENCE_MS = 20_000
KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("motcua-"));
  return names.length === 1 && navigator.serviceWorker.controller !== null;
}"""


class FarOffice:
    """An office at the end of a line; `line.off` is as if the service were dead."""

    def __init__(self, running: RunningOffice) -> None:
        self.line = Proxy(int(running.address.rsplit(":", 1)[1]))
        self.running = replace(running, address=f"http://127.0.0.1:{self.line.port}")


@pytest.fixture
def far(running: RunningOffice) -> Iterator[FarOffice]:
    office = FarOffice(running)
    yield office
    office.line.close()


def opened(open_page: Opener, address: str, width: int, height: int) -> Page:
    """A page whose version is kept by the browser."""
    page = open_page(address, width, height, offline="allow")
    page.set_default_timeout(PATIENCE_MS)
    for _ in range(200):
        if page.evaluate(KEPT):
            return page
        page.wait_for_timeout(100)
    raise AssertionError("the browser did not keep the page")


def test_kiosk_tablet_and_phone_open_while_the_service_is_dead_and_come_back(far: FarOffice, open_page: Opener) -> None:
    running = far.running
    ticket = running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    kiosk = opened(open_page, running.page_address("kiosk"), 1080, 1920)
    tablet = opened(open_page, running.page_address("tablet", "1"), 1280, 800)
    phone = opened(open_page, f"{running.address}/t/{ticket['public_token']}", 360, 740)
    phone.wait_for_selector("#ticket.live")
    far.line.off = True
    for page in (kiosk, tablet, phone):
        page.reload()
    kiosk.wait_for_selector("#stage[data-screen=down]")
    assert "Máy đang nghỉ" in kiosk.inner_text("#stage")
    tablet.wait_for_selector(".below.cut")
    assert "Mất liên lạc" in tablet.inner_text(".below")
    phone.wait_for_selector(".slip")
    phone.wait_for_selector(".age:has-text('Mất liên lạc')")
    assert phone.inner_text(".number").endswith("001"), "its own number, as it was last known"
    far.line.off = False
    kiosk.wait_for_selector("#stage[data-screen=home]")
    tablet.wait_for_selector(".stage:not(.cut)")
    phone.wait_for_selector("#ticket.live")


def test_a_phone_without_a_store_still_shows_its_ticket(running: RunningOffice, open_page: Opener) -> None:
    ticket = running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    page = open_page(f"{running.address}/healthz", 360, 740)
    page.add_init_script(
        "for (const name of ['localStorage', 'indexedDB', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });"
    )
    page.goto(f"{running.address}/t/{ticket['public_token']}")
    page.wait_for_selector("#ticket.live .slip")
    assert page.is_hidden("#no-storage")


def test_an_open_phone_that_meets_another_version_opens_anew_once_it_may(far: FarOffice, open_page: Opener) -> None:
    """Not while a chime is promised: after a reload the browser would want another touch before it sounds."""
    running = far.running
    ticket = running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    page = open_page(f"{running.address}/t/{ticket['public_token']}", 360, 740)
    page.set_default_timeout(PATIENCE_MS)
    page.wait_for_selector("#ticket.live")
    page.click(".bell")
    page.wait_for_selector(".bell.on")

    def of_another_version(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "version": "another"})

    far.line.off = True
    page.wait_for_selector("#ticket:not(.live)")
    page.route("**/api/v1/page/ticket", of_another_version)
    page.evaluate("window.isOld = true")
    with page.expect_response("**/api/v1/page/ticket"):
        far.line.off = False
    page.wait_for_selector("#ticket.live")
    assert page.evaluate("window.isOld"), "the chime stays"
    page.unroute("**/api/v1/page/ticket")
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/cancel", "counter", {"reason": "left"}, "1")
    page.wait_for_function("() => !window.isOld && document.querySelector('#ticket.live .notice.cancelled')")
