"""The clerk's screen where work was lost: scanners, dossiers, numbers by hand, another configuration."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.office import OfficeStory, sample_configuration
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.pages.looks import stop_time
from tests.pages.test_counter_page import called, counter, current, press, space, types_of
from tests.ticket_printer.slips import until

CODE = "000.00.53.H48-240415-{:04d}"


def linked(running: RunningOffice) -> list[str]:
    return list(running.story.ticket(first_ticket(running)).dossiers)


def scan(page: Page, code: str, gap: int) -> None:
    """Scans at a pace that is the scanner's, not this machine's: the page's clock stands still between the letters."""
    stop_time(page)  # a citizen's next paper is not there within the second that this takes
    for sign in code:
        page.keyboard.press(sign)
        page.clock.run_for(gap)
    press(page, "Enter")
    page.clock.resume()


@pytest.mark.parametrize("gap", [2, 50, 100])
def test_a_scanner_at_any_pace_links_what_it_reads_and_nothing_else(
    running: RunningOffice, open_page: Opener, gap: int
) -> None:
    page = called(running, open_page)
    page.clock.install()
    for number in (1, 2):
        scan(page, CODE.format(number), gap)
        expect(page.locator(".dossier", has_text=CODE.format(number))).to_be_visible()
    assert linked(running) == [CODE.format(1), CODE.format(2)]
    assert page.locator("dialog[open]").count() == 0
    current(page).to_have_text("001")


