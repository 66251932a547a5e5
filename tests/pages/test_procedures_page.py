"""Procedures: on a citizen's phone, and looked for at the kiosk in one's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.office import OfficeStory, sample_configuration
from tests.pages.boxes import faults_of
from tests.pages.conftest import RunningOffice, serving
from tests.pages.kiosk_walk import choose, on, press, type_words
from tests.pages.looks import too_small

Opener = Callable[..., Page]
CONFIRMED, ENDED, LATER = "1.000894", "1.004746", "1.005461"


@pytest.fixture
def dated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    """On 15/4/2024: one procedure is confirmed, one has ended and is replaced, one does not hold yet."""
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    plain = sample_configuration(f"sqlite:///{tmp_path / 'office.db'}", opening="always")
    changes: dict[str, dict[str, object]] = {
        CONFIRMED: {"certainty": "confirmed"},
        ENDED: {"valid_until": "2024-04-14", "replaced_by": CONFIRMED},
        LATER: {"valid_from": "2031-01-01"},
    }
    rows = [
        type(one).model_validate({**one.model_dump(), **changes.get(one.code, {})}) if one.code in changes else one
        for one in plain.procedure
    ]
    server = plain.server.model_copy(update={"public_url": "https://mc.bavi.vn"})
    yield from serving(OfficeStory("", plain.model_copy(update={"procedure": rows, "server": server})))


def test_each_procedure_opens_with_its_papers_time_fee_and_place(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/procedures", 390, 844)
    birth = page.locator("details", has_text="Đăng ký khai sinh").first
    expect(birth.locator("dd").first).to_be_hidden()
    birth.locator("summary").click()
    for words in ("Giấy chứng sinh", "Trong ngày", "Miễn phí nếu đúng hạn", "1, 2 (chữ A)", "cần xác nhận"):
        expect(birth.locator("dl")).to_contain_text(words)
    expect(page.locator("details")).to_have_count(37)


@pytest.mark.parametrize("path", ["/procedures", "/procedures?q=giay+khai+sinh", "/procedures/2.001263"])
def test_nothing_is_cut_or_stands_beside_a_narrow_screen(running: RunningOffice, open_page: Opener, path: str) -> None:
    page = open_page(f"{running.address}{path}", 320, 640)
    for closed in page.locator("summary").all():
        closed.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    cut = [fault for fault in faults_of(page, 14) if fault.startswith(("cut", "small"))]
    below = [fault for fault in cut if "inside=False" in fault and "right=3" not in fault]
    assert [fault for fault in cut if fault not in below] == []


def test_a_phone_searches_in_common_words_without_marks(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/procedures", 390, 844)
    page.fill("#q", "giay khai sinh bi mat")
    page.keyboard.press("Enter")
    expect(page.locator("details")).to_have_count(2)
    expect(page.locator("summary").first).to_have_text("Cấp bản sao Trích lục hộ tịch")
    page.fill("#q", "tàu vũ trụ")
    page.click("button")
    expect(page.locator("h2")).to_contain_text("Không tìm thấy. Xin hỏi cán bộ")


def test_what_has_ended_is_kept_for_who_asks_for_it_and_not_listed(dated: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{dated.address}/procedures", 390, 844)
    expect(page.locator("details")).to_have_count(35)
    page.goto(f"{dated.address}/procedures/{ENDED}")
    expect(page.locator(".over")).to_contain_text("hiện không áp dụng. Thay bằng: Đăng ký kết hôn")
    page.click(".over a")
    expect(page.locator("h1")).to_have_text("Đăng ký kết hôn")
    expect(page.locator(".unsure")).to_have_count(0), "an officer has confirmed it"
    listed = dated.send("GET", "/api/v1/procedures", "kiosk")["procedures"]
    assert {ENDED, LATER} & {one["code"] for one in listed} == set() and len(listed) == 35
    assert dated.send("GET", f"/api/v1/procedures/{ENDED}", "kiosk")["valid_until"] == "2024-04-14"
    assert dated.story.send("GET", "/procedures/9.999999", None).status_code == 404


def test_the_kiosk_finds_shows_and_hands_a_procedure_to_a_phone(dated: RunningOffice, open_page: Opener) -> None:
    page = open_page(dated.page_address("kiosk"))
    on(page, "home")
    press(page, ".tile.page")
    on(page, "papers")
    press(page, ".find")
    on(page, "search")
    type_words(page, "GIAY KHAI SINH BI MAT")
    page.wait_for_selector(".found .procedure >> text=Cấp bản sao Trích lục hộ tịch")
    press(page, ".found .procedure")
    on(page, "procedure")
    for words in ("Căn cước của người đi làm", "8.000 đ/bản", "Cần xác nhận"):
        expect(page.locator("main.detail")).to_contain_text(words)
    assert page.locator(".place2 .box").all_inner_texts() == ["1", "2"]
    expect(page.locator(".along img")).to_have_attribute("src", "/procedures/2.000635/qr.svg")
    page.wait_for_function("() => document.querySelector('.along img').naturalWidth > 0")
    press(page, ".key.back")
    on(page, "search")
    assert page.inner_text(".asked b") == "GIAY KHAI SINH BI MAT", "what was typed stays for the same citizen"
    page.wait_for_selector(".found .procedure")


def test_the_kiosk_narrows_by_field_and_leaves_out_what_does_not_hold(dated: RunningOffice, open_page: Opener) -> None:
    page = open_page(dated.page_address("kiosk"))
    on(page, "home")
    press(page, ".tile.page")
    on(page, "papers")
    names = []
    while True:
        names += page.locator(".procedure b").all_inner_texts()
        if page.locator(".turn .key").last.is_disabled():
            break
        press(page, ".turn .key:last-child")
    assert "Đăng ký kết hôn" in names and "Đăng ký lại kết hôn" not in names and "Đăng ký lại khai tử" not in names
    press(page, ".key.field")
    press(page, ".key.field")
    assert page.inner_text(".key.field") == "Chứng thực"
    assert {text.partition(" · ")[0] for text in page.locator(".procedure small").all_inner_texts()} == {"Chứng thực"}


def test_what_was_typed_ends_with_its_citizen(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/healthz")
    page.clock.install()
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    press(page, ".tile.page")
    on(page, "papers")
    press(page, ".find")
    on(page, "search")
    type_words(page, "DOC THAN")
    page.clock.run_for(85_000)
    on(page, "home")
    press(page, ".tile.page")
    on(page, "papers")
    press(page, ".find")
    on(page, "search")
    assert page.locator(".asked b").count() == 0


@pytest.mark.parametrize("size", [(1080, 1920), (1280, 800)])
def test_who_reads_english_finds_papers_fee_and_time_in_english(
    dated: RunningOffice, open_page: Opener, size: tuple[int, int]
) -> None:
    page = open_page(dated.page_address("kiosk"), *size)
    on(page, "home")
    choose(page, "en")
    press(page, ".tile.page")
    on(page, "papers")
    assert page.inner_text(".procedure b >> nth=0") == "Registering a birth"
    press(page, ".find")
    on(page, "search")
    assert faults_of(page, 20) == [] and too_small(page, 80) == []
    type_words(page, "WILL")
    page.wait_for_selector(".found .procedure:has-text('Certifying a will')")
    press(page, ".found .procedure:has-text('Certifying a will')")
    on(page, "procedure")
    assert faults_of(page, 20) == []
    expect(page.locator("main.detail")).to_contain_text("Draft of the will")
    expect(page.locator("main.detail")).to_contain_text("50,000 VND")
    assert (page.get_attribute(".along img", "src") or "").endswith("qr.svg?lang=en")
    page.goto(f"{dated.address}/procedures?lang=en&q=marriage")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("summary").first).to_have_text("Registering a marriage")
    page.click("a:has-text('Tiếng Việt')")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
