"""An ID card held to the scanner: only the year of birth counts, and nothing of it is left anywhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from config.schema import Configuration, KioskSection
from tests.office import OfficeStory, sample_configuration
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.pages.kiosk_walk import on, press
from tests.pages.looks import stop_time

NUMBER, OLD_NUMBER, NAME, PLACE = "051098765432", "213456789", "ĐINH THỊ XUYẾN KRĂNG", "Thôn Mang Krá, xã Ba Vì"
MARKERS = (NUMBER, OLD_NUMBER, "XUYẾN", "Mang Krá", "14021946")
CARD = f"{NUMBER}|{OLD_NUMBER}|{NAME}|14021946|Nữ|{PLACE}|30122021"
NEWER = CARD + "||||"


def office_with(folder: Path, monkeypatch: pytest.MonkeyPatch, **kiosk: Any) -> Iterator[RunningOffice]:
    monkeypatch.setenv("MOTCUA_HOME", str(folder))
    plain = sample_configuration(f"sqlite:///{folder / 'office.db'}", opening="always")
    configuration: Configuration = plain.model_copy(update={"kiosk": KioskSection(**kiosk)})
    yield from serving(OfficeStory("", configuration))


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    """An office that reads cards of people of 75 and more."""
    yield from office_with(tmp_path, monkeypatch, id_card_age=75)


def left_in_memory(line: CDPSession, marker: str) -> bool:
    """Whether the page's memory, swept, still holds a text with the marker."""
    pieces: list[str] = []
    line.on("HeapProfiler.addHeapSnapshotChunk", lambda piece: pieces.append(piece["chunk"]))
    line.send("HeapProfiler.enable")
    for _ in range(3):
        line.send("HeapProfiler.collectGarbage")
    line.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    assert len("".join(pieces)) > 100_000, "a snapshot was taken"
    return marker in "".join(pieces)


def held_to_the_scanner(page: Page, text: str) -> None:
    """At a scanner's pace, whatever this machine's is: the page's clock stands still between the letters."""
    stop_time(page)
    page.keyboard.type(text + "\n")
    page.clock.resume()


@pytest.mark.parametrize("card", [CARD, NEWER], ids=["seven fields", "newer"])
def test_a_card_lets_an_old_citizen_go_first_and_leaves_nothing(
    reading: RunningOffice, open_page: Opener, tmp_path: Path, card: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = open_page(f"{reading.address}/healthz")
    sent: list[str] = []
    spoken: list[str] = []
    page.on("request", lambda asked: sent.append(f"{asked.url} {asked.post_data or ''} {asked.headers}"))
    page.on("console", lambda line: spoken.append(line.text))
    page.clock.install()
    page.goto(reading.page_address("kiosk"))
    on(page, "home")
    held_to_the_scanner(page, card)
    page.wait_for_selector("text=Chọn việc trước")
    press(page, ".take")
    on(page, "service")
    press(page, "[data-service=HT]")
    on(page, "priority")
    held_to_the_scanner(page, card)
    on(page, "ticket")
    issued = next(event for event in reading.story.events() if event["type"] == "ticket.issued")
    assert issued["data"]["priority"] == "elderly"
    everywhere = "".join(sent + spoken) + page.content() + caplog.text
    everywhere += page.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert [one for one in MARKERS if one in everywhere] == []
    assert page.evaluate("() => indexedDB.databases().then((all) => all.length)") <= 1
    line = page.context.new_cdp_session(page)
    page.evaluate("() => { window.planted = 'MARKER-' + [1, 2, 3].join('-') }")
    assert left_in_memory(line, "MARKER-1-2-3"), "a text that is kept would be found"
    assert [one for one in MARKERS if left_in_memory(line, one)] == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    kept = b"".join(path.read_bytes() for path in files)
    assert b"elderly" in kept
    assert [one for one in MARKERS if one.encode() in kept] == []


def test_a_card_without_an_end_is_forgotten(reading: RunningOffice, open_page: Opener) -> None:
    page = open_page(reading.page_address("kiosk"))
    on(page, "home")
    page.keyboard.type(CARD)
    line = page.context.new_cdp_session(page)
    until = time.monotonic() + 8
    while any(left_in_memory(line, one) for one in (NUMBER, "XUYẾN")):
        assert time.monotonic() < until, "somebody's card stays in the memory"


def test_a_younger_citizen_and_an_office_without_cards_get_advice_and_no_number(
    reading: RunningOffice, running: RunningOffice, open_page: Opener
) -> None:
    young = CARD.replace("14021946", "14021990")
    for place, card, words in ((reading, young, "Chạm “Lấy số”"), (running, CARD, "Máy này không đọc thẻ")):
        page = open_page(f"{place.address}/healthz")
        page.clock.install()
        page.goto(place.page_address("kiosk"))
        on(page, "home")
        press(page, ".take")
        on(page, "service")
        press(page, "[data-service=HT]")
        on(page, "priority")
        held_to_the_scanner(page, card)
        page.wait_for_selector(f"text={words}")
        assert "ticket.issued" not in place.story.types()
