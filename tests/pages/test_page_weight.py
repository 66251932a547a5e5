"""What a page costs on the line: all that a fresh device loads until the page stands, nothing of it from outside."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.pages.conftest import Opener, RunningOffice
from tests.ticket_printer.slips import until

MOST_BYTES = 250_000  # without clips of voices
PAGES = [
    ("kiosk", None, "#stage[data-screen=home]"),
    ("tablet", "1", "#stage[data-screen=idle]"),
    ("filing", None, ".guide"),
    ("board", None, ".rows"),
    ("counter", "1", "#step"),
    ("admin", None, ".room h1"),
]


def counted(page: Page) -> dict[str, int]:
    """Bytes as they travel, head and body, by address; filled while the page loads."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def asked(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def loaded(event: dict[str, Any]) -> None:
        address = addresses.get(event["requestId"], "")
        sizes[address] = sizes.get(address, 0) + int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", loaded)
    return sizes


def weigh(page: Page, address: str, drawn: str) -> dict[str, int]:
    sizes = counted(page)
    page.goto(address)
    page.wait_for_selector(drawn)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_function("document.fonts.size > 0 && document.fonts.status === 'loaded'")
    # The browser tells of what it loaded by another way than of what it drew, and later when it is busy.
    linked = page.eval_on_selector_all(
        "script[src], link[rel=stylesheet]", "all => all.map((one) => one.src || one.href)"
    )
    assert len(linked) >= 3
    assert until(lambda: all(has_come(page, sizes, name) for name in (*linked, ".woff", "/api/v1/page/")), 10)
    return sizes


def has_come(page: Page, sizes: dict[str, int], part: str) -> bool:
    """Whether the browser has told of it; what it tells is read between two questions."""
    page.evaluate("0")
    return any(part in address for address in sizes)


@pytest.mark.parametrize(("name", "counter", "drawn"), PAGES, ids=[name for name, _, _ in PAGES])
def test_a_page_costs_a_quarter_of_a_megabyte_at_most(
    office: RunningOffice, open_page: Opener, name: str, counter: str | None, drawn: str
) -> None:
    """`open_page` fails when anything comes from outside."""
    page = open_page(f"{office.address}/healthz")
    sizes = weigh(page, office.page_address(name, counter), drawn)
    assert [address for address in sizes if address.endswith(".ttf")] == [], "no letter needs the whole font"
    assert sum(sizes.values()) <= MOST_BYTES, sorted(sizes.items(), key=lambda one: -one[1])[:5]


def test_a_phones_ticket_costs_no_more(office: RunningOffice, open_page: Opener) -> None:
    token = office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})["public_token"]
    page = open_page(f"{office.address}/healthz", 360, 740)
    sizes = weigh(page, f"{office.address}/t/{token}", "#ticket .slip")
    assert 0 < sum(sizes.values()) <= MOST_BYTES, sorted(sizes.items(), key=lambda one: -one[1])[:5]
