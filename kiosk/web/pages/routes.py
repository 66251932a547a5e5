"""Pages for people and the health of the service."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, render_template, request, send_from_directory
from werkzeug.exceptions import NotFound

from contract.records import dataclass
from contract.times import to_rfc3339
from kiosk.domain.lost_numbers import LostNumbersNotice
from kiosk.domain.numbering import ticket_number
from kiosk.i18n.catalogues import translate
from kiosk.queries.clock import clock_problem, read_clock
from kiosk.web.http.dependencies import dependencies
from kiosk.web.http.doors import PROXIED, SIDE, Side
from kiosk.web.http.metrics import CONTENT_TYPE, metrics_text
from kiosk.web.pages import offline, procedures, qr_codes
from kiosk.web.pages.assets import (
    PACKED,
    STATIC,
    asset_url,
    code_version,
    fonts,
    packed_asset,
    split_asset,
    static_files,
    static_hash,
)
from kiosk.web.pages.bundles import bundle, bundle_name, made_names, packed_bundle, sheet_name

YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True)
class Page:
    """A page that its modules draw: `folder` of them in `static`, English title, id of the element that is filled."""

    name: str
    folder: str
    title: str
    root: str
    sheets: tuple[str, ...]  # the first before anything is drawn, others behind what stands there at once
    look: str = ""  # the page whose styles it shares
    root_class: str = ""
    is_staff: bool = False


PAGES = {
    "/kiosk": Page("kiosk", "kiosk", "Take a number", "stage", offline.PAGES["/kiosk"].sheets),
    "/counter": Page("counter", "console", "Counter", "console", ("console",), is_staff=True),
    "/tablet": Page("tablet", "tablet", "Rate", "stage", offline.PAGES["/tablet"].sheets),
    "/board": Page("board", "board", "Board", "board", ("board",)),
    "/t/<token>": Page("ticket", "ticket", "Your ticket", "ticket", offline.PAGES["/t/-"].sheets),
    "/filing": Page("filing", "filing", "File a dossier", "filing", ("filing",)),
    "/admin": Page("admin", "admin", "Administration", "admin", ("admin",), is_staff=True),
    "/admin/voices": Page("voices", "voices", "Voices", "voices", ("voices",), "admin", "admin", True),
}
ALIASES = {
    f"/admin/{section}": "/admin"
    for section in ("printers", "sync", "reports", "dossiers", "statistics", "devices", "journal", "people", "comments")
}


def register(app: Flask) -> None:
    static_hash()
    app.jinja_env.globals.update({"_": translate, "asset": asset_url})
    for path, page in PAGES.items():
        app.add_url_rule(path, f"page {path}", _drawn_page(page))
    for path, same in ALIASES.items():
        app.add_url_rule(path, f"page {path}", _drawn_page(PAGES[same]))
    procedures.register(app)
    app.add_url_rule("/", "page start", _start_page)
    app.add_url_rule("/static/<path:name>", "static", _static)
    app.add_url_rule("/fonts/<name>", "fonts", _font)
    app.add_url_rule("/pictures/<name>", "pictures", _picture)
    qr_codes.register(app)
    app.add_url_rule("/ca", "authority", _authority)
    offline.register(app)
    app.add_url_rule("/healthz", "health", lambda: Response("ok\n", content_type="text/plain"))
    app.add_url_rule("/readyz", "ready", _ready)
    app.add_url_rule("/metrics", "metrics", lambda: Response(metrics_text(dependencies()), content_type=CONTENT_TYPE))


def _drawn_page(page: Page) -> Any:
    """A view that answers the same for every address of the page: its modules read the address and ask for the rest."""

    def view(**_: str) -> str | tuple[str, int]:
        side: Side | None = request.environ.get(SIDE)
        if side is not None and side.is_staff is not page.is_staff:
            return _start_page(is_elsewhere=True), 404
        office = dependencies().configuration["office"]
        given = {
            "office": office["name"],
            "authority": office["authority"],
            "folk": office["folk"],
            "language": office["languages"][0],
            "version": code_version(),
            "manifest": offline.manifest_url(page.name),
            "script": bundle_name(page.folder),
            "sheets": [sheet_name(sheet) for sheet in page.sheets],
        }
        return render_template("page.html", page=page, **given)

    return view


def _start_page(is_elsewhere: bool = False) -> str:
    """The pages of this door. At that of public screens staff's are named with the address of theirs.

    `is_elsewhere`: somebody asked for a page that opens at another one.
    """
    office, side = dependencies().configuration["office"], request.environ.get(SIDE)
    elsewhere = None if side is None or side.is_staff else _staff_origin(side)
    given = {
        "shows_screens": side is None or not side.is_staff,
        "shows_staff": side is None or side.is_staff or elsewhere is not None,
        "staff": elsewhere or "",
        "is_elsewhere": is_elsewhere,
    }
    return render_template("start.html", office=office["name"], authority=office["authority"], **given)


def _staff_origin(side: Side) -> str | None:
    """None behind a proxy, which alone knows where it lets staff in."""
    if side.staff is None or PROXIED in request.environ:
        return None
    scheme, port = side.staff
    host = urlsplit(f"//{request.host}").hostname or ""
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def _static(name: str) -> Response:
    file, is_fixed = split_asset(name)
    if file not in _names():
        raise NotFound
    takes_packed = is_fixed and request.accept_encodings.quality("gzip") > 0
    packed = (packed_asset(file) or packed_bundle(file)) if takes_packed else None
    if packed is None:
        response = _plain(file, YEAR_S if is_fixed else 0)
    else:
        headers = {"Content-Encoding": "gzip"}
        response = Response(packed.content, 200, headers, content_type=packed.content_type)
        response.cache_control.max_age = YEAR_S
    response.vary.add("Accept-Encoding")
    response.cache_control.immutable = is_fixed
    return response


@cache
def _names() -> frozenset[str]:
    """Nothing is looked for, or kept, under any other name: strangers choose those."""
    return static_files() | made_names()


def _plain(file: str, max_age: int) -> Response:
    """A static file, or what was made of several, as it is."""
    text = bundle(file)
    if text is None:
        return send_from_directory(STATIC, file, max_age=max_age)
    response = Response(text, content_type=PACKED[Path(file).suffix])
    response.cache_control.max_age = max_age
    return response


def _picture(name: str) -> Response:
    """A picture of the TV or an officer's photo, by the name that the configuration gives it and no other."""
    given = dependencies()
    shown = {row["file"] for row in given.configuration["board"]["picture"]}
    photos = {officer["photo"] for officer in given.configuration["officers"]}
    if given.pictures is None or name not in shown | photos:
        raise NotFound
    return send_from_directory(given.pictures, name, max_age=300)


