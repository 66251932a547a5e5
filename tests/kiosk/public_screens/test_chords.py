"""A plugged-in keyboard neither closes, leaves nor opens anything on a public screen; with ordinary keys it would."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kiosk.public_screens.policy import managed_policy
from kiosk.public_screens.screen import SCREENS, chromium_arguments
from tests.display_board.looks import display
from tests.kiosk.public_screens.chords import CHORDS, browser_under, lock_keys, press, running
from tests.ticket_printer.slips import until

PAGE = b"""<!doctype html><title>page</title><body style="background:#1f5f4b"><script>
addEventListener("keydown", (e) => {
  if (e.key === "a") fetch("/typed");
  if (e.key === "b") location.href = "/admin";
});
fetch("/opened");
</script>"""
LONG_S = 40.0


class Heard:
    """A service that has one page, and counts what is asked of it."""

    def __init__(self, page: bytes = PAGE) -> None:
        self.paths: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.paths.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def waits_for(self, path: str, more_than: int, seconds: float = LONG_S) -> bool:
        ends = time.monotonic() + seconds
        while self.paths.count(path) <= more_than and time.monotonic() < ends:
            time.sleep(0.02)
        return self.paths.count(path) > more_than

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def service() -> Iterator[Heard]:
    heard = Heard()
    yield heard
    heard.close()


@pytest.fixture
def screen() -> Iterator[str]:
    with display(1280, 800) as name:
        yield name


def still_there(service: Heard, screen: str, seconds: float = LONG_S) -> bool:
    """Whether a letter typed now arrives at the page."""
    before = service.paths.count("/typed")
    press(screen, "a")
    return service.waits_for("/typed", before, seconds)


@pytest.fixture
def opened(service: Heard, screen: str, tmp_path: Path) -> Iterator[Callable[[bool], None]]:
    """Opens the kiosk's browser on the page, with locked or ordinary keys."""
    kiosk = SCREENS["kiosk"]
    program = browser_under(tmp_path, managed_policy(kiosk, service.address))
    arguments = chromium_arguments(kiosk, f"{service.address}/kiosk", tmp_path / "profile", (1280, 800))
    with running([str(program), *arguments], screen, tmp_path):

        def ready(is_locked: bool) -> None:
            assert service.waits_for("/opened", 0)
            if is_locked:
                lock_keys(screen)
            ends = time.monotonic() + LONG_S
            while not still_there(service, screen, 1.0):
                assert time.monotonic() < ends, "the page never got the keyboard"

        yield ready


def test_no_chord_reaches_the_browser_and_no_other_page_opens(
    opened: Callable[[bool], None], service: Heard, screen: str
) -> None:
    opened(True)
    assert len(CHORDS) >= 30
    for chord in CHORDS:
        press(screen, chord)
        assert still_there(service, screen), f"{chord} took the page away"
    assert service.paths.count("/opened") == 1, "the page was never loaded again"
    press(screen, "b")
    assert until(lambda: not still_there(service, screen, 2.0), LONG_S), "the page tried to leave"
    assert "/admin" not in service.paths, "the policy lets no other page of the service open"


def test_with_ordinary_keys_a_chord_takes_the_page_away(
    opened: Callable[[bool], None], service: Heard, screen: str
) -> None:
    opened(False)
    press(screen, "Ctrl t")
    assert until(lambda: not still_there(service, screen, 2.0), LONG_S)
