"""The Vietnamese form of address ("bà con", or what the office chose) is no word of any other language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.i18n.catalogues import ADDRESS, speak_to
from kiosk.web.pages.sentences import citizens_sentences
from tests.pages.conftest import Opener, RunningOffice, run_office
from tests.pages.kiosk_walk import made_up, press, screens

FOLK = "quý vị"
MARKED = re.compile("[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]", re.IGNORECASE)
TEXTS = """() => [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility() && !one.closest('svg'))
  .flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim())
    .concat(one.getAttribute('aria-label') || [])).filter(Boolean)"""
# What keeps its Vietnamese name: the place, the signs over the counters, a language's own name, the letter of a tile.
NAMES = {
    "Ủy ban nhân dân xã Ba Vì",
    "Bộ phận Một cửa xã Ba Vì",
    "Tư pháp – Hộ tịch",
    "Đất đai – Xây dựng – Môi trường",
    "Văn hóa – Xã hội",
    "Văn phòng – Thống kê",
    "Trả kết quả",
    "Tiếng Việt",
    "Hrê",
    "Đ",
    "Đinh Thị Lan",
}


@pytest.fixture
def polite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    yield from run_office(tmp_path, opening="always", folk=FOLK)
    speak_to(ADDRESS)


def test_no_english_sentence_is_built_around_it() -> None:
    """English stands in the code as the key of each sentence."""
    strange = [key for key in citizens_sentences() if "folk}" in key.lower() or MARKED.search(key)]
    assert strange == ["Hrê"], "a language calls itself so"


def test_no_screen_of_the_kiosk_says_it_in_english(polite: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{polite.address}/healthz")
    made_up(page, waiting=3)
    page.goto(polite.page_address("kiosk"))
    page.wait_for_selector("#stage[data-screen=home]")
    assert page.inner_text("h1") == "Kính chào quý vị!", "the office's own word in Vietnamese"
    found: dict[str, str] = {}
    for screen in screens(page, "en"):
        found |= {text: screen for text in page.evaluate(TEXTS) if MARKED.search(text)}
    assert {text: screen for text, screen in found.items() if text.lstrip("· ") not in {*NAMES, MADE_UP}} == {}


MADE_UP = "Đăng ký kinh doanh và bảo trợ xã hội"  # the field of the walk's dossier


def test_neither_tablet_nor_phone_say_it_in_english(polite: RunningOffice, open_page: Opener) -> None:
    ticket = polite.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT", "language": "en"})
    phone = open_page(f"{polite.address}/t/{ticket['public_token']}", 360, 740)
    phone.wait_for_selector("#ticket .slip")
    texts = phone.evaluate(TEXTS)
    tablet = open_page(polite.page_address("tablet", "1"), 1280, 800)
    polite.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    phone.wait_for_selector("#ticket .slip.called")
    tablet.wait_for_selector("#stage[data-screen=serving]")
    texts += phone.evaluate(TEXTS) + tablet.evaluate(TEXTS)
    polite.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")
    phone.wait_for_selector("#ticket [data-level]")
    tablet.wait_for_selector("#stage[data-screen=rate]")
    texts += phone.evaluate(TEXTS) + tablet.evaluate(TEXTS)
    press(tablet, "[data-level=not_satisfied]")
    tablet.wait_for_selector("#stage[data-screen=reason]")
    texts += tablet.evaluate(TEXTS)
    press(tablet, "[data-reason]")
    tablet.wait_for_selector("#stage[data-screen=thanks]")
    texts += tablet.evaluate(TEXTS)
    assert "Thank you!" in texts
    assert {text for text in texts if MARKED.search(text) and text.strip("· ") not in NAMES} == set()
