"""The states of the board's page: closed counters and offices, full services, dossiers and the procedures' code."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Error, Page, Route, expect

from tests.display_board.states import dossiers, named
from tests.pages.conftest import Opener, RunningOffice

TV, UPRIGHT = (1920, 1080), (1080, 1920)
Change = Callable[[dict[str, Any]], None]
CUT = """() => [...document.querySelectorAll('#board [data-fit], #board h1, #board h2, #board b')].filter(
  (e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map((e) => e.textContent)"""
OUTSIDE = """() => [...document.querySelectorAll('#board *')].filter((e) => {
  const r = e.getBoundingClientRect();
  return r.width && !e.closest('svg') && (r.right > innerWidth + 1 || r.bottom > innerHeight + 1 || r.left < -1);
}).map((e) => e.className + e.textContent)"""


def board(running: RunningOffice, open_page: Opener, change: Change, size: tuple[int, int] = TV) -> Page:
    """The page with a changed snapshot of the running office."""

    def changed(route: Route) -> None:
        with suppress(Error):  # the page was closed meanwhile
            answer = route.fetch()
            body = answer.json()
            change(body)
            route.fulfill(response=answer, json=body)

    page = open_page(running.address, *size)
    page.route("**/api/v1/board", changed)
    page.goto(running.page_address("board"))
    page.wait_for_selector("#board > *")
    return page


def quiet(body: dict[str, Any]) -> None:
    body["progress"] = dossiers(14)
    for row in body["counters"]:
        row["state"] = "OPEN"


def closed(body: dict[str, Any], **changes: Any) -> None:
    body.update(
        {"open": False, "next_opening": "2024-04-16T07:00:00+07:00", "time": "2024-04-15T11:12:00.000Z", **changes}
    )


def crowded(body: dict[str, Any]) -> None:
    row = body["counters"][0]
    ticket = {"id": "t", "number": "A1003", "service": "HT", "state": "SERVING"}
    body["counters"] = [{**row, "code": str(8 + i), "state": "OPEN", "ticket": ticket} for i in range(12)]
    body["progress"] = dossiers(14)
    for queue in body["queues"]:
        queue.update({"waiting": 118, "full": True})


def test_a_closed_counter_looks_closed(running: RunningOffice, open_page: Opener) -> None:
    page = board(running, open_page, lambda body: None)
    expect(page.locator(".row.closed")).to_have_count(5)
    expect(page.locator("[data-counter='1'] .state")).to_have_text("Quầy đóng")
    running.send("POST", "/api/v1/counters/1/open", "counter", {}, "1")
    expect(page.locator(".row.closed")).to_have_count(4)


def test_a_closed_office_says_how_long_still(running: RunningOffice, open_page: Opener) -> None:
    page = board(running, open_page, closed)
    expect(page.locator("section.closed h1")).to_have_text("Chưa đến giờ lấy số")
    expect(page.locator(".opening")).to_have_text("7:00")
    expect(page.locator(".left")).to_have_text("ngày mai, còn 12 giờ 48 phút")
    expect(page.locator(".sessions b")).to_have_text(["7:00–11:30", "13:30–17:00"])


def test_the_lunch_break_is_told(running: RunningOffice, open_page: Opener) -> None:
    noon = {"next_opening": "2024-04-15T13:30:00+07:00", "time": "2024-04-15T05:10:00.000Z"}
    page = board(running, open_page, lambda body: closed(body, **noon))
    expect(page.locator("section.closed h1")).to_have_text("Nghỉ trưa")
    expect(page.locator(".left")).to_have_text("hôm nay, còn 1 giờ 20 phút")


def test_a_service_that_gives_no_more_numbers_says_so(running: RunningOffice, open_page: Opener) -> None:
    running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    page = board(running, open_page, lambda body: body["queues"][0].update({"full": True}))
    expect(page.locator(".waiting .full")).to_contain_text("Hết số")
    expect(page.locator(".waiting .full")).to_have_count(1)


def test_while_nobody_waits_the_dossiers_have_pages_of_their_own(running: RunningOffice, open_page: Opener) -> None:
    page = board(running, open_page, quiet)
    expect(page.locator(".progress .one").first).to_be_visible()
    page.evaluate("() => { const real = performance.now.bind(performance); performance.now = () => real() + 21000; }")
    expect(page.locator(".table .dossier")).to_have_count(6)
    expect(page.locator(".table")).to_contain_text("Đang giải quyết")
    assert "240403-0003" not in page.inner_text(".table"), "of a sensitive field only its sign and its knots"
    running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    expect(page.locator(".rows")).to_be_visible()


@pytest.mark.parametrize("size", [TV, UPRIGHT])
def test_where_the_office_shows_names_they_stand_beside_the_code(
    running: RunningOffice, open_page: Opener, size: tuple[int, int]
) -> None:
    page = board(running, open_page, lambda body: (quiet(body), body.update(progress=named(14))), size)
    page.evaluate("() => { const real = performance.now.bind(performance); performance.now = () => real() + 21000; }")
    expect(page.locator(".table .name").first).to_have_text("Phạm V. T.")
    assert page.evaluate(CUT) == [] and page.evaluate(OUTSIDE) == []
    over = "() => [...document.querySelectorAll('.dossier')].map((e) => Math.max(0, e.scrollWidth - e.clientWidth))"
    assert not any(page.evaluate(over)), "a row stands over its panel"


def test_pictures_of_the_office_are_shown_within_their_dates_while_nobody_waits(
    running: RunningOffice, open_page: Opener, tmp_path: Path
) -> None:
    (tmp_path / "pictures").mkdir()
    Image.new("RGB", (1600, 900), "#5B8C5A").save(tmp_path / "pictures" / "le-hoi.png")
    running.service.dependencies.configuration["board"]["picture"] = [
        {"file": "da-qua.png", "seconds": 10, "from": None, "until": "2024-04-14"},
        {"file": "le-hoi.png", "seconds": 10, "from": "2024-04-15", "until": None},
    ]
    page = board(running, open_page, lambda body: body.update(progress=[]))
    page.evaluate("() => { const real = performance.now.bind(performance); performance.now = () => real() + 21000; }")
    shown = page.locator(".picture img")
    expect(shown).to_have_attribute("src", "/pictures/le-hoi.png")
    expect(shown).to_have_js_property("naturalWidth", 1600)
    assert page.evaluate(OUTSIDE) == []
    running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    expect(page.locator(".rows")).to_be_visible()


def test_a_picture_that_cannot_be_read_gives_way_to_the_name_of_the_office(
    running: RunningOffice, open_page: Opener
) -> None:
    running.service.dependencies.configuration["board"]["picture"] = [
        {"file": "mat.png", "seconds": 10, "from": None, "until": None}
    ]
    page = board(running, open_page, lambda body: body.update(progress=[]))
    page.evaluate("() => { const real = performance.now.bind(performance); performance.now = () => real() + 21000; }")
    expect(page.locator(".picture h1")).to_have_text("Bộ phận Một cửa xã Ba Vì")


def test_only_pictures_that_the_office_named_are_given_out(running: RunningOffice, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "khac.png").write_bytes(b"x")
    assert running.story.send("GET", "/pictures/khac.png", None).status_code == 404
    assert running.story.send("GET", "/pictures/..%2Foffice.db", None).status_code == 404


def test_the_page_is_back_within_two_seconds_of_the_line(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(running.address, *TV)
    page.add_init_script("delete window.SharedWorker")  # whose requests a test cannot hold up
    page.route("**/api/v1/stream*", lambda route: route.abort())
    page.goto(running.page_address("board"))
    expect(page.locator(".offline")).to_be_visible()
    page.unroute_all()
    expect(page.locator(".offline")).to_have_count(0, timeout=2000)


@pytest.mark.parametrize("size", [TV, UPRIGHT, (1366, 768)], ids=["lying", "standing", "small"])
@pytest.mark.parametrize("change", [quiet, closed, crowded], ids=["board", "closed", "crowded"])
def test_nothing_is_cut_or_stands_outside(
    running: RunningOffice, open_page: Opener, change: Change, size: tuple[int, int]
) -> None:
    page = board(running, open_page, change, size)
    page.wait_for_selector(".rows, section.closed")
    assert page.evaluate(CUT) == []
    assert page.evaluate(OUTSIDE) == []
