"""docs/adding-a-language.md, followed to the letter with a made-up language: no code, and every place follows."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from config import places
from config.loading import build, sample_text
from kiosk.printing.slip_words import wording_for
from tests.kiosk.commands.test_commands import Shell
from tests.office import OfficeStory
from tests.pages import tablet_walk
from tests.pages.boxes import beyond_place, broken_words, faults_of
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.pages.kiosk_walk import choose, on, press, screens
from tests.pages.looks import too_small
from tests.sources import ROOT

DOCUMENT = (ROOT / "docs/adding-a-language.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", DOCUMENT, re.S) for line in block.splitlines()]
(TABLES,) = (tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", DOCUMENT, re.S))
ASIDE = "document.documentElement.scrollWidth - innerWidth"
LENGTHENED = str.maketrans({"a": "ă", "e": "ê", "o": "ơ", "u": "ư", "y": "ỹ", "n": "ň", "c": "ć"})


def pseudo(text: str) -> str:
    """The sentence in the made-up language: other letters, brackets, a fifth longer; places and stars stay."""
    parts = re.split(r"(\{\w+\})", text)
    words = "".join(part if part.startswith("{") else part.translate(LENGTHENED) for part in parts)
    return f"[{words}{'~' * (len(text) // 5)}]"


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    folder = tmp_path_factory.mktemp("office")
    shell = Shell(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder / "state"))
        tables: dict[str, Any] = tomllib.loads(sample_text())
        for line in COMMANDS:
            program, *arguments = shlex.split(line)
            assert program == "motcua"
            if arguments[:2] == ["language", "check"]:
                translate_all()
            if arguments[:2] == ["config", "check"]:
                shell.config.write_text(with_tables(sample_text()), encoding="utf-8")
            done = shell.run(*arguments)
            assert done.returncode == 0, done.stdout + done.stderr
        tables["office"] |= TABLES["office"] | {"opening": "always"}
        tables["slip_words"] |= TABLES["slip_words"]
        tables |= {"printer": [], "database": {"url": f"sqlite:///{folder / 'office.db'}"}}
        tables["server"] |= {"bind": "127.0.0.1:0", "public_url": "https://mc.vn"}
        yield from serving(OfficeStory("", build(tables, "sample")))


def translate_all() -> None:
    file = places.translations_folder() / "qps.json"
    words = json.loads(file.read_text(encoding="utf-8"))
    made = {key: pseudo(text) for key, text in words.items()} | {"Name of this language": "[Qps]"}
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")


def with_tables(text: str) -> str:
    """The sample with what the document adds."""
    block = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.S)[0]
    languages, _, words = block.partition("\n\n")
    return re.sub(r"(?m)^languages = .*$", languages.splitlines()[1], text, count=1) + "\n" + words


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


PLAIN = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (!node.data.trim() || owner.closest('script, style, noscript, [lang]:not(html)')) continue;
    const whole = owner.localName === 'b' ? owner.parentElement : owner;
    if (owner.checkVisibility() && !whole.textContent.includes('[')) found.push(node.data.trim());
  }
  return found;
}"""
MARKED = re.compile(r"[À-ỹ]")  # a letter that English does not have


def untranslated(added: RunningOffice, page: Page) -> list[str]:
    """Vietnamese that stands on a page and is no name: of the office, of a language, of who works there, on a sign."""
    office = added.story.app.configuration
    names = {office.office.name, office.office.authority, "Tiếng Việt", *(one.name for one in office.officer)}
    names |= {one.name for one in office.service}
    return [text for text in page.evaluate(PLAIN) if len(text) > 1 and MARKED.search(text) and text not in names]


SIZES = [
    (1080, 1920, 90),
    *(pytest.param(*size, marks=pytest.mark.soak) for size in ((1280, 800, 80), (1366, 768, 80))),
]


