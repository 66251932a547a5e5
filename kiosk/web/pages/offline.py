"""Pages that open while the service is dead: the service worker with all that one version needs, and the manifests."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import NamedTuple

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from kiosk.i18n.catalogues import translate
from kiosk.web.http.dependencies import dependencies
from kiosk.web.pages.assets import STATIC, asset_url, code_version
from kiosk.web.pages.bundles import bundle_name, sheet_name
from kiosk.web.pages.sentences import page_translations

WORKER = "offline/worker.js"


class KeptPage(NamedTuple):
    """A page that opens without the service: its name, which its folder in `static` has as well, and its sheets."""

    name: str
    sheets: tuple[str, ...]


PAGES = {
    "/kiosk": KeptPage("kiosk", ("kiosk-first", "kiosk")),
    "/tablet": KeptPage("tablet", ("tablet",)),
    "/t/-": KeptPage("ticket", ("ticket",)),  # every ticket's page is one
}
TITLES = {"kiosk": "Take a number", "tablet": "Rate", "ticket": "Your ticket"}
SHARED = (
    "mark.svg",
    "band.svg",
    "lib/browser_check.js",
    "lib/stream_worker.js",
    "lib/stream_feed.js",
    "lib/stream_line.js",
    "lib/frames.js",
    "fonts/be-vietnam-pro-500.woff",
    "fonts/be-vietnam-pro-700.woff",
    "fonts/be-vietnam-pro-800.woff",
)


def register(app: Flask) -> None:
    app.add_url_rule("/sw.js", "service worker", _worker)
    app.add_url_rule("/app/<name>.webmanifest", "manifest", _manifest)


def manifest_url(page: str) -> str | None:
    """Where the manifest of a page is; None for one that needs the service all the time."""
    if page not in TITLES:
        return None
    counter = request.args.get("counter", "")
    return f"/app/{page}.webmanifest" + (f"?counter={counter}" if counter.isalnum() else "")


def _files() -> list[str]:
    names = dict.fromkeys(SHARED)
    for page in PAGES.values():
        names |= dict.fromkeys((bundle_name(page.name), *map(sheet_name, page.sheets)))
    return [asset_url(name) for name in names]


def _worker() -> Response:
    """A browser takes the worker anew when a byte of it changed: with the code, or with what pages are given."""
    shown = dependencies().configuration
    languages = tuple(shown["office"]["languages"])
    words = [page_translations(page.name, languages) for page in PAGES.values()]
    given = json.dumps([shown, words], sort_keys=True)
    offer = {
        "version": sha256(f"{code_version()} {given}".encode()).hexdigest()[:16],
        "code": code_version(),
        "pages": {address: page.name for address, page in PAGES.items()},
        "files": _files(),
    }
    source = (STATIC / WORKER).read_text(encoding="utf-8")
    text = f"const OFFER = {json.dumps(offer)};\n{source}"
    headers = {"Cache-Control": "no-cache"}
    return Response(text, 200, headers, content_type="text/javascript; charset=utf-8")


def _manifest(name: str) -> Response:
    """Of a page as an app. A ticket's page starts at its own address, which its manifest does not name."""
    if name not in TITLES:
        raise NotFound
    counter = request.args.get("counter", "")
    office = dependencies().configuration["office"]["name"]
    query = f"?counter={counter}" if counter.isalnum() else ""
    start = {} if name == "ticket" else {"start_url": f"/{name}{query}", "id": f"/{name}{query}"}
    manifest = {
        "name": f"{translate(TITLES[name])} · {office}",
        "short_name": translate(TITLES[name]),
        "lang": "vi",
        "display": "standalone" if name == "ticket" else "fullscreen",
        "background_color": "#FBF6EA",
        "theme_color": "#0F4F3A",
        "icons": [{"src": asset_url("mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        **start,
    }
    return Response(json.dumps(manifest, ensure_ascii=False), content_type="application/manifest+json")
