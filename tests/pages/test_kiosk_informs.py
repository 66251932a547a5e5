"""The touch screen for information: look-up, papers, rating and help, without a printer and without numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from config.schema import KioskSection, PrinterSection
from tests.office import OfficeStory, sample_configuration
from tests.pages.boxes import beyond_place, broken_words, faults_of
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.pages.kiosk_walk import PASS, choose, dossier_answers, on, press, type_code, type_number
from tests.pages.looks import too_small
from tests.pages.test_kiosk_cards import CARD

CODE = "000.00.53.H48-240414-0001"
SUNDAYS = [{"days": ["sun"], "from": "07:00:00", "to": "11:30:00"}]


def informing(folder: Path, monkeypatch: pytest.MonkeyPatch, **office: Any) -> Iterator[RunningOffice]:
    """The printer stands at another kiosk; this one, "kiosk-any", only informs, also where others begin by services."""
    monkeypatch.setenv("MOTCUA_HOME", str(folder))
    plain = sample_configuration(f"sqlite:///{folder / 'office.db'}", **office)
    printer = PrinterSection(name="hall", url="tcp://127.0.0.1:9", profile="generic-80", kiosks=["kiosk"])
    kiosk = KioskSection(start="services", information=["kiosk-any"], id_card_age=75)
    plain.voice.hours.clear()
    yield from serving(OfficeStory("", plain.model_copy(update={"kiosk": kiosk, "printer": [printer]})))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    yield from informing(tmp_path, monkeypatch, opening="always")


@pytest.fixture
def closed_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    """On a Monday, while the office opens on Sundays only."""
    yield from informing(tmp_path, monkeypatch, opening="hours", hours=SUNDAYS)


def home(office: RunningOffice, open_page: Opener, width: int = 1080, height: int = 1920) -> Page:
    page = open_page(office.page_address("kiosk"), width, height)
    on(page, "home")
    return page


def offers_no_number(page: Page) -> None:
    assert page.locator(".take").count() == 0
    assert "Lấy số" not in page.inner_text("#stage") and "không có máy in" not in page.inner_text("#stage").lower()
    assert page.locator(".nopaper").count() == 0, "no paper is missing where none is meant to be"


def test_it_begins_with_its_three_ways_and_leads_each_to_an_answer(desk: RunningOffice, open_page: Opener) -> None:
    page = home(desk, open_page)
    offers_no_number(page)
    names = ["Tra cứu hồ sơ", "Giấy tờ, thủ tục", "Đánh giá"]
    assert page.locator(".tile b").all_inner_texts() == names
    press(page, ".folder")
    on(page, "code")
    dossier_answers(page, "ready")
    type_code(page)
    press(page, ".go")
    on(page, "dossier")
    expect(page.locator("main.dossier h1")).to_have_text("Đã có kết quả")
    press(page, ".key.done")
    on(page, "home")
    press(page, ".tile.page")
    on(page, "papers")
    press(page, ".procedure")
    on(page, "procedure")
    expect(page.locator("main.detail")).to_contain_text("Giấy tờ")
    for screen in ("papers", "home"):
        press(page, ".key.back")
        on(page, screen)
    rates(page)
    assert "ticket.issued" not in desk.story.types()


def rates(page: Page) -> None:
    page.route("**/api/v1/ratings/token", lambda route: route.fulfill(status=201, json=PASS))
    press(page, ".speech")
    on(page, "rate")
    type_number(page, "A012")
    press(page, ".go")
    on(page, "faces")
    press(page, ".key.back")
    on(page, "home")


def test_help_and_the_scanner_work_and_a_card_of_precedence_gives_no_number(
    desk: RunningOffice, open_page: Opener
) -> None:
    page = home(desk, open_page)
    press(page, ".bar .call")
    page.wait_for_selector(".note:has-text('Đã báo cán bộ')")
    assert [e["data"]["where"] for e in desk.story.events() if e["type"] == "help.requested"] == ["kiosk"]
    page.keyboard.type(CARD + "\n")
    expect(page.locator(".note")).to_have_text("Máy này không đọc thẻ. Muốn lấy số, mời đến máy lấy số.")
    dossier_answers(page, "processing")
    page.keyboard.type(CODE + "\n")
    on(page, "dossier")
    press(page, ".key.done")
    on(page, "home")
    assert "ticket.issued" not in desk.story.types()


def test_a_page_that_was_open_before_the_file_named_it_leads_back_from_a_refused_number(
    desk: RunningOffice, open_page: Opener
) -> None:
    page = home(desk, open_page)
    as_before = {"here": "hall", "information": False, "printers": {}}
    page.route("**/api/v1/printers", lambda route: route.fulfill(json=as_before))
    page.wait_for_selector(".take")
    press(page, ".take")
    on(page, "service")
    press(page, "[data-service=HT]")
    on(page, "priority")
    press(page, ".take")
    on(page, "home")
    expect(page.locator(".note")).to_have_text("Máy này không cấp số. Mời đến máy lấy số.")
    assert "ticket.issued" not in desk.story.types()


def test_a_closed_office_still_informs(closed_desk: RunningOffice, open_page: Opener) -> None:
    page = home(closed_desk, open_page)
    offers_no_number(page)
    press(page, ".tile.page")
    on(page, "papers")
    press(page, ".key.back")
    on(page, "home")
    press(page, ".bar .call")
    page.wait_for_selector(".note:has-text('Văn phòng đang nghỉ')")


def test_it_is_no_machine_whose_printer_is_missing(desk: RunningOffice, open_page: Opener) -> None:
    home(desk, open_page)
    asked = desk.send("GET", "/api/v1/printers", "kiosk")
    assert (asked["here"], asked["information"]) == (None, True)
    (device,) = [one for one in desk.send("GET", "/api/v1/devices", "admin")["devices"] if one["name"] == "kiosk-any"]
    assert device["state"] != "fault"


@pytest.mark.parametrize(("width", "height", "target", "least"), [(1080, 1920, 90, 26), (1280, 800, 80, 24)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_of_its_first_screen_is_cut_with_letters_of_both_sizes(
    desk: RunningOffice, open_page: Opener, width: int, height: int, target: int, least: int, language: str
) -> None:
    page = home(desk, open_page, width, height)
    choose(page, language)
    assert [*faults_of(page, least), *beyond_place(page), *broken_words(page), *too_small(page, target)] == []
    press(page, ".larger")
    page.wait_for_selector("#stage.large")
    assert broken_words(page) == [] and [fault for fault in faults_of(page, 2 * least) if "cut" not in fault] == []