@pytest.mark.parametrize(("width", "height", "target"), SIZES)
def test_nothing_is_cut_in_the_added_language(
    added: RunningOffice, open_page: Opener, width: int, height: int, target: int
) -> None:
    page = open_page(added.page_address("kiosk"), width, height)
    faults = []
    for screen in screens(page, "qps"):
        assert page.get_attribute("html", "lang") == "qps", screen
        faults += [f"{screen}: {fault}" for fault in (*faults_of(page, 17), *beyond_place(page))]
        faults += [f"{screen}: small {one}" for one in too_small(page, target)]
        faults += [f"{screen}: not translated: {one}" for one in untranslated(added, page)]
    assert faults == []


@pytest.mark.parametrize("path", ["/procedures", "/procedures/2.001263", "/procedures?q=không+có"])
def test_procedures_on_a_phone_say_nothing_in_vietnamese(added: RunningOffice, open_page: Opener, path: str) -> None:
    page = open_page(f"{added.address}{path}{'&' if '?' in path else '?'}lang=qps", 390, 844)
    for closed in page.locator("summary").all()[:1]:
        closed.click()
    legal = added.story.app.configuration.office.legal_basis
    assert [text for text in untranslated(added, page) if legal not in text] == []


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


LANGUAGES = ("vi", "en", "qps")
TABLET_SIZES = [(1280, 800), *(pytest.param(*size, marks=pytest.mark.soak) for size in ((1366, 768), (1920, 1200)))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "height"), TABLET_SIZES)
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


STATES = ("WAITING", "CALLED", "SERVING", "ON_HOLD", "NO_SHOW", "ABANDONED", "COMPLETED")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 320])
def test_a_phone_shows_every_state_in_every_language_whole(
    added: RunningOffice, open_page: Opener, width: int, language: str
) -> None:
    mine = added.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT", "language": language})
    page = open_page(f"{added.address}/healthz", width, 4000)
    shape = added.send("GET", f"/api/v1/public/tickets/{mine['public_token']}", "kiosk")
    shown: dict[str, Any] = {}
    page.route("**/api/v1/public/tickets/*", lambda route: route.fulfill(json={**shape, **shown}))
    page.route("**/api/v1/public/stream/*", lambda route: route.abort())
    faults = []
    for state in STATES:
        shown = {"number": "A1000", "state": state, "counter": "1" if state in {"CALLED", "SERVING"} else None}
        if state == "WAITING":
            shown |= {"people_ahead": 128, "wait_span_s": [3000, 7500], "estimated_wait_s": 5000}
        page.goto(f"{added.address}/t/{mine['public_token']}")
        page.wait_for_selector("#ticket .slip")
        for least in (13, 26):
            faults += [f"{state} {least} px: {fault}" for fault in (*faults_of(page, least), *broken_words(page))]
            faults += [] if page.evaluate(ASIDE) <= 0 else [f"{state} {least} px: wider than the phone"]
            press(page, ".larger")
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1366, 768)])
def test_the_filing_pc_shows_every_language_whole(
    added: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(added.page_address("kiosk").replace("/kiosk", "/filing"), width, 4000)
    page.wait_for_selector(".guide")
    press(page, f".languages [lang={language}]")
    assert page.get_attribute("html", "lang") == language
    faults = []
    for least in (13, 26):
        faults += [f"start {least} px: {fault}" for fault in faults_of(page, least)]
        faults += [] if language != "qps" else [f"start: not translated: {one}" for one in untranslated(added, page)]
        for guide in page.eval_on_selector_all(".guide", "all => all.map((one) => one.dataset.code)"):
            press(page, f".guide[data-code={guide}]")
            page.wait_for_selector(".steps li")
            faults += [f"{guide} {least} px: {fault}" for fault in (*faults_of(page, least), *broken_words(page))]
            faults += [] if page.evaluate(ASIDE) <= 0 else [f"{guide} {least} px: wider than the screen"]
            faults += (
                [] if language != "qps" else [f"{guide}: not translated: {one}" for one in untranslated(added, page)]
            )
            press(page, ".ways .back")
        press(page, ".larger")
    assert faults == []
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate(ASIDE) <= 0


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
