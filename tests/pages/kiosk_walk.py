"""A walk through every screen of the kiosk; what the office and the dossiers say is made up on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Error, Page, Route

from tests.pages.added_language import MADE_UP, pseudo

DOSSIER = {
    "code_masked": "•••240410-0012345678",
    "field": "Đăng ký kinh doanh và bảo trợ xã hội",
    "status": 4,
    "received_at": "2024-04-01T01:00:00.000Z",
    "finished_at": None,
    "due_at": (datetime.now(UTC) + timedelta(days=12)).isoformat(),
    "late": False,
    "service": "HT",
}
PASS = {
    "ticket": "0190b5a0-0000-7000-8000-000000000012",
    "rating_token": "made-up",
    "number": "A1000",
    "service": "HT",
    "counter": "1",
    "language": "vi",
}
STEPS = (
    "registered",
    "received",
    "processing",
    "papers_asked",
    "payment_asked",
    "withdrawn",
    "stopped",
    "refused",
    "ready",
    "returned",
)
COUNTER = {"en": "Counter", "qps": "[Qưầỹ]"}
LONGEST = "Đăng ký kinh doanh, Lao động – Thương binh và Xã hội, Giáo dục, Y tế"
LONGEST_NAMES = {
    "en": "Registering businesses, labour – invalids – welfare, education, health",
    MADE_UP: pseudo(LONGEST),
}


def take_a_number(page: Page) -> None:
    """From the first screen, for the first service and without precedence; the ticket may not be drawn yet."""
    on(page, "home")
    press(page, ".take")
    on(page, "service")
    press(page, "[data-service=HT]")
    on(page, "priority")
    press(page, ".take")


def press(page: Page, selector: str) -> None:
    """A touch that no guard swallows: the walk is faster than people."""
    page.eval_on_selector(selector, "one => one.click()")


def touch(page: Page) -> None:
    """A finger, so that nobody is asked whether he is still there."""
    page.evaluate("for (const kind of ['pointerdown', 'pointerup']) document.dispatchEvent(new PointerEvent(kind))")


def on(page: Page, screen: str) -> None:
    page.wait_for_selector(f"#stage[data-screen={screen}]")


def made_up(page: Page, number: str = "", long_names: bool = False, waiting: int = 0) -> dict[str, int]:
    """What the service answers is changed on its way to the page; how many wait may be changed in the answer."""
    wanted = {"waiting": waiting}

    def changed(route: Route) -> None:
        try:
            answer = route.fetch()
            if answer.status >= 300:
                route.fulfill(response=answer)
            else:
                route.fulfill(response=answer, json=change(answer.json()))
        except Error:
            return  # the page went on meanwhile

    def change(body: Any) -> Any:
        waiting = wanted["waiting"]
        if "shown" in body and long_names:
            body["shown"]["services"][0] |= {"name": LONGEST, "names": LONGEST_NAMES}
            body["shown"]["services"][1]["hint"] = LONGEST
            body["shown"]["office"]["authority"] = "Ủy ban nhân dân xã Tân Trịnh Trường Sơn Đông"
        if "queues" in body and waiting:
            for queue in body["queues"]:
                queue |= {"waiting": waiting, "estimated_wait_s": waiting * 600}
        if "print" in body:
            body |= {"number": number or body["number"], "position": waiting + 1, "estimated_wait_s": waiting * 600}
        return body

    page.route(re.compile(r"/api/v1/(tickets|board|page/)"), changed)
    return wanted


def dossier_answers(page: Page, step: str, late: bool = False, **changes: Any) -> None:
    page.unroute("**/api/v1/dossiers/*")
    body = DOSSIER | {"step": step, "late": late} | changes
    page.route("**/api/v1/dossiers/*", lambda route: route.fulfill(json=body))


def type_code(page: Page, signs: str = "0000053482404140001") -> None:
    page.evaluate(
        """signs => { const keys = [...document.querySelectorAll('.pad button')];
        for (const sign of signs) keys.find(key => key.textContent === sign).click(); }""",
        signs,
    )


def type_words(page: Page, words: str) -> None:
    page.evaluate(
        """words => { const keys = [...document.querySelectorAll('.letters button')];
        for (const sign of words) (keys.find(key => key.textContent === sign) || keys.at(-1)).click(); }""",
        words,
    )


def choose(page: Page, language: str) -> None:
    """At the first screen: each citizen finds Vietnamese."""
    if page.get_attribute("html", "lang") != language:
        press(page, f".languages [lang={language}]")


def screens(page: Page, language: str = "vi") -> Iterator[str]:
    """Each screen in turn, from the first one back to it; a name for each state."""
    on(page, "home")
    choose(page, language)
    yield "home"
    press(page, ".take")
    on(page, "service")
    yield "service"
    press(page, "[data-service=HT]")
    on(page, "priority")
    yield "priority"
    press(page, ".take")
    on(page, "ticket")
    page.wait_for_selector("main.ticket .card1")
    yield "ticket"
    press(page, ".key.done")
    on(page, "home")
    choose(page, language)
    press(page, ".folder")
    on(page, "code")
    yield "code"
    page.route("**/api/v1/dossiers/*", lambda route: route.fulfill(status=404, body='{"code": "unknown-dossier"}'))
    type_code(page)
    press(page, ".go")
    page.wait_for_selector(".message:not(:empty)")
    yield "code refused"
    is_to_wait(page)
    yield "code waits"
    press(page, ".undo")
    type_code(page, "1")
    for step, late in [*((step, False) for step in STEPS), ("processing", True)]:
        dossier_answers(page, step, late)
        if step == STEPS[0]:
            press(page, ".go")
        else:
            press(page, ".folder")
            on(page, "code")
            type_code(page)
            press(page, ".go")
        on(page, "dossier")
        yield f"dossier {'late' if late else step}"
        press(page, ".key.done")
        on(page, "home")
        choose(page, language)
    press(page, ".tile.page")
    on(page, "papers")
    yield "papers"
    press(page, ".procedure")
    on(page, "procedure")
    yield "procedure"
    press(page, ".key.back")
    on(page, "papers")
    press(page, ".find")
    on(page, "search")
    yield "search"
    type_words(page, "KHAI SINH")
    page.wait_for_selector(".found .procedure")
    yield "search found"
    press(page, ".found .procedure")
    on(page, "procedure")
    yield "procedure found"
    press(page, ".key.back")
    on(page, "search")
    press(page, ".key.back")
    on(page, "papers")
    press(page, ".key.back")
    on(page, "home")
    press(page, ".speech")
    on(page, "rate")
    yield "rate"
    yield from rating_screens(page)
    on(page, "home")


def rating_screens(page: Page) -> Iterator[str]:
    """From the entry of a number back to the first screen."""
    page.route("**/api/v1/ratings/token", lambda route: route.fulfill(status=404, body='{"code": "unknown-ticket"}'))
    type_number(page, "A012")
    press(page, ".go")
    page.wait_for_selector(".message:not(:empty)")
    yield "rate refused"
    page.unroute("**/api/v1/ratings/token")
    language = page.get_attribute("html", "lang")
    page.route("**/api/v1/ratings/token", lambda route: route.fulfill(status=201, json=PASS | {"language": language}))
    page.route("**/api/v1/ratings", lambda route: route.fulfill(status=201, json={"id": "1"}))
    press(page, ".go")
    on(page, "faces")
    assert page.inner_text(".whom").split()[-2:] == [COUNTER.get(language or "", "Quầy"), "1"]
    yield "faces"
    press(page, "[data-level=not_satisfied]")
    on(page, "reason")
    yield "reason"
    press(page, "[data-reason=long_wait]")
    on(page, "rated")
    yield "rated"
    press(page, ".key.done")


def is_to_wait(page: Page) -> None:
    """Too many wrong codes came from this machine before: what was typed is looked up later."""
    page.unroute("**/api/v1/dossiers/*")
    body = '{"code": "too-many", "wait_s": 48}'
    page.route("**/api/v1/dossiers/*", lambda route: route.fulfill(status=429, body=body))
    press(page, ".go")
    page.wait_for_selector(".waiting")


def type_number(page: Page, number: str) -> None:
    page.evaluate(
        """signs => { const keys = [...document.querySelectorAll('.pad button')];
        for (const sign of signs) keys.find(key => key.textContent === sign).click(); }""",
        number,
    )
