"""Offices of six, nine and twenty services: every page is whole with three and twelve counters, 2,000 people, A1000."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from kiosk.actions import days, tickets
from tests import large_offices
from tests.large_offices import LETTERS, NINE, SIX, TWENTY, Size
from tests.office import OfficeStory
from tests.pages.boxes import faults_of
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.pages.looks import cut_off, on_screen, too_small

WAITING = 2000
FIRST_PUT = 1000
LATER = "() => { const real = performance.now.bind(performance); performance.now = () => real() + %d; }"


@pytest.fixture(scope="module", params=[SIX, pytest.param(NINE, marks=pytest.mark.soak), TWENTY], ids=str)
def large(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Size, RunningOffice]]:
    """Two thousand people wait, half of them for the first service, whose numbers have four figures."""
    size: Size = request.param
    folder = tmp_path_factory.mktemp("large")
    patch = pytest.MonkeyPatch()
    patch.setenv("MOTCUA_HOME", str(folder))
    url = f"sqlite:///{folder / 'office.db'}"
    configuration = large_offices.configuration(size, url)
    configuration.voice.hours.clear()  # tests run at any hour
    story = OfficeStory(url, configuration)
    others = [service.code for service in configuration.service[1:]]
    with story.unit("kiosk") as unit:
        days.ensure_today(unit)
        for n in range(WAITING):
            service = "S1" if n < FIRST_PUT else others[n % len(others)]
            tickets.issue_ticket(unit, tickets.TicketRequest(service, None), "test-kiosk")
    story.call_next(str(size.counters))
    for running in serving(story):
        yield size, running
    patch.undo()


def kiosk(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(running.page_address("kiosk"))
    on_screen(page, "home")
    page.click(".take")
    on_screen(page, "service")
    return page


def test_every_service_is_found_on_the_kiosk(large: tuple[Size, RunningOffice], open_page: Opener) -> None:
    size, running = large
    page = kiosk(running, open_page)
    seen: list[str] = []
    while True:
        tiles = page.locator("button.service[data-service]")
        shown = [str(tile.get_attribute("data-service")) for tile in tiles.all()]
        assert 1 <= page.locator("button.service").count() <= 6, "at most six choices a screen"
        assert faults_of(page, 24) == [] and cut_off(page) == [] and too_small(page, 90) == []
        if shown[0] in seen:
            break
        seen += shown
        if page.locator("button.more").count() == 0:
            break
        page.click("button.more")
        expect(page.locator("button.service").first).not_to_have_attribute("data-service", shown[0])
        on_screen(page, "service")
    assert sorted(seen) == sorted(f"S{i + 1}" for i in range(size.services))


@pytest.mark.parametrize("screen", [(1080, 1920), (1280, 800)], ids=str)
def test_every_letter_can_be_typed_to_rate(
    large: tuple[Size, RunningOffice], open_page: Opener, screen: tuple[int, int]
) -> None:
    size, running = large
    page = open_page(running.page_address("kiosk"), *screen)
    on_screen(page, "home")
    page.click(".speech")
    on_screen(page, "rate")
    letters = [one for one in page.locator(".pad button").all_inner_texts() if not one.isdigit()]
    assert sorted(letters) == sorted(LETTERS[: size.services])
    assert faults_of(page, 24) == [] and too_small(page, 80) == []


def test_a_ticket_names_all_its_counters(large: tuple[Size, RunningOffice], open_page: Opener) -> None:
    size, running = large
    page = kiosk(running, open_page)
    page.click("[data-service=S1]")
    on_screen(page, "priority")
    assert faults_of(page, 24) == []
    page.click(".take")
    on_screen(page, "ticket")
    number = page.text_content(".number") or ""
    assert number.startswith("A1") and len(number) == 5
    wanted = ["1", "2", "3"] if size.shared == 3 else ["1–12"]
    assert page.locator(".counters .box").all_inner_texts() == wanted
    assert faults_of(page, 24) == []


def printed(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "print": {"state": "PRINTED", "reason": None}})


def test_a_ticket_whose_slip_came_is_whole_too(large: tuple[Size, RunningOffice], open_page: Opener) -> None:
    size, running = large
    page = kiosk(running, open_page)
    page.route("**/api/v1/tickets", printed)
    page.click("[data-service=S1]")
    on_screen(page, "priority")
    page.click(".take")
    on_screen(page, "ticket")
    expect(page.get_by_role("heading", name="Xin lấy phiếu")).to_be_visible()
    assert page.locator(".counters .box").count() == (3 if size.shared == 3 else 1)
    assert faults_of(page, 24) == []


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_names_all_its_counters(large: tuple[Size, RunningOffice], open_page: Opener, width: int) -> None:
    size, running = large
    token = running.send("POST", "/api/v1/tickets", "kiosk", {"service": "S1"})["public_token"]
    page = open_page(f"{running.address}/t/{token}", width, 900)
    page.wait_for_selector("main section")
    wanted = ["1", "2", "3"] if size.shared == 3 else ["1–12"]
    assert page.locator(".counters i").all_inner_texts() == wanted
    assert faults_of(page, 13) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    "screen", [(1920, 1080), (1080, 1920), pytest.param((1280, 720), marks=pytest.mark.soak)], ids=str
)
def test_the_board_shows_every_counter_and_every_service_in_its_turn(
    large: tuple[Size, RunningOffice], open_page: Opener, screen: tuple[int, int]
) -> None:
    size, running = large
    calling = str(size.counters)
    page = open_page(running.page_address("board"), *screen)
    page.wait_for_selector(".rows")
    counters: set[str] = set()
    services: set[str] = set()
    line = page.locator(".page-line")
    pages = int(line.inner_text().split("/")[1].split()[0]) if line.count() else 1
    for _ in range(pages):
        rows = [str(row.get_attribute("data-counter")) for row in page.locator(".row").all()]
        assert calling in rows, "who calls stands on every page"
        counters |= set(rows)
        services |= set(page.locator(".waiting .sign").all_text_contents())
        assert faults_of(page, 30) == []
        arrow = page.locator(f"[data-counter='{calling}'] .state use").get_attribute("href")
        assert arrow == f"#p-{('left', 'up', 'right')[(size.counters - 1) % 3]}", "it points where the counter lies"
        before = line.inner_text() if pages > 1 else ""
        page.evaluate(LATER % 10_000)
        if pages > 1:
            expect(line).not_to_have_text(before)
    assert counters == {str(i + 1) for i in range(size.counters)}
    assert services == set(large_offices.LETTERS[: size.services])


def test_a_call_is_shown_at_once_whichever_page_stands(large: tuple[Size, RunningOffice], open_page: Opener) -> None:
    size, running = large
    page = open_page(running.page_address("board"), 1920, 1080)
    page.wait_for_selector(".rows")
    last = str(size.counters - 1)
    number = running.send("POST", f"/api/v1/counters/{last}/call-next", "counter", {}, last)["number"]
    expect(page.locator(".call .gold b")).to_have_text(number[1:], timeout=2000)
    expect(page.locator(".call .code")).to_have_text(last)
    assert faults_of(page, 30) == []


def test_a_console_with_two_thousand_waiting_is_whole(large: tuple[Size, RunningOffice], open_page: Opener) -> None:
    size, running = large
    page = open_page(running.page_address("counter", "1"), 1366, 768)
    page.wait_for_selector(".step")
    assert faults_of(page, 13) == []
    expect(page.locator(".elsewhere .sign")).to_have_count(size.services - 1)
    page.keyboard.press("Space")
    page.get_by_text("Bắt đầu").first.wait_for()
    assert faults_of(page, 13) == []
    page.keyboard.press("c")
    expect(page.locator("dialog [data-counter]")).to_have_count(size.counters - 1)
    assert faults_of(page, 13) == []


def test_a_tablet_shows_every_service_of_its_counter(large: tuple[Size, RunningOffice], open_page: Opener) -> None:
    size, running = large
    for counter in (str(size.counters - 1), "2"):
        page = open_page(running.page_address("tablet", counter), 1280, 800)
        page.wait_for_selector(".two main")
        services = [one for one in running.service.dependencies.configuration["counters"] if one["code"] == counter]
        shown = page.locator(".box .work").count() or page.locator(".box .signs .sign").count() or 1
        assert shown == len(services[0]["services"]) or page.locator(".box.called").count() == 1
        assert faults_of(page, 24) == []
