"""Static files lie under a path that names their content: cached for a year, and new at once after an upgrade."""

from __future__ import annotations

import gzip
import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from werkzeug.test import TestResponse

from config.loading import sample_text
from kiosk.i18n.catalogues import catalogue
from kiosk.web.pages import assets
from kiosk.web.pages.assets import asset_url, modules_of, packed_asset, split_asset, static_hash, tree_hash
from kiosk.web.pages.bundles import made_names, packed_bundle
from tests.office import OfficeStory


def get(story: OfficeStory, path: str) -> TestResponse:
    return story.service.flask_app.test_client().get(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "words.js").write_text("export const a = 1;")
    (tmp_path / "tokens.css").write_text("body { margin: 0 }")
    return tmp_path


def test_the_hash_is_twelve_figures_and_the_same_on_every_machine(folder: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", tree_hash(folder))
    assert tree_hash(folder) == tree_hash(folder)


@pytest.mark.parametrize("change", ["content", "name", "new file", "moved bytes"])
def test_any_change_of_a_file_gives_another_hash(folder: Path, change: str) -> None:
    before = tree_hash(folder)
    if change == "content":
        (folder / "tokens.css").write_text("body { margin: 1 }")
    elif change == "name":
        (folder / "tokens.css").rename(folder / "colours.css")
    elif change == "new file":
        (folder / "lib" / "empty.js").write_text("")
    else:
        (folder / "tokens.css").write_text("body { margin: 0 ")
        (folder / "zz.css").write_text("}")
    assert tree_hash(folder) != before


def test_a_path_below_static_means_a_file_with_or_without_a_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "static_hash", lambda: "0123456789ab")
    assert asset_url("kiosk/main.js") == "/static/0123456789ab/kiosk/main.js"
    assert split_asset("0123456789ab/kiosk/main.js") == ("kiosk/main.js", True)
    assert split_asset("ba9876543210/kiosk/main.js") == ("kiosk/main.js", False)
    assert split_asset("kiosk/main.js") == ("kiosk/main.js", False)
    assert split_asset("tokens.css") == ("tokens.css", False)


def test_a_file_under_its_hash_is_kept_for_a_year_and_never_asked_for_again(small_office: OfficeStory) -> None:
    answer = get(small_office, asset_url("tokens.css"))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/static/tokens.css", "/static/ba9876543210/tokens.css"])
def test_without_the_hash_of_today_the_same_file_comes_and_is_asked_for_each_time(
    small_office: OfficeStory, path: str
) -> None:
    answer, hashed = get(small_office, path), get(small_office, asset_url("tokens.css"))
    assert answer.data == hashed.data
    assert "immutable" not in answer.headers["Cache-Control"]
    assert "no-cache" in answer.headers["Cache-Control"] or "max-age=0" in answer.headers["Cache-Control"]


STRANGE = ["../assets.py", "nothing.js", f"{'0' * 12}/../assets.py", "a%00.css", f"pages/{'a' * 300}.js", "a" * 300]


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize("path", STRANGE)
def test_nothing_but_a_static_file_is_sent(small_office: OfficeStory, path: str, encoding: str) -> None:
    client = small_office.service.flask_app.test_client()
    for address in (f"/static/{path}", f"/static/{static_hash()}/{path}", f"/fonts/{path}"):
        assert client.get(address, headers={"Accept-Encoding": encoding}).status_code == 404, address


def test_names_that_strangers_make_up_are_not_kept(small_office: OfficeStory) -> None:
    client = small_office.service.flask_app.test_client()
    for number in range(50):
        assert client.get(asset_url(f"pages/{number}.css"), headers={"Accept-Encoding": "gzip"}).status_code == 404
    known = len(assets.static_files() | made_names())
    assert packed_asset.cache_info().currsize <= known and packed_bundle.cache_info().currsize <= known
    assert not [name for name in map(str, range(50)) if f"pages/{name}.css" in assets.static_files() | made_names()]


