"""A walk through all that a ticket's page shows on a telephone; what the service answers is made up on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, Route, expect

from contract.tickets import AT_COUNTER, TicketState
from tests.pages.conftest import RunningOffice
from tests.pages.kiosk_walk import LONGEST, LONGEST_NAMES, press
from tests.ticket_printer.slips import until

# Neither the ten seconds of an answer nor the half minute of old figures pass; the screen is not kept lit.
STILL = """(() => { const [set, now] = [window.setTimeout, Date.now()];
  window.aged = 0;
  Date.now = () => now + window.aged;
  window.setTimeout = (act, ms, ...more) => (ms >= 4000 ? 0 : set(act, ms, ...more));
  Object.defineProperty(navigator, "wakeLock", { value: { request: () => Promise.reject(new Error("no")) } });
})()"""
EMPTY = """() => new Promise((resolve) => { indexedDB.open("motcua.ratings").onsuccess = ({ target }) => {
  target.result.transaction("rows").objectStore("rows").count().onsuccess = (counted) => {
    target.result.close(); resolve(counted.target.result === 0); }; }; })"""
FURTHER = {
    "code": "offices",
    "name": "Bà con phải đến mấy cơ quan để làm xong việc này?",
    "names": {"en": "How many offices did you have to go to until this was done?"},
    "criterion": 4,
    "choices": [
        {"code": f"c{at}", "name": name, "names": {}, "pictogram": "check"}
        for at, name in enumerate(("Không phải đến đâu nữa", "Một cơ quan", "Hai cơ quan trở lên"))
    ],
}
PASS = {"ticket": "0190b5a0-0000-7000-8000-000000000012", "rating_token": "made-up"}
WAITING = {
    "far": {"people_ahead": 128, "wait_span_s": [3000, 7500], "estimated_wait_s": 5000},
    "near": {"people_ahead": 3, "wait_span_s": [240, 500], "estimated_wait_s": 360},
    "next": {"people_ahead": 0, "wait_span_s": None, "estimated_wait_s": None},
}


class Telephone:
    """The page of one ticket; `shown` is put over what the service says of it, None holds the answer back."""

    def __init__(self, office: RunningOffice, page: Page, language: str) -> None:
        mine = office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT", "language": language})
        self.page = page
        self.address = f"{office.address}/t/{mine['public_token']}"
        self.shape = office.send("GET", f"/api/v1/public/tickets/{mine['public_token']}", "kiosk")
        self.shown: dict[str, Any] | None = None
        self.stream = "held"
        self.gone = False
        self.refusal: dict[str, Any] | None = None
        self.taken = True
        page.add_init_script(STILL)
        page.route("**/api/v1/page/*", self._page)
        page.route("**/api/v1/public/tickets/*", self._ticket)
        page.route("**/api/v1/public/stream/*", self._stream)
        page.route("**/api/v1/public/tickets/*/rating-token", self._pass)
        page.route("**/api/v1/ratings", self._rating)

    def _page(self, route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        body["shown"]["services"][0] |= {"name": LONGEST, "names": LONGEST_NAMES}
        body["shown"]["survey"] |= {"further": [FURTHER] if self.taken else [], "remark": True}
        route.fulfill(response=answer, json=body)

    def _ticket(self, route: Route) -> None:
        if self.gone:
            route.fulfill(status=404, json={"code": "unknown-ticket", "title": "unknown", "status": 404})
        elif self.shown is not None:
            route.fulfill(json={**self.shape, "number": "A1000", **self.shown})

    def _stream(self, route: Route) -> None:
        if self.stream == "open":
            route.continue_()
        elif self.stream == "cut":
            route.abort()

    def _pass(self, route: Route) -> None:
        if self.refusal is None:
            route.abort()
        elif self.refusal:
            route.fulfill(status=403, json={"title": "refused", "status": 403, **self.refusal})
        else:
            route.fulfill(status=201, json=PASS)

    def _rating(self, route: Route) -> None:
        if self.taken:
            route.fulfill(status=201, json={"id": "1"})
        else:
            route.abort()

    def opened(self, until: str = "#ticket .slip", **shown: Any) -> None:
        self.shown = shown or None
        self.page.goto(self.address)
        self.page.wait_for_selector(until)


def screens(phone: Telephone) -> Iterator[str]:
    """From the first question to the last answer; a name for each."""
    page = phone.page
    phone.opened(".age[role=status]")
    yield "looking"
    phone.stream = "cut"
    phone.opened(".age[role=status]")
    page.wait_for_function("() => !document.querySelector('.age').textContent.includes('…')")
    yield "no line"
    phone.stream = "open"
    phone.opened("#ticket.live", state="WAITING", **WAITING["far"])
    yield "WAITING, live"
    press(page, ".bell:not(.listen)")
    page.wait_for_selector(".bell.on")
    yield "WAITING, with its sound"
    phone.stream = "cut"
    for name, words in WAITING.items():
        phone.opened("#ticket .queue", state="WAITING", **words)
        yield f"WAITING, {name}"
    phone.shown = None
    page.evaluate("window.aged = 10000")
    expect(page.locator(".age")).to_contain_text(re.compile(r"\d"))
    yield "WAITING, as of a while ago"
    page.evaluate("window.aged = 40000")
    page.wait_for_selector("#ticket.old")
    yield "WAITING, old"
    for state in TicketState:
        if state not in {TicketState.WAITING, TicketState.COMPLETED}:
            phone.opened("#ticket .notice", state=state, counter="1" if state in AT_COUNTER else None)
            yield state
    yield from rating_screens(phone)
    phone.gone = True
    phone.opened(".notice h1:only-of-type", state="WAITING")
    page.wait_for_selector("#ticket :not(.slip) .notice")
    page.wait_for_selector("#ticket .slip", state="detached")
    yield "gone"


def rating_screens(phone: Telephone) -> Iterator[str]:
    page = phone.page
    phone.opened(".rate h2", state="COMPLETED", rated=True)
    yield "COMPLETED, rated already"
    for refusal in (
        {"code": "too-late"},
        {"code": "rating-not-allowed", "because": "another-phone"},
        {"code": "already-rated"},
    ):
        phone.refusal = refusal
        phone.opened(".rate p:only-child", state="COMPLETED")
        yield f"COMPLETED, {refusal['code']}"
    phone.refusal = None
    phone.opened(".faces", state="COMPLETED")
    before = page.inner_text(".rate p")
    press(page, "[data-level=not_satisfied]")
    page.wait_for_function("before => document.querySelector('.rate p').innerText !== before", arg=before)
    yield "COMPLETED, not yet"
    phone.refusal = {}
    phone.opened(".faces", state="COMPLETED")
    yield "COMPLETED, faces"
    press(page, "[data-level=not_satisfied]")
    page.wait_for_selector("[data-reason]")
    yield "reasons"
    press(page, "[data-reason=long_wait]")
    page.wait_for_selector(".rate .more:not(.write)")
    yield "thanks"
    press(page, ".rate .write")
    page.wait_for_selector("#remark")
    yield "remark"
    press(page, ".after button")
    press(page, ".rate .more:not(.write)")
    page.wait_for_selector("[data-choice]")
    yield "further"
    press(page, ".after .done")
    assert until(lambda: page.evaluate(EMPTY), 30), "what was answered has gone"
    phone.taken = False
    phone.opened(".faces", state="COMPLETED")
    press(page, "[data-level=satisfied]")
    page.wait_for_selector(".faces", state="detached")
    yield "kept"
