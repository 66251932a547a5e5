"""One script and one sheet for each page: they do what their files do; what cannot stand in one is refused by name."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path
from urllib.parse import urljoin

import pytest

from kiosk.web.pages import assets, bundles
from kiosk.web.pages.assets import STATIC, asset_url, modules_of
from kiosk.web.pages.bundles import SHEETS, UnfitModule, bundle, bundle_name, in_order, sheet_name
from tests.office import OfficeStory

FOLDERS = sorted(path.parent.name for path in STATIC.glob("*/main.js"))
# Lying, large letters and the rest say again what the upright drawing said.
KIOSK_IN_TURN = ["kiosk/kiosk.css", "kiosk/wide.css", "kiosk/procedures.css", "kiosk/informs.css", "kiosk/large.css"]
IMPORTED = re.compile(r'^import \{ ([^}]+) \} from "(\.[^"]+)";', re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The static folder of a page "shop" that has no modules yet."""
    for module in (assets, bundles):
        monkeypatch.setattr(module, "STATIC", tmp_path)
    for name in ("shop", "lib"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_a_page_asks_for_one_script_and_its_three_weights_at_once(small_office: OfficeStory) -> None:
    html = small_office.service.flask_app.test_client().get("/kiosk").text
    script = asset_url("pages/kiosk.js")
    assert re.findall(r'<script type="module" src="([^"]+)"', html) == [script]
    assert re.findall(r'rel="modulepreload" href="([^"]+)"', html) == [script]
    assert len(re.findall(r'rel="preload" href="[^"]+\.woff" as="font" type="font/woff" crossorigin', html)) == 3


def test_the_frame_of_the_first_screen_stands_there_before_any_script(small_office: OfficeStory) -> None:
    client = small_office.service.flask_app.test_client()
    first = client.get("/kiosk").text.partition('id="first"')[2].partition('id="stage"')[0]
    assert "Bộ phận Một cửa" in first and "Kính chào bà con!" in first
    assert 'id="first"' not in client.get("/tablet?counter=1").text


@pytest.mark.parametrize("page", FOLDERS)
def test_each_module_of_a_page_stands_in_it_once_after_all_that_it_imports(page: str) -> None:
    text = bundle(bundle_name(page))
    assert text is not None
    rooms = re.findall(r"^const m\d+ = .* // (\S+)$", text, re.MULTILINE)
    assert sorted(rooms) == sorted(modules_of(page)) and rooms[-1] == f"{page}/main.js"
    assert rooms == in_order(f"{page}/main.js")
    exports = {name: re.search(r"^return \{ (.*) \};$", room, re.MULTILINE) for name, room in _rooms(text).items()}
    for name in rooms:
        for names, target in IMPORTED.findall((STATIC / name).read_text(encoding="utf-8")):
            given = exports[assets.named_from(name, target)]
            wanted = {one.split(" as ")[0] for one in names.split(", ")}
            assert given is not None and wanted <= set(given[1].split(", ")), f"{name} imports {wanted} from {target}"


def _rooms(text: str) -> dict[str, str]:
    parts = re.split(r"^const m\d+ = .* // (\S+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_a_bundle_does_what_its_modules_do(folder: Path) -> None:
    (folder / "lib/sums.js").write_text(
        'import { text } from "./words.js";\n'
        "export const [ONE, TWO] = [1, 2];\nexport function add(a, b) { return a + b; }\n"
        "export class Sum { constructor(all) { this.all = all; } get text() { return text(add(...this.all)); } }\n"
        "const late = await Promise.resolve(3);\nexport { late };\n"
    )
    (folder / "lib/words.js").write_text(
        "export const text = (one) => `= ${one}`;\nexport const here = () => import.meta.url.split('/').slice(-2);\n"
    )
    (folder / "shop/main.js").write_text(
        'import { add as plus, late, ONE, Sum, TWO } from "../lib/sums.js";\nimport { here } from "../lib/words.js";\n'
        "const add = 'my own';\nconsole.log(new Sum([ONE, TWO]).text, plus(late, 4), add, ...here());\n"
    )
    (folder / "pages").mkdir()
    bundled = folder / "pages/shop.mjs"
    bundled.write_text(bundle("pages/shop.js") or "")
    said = subprocess.run(["node", str(bundled)], capture_output=True, text=True, check=True, timeout=30)
    assert said.stdout.split() == ["=", "3", "7", "my", "own", "lib", "words.js"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("export let count = 0;", "export let count"),
        ("export default 1;", "export default"),
        ('import * as words from "../lib/words.js";', "import \\*"),
        ('import "../lib/words.js";', "import "),
        ('import { a } from "./main.js";', r"shop/main\.js → shop/main\.js"),
    ],
)
def test_what_cannot_stand_in_a_bundle_is_refused_by_name(folder: Path, line: str, reason: str) -> None:
    (folder / "lib/words.js").write_text("export const a = 1;\n")
    (folder / "shop/main.js").write_text(f"{line}\n")
    with pytest.raises(UnfitModule, match=rf"shop/main\.js.*{reason}"):
        bundle("pages/shop.js")


def test_a_bundle_travels_packed_and_is_kept_for_a_year(small_office: OfficeStory) -> None:
    client = small_office.service.flask_app.test_client()
    path, plain = asset_url("pages/tablet.js"), bundle("pages/tablet.js")
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data).decode() == plain
    assert packed.content_type == "text/javascript; charset=utf-8" and "immutable" in packed.headers["Cache-Control"]
    whole = client.get(path, headers={"Accept-Encoding": "identity"})
    assert whole.text == plain and "max-age=31536000" in whole.headers["Cache-Control"]
    old = client.get("/static/ba9876543210/pages/tablet.js", headers={"Accept-Encoding": "gzip"})
    assert old.text == plain and "immutable" not in old.headers["Cache-Control"], "a page of before an upgrade"


