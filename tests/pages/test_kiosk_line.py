"""The kiosk and the service behind it: what people see when the line breaks, and how soon."""

from __future__ import annotations

import time

from tests.pages.conftest import Opener, RunningOffice
from tests.pages.looks import on_screen


def test_a_dead_service_is_known_by_the_end_of_its_stream(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(running.page_address("kiosk"))
    on_screen(page, "home")
    page.clock.install(time=time.time())
    page.clock.pause_at(time.time() + 1)  # so that nothing but the stream can tell it
    running.service.stopped.set()
    page.wait_for_selector("#stage[data-screen=down]", timeout=15_000)