def _font(name: str) -> Response:
    return send_from_directory(fonts(), name, max_age=86400)


def _authority() -> Response:
    """The office's certificate authority, for a tablet or a telephone to install."""
    der = dependencies().authority()
    if der is None:
        raise NotFound("this office has no certificate authority; motcua init makes one")
    answer = Response(der, content_type="application/x-x509-ca-cert")
    answer.headers["Content-Disposition"] = 'attachment; filename="motcua-ca.crt"'
    return answer


def _ready() -> Response:
    """200 when the database answers, its storage has no fault and the time can be relied on."""
    given = dependencies()
    for fault, detail in given.store.health.faults.items():
        return Response(f"storage {fault}: {detail}\n", 503, content_type="text/plain; charset=utf-8")
    with given.store.reading() as reading:
        state = reading.state
        problem = clock_problem(read_clock(reading, given.office, given.clock))
        lost = "".join(f"{line}\n" for line in _lost_lines(reading.lost_numbers.open()))
    if problem is not None:
        return Response(f"{problem}\n", 503, content_type="text/plain")
    checking = "the whole database is being checked: no reports yet\n" if given.store.health.is_checking else ""
    return Response(f"ready at seq {state.head.seq}\n{checking}{lost}", content_type="text/plain; charset=utf-8")


def _lost_lines(notices: list[LostNumbersNotice]) -> Iterator[str]:
    """What was lost stands here until staff dismiss it; the office works on."""
    for notice in notices:
        ranges = [(ticket_number(r.letter, r.first), ticket_number(r.letter, r.last)) for r in notice.lost.ranges]
        shown = ", ".join(f"{first}-{last}" for first, last in ranges)
        yield f"lost since {to_rfc3339(notice.started_at)} ({notice.reason}): {shown or 'the last actions'}"
