"""Where staff have a door of their own, the door of kiosks and tablets has neither their pages nor their sign-in."""

from __future__ import annotations

import json
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from kiosk.maintenance.certificates import OfficeCertificates, authority_der
from kiosk.store.credentials import hash_secret
from kiosk.web.pages.routes import ALIASES, PAGES
from tests.kiosk.secure_office import PATIENCE_S, ask, real_now
from tests.office import OfficeStory, sample_configuration
from tests.sources import ROOT

# By hand: which pages people of the office work at, and which stand in the hall or in a citizen's hand.
STAFF = {
    "/counter",
    "/admin",
    "/admin/voices",
    "/admin/printers",
    "/admin/sync",
    "/admin/reports",
    "/admin/dossiers",
    "/admin/statistics",
    "/admin/devices",
    "/admin/journal",
    "/admin/people",
    "/admin/comments",
}
SCREENS = {"/kiosk", "/tablet", "/board", "/filing", "/t/<token>"}


@dataclass(frozen=True)
class TwoDoors:
    """An office with a plain door, a TLS door for screens and one for staff."""

    story: OfficeStory
    plain: int
    screens: int
    staff: int
    public: int

    def ask(self, port: int, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str, bytes]:
        line: socket.socket = socket.create_connection(("127.0.0.1", port), PATIENCE_S)
        if port not in {self.plain, self.public}:
            context = ssl.create_default_context()
            context.load_verify_locations(cadata=authority_der())
            line = context.wrap_socket(line, server_hostname="127.0.0.1")
        with line:
            return ask(line, method, path, body, **headers)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoDoors]:
    home: Path = tmp_path_factory.mktemp("staff")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(home))
        patch.setattr("kiosk.server.OfficeCertificates", lambda server, _: OfficeCertificates(server, real_now))
        patch.setattr("kiosk.server.staff_scheme", lambda _: "https")  # as at an address of the network
        plain = sample_configuration(f"sqlite:///{home / 'motcua.db'}", opening="always")
        update = {"tls_bind": "127.0.0.1:0", "staff_bind": "127.0.0.1:0", "public_bind": "127.0.0.1:0"}
        story = OfficeStory("", plain.model_copy(update={"server": plain.server.model_copy(update=update)}))
        with story.app.store.writing() as tables:
            tables.clerks.add("c-1", "Lan", hash_secret("4821"))
        story.service.start()
        listeners = story.service._listeners
        assert listeners is not None and listeners.tls is not None and listeners.staff is not None
        yield TwoDoors(story, listeners.plain.port, listeners.tls.port, listeners.staff.port, listeners.all[-1].port)
        story.service.stop_serving()
        story.close()


def test_every_page_belongs_to_one_side() -> None:
    shown = {path: page.is_staff for path, page in PAGES.items()}
    shown |= {path: PAGES[same].is_staff for path, same in ALIASES.items()}
    assert {path for path, is_staff in shown.items() if is_staff} == STAFF
    assert {path for path, is_staff in shown.items() if not is_staff} == SCREENS


@pytest.mark.parametrize("path", sorted(STAFF))
def test_the_pages_of_staff_open_at_their_door_alone(doors: TwoDoors, path: str) -> None:
    assert doors.ask(doors.staff, "GET", path)[0] == 200
    for port in (doors.plain, doors.screens):
        status, _, body = doors.ask(port, "GET", path)
        assert status == 404 and b'<script type="module"' not in body
        text = body.decode()
        assert "Trang này không mở ở địa chỉ này." in text
        assert f'href="https://127.0.0.1:{doors.staff}/counter"' in text, "the way is told"


@pytest.mark.parametrize("path", sorted(path.replace("<token>", "abcdefghijkm") for path in SCREENS))
def test_the_pages_of_the_hall_do_not_open_at_the_door_of_staff(doors: TwoDoors, path: str) -> None:
    assert doors.ask(doors.staff, "GET", path)[0] == 404
    for port in (doors.plain, doors.screens):
        assert doors.ask(port, "GET", path)[0] == 200


PAGE_ROW = re.compile(r"^\| `(/\S*)` \| ([a-z ]+) \|$", re.MULTILINE)
BY_HAND = {path: set(doors.split()) for path, doors in PAGE_ROW.findall((ROOT / "docs/security.md").read_text("utf-8"))}


