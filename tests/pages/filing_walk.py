"""A walk through everything that the filing PC shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Page, Route

from tests.pages.conftest import RunningOffice
from tests.pages.kiosk_walk import press

LONG_NAME = "Trung tâm Phục vụ hành chính công xã Tân Trịnh Trường Sơn Đông"


def answering(status: int) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, body="")


def screens(office: RunningOffice, page: Page, language: str) -> Iterator[str]:
    """The start, each guide, the answers to who calls an officer; a PC without a portal, and one that is wiped."""
    over: dict[str, Any] = {}

    def changed(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        body["shown"]["filing"] |= over
        body["shown"]["office"]["name"] = LONG_NAME
        route.fulfill(response=answer, json=body)

    def opened(more: str = "") -> None:
        page.goto(office.page_address("kiosk").replace("/kiosk", f"/filing{more}"))
        page.wait_for_selector("#title")
        press(page, f".languages [lang={language}]")

    page.route("**/api/v1/page/*", changed)
    opened("?locked=1")
    yield "start, wiped afterwards"
    for guide in page.eval_on_selector_all(".guide", "all => all.map((one) => one.dataset.code)"):
        press(page, f".guide[data-code={guide}]")
        page.wait_for_selector(".steps li")
        yield f"guide {guide}"
        press(page, ".ways .back")
        page.wait_for_selector(".guide")
    for name, answers in (("told", 204), ("not told", 503)):
        page.route("**/api/v1/help", answering(answers))
        before = page.inner_text("footer p")
        press(page, "footer .help")
        page.wait_for_function("before => document.querySelector('footer p').innerText !== before", arg=before)
        yield f"an officer is {name}"
        page.unroute("**/api/v1/help")
    over |= {"portals": []}
    opened()
    yield "start without a portal"
