"""Static files lie under a path that names their content: cached for a year, and new at once after an upgrade."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from kiosk.web.pages import assets
from kiosk.web.pages.assets import asset_url, modules_of, split_asset, static_hash, tree_hash
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


@pytest.mark.parametrize("path", ["../assets.py", "nothing.js", f"{'0' * 12}/../assets.py"])
def test_nothing_but_a_static_file_is_sent(small_office: OfficeStory, path: str) -> None:
    assert get(small_office, f"/static/{path}").status_code == 404


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
