"""How an office lets its kiosk begin, and what it asks of whoever takes a second number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.schema import KioskSection
from tests.office import OfficeStory, sample_configuration
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.pages.kiosk_walk import STEPS, dossier_answers, made_up, on, press, type_code
from tests.pages.looks import stop_time
from tests.pages.test_kiosk_cards import office_with

SEEN = """window.screens = []; addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
  const { screen } = document.querySelector('#stage').dataset;
  if (screen) window.screens.push(screen);
}).observe(document.querySelector('#stage'), { attributes: true, attributeFilter: ['data-screen'] }));"""
CODE = "000.00.53.H48-240414-0001"


@pytest.fixture
def two_touches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    yield from office_with(tmp_path, monkeypatch, start="services")


@pytest.fixture
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    yield from office_with(tmp_path, monkeypatch, second_number="ask")


def issued(running: RunningOffice) -> list[str]:
    return [event["data"]["number"] for event in running.story.events() if event["type"] == "ticket.issued"]


def test_from_the_services_two_touches_lead_to_a_number_and_precedence_is_offered(
    two_touches: RunningOffice, open_page: Opener
) -> None:
    page = open_page(two_touches.page_address("kiosk"))
    on(page, "service")
    press(page, "[data-service=HT]")
    on(page, "priority")
    assert page.locator("[data-priority]").count() == 4
    press(page, ".take")
    on(page, "ticket")
    assert issued(two_touches) == ["A001"]
    press(page, ".key.done")
    on(page, "service")
    press(page, ".key.back")
    on(page, "home")
    press(page, ".folder")
    on(page, "code")


@pytest.fixture
def closed_two_touches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    """Begins by the services; opens on Sundays only, on a Monday."""
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    hours = [{"days": ["sun"], "from": "07:00:00", "to": "11:30:00"}]
    plain = sample_configuration(f"sqlite:///{tmp_path / 'office.db'}", opening="hours", hours=hours)
    yield from serving(OfficeStory("", plain.model_copy(update={"kiosk": KioskSection(start="services")})))


def test_while_the_office_is_closed_no_way_back_leads_to_a_screen_that_offers_numbers(
    closed_two_touches: RunningOffice, open_page: Opener
) -> None:
    page = open_page(closed_two_touches.page_address("kiosk"))
    page.add_init_script(SEEN)
    page.reload()
    on(page, "closed")
    for key, screen in ((".orange", "code"), (".teal", "papers")):
        press(page, key)
        on(page, screen)
        press(page, ".key.back")
        on(page, "closed")
    assert set(page.evaluate("window.screens")) == {"closed", "code", "papers"}


def test_a_second_number_is_given_after_a_question_only(asking: RunningOffice, open_page: Opener) -> None:
    page = open_page(asking.page_address("kiosk"))
    for service in ("HT", "DD"):
        on(page, "home")
        press(page, ".take")
        on(page, "service")
        press(page, f"[data-service={service}]")
        on(page, "priority")
        press(page, ".take")
        if service == "HT":
            on(page, "ticket")
            press(page, ".key.done")
    on(page, "another")
    assert "A001" in page.inner_text("main.another h1")
    assert issued(asking) == ["A001"], "nothing was taken yet"
    press(page, ".leave")
    on(page, "home")
    assert issued(asking) == ["A001"]
    press(page, ".take")
    on(page, "service")
    press(page, "[data-service=DD]")
    on(page, "priority")
    press(page, "[data-priority=pregnant]")
    on(page, "another")
    press(page, ".stay")
    on(page, "ticket")
    last = [event for event in asking.story.events() if event["type"] == "ticket.issued"][-1]
    assert (last["data"]["number"], last["data"]["priority"]) == ("C001", "pregnant")


def test_a_scanner_is_heard_on_every_screen(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/healthz")
    made_up(page)
    page.goto(running.page_address("kiosk"))
    ways = {
        "home": [],
        "service": [".take"],
        "priority": [".take", "[data-service=HT]"],
        "ticket": [".take", "[data-service=HT]", ".take"],
        "papers": [".tile.page"],
        "procedure": [".tile.page", ".procedure"],
        "code": [".folder"],
        "rate": [".speech"],
    }
    for screen, touches in ways.items():
        on(page, "home")
        for touch in touches:
            page.wait_for_selector(touch)
            press(page, touch)
        on(page, screen)
        dossier_answers(page, "ready")
        page.keyboard.type(CODE + "\n")
        on(page, "dossier")
        press(page, ".key.done")


def test_a_dossier_is_wiped_from_the_screen_after_twenty_seconds(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/healthz")
    page.clock.install()
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    press(page, ".folder")
    on(page, "code")
    dossier_answers(page, "ready")
    type_code(page)
    stop_time(page)
    press(page, ".go")
    on(page, "dossier")
    assert "0012345678" in page.content()
    page.clock.run_for(19_000)
    assert page.locator("main.dossier").count() == 1
    page.clock.run_for(2_000)
    on(page, "home")
    assert "0012345678" not in page.content()


def test_a_date_stands_only_where_it_tells_what_comes_or_what_was(running: RunningOffice, open_page: Opener) -> None:
    """By docs/dossier-answers.md: of a result that is ready, or of papers that are asked for, no old date is shown."""
    page = open_page(running.page_address("kiosk"))
    dated = {}
    for step, late in [*((step, False) for step in STEPS), ("processing", True)]:
        on(page, "home")
        ended = "2024-04-11T03:00:00.000Z" if step == "returned" else None
        dossier_answers(page, step, late, due_at="2031-04-17T10:00:00.000Z", finished_at=ended)
        page.keyboard.type(CODE + "\n")
        on(page, "dossier")
        due = "17/4" in page.inner_text("main.dossier")
        dated["late" if late else step] = (page.locator(".leaf").count() > 0, due)
        press(page, ".key.done")
    assert {step for step, (leaf, _due) in dated.items() if leaf} == {"received", "processing", "returned"}
    assert {step for step, (_leaf, due) in dated.items() if due} == {"received", "processing"}
    assert len(dated) == 11


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H4812345260125010001", "H48.123.45-260125-010001"),
        ("H48123452601250112345", "H48.123.45-260125-0112345"),
        ("0000053482209210099", "000.00.53.H48-220921-0099"),
        ("H55242.2601250001", "H55.242-260125-0001"),
    ],
)
def test_the_keypad_knows_every_form_of_a_code(
    running: RunningOffice, open_page: Opener, typed: str, code: str
) -> None:
    page = open_page(running.page_address("kiosk"))
    on(page, "home")
    press(page, ".folder")
    on(page, "code")
    type_code(page, typed)
    assert page.inner_text(".code b") == code
    with page.expect_request("**/api/v1/dossiers/*") as asked:
        press(page, ".go")
    assert asked.value.url.endswith(f"/dossiers/{code}")
