"""The optional second page of the survey: at tablet and kiosk, with the rating, in the report, recounted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from config.survey import FurtherSection
from kiosk.actions.ratings import RatingInput, rate
from kiosk.maintenance.verification import verify_store
from tests.office import OfficeStory, sample_configuration
from tests.pages.boxes import beyond_place, faults_of
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.pages.kiosk_walk import on, press, type_number
from tests.pages.looks import cut_off, on_screen, too_small

TWO = {"code": "offices", "name": "Bà con phải đến mấy cơ quan để làm xong việc này?", "criterion": 4}
CONTACTS = FurtherSection.model_validate(
    {
        "code": "contacts",
        "name": "Bà con phải đến bổ sung giấy tờ mấy lần?",
        "names": {"en": "How often did you have to come to complete your papers?"},
        "criterion": 3,
        "choices": [
            {"code": "none", "name": "Không lần nào", "names": {"en": "Never"}, "pictogram": "check"},
            {"code": "one", "name": "Một lần"},
            {"code": "more", "name": "Hai lần trở lên"},
        ],
    }
)
OFFICES = FurtherSection.model_validate(
    {**TWO, "choices": [{"code": "here", "name": "Chỉ đến đây"}, {"code": "more", "name": "Nhiều nơi"}]}
)


@pytest.fixture
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    plain = sample_configuration(f"sqlite:///{tmp_path / 'office.db'}", opening="always")
    survey = plain.survey.model_copy(update={"further": [CONTACTS, OFFICES], "remark": True})
    yield from serving(OfficeStory("", plain.model_copy(update={"survey": survey})))


def served(running: RunningOffice) -> None:
    running.story.take_number("HT")
    ticket = running.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")


def ratings(running: RunningOffice, page: Page, count: int) -> list[dict[str, Any]]:
    """What the journal has of ratings, once it has so many."""
    for _ in range(150):
        given = [e["data"] for e in running.story.events() if e["type"] == "rating.submitted"]
        if len(given) >= count:
            return given
        page.wait_for_timeout(100)
    raise AssertionError(f"not {count} ratings")


def test_at_the_tablet_further_questions_go_with_the_rating(asking: RunningOffice, open_page: Opener) -> None:
    page = open_page(asking.page_address("tablet", "1"), 1280, 800)
    on_screen(page, "idle")
    served(asking)
    on_screen(page, "rate")
    press(page, "[data-level=very_satisfied]")
    on_screen(page, "thanks")
    assert cut_off(page) == [] and too_small(page, 118) == []
    press(page, ".further")
    on_screen(page, "further")
    assert page.locator("[data-choice]").count() == 3
    assert too_small(page, 118) == [] and cut_off(page) == [] and faults_of(page, 20) == []
    press(page, "[data-choice=none]")
    page.wait_for_selector("[data-choice=here]")
    assert faults_of(page, 20) == []
    press(page, "[data-choice=more]")
    on_screen(page, "thanks")
    assert page.locator(".further, .again").count() == 0
    served(asking)
    [one] = ratings(asking, page, 1)
    assert (one["answers"], one["further"]) == ({"attitude": "very_satisfied"}, {"contacts": "none", "offices": "more"})
    report = asking.story.send(
        "GET", "/api/v1/reports/satisfaction?from=2024-04-15&to=2024-04-15&format=json", "report"
    )
    assert verify_store(asking.story.app.store).listed == []
    assert "Hai lần trở lên" in report.text and "Bà con phải đến bổ sung giấy tờ mấy lần?" in report.text


@pytest.mark.parametrize("size", [(1080, 1920), (1280, 800)])
def test_at_the_kiosk_a_question_may_be_left_out(
    asking: RunningOffice, open_page: Opener, size: tuple[int, int]
) -> None:
    served(asking)
    page = open_page(asking.page_address("kiosk"), *size)
    on(page, "home")
    press(page, ".speech")
    on(page, "rate")
    type_number(page, "A001")
    press(page, ".go")
    on(page, "faces")
    press(page, "[data-level=satisfied]")
    on(page, "rated")
    assert faults_of(page, 24) == [] and beyond_place(page) == [] and too_small(page, 80) == []
    press(page, ".more")
    on(page, "further")
    assert faults_of(page, 24) == [] and beyond_place(page) == [] and too_small(page, 80) == []
    press(page, ".key.wrong")
    page.wait_for_selector("[data-choice=here]")
    press(page, "[data-choice=here]")
    on(page, "rated")
    assert page.locator(".more").count() == 0
    press(page, ".key.done")
    [one] = ratings(asking, page, 1)
    assert (one["answers"], one["further"]) == ({"attitude": "satisfied"}, {"offices": "here"})


def test_who_leaves_the_second_page_is_counted_with_the_first(asking: RunningOffice, open_page: Opener) -> None:
    page = open_page(asking.page_address("tablet", "1"), 1280, 800)
    on_screen(page, "idle")
    served(asking)
    on_screen(page, "rate")
    press(page, "[data-level=satisfied]")
    on_screen(page, "thanks")
    press(page, ".further")
    on_screen(page, "further")
    served(asking)  # the next citizen is called and served
    on_screen(page, "rate")
    [one] = ratings(asking, page, 1)
    assert one["answers"] == {"attitude": "satisfied"} and "further" not in one


LEAVE = "Object.defineProperty(document, 'hidden', { get: () => true }); dispatchEvent(new Event('visibilitychange'))"


def rating_phone(asking: RunningOffice, open_page: Opener) -> Page:
    """A phone of 320 px whose visit has just ended."""
    body = {"service": "HT", "language": "en"}
    mine = asking.send("POST", "/api/v1/tickets", "kiosk", body)
    ticket = asking.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    page = open_page(f"{asking.address}/t/{mine['public_token']}", 320, 1600)
    asking.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")
    page.wait_for_selector(".faces")
    return page


def test_on_a_phone_further_questions_go_with_the_rating(asking: RunningOffice, open_page: Opener) -> None:
    page = rating_phone(asking, open_page)
    page.click("[data-level=satisfied]")
    page.click(".rate .more:not(.write)")
    page.wait_for_selector(".choices [data-choice=none]")
    assert faults_of(page, 13) == [] and page.inner_text(".rate h2").startswith("How often")
    page.click(".choices [data-choice=one]")
    page.wait_for_selector("[data-choice=here]")
    page.click(".after .done")
    page.wait_for_selector(".rate:has-text('Your opinion is stored')")
    assert page.locator(".more:not(.write)").count() == 0
    [one] = ratings(asking, page, 1)
    assert (one["answers"], one["further"]) == ({"attitude": "satisfied"}, {"contacts": "one"})


def test_a_phone_that_is_put_away_during_the_second_page_is_counted_once(
    asking: RunningOffice, open_page: Opener
) -> None:
    page = rating_phone(asking, open_page)
    page.click("[data-level=not_satisfied]")
    page.click("[data-reason=long_wait]")
    page.click(".rate .more:not(.write)")
    page.click(".choices [data-choice=more]")
    page.wait_for_selector("[data-choice=here]")
    page.evaluate(LEAVE)
    [one] = ratings(asking, page, 1)
    assert (one["further"], one["reasons"]) == ({"contacts": "more"}, ["long_wait"])
    page.wait_for_function("indexedDB.databases().then((all) => all.length > 0)")
    page.reload()
    page.wait_for_selector(".rate:has-text('rated already')")
    assert len(ratings(asking, page, 1)) == 1


def test_words_written_on_a_phone_reach_whoever_heads_the_office(asking: RunningOffice, open_page: Opener) -> None:
    page = rating_phone(asking, open_page)
    asking.story.clock.passes(20)
    page.click("[data-level=satisfied]")
    page.click(".rate .write")
    assert faults_of(page, 13) == []
    page.fill("#remark", "Đợi hơi lâu")
    asking.story.take_number("HT")  # the queue moves: what is being written stays
    page.wait_for_timeout(1500)
    assert page.input_value("#remark") == "Đợi hơi lâu"
    page.click(".after .done")
    page.wait_for_selector(".rate:has-text('Your opinion is stored')")
    ratings(asking, page, 1)
    for _ in range(50):
        comments = asking.send("GET", "/api/v1/admin/comments", "admin")["comments"]
        if comments:
            break
        page.wait_for_timeout(200)
    assert [one["text"] for one in comments] == ["Đợi hơi lâu"]
    assert "Đợi hơi lâu" not in str(asking.story.events())


def test_the_dashboard_counts_the_answers_and_each_opens_its_ratings(asking: RunningOffice, open_page: Opener) -> None:
    story = asking.story
    for contacts, offices in (("none", "here"), ("none", "more"), ("more", "here")):
        story.take_number("HT")
        ticket = story.call_next("1")
        assert ticket is not None
        story.clock.passes(60)
        asking.send("POST", f"/api/v1/tickets/{ticket.id}/complete", "counter", {}, "1")
        answers = {"attitude": "satisfied", "contacts": contacts, "offices": offices}
        with story.unit("tablet") as unit:
            rate(unit, RatingInput(ticket.id, answers, (), None, unit.now), "sample")
        story.clock.passes(60)
    page = open_page(asking.page_address("admin"), 1280, 800)
    card = page.locator(".answers > div")
    expect(card).to_have_count(2)
    expect(card.first.locator("h3")).to_contain_text("chỉ số 3: 1,3 điểm")
    expect(card.nth(1).locator("h3")).to_contain_text("chỉ số 4")
    assert card.first.locator("tr").all_inner_texts() == [
        "Không lần nào\t2 phiếu\t66,7 %",
        "Một lần\t0 phiếu\t0 %",
        "Hai lần trở lên\t1 phiếu\t33,3 %",
    ]
    links = card.first.locator("button")
    for place, rows in enumerate((2, 2, 1, 1)):
        links.nth(place).click()
        expect(page.locator(".counted tbody tr")).to_have_count(rows)
        page.click(".counted .cardhead .button")
        expect(page.locator(".counted")).to_have_count(0)