def test_each_page_opens_at_the_doors_of_the_table_and_at_no_other(doors: TwoDoors) -> None:
    ports = {"hall": [doors.plain, doors.screens], "staff": [doors.staff], "public": [doors.public]}
    assert {path.replace("<token>", "{token}") for path in PAGES} < BY_HAND.keys()
    for path, expected in BY_HAND.items():
        for door, numbers in ports.items():
            for port in numbers:
                opened = doors.ask(port, "GET", path.replace("{token}", "abcdefghijkm"))[0] in {200, 503}
                assert opened is (door in expected), (path, door)


def test_the_first_page_of_each_door_leads_to_its_own_pages(doors: TwoDoors) -> None:
    at_staff, at_screens = (doors.ask(port, "GET", "/")[2].decode() for port in (doors.staff, doors.screens))
    assert 'href="/counter"' in at_staff and 'href="/admin"' in at_staff and "/kiosk" not in at_staff
    assert 'href="/kiosk"' in at_screens and 'href="/admin"' not in at_screens
    assert "không mở" not in at_staff + at_screens


def sign_in(doors: TwoDoors, port: int) -> tuple[int, str, bytes]:
    token = doors.story.token("counter", "1")
    return doors.ask(port, "POST", "/api/v1/session", {"clerk": "Lan", "pin": "4821"}, Authorization=f"Bearer {token}")


def test_a_clerk_signs_in_at_the_door_of_staff_and_the_session_counts_nowhere_else(doors: TwoDoors) -> None:
    status, head, _ = sign_in(doors, doors.staff)
    cookie = head.partition("Set-Cookie: ")[2].partition(";")[0]
    assert status == 200 and cookie.startswith("__Host-motcua_session=")
    assert doors.ask(doors.staff, "GET", "/api/v1/clerks", Cookie=cookie)[0] == 200
    assert doors.ask(doors.screens, "GET", "/api/v1/clerks", Cookie=cookie)[0] == 401, "browsers send it to every port"


def test_the_session_of_a_person_counts_at_the_door_of_staff_alone(doors: TwoDoors) -> None:
    bearer = f"Bearer {doors.story.token('head')}"
    assert doors.ask(doors.staff, "GET", "/api/v1/staff", Authorization=bearer)[0] == 200
    for port in (doors.screens, doors.plain):
        assert doors.ask(port, "GET", "/api/v1/staff", Authorization=bearer)[0] == 401


@pytest.mark.parametrize("path", ["/api/v1/session", "/api/v1/admin/session"])
def test_nobody_signs_in_at_the_door_of_screens(doors: TwoDoors, path: str) -> None:
    for port in (doors.plain, doors.screens):
        status, _, body = doors.ask(port, "POST", path, {"name": "a", "password": "b"})
        assert (status, json.loads(body)["code"]) == (403, "forbidden")


def test_a_programs_token_is_good_at_both_doors(doors: TwoDoors) -> None:
    for port in (doors.plain, doors.screens, doors.staff):
        answered = doors.ask(
            port, "POST", "/api/v1/tickets", {"service": "HT"}, Authorization=f"Bearer {doors.story.token('kiosk')}"
        )
        assert answered[0] == 201


def test_a_kiosks_page_reaches_nothing_behind_the_door_of_staff(doors: TwoDoors, browser: Browser) -> None:
    """Not what the staff's page keeps, and no call: another origin, which the page's own policy forbids."""
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"https://127.0.0.1:{doors.staff}/")
    page.evaluate("localStorage.setItem('motcua.token', 'secret')")
    page.goto(f"https://127.0.0.1:{doors.screens}/kiosk")
    assert page.evaluate("localStorage.getItem('motcua.token')") is None
    tried = "(port) => fetch(`https://127.0.0.1:${port}/healthz`).then(() => 'reached', (error) => error.name)"
    assert page.evaluate(tried, doors.screens) == "reached"
    assert page.evaluate(tried, doors.staff) == "TypeError"
    assert (
        page.evaluate(
            "(port) => fetch(`https://127.0.0.1:${port}/healthz`, { mode: 'no-cors' }).catch((e) => e.name)",
            doors.staff,
        )
        == "TypeError"
    )
    context.close()