LINKED = {
    "/": ["tokens.css", "plain.css"],
    "/procedures": ["tokens.css", "plain.css"],
    "/kiosk": ["pages/kiosk-first.css", "pages/kiosk.css"],
    "/counter": ["pages/console.css"],
    "/tablet": ["pages/tablet.css"],
    "/board": ["pages/board.css"],
    "/t/x": ["pages/ticket.css"],
    "/filing": ["pages/filing.css"],
    "/admin": ["pages/admin.css"],
    "/admin/reports": ["pages/admin.css"],
    "/admin/voices": ["pages/voices.css"],
}


@pytest.mark.parametrize("path", LINKED)
def test_each_page_has_the_styles_that_it_was_drawn_with(small_office: OfficeStory, path: str) -> None:
    html = get(small_office, path).text
    assert re.findall(r'rel="stylesheet" href="/static/[0-9a-f]+/([^"]+)"', html) == LINKED[path]


def test_a_page_names_each_of_its_modules_once_and_none_of_another_page() -> None:
    names = modules_of("tablet")
    assert names[0] == "tablet/main.js"
    assert {"tablet/screens.js", "lib/words.js", "lib/api.js"} <= set(names)
    assert len(names) == len(set(names))
    assert {name.partition("/")[0] for name in names} == {"tablet", "lib"}


def test_every_asset_that_a_page_names_is_there(small_office: OfficeStory) -> None:
    for path in ("/", "/kiosk", "/counter", "/tablet", "/admin", "/admin/voices", "/board", "/procedures", "/t/x"):
        html = get(small_office, path).text
        assets_named = re.findall(rf'(?:href|src)="(/static/{static_hash()}/[^"]+)"', html)
        assert len(assets_named) >= 2, path
        assert "/static/" not in html.replace(f"/static/{static_hash()}/", ""), path
        for one in assets_named:
            assert get(small_office, one).status_code == 200, one


def test_scripts_and_styles_travel_packed_to_who_takes_them_so(small_office: OfficeStory) -> None:
    client = small_office.service.flask_app.test_client()
    for name in ("tokens.css", "kiosk/main.js", "mark.svg"):
        path, plain = asset_url(name), (assets.STATIC / name).read_bytes()
        packed = client.get(path, headers={"Accept-Encoding": "gzip, br"})
        assert packed.headers["Content-Encoding"] == "gzip" and packed.headers["Vary"] == "Accept-Encoding"
        assert gzip.decompress(packed.data) == plain and len(packed.data) < len(plain)
        whole = client.get(path, headers={"Accept-Encoding": "identity"})
        assert "Content-Encoding" not in whole.headers and whole.data == plain
        assert packed.content_type == whole.content_type
        assert "immutable" in packed.headers["Cache-Control"] and "max-age=31536000" in packed.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["../assets.py", "lib/../../pages/assets.py", "lib", "nothing.js"])
def test_nothing_but_files_of_ours_is_packed(small_office: OfficeStory, path: str) -> None:
    answer = small_office.service.flask_app.test_client().get(asset_url(path), headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 404


VOWELS = ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


@pytest.mark.parametrize("weight", [500, 700, 800])
def test_the_fonts_of_pages_have_every_vietnamese_letter_and_all_that_the_product_says(weight: int) -> None:
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | set(
        "đbcdghklmnpqrstvx"
    )
    assert len(letters) == 12 * 6 + 17
    here = set(TTFont(assets.STATIC / "fonts" / f"be-vietnam-pro-{weight}.woff").getBestCmap())
    assert [one for one in letters | {one.upper() for one in letters} if ord(one) not in here] == []
    whole = set(TTFont(assets.fonts() / "BeVietnamPro-Bold.ttf").getBestCmap())
    shown = {ord(one) for sentence in catalogue().sentences().values() for one in sentence} | set(
        map(ord, sample_text())
    )
    assert (shown & whole) - here == set()