def test_a_scan_into_an_open_window_chooses_nothing_there(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    page.clock.install()
    press(page, "c")
    page.wait_for_selector("dialog[open]")
    scan(page, CODE.format(5), 30)
    expect(page.locator(".dossier")).to_have_count(1)
    assert types_of(running)[-1] == "ticket.dossier_linked"


def test_a_linked_dossier_is_removed_and_comes_back_by_undo(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    page.fill("#dossier", CODE.format(1))
    page.press("#dossier", "Enter")
    expect(page.locator(".dossier")).to_have_count(1)
    page.click(".dossier .remove")
    expect(page.locator(".dossier")).to_have_count(0)
    press(page, "z")
    expect(page.locator(".dossier")).to_contain_text(CODE.format(1))
    current(page).to_have_text("001")


def test_what_was_refused_does_not_stay_for_the_next_citizen(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    page.fill("#dossier", "khong phai ma")
    page.press("#dossier", "Enter")
    expect(page.locator(".toast")).to_contain_text("Mã hồ sơ chưa đủ hoặc sai.")
    assert page.input_value("#dossier") == "khong phai ma"
    running.send("POST", "/api/v1/counters/1/call-next", "counter", {"finish_current": "complete"}, "1")
    current(page).to_have_text("002")
    assert page.input_value("#dossier") == ""


def test_a_window_about_a_citizen_ends_with_him(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    press(page, "g")
    page.wait_for_selector("dialog[open]")
    running.send("POST", "/api/v1/counters/1/call-next", "counter", {"finish_current": "complete"}, "1")
    expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_six_dossiers_fit_on_the_card(running: RunningOffice, open_page: Opener, size: tuple[int, int]) -> None:
    running.story.take_number()
    page = counter(running, open_page, "1", size)
    space(page)
    current(page).to_have_text("001")
    ticket = running.story.events()[-1]["subject"]
    for number in range(1, 7):
        running.send("POST", f"/api/v1/tickets/{ticket}/dossiers", "counter", {"code": CODE.format(number)}, "1")
    expect(page.locator(".dossier")).to_have_count(6)
    picture(page, f"six-{size[0]}")
    overlaps = """() => { const box = s => document.querySelector(s).getBoundingClientRect();
      const [facts, number, dossiers] = [box('.facts'), box('.who .number'), box('.dossiers')];
      return facts.bottom > number.top + 8 || number.bottom > dossiers.top + 8; }"""
    assert not page.evaluate(overlaps)
    cut = """() => { const card = document.querySelector('.citizen').getBoundingClientRect();
      const inside = e => {
        const r = e.getBoundingClientRect();
        return r.bottom <= card.bottom && r.right <= card.right;
      };
      const parts = [...document.querySelectorAll('.dossier, #dossier, .who .number')];
      const tight = [...document.querySelectorAll('.dossier b')].filter(b => b.scrollWidth > b.clientWidth + 1);
      return parts.filter(e => !inside(e)).length + tight.length; }"""
    assert page.evaluate(cut) == 0
    assert page.evaluate("() => document.documentElement.scrollHeight - innerHeight") <= 0


def test_a_visit_that_ends_with_a_rest_is_taken_back_whole(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    running.story.clock.passes(20)
    press(page, "x")
    expect(page.locator("#step")).to_contain_text("Mở lại quầy")
    ended = running.story.ticket(first_ticket(running))
    assert (ended.ended_at or 0) - (ended.serving_at or 0) == 20_000
    press(page, "z")
    current(page).to_have_text("001")
    expect(page.locator(".right")).to_contain_text("Quầy đang mở")


def first_ticket(running: RunningOffice) -> str:
    return next(event["subject"] for event in running.story.events() if event["type"] == "ticket.issued")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_numbers_written_by_hand_are_entered_one_enter_each(
    running: RunningOffice, open_page: Opener, size: tuple[int, int]
) -> None:
    page = counter(running, open_page, "1", size)
    page.click("text=Số viết tay")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type("31", delay=60)
    expect(page.locator(".typed")).to_contain_text("031")
    page.fill("#written", "07:40")
    page.press("#written", "Enter")
    expect(page.locator(".entered")).to_contain_text("A031")
    expect(page.locator(".typed")).to_contain_text("032")
    page.click("dialog .enter")
    expect(page.locator(".entered")).to_contain_text("A031, A032")
    picture(page, f"by-hand-{size[0]}")
    page.click("dialog .close")
    expect(page.locator(".next .number")).to_have_text("031")
    entered = [event["data"] for event in running.story.events() if event["type"] == "ticket.issued"]
    assert [(data["number"], data["on_paper"]) for data in entered] == [("A031", True), ("A032", True)]
    assert running.story.ticket(first_ticket(running)).issued_at == running.story.clock.ms - 25 * 60_000


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_the_counters_stand_in_one_grid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Opener, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    plain = sample_configuration(f"sqlite:///{tmp_path / 'office.db'}", opening="always")
    first = plain.counter[0]
    counters = [first.model_copy(update={"code": str(n), "name": f"Quầy {n}"}) for n in range(6, 41)]
    story = OfficeStory("", plain.model_copy(update={"counter": [*plain.counter, *counters]}))
    for running in serving(story):
        page = open_page(f"{running.address}/counter", *size)
        expect(page.locator(".choose .choice")).to_have_count(40)
        picture(page, f"choose-{size[0]}")
        places = page.evaluate(
            "() => [...document.querySelectorAll('.choice')].map(e => [e.offsetLeft, e.getBoundingClientRect().bottom])"
        )
        assert max(bottom for _, bottom in places) <= size[1]
        assert len({left for left, _ in places}) > 3


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PAGES_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


PAGES = [
    ("kiosk", None, "#stage[data-screen=home]", "#stage", "Ủy ban xã mới"),
    ("counter", "1", "#step", ".top", "Hộ tịch mới"),
    ("tablet", "1", "#stage[data-screen]", "#stage", "Quầy số 1 mới"),
    ("board", None, ".board .band", ".board", "Văn phòng mới"),
]


@pytest.mark.parametrize(("name", "code", "ready", "where", "words"), PAGES, ids=[row[0] for row in PAGES])
def test_an_open_page_shows_another_configuration_by_itself(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_page: Opener,
    name: str,
    code: str | None,
    ready: str,
    where: str,
    words: str,
) -> None:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    plain = sample_configuration(f"sqlite:///{tmp_path / 'office.db'}", opening="always")
    story = OfficeStory("", plain)
    first = serving(story)
    running = next(first)
    page = open_page(running.page_address(name, code))
    page.wait_for_selector(ready)
    assert until(lambda: running.service.stream.followers > 0)
    port = int(running.address.rpartition(":")[2])
    next(first, None)
    story.close()
    changed = plain.model_copy(
        update={
            "server": plain.server.model_copy(update={"bind": f"127.0.0.1:{port}"}),
            "office": plain.office.model_copy(update={"name": "Văn phòng mới", "authority": "Ủy ban xã mới"}),
            "service": [plain.service[0].model_copy(update={"name": "Hộ tịch mới"}), *plain.service[1:]],
            "counter": [plain.counter[0].model_copy(update={"name": "Quầy số 1 mới"}), *plain.counter[1:]],
        }
    )
    for _ in serving(OfficeStory("", changed)):
        expect(page.locator(where)).to_contain_text(words, timeout=20000)