@pytest.mark.parametrize("name", ["pages/lib.js", "pages/fonts.js", "pages/../kiosk.js", "pages/kiosk/main.js"])
def test_no_other_name_is_a_bundle(small_office: OfficeStory, name: str) -> None:
    assert small_office.service.flask_app.test_client().get(asset_url(name)).status_code == 404


@pytest.mark.parametrize("name", ["pages/lib.css", "pages/tokens.css", "pages/../kiosk.css", "pages/kiosk/kiosk.css"])
def test_no_other_name_is_a_sheet(small_office: OfficeStory, name: str) -> None:
    assert small_office.service.flask_app.test_client().get(asset_url(name)).status_code == 404


def test_every_file_of_styles_stands_in_a_sheet_after_the_tokens_that_it_names() -> None:
    files = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css")}
    assert {file for sheet in SHEETS.values() for file in sheet} == files - {"plain.css"}  # of pages without a script
    for sheet, named in SHEETS.items():
        assert sheet == "kiosk" or named[0] == "tokens.css"


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_its_files_in_turn_and_what_they_name_is_found_from_where_it_lies(
    small_office: OfficeStory, sheet: str
) -> None:
    client = small_office.service.flask_app.test_client()
    address = asset_url(sheet_name(sheet))
    text = client.get(address).text
    last = 0
    for file in SHEETS[sheet]:
        for line in (STATIC / file).read_text(encoding="utf-8").splitlines():
            if "url(" not in line:
                last = text.index(line, last) + len(line)
    for named in re.findall(r'url\("([^"]+)"\)', text):
        assert client.get(urljoin(address, named)).status_code == 200, named


def test_a_kiosk_draws_its_frame_with_one_sheet_and_asks_for_the_other_behind_it(small_office: OfficeStory) -> None:
    html = small_office.service.flask_app.test_client().get("/kiosk").text
    head, _, rest = html.partition('<div id="first"')
    linked = r'rel="stylesheet" href="([^"]+)"'
    assert re.findall(linked, head) == [asset_url("pages/kiosk-first.css")]
    assert re.findall(linked, rest) == [asset_url("pages/kiosk.css")]
    assert rest.index("pages/kiosk.css") < rest.index("<symbol")


def test_a_sheet_travels_packed_and_is_kept_for_a_year(small_office: OfficeStory) -> None:
    path = asset_url("pages/kiosk.css")
    packed = small_office.service.flask_app.test_client().get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data).decode() == bundle("pages/kiosk.css")
    assert packed.content_type == "text/css; charset=utf-8" and "immutable" in packed.headers["Cache-Control"]
    old = small_office.service.flask_app.test_client().get("/static/ba9876543210/pages/kiosk.css")
    assert old.text == bundle("pages/kiosk.css") and old.content_type == "text/css; charset=utf-8"
    assert "immutable" not in old.headers["Cache-Control"], "a page of before an upgrade"


def test_later_rules_of_the_kiosk_stand_behind_those_that_they_change() -> None:
    text = bundle("pages/kiosk.css") or ""
    places = [text.index((STATIC / file).read_text(encoding="utf-8")) for file in KIOSK_IN_TURN]
    assert places == sorted(places) and places[0] == 0


def test_an_address_that_would_not_be_found_from_a_sheet_is_refused_by_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SHEETS, "shop", ("shop/shop.css",))
    (folder / "shop/shop.css").write_text('a { background: url("band.svg") }')
    assert bundle("pages/shop.css") == 'a { background: url("../shop/band.svg") }'
    (folder / "shop/shop.css").write_text("a { background: url(band.svg) }")
    with pytest.raises(UnfitModule, match=r'shop/shop\.css: write url\("…"\) for url\(band\.svg\)'):
        bundle("pages/shop.css")
