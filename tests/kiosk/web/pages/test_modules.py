"""What a page is made of: its size, its modules and their rooms, its sentences, the contract's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.i18n.catalogues import catalogue
from kiosk.queries.public_configuration import SECTIONS
from kiosk.web.pages.assets import STATIC, modules_of
from kiosk.web.pages.sentences import page_sentences
from scripts.contract_js import TARGET, module_text
from tests.office import OfficeStory

FOLDERS = ["kiosk", "console", "tablet", "board", "ticket", "admin", "voices", "filing"]
# page: (its address, most bytes of HTML, most bytes of what it asks for), uncompressed, of the sample office
SIZES = {
    "kiosk": ("/kiosk", 18_000, 54_000),  # with its procedures in English
    "counter": ("/counter", 18_000, 18_000),
    "tablet": ("/tablet", 18_000, 11_000),
    "board": ("/board", 18_000, 12_000),
    "ticket": ("/t/x", 16_000, 11_000),
    "admin": ("/admin", 18_000, 46_000),  # it is many pages in one
    "voices": ("/admin/voices", 18_000, 13_000),
}
BY_ADDRESS = {
    "voices/worklet.js",
    "lib/browser_check.js",
    "lib/stream_worker.js",
    "lib/stream_feed.js",
    "offline/worker.js",
}
USES = {"services", "counters"}  # what lib/words.js itself reads


def source(folder: str) -> str:
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in modules_of(folder))


@pytest.mark.parametrize("page", SIZES)
def test_a_page_is_small_before_its_assets(small_office: OfficeStory, page: str) -> None:
    address, most_html, most_json = SIZES[page]
    client = small_office.service.flask_app.test_client()
    html, asked = client.get(address), client.get(f"/api/v1/page/{page}")
    assert len(html.data) <= most_html
    assert len(asked.data) <= most_json
    assert "Lấy số" not in html.text.partition("</title>")[2], "sentences travel apart"


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: str(path.relative_to(STATIC)))
def test_a_module_imports_its_own_folder_and_the_library_only(path: Path) -> None:
    own = path.relative_to(STATIC).parts[0]
    for target in re.findall(r'(?:from|import) "([^"]+)"', path.read_text(encoding="utf-8")):
        assert target.startswith("."), "nothing is loaded from elsewhere"
        folder = (path.parent / target).resolve().relative_to(STATIC.resolve()).parts[0]
        assert folder in {own, "lib"}
        assert own != "lib" or folder == "lib"


def test_every_module_belongs_to_a_page() -> None:
    """But what the browser loads by its address: the worklet, the shared worker, the check of the browser itself."""
    used = {name for folder in FOLDERS for name in modules_of(folder)}
    every = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js")}
    assert every - used == BY_ADDRESS


def test_the_library_holds_what_several_pages_share() -> None:
    for path in (STATIC / "lib").glob("*.js"):
        if f"lib/{path.name}" in BY_ADDRESS:
            continue  # of every page
        users = [folder for folder in FOLDERS if f"lib/{path.name}" in modules_of(folder)]
        assert len(users) >= 2, f"{path.name} is of {users} alone"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sentence_that_a_page_says_travels_with_it(folder: str) -> None:
    page = {"console": "counter"}.get(folder, folder)
    said = set(re.findall(r'\bt\("((?:[^"\\]|\\.)*)"', source(folder)))
    assert len(said) > 10
    assert said <= set(page_sentences(page))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_page_carries_fewer_sentences_than_there_are(folder: str) -> None:
    page = {"console": "counter"}.get(folder, folder)
    every = catalogue().sentences()
    own = page_sentences(page)
    assert len(own) < len(every) / 2
    assert all(every[key] == sentence for key, sentence in own.items())


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_page_is_given_each_section_that_it_reads_and_no_other(folder: str) -> None:
    page = {"console": "counter"}.get(folder, folder)
    read = set(re.findall(r"\bshown\.(\w+)", source(folder)))
    given = {"office", *SECTIONS[page]}
    assert read <= given
    assert given <= read | USES


def test_the_contracts_module_is_made_from_the_contract() -> None:
    assert TARGET.read_text(encoding="utf-8") == module_text(), "run: python scripts/contract_js.py"
