"""docs/adding-a-language.md, followed to the letter with a made-up language: no code, and every place follows."""

from __future__ import annotations

import pytest

from kiosk.printing.slip_words import wording_for
from tests.pages import matrix, tablet_walk
from tests.pages.added_language import untranslated
from tests.pages.boxes import beyond_place, broken_words, faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import choose, on, press, screens
from tests.pages.looks import too_small


def test_kiosk_phone_tablet_slip_and_voice_list_follow(added: RunningOffice, open_page: Opener) -> None:
    page = open_page(added.page_address("kiosk"))
    on(page, "home")
    assert page.inner_text(".languages [lang=qps]") == "[Qps]"
    choose(page, "qps")
    assert page.inner_text(".take b").startswith("[Lấỹ số") and page.get_attribute("html", "lang") == "qps"
    press(page, ".take")
    on(page, "service")
    assert page.inner_text("[data-service=HT] .face b") == "[Khai sinh, chứng thực]"
    press(page, "[data-service=HT]")
    on(page, "priority")
    with page.expect_response("**/api/v1/tickets") as answer:
        press(page, ".take")
    token = answer.value.json()["public_token"]
    on(page, "ticket")
    phone = open_page(f"{added.address}/t/{token}", 360, 740)
    phone.wait_for_selector("html[lang=qps]")
    assert "[Khai sinh, chứng thực]" in phone.inner_text("#ticket")
    tablet = open_page(added.page_address("tablet", "1"), 1280, 800)
    added.story.call_next("1", None)
    ticket = added.send("GET", "/api/v1/counters/1", "counter", counter="1")["ticket"]
    for step in ("start", "complete"):
        added.send("POST", f"/api/v1/tickets/{ticket['id']}/{step}", "counter", {}, counter="1")
    tablet.wait_for_selector("#stage[data-screen=rate]")
    assert "[" in tablet.inner_text("#stage"), "the tablet speaks the language of its ticket"
    words = wording_for(added.story.app.configuration, "qps")
    assert words.text("title").startswith("[") and words.office(added.story.app.configuration).startswith("[BỘ PHẬN")
    voices = added.send("GET", "/api/v1/admin/voices", "admin")["languages"]
    assert "qps" in {one["language"] for one in voices}


def test_nothing_is_cut_in_the_added_language(added: RunningOffice, open_page: Opener) -> None:
    """Upright; the other sizes are of the long runs, with the longest names."""
    page = open_page(added.page_address("kiosk"))
    faults = []
    for screen in screens(page, "qps"):
        assert page.get_attribute("html", "lang") == "qps", screen
        faults += [
            f"{screen}: {fault}"
            for fault in (*faults_of(page, matrix.MADE_UP_PX), *beyond_place(page), *broken_words(page))
        ]
        faults += [f"{screen}: small {one}" for one in too_small(page, 90)]
        faults += [f"{screen}: not translated: {one}" for one in untranslated(added.story, page)]
    assert faults == []


@pytest.mark.parametrize("path", ["/procedures", "/procedures/2.001263", "/procedures?q=không+có"])
def test_procedures_on_a_phone_say_nothing_in_vietnamese(added: RunningOffice, open_page: Opener, path: str) -> None:
    page = open_page(f"{added.address}{path}{'&' if '?' in path else '?'}lang=qps", 390, 844)
    for closed in page.locator("summary").all()[:1]:
        closed.click()
    legal = added.story.app.configuration.office.legal_basis
    assert [text for text in untranslated(added.story, page) if legal not in text] == []


@pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 640)])
def test_a_phone_shows_the_added_language_whole(
    added: RunningOffice, open_page: Opener, width: int, height: int
) -> None:
    ticket = added.send("POST", "/api/v1/tickets", "kiosk", {"service": "KQ", "language": "qps"})
    page = open_page(f"{added.address}/t/{ticket['public_token']}", width, height)
    page.wait_for_selector("html[lang=qps]")
    page.wait_for_selector("text=[Nhận kết quả]")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    aside = [fault for fault in faults_of(page, 12) if not fault.startswith("cut")]
    assert aside == []


TABLET = matrix.rows(matrix.TABLET, *((1280, 800, language) for language in matrix.LANGUAGES))


@pytest.mark.parametrize(("width", "height", "language"), TABLET)
def test_a_tablet_shows_every_language_whole(
    added: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(f"{added.address}/healthz", width, height)
    tablet_walk.opened(added, page)
    faults = []
    for screen in tablet_walk.screens(added, page, language):
        assert screen == "idle" or page.get_attribute("html", "lang") == language, screen
        faults += [f"{screen}: {fault}" for fault in (*faults_of(page, 24), *broken_words(page))]
        faults += [f"{screen}: small {one}" for one in too_small(page, 118)]
    assert faults == []


def test_the_language_of_the_filing_pc_ends_with_its_citizen(added: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{added.address}/healthz", 1366, 768)
    page.clock.install()
    page.goto(added.page_address("kiosk").replace("/kiosk", "/filing"))
    page.wait_for_selector(".guide")
    press(page, ".languages [lang=en]")
    assert page.inner_text(".guide[data-code=khai-sinh]") == "Registering a birth"
    assert page.inner_text(".portal b") == "National public service portal"
    press(page, ".guide[data-code=khai-sinh]")
    page.wait_for_selector(".steps li")
    assert page.inner_text(".steps li:nth-of-type(4)").endswith("Fill in the form; attach pictures of the papers")
    page.clock.run_for(80_000)
    page.wait_for_selector("html[lang=vi]")
    assert page.inner_text(".guide[data-code=khai-sinh]") == "Đăng ký khai sinh"
