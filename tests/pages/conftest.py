"""The real service on a free port of this machine, and a real browser in front of it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from config.schema import PrinterSection
from kiosk.server import Server
from tests.browser import PATIENCE_MS
from tests.office import OfficeStory, sample_configuration
from tests.pages.added_language import MADE_UP, story_with_language
from tests.pages.axe import faults_at_the_end
from tests.sync.proxy import Proxy
from tests.ticket_printer.slips import until
from ticket_printer.simulator.printer import SimulatedPrinter


@dataclass
class RunningOffice:
    """A running office: `story` moves it from inside, `address` is where its pages are."""

    story: OfficeStory
    service: Server
    address: str

    def page_address(self, role: str, counter: str | None = None) -> str:
        """Of a page whose device is paired already."""
        query = f"?counter={counter}" if counter else ""
        return f"{self.address}/{role}{query}#token={self.story.token(role, counter)}"

    def send(self, method: str, path: str, role: str, body: Any = None, counter: str | None = None) -> Any:
        answer = self.story.send(method, path, role, body, counter)
        assert answer.status_code < 300, answer.text
        return answer.json if answer.status_code != 204 else None


def run_office(folder: Path, **office: Any) -> Iterator[RunningOffice]:
    url = f"sqlite:///{folder / 'office.db'}"
    configuration = sample_configuration(url, **office)
    configuration.voice.hours.clear()  # tests run at any hour
    yield from serving(OfficeStory(url, configuration))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """One office, open, for all tests of a file."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("office")
        patch.setenv("MOTCUA_HOME", str(folder))
        yield from run_office(folder, opening="always")


def serving(story: OfficeStory) -> Iterator[RunningOffice]:
    service = story.service
    port = service.start()
    worker = threading.Thread(target=service.run, name="office", daemon=True)
    worker.start()
    yield RunningOffice(story, service, f"http://127.0.0.1:{port}")
    service.stopped.set()
    worker.join(10)


def run_printing_office(
    folder: Path, monkeypatch: pytest.MonkeyPatch, device: SimulatedPrinter, profile: str, public_url: str = ""
) -> Iterator[RunningOffice]:
    """The sample office, open, with a printer "hall" that really prints; it waits for it in real time."""
    monkeypatch.setenv("MOTCUA_HOME", str(folder))
    plain = sample_configuration(f"sqlite:///{folder / 'office.db'}", opening="always")
    section = PrinterSection(name="hall", url="tcp://{}:{}".format(*device.address), profile=profile)
    server = plain.server.model_copy(update={"public_url": public_url})
    story = OfficeStory("", plain.model_copy(update={"printer": [section], "server": server}))
    monkeypatch.setattr(story.clock, "monotonic", lambda: story.clock.elapsed + time.monotonic())
    for running in serving(story):
        assert until(lambda: story.app.printer_health.shapes()["hall"]["state"] == "ok")
        yield running


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    """The sample office on a Monday morning, open."""
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    yield from run_office(tmp_path, opening="always")


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """The sample office with a language that its people added themselves."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder / "state"))
        yield from serving(story_with_language(folder))


@pytest.fixture
def speaking_office(request: pytest.FixtureRequest, language: str) -> RunningOffice:
    """An office that has the language of the test."""
    office: RunningOffice = request.getfixturevalue("added" if language == MADE_UP else "running")
    return office


@pytest.fixture
def closed_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    """An office that opens on Sundays only, on a Monday."""
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    hours = [{"days": ["sun"], "from": "07:00:00", "to": "11:30:00"}]
    yield from run_office(tmp_path, opening="hours", hours=hours)


@pytest.fixture
def five(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    """An office with five levels, two of them with long names."""
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    plain = sample_configuration(f"sqlite:///{tmp_path / 'office.db'}", opening="always")
    names = ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng"]
    levels = [
        plain.survey.levels[-1].model_copy(update={"code": f"l{at}", "name": one}) for at, one in enumerate(names)
    ]
    survey = plain.survey.model_copy(update={"levels": levels})
    yield from serving(OfficeStory("", plain.model_copy(update={"survey": survey})))


Opener = Callable[..., Page]
WITH_AXE = "MOTCUA_AXE" in os.environ  # of the long runs: each state in which a test leaves a page is looked at


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """open_page(address, width, height): a fresh device; nothing is asked for outside but `beyond`."""
    contexts = []
    outside: list[str] = []
    errors: list[str] = []

    def note(url: str, inside: list[str], beyond: str) -> None:
        if (
            url.split("/", 3)[:3] != inside
            and not url.startswith(("data:", "blob:"))
            and not (beyond and url.startswith(beyond))
        ):
            outside.append(url)

    def opened(
        address: str,
        width: int = 1080,
        height: int = 1920,
        beyond: str = "",
        offline: Literal["allow", "block"] = "block",
    ) -> Page:
        view: ViewportSize = {"width": width, "height": height}
        context = browser.new_context(viewport=view, locale="vi-VN", service_workers=offline)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        inside = address.split("/", 3)[:3]
        page.on("request", lambda asked: note(asked.url, inside, beyond))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        return page

    yield opened
    faults = []
    for context in contexts:
        for page in context.pages:
            faults += faults_at_the_end(page) if WITH_AXE else []
            page.unroute_all(behavior="ignoreErrors")  # an answer that is still on its way is nobody's fault
        context.close()
    assert outside == []
    assert errors == []
    assert faults == []


@dataclass
class CutOffice:
    """An office at the end of a line that a test cuts."""

    running: RunningOffice
    line: Proxy


@pytest.fixture
def far(running: RunningOffice) -> Iterator[CutOffice]:
    line = Proxy(int(running.address.rsplit(":", 1)[1]))
    yield CutOffice(replace(running, address=f"http://127.0.0.1:{line.port}"), line)
    line.close()
