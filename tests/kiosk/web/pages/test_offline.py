"""What a browser keeps of the pages for a dead service, and what makes a page an app."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kiosk.web.pages.assets import STATIC, code_version
from kiosk.web.pages.bundles import SHEETS, bundle_name
from tests.office import OfficeStory


def offer(office: OfficeStory) -> dict[str, Any]:
    answer = office.service.flask_app.test_client().get("/sw.js")
    assert answer.mimetype == "text/javascript" and answer.headers["Cache-Control"] == "no-cache"
    first, _, rest = answer.text.partition(";\n")
    assert "addEventListener" in rest
    made: dict[str, Any] = json.loads(first.removeprefix("const OFFER = "))
    return made


def test_all_that_a_version_needs_is_there_and_says_that_it_never_changes(small_office: OfficeStory) -> None:
    given = offer(small_office)
    client = small_office.service.flask_app.test_client()
    for path in given["files"]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert path.startswith("/fonts/") or "immutable" in answer.headers["Cache-Control"]
    names = {path.split("/", 3)[3] for path in given["files"] if path.startswith("/static/")}
    for folder in ("kiosk", "tablet", "ticket"):
        assert bundle_name(folder) in names
        kept = {file for name in names if name.endswith(".css") for file in SHEETS[Path(name).stem]}
        assert {f"{folder}/{style.name}" for style in (STATIC / folder).glob("*.css")} <= kept
    assert len([name for name in names if name.endswith(".woff")]) == 3
    for address in given["pages"]:
        styles = re.findall(r'rel="stylesheet" href="([^"]+)"', client.get(address).text)
        assert styles and set(styles) <= set(given["files"]), f"{address} lies on a screen as it was drawn"


def test_pages_and_sentences_bear_the_version_of_the_code(small_office: OfficeStory) -> None:
    given = offer(small_office)
    client = small_office.service.flask_app.test_client()
    assert given["code"] == code_version()
    for address, name in given["pages"].items():
        assert f'data-version="{given["code"]}"' in client.get(address).text
        answer = client.get(f"/api/v1/page/{name}").json
        assert answer is not None and answer["version"] == given["code"]


def test_another_configuration_is_another_version(small_office: OfficeStory) -> None:
    before = offer(small_office)
    dependencies = small_office.service.flask_app.extensions["motcua"]
    dependencies.configuration["office"]["folk"] = "công dân"
    after = offer(small_office)
    assert (before["version"] != after["version"], before["code"]) == (True, after["code"])


@pytest.mark.parametrize(
    ("page", "start"),
    [("/kiosk", "/kiosk"), ("/tablet?counter=2", "/tablet?counter=2"), ("/t/8Zd9xQw7Yz2b", None)],
)
def test_a_page_is_an_app_that_starts_where_it_was_installed(
    small_office: OfficeStory, page: str, start: str | None
) -> None:
    client = small_office.service.flask_app.test_client()
    html = client.get(page).text
    link = html.split('<link rel="manifest" href="', 1)[1].split('"', 1)[0]
    manifest = json.loads(client.get(link).text)
    assert manifest.get("start_url") == start
    assert "Bộ phận Một cửa xã Ba Vì" in manifest["name"]
    assert client.get(manifest["icons"][0]["src"]).status_code == 200


def test_a_page_that_needs_the_service_is_no_app(small_office: OfficeStory) -> None:
    client = small_office.service.flask_app.test_client()
    assert 'rel="manifest"' not in client.get("/admin").text
    assert client.get("/app/admin.webmanifest").status_code == 404
