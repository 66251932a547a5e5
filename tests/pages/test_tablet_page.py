"""The tablet at a counter, as the citizen in front of it sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.office import OfficeStory, sample_configuration
from tests.pages.boxes import faults_of
from tests.pages.conftest import CutOffice, Opener, RunningOffice, serving
from tests.pages.looks import cut_off, on_screen, too_small

LEAST_PX = 118  # 20 mm on a tablet of 10.1 inches
LEAST_TYPE_PX = 26
KEPT = """new Promise((resolve) => { indexedDB.open("motcua.ratings").onsuccess = ({ target }) => {
  target.result.transaction("rows").objectStore("rows").getAll().onsuccess = (all) => {
    target.result.close(); resolve(all.target.result); }; }; })"""


def tablet(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(running.page_address("tablet", "1"), 1280, 800)
    on_screen(page, "idle")
    return page


def serve(running: RunningOffice) -> dict[str, Any]:
    """Somebody is called to counter 1."""
    running.story.take_number("HT")
    ticket: dict[str, Any] = running.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    return ticket


def finish(running: RunningOffice, ticket: dict[str, Any]) -> None:
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")


def ratings(running: RunningOffice) -> list[dict[str, Any]]:
    return [e["data"] for e in running.story.events() if e["type"].startswith("rating.")]


def stored(running: RunningOffice, page: Page, answers: list[dict[str, str]]) -> None:
    """Wait until these answers, and no others, are in the journal."""
    for _ in range(200):
        if ratings(running):
            break
        page.wait_for_timeout(100)
    assert [r["answers"] for r in ratings(running) if r["answers"]] == answers


def keeps(page: Page, count: int) -> None:
    """Wait until so many ratings lie in the tablet."""
    for _ in range(150):
        if len(page.evaluate(KEPT)) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not {count} but {page.evaluate(KEPT)}")


def test_what_happens_under_a_finger_does_not_swallow_its_touch(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    page.hover(".contrast")
    page.mouse.down()
    with page.expect_response("**/api/v1/counters/1"):
        running.story.take_number("HT")
    page.wait_for_timeout(100)
    assert "1 người" not in page.inner_text("#stage"), "it waits"
    page.mouse.up()
    page.wait_for_selector("html[data-contrast=high]")
    expect(page.locator("#stage")).to_contain_text("1 người")


def test_the_tablet_names_the_officer_and_who_waits(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number("HT")
    page = tablet(running, open_page)
    page.wait_for_selector(".below:has-text('Quầy đang có 1 người chờ.')")  # once the line is alive
    assert "Đinh Thị Lan" in page.inner_text("aside")


def test_the_number_appears_when_it_is_called(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    serve(running)
    on_screen(page, "serving")
    assert page.text_content(".called .number") == "A001"


def test_the_faces_open_by_themselves_and_one_touch_is_enough(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    assert too_small(page, LEAST_PX) == [] and cut_off(page) == []
    page.click("[data-level=very_satisfied]")
    on_screen(page, "thanks")
    assert too_small(page, LEAST_PX) == [] and cut_off(page) == []
    serve(running)  # the next citizen comes: what was answered goes out
    on_screen(page, "serving")
    stored(running, page, [{"attitude": "very_satisfied"}])


def test_a_slip_of_the_finger_is_chosen_again_and_only_the_last_answer_counts(
    running: RunningOffice, open_page: Opener
) -> None:
    page = tablet(running, open_page)
    ticket = serve(running)
    finish(running, ticket)
    on_screen(page, "rate")
    page.click("[data-level=very_satisfied]")
    on_screen(page, "thanks")
    page.click(".again")
    on_screen(page, "rate")
    assert ratings(running) == []
    page.click("[data-level=satisfied]")
    on_screen(page, "thanks")
    running.story.clock.passes(60)
    page.reload()  # before anything was sent: it waits in the tablet, and its ten seconds pass
    on_screen(page, "idle")
    stored(running, page, [{"attitude": "satisfied"}])


def test_the_worst_face_lies_in_the_tablet_before_the_reason_is_asked(
    running: RunningOffice, open_page: Opener
) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    page.click("[data-level=not_satisfied]")
    on_screen(page, "reason")
    keeps(page, 1)
    assert too_small(page, LEAST_PX) == [] and cut_off(page) == []
    page.click("[data-reason=long_wait]")
    on_screen(page, "thanks")
    serve(running)
    stored(running, page, [{"attitude": "not_satisfied"}])
    assert ratings(running)[-1]["reasons"] == ["long_wait"]


def test_skipping_stores_nothing_and_does_not_ask_again(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    page.click(".skip")
    on_screen(page, "idle")
    running.story.take_number("HT")
    page.wait_for_selector("text=1 người")
    assert ratings(running) == []
    assert page.get_attribute("#stage", "data-screen") == "idle"


def test_the_next_call_ends_the_question(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    serve(running)
    on_screen(page, "serving")
    assert page.text_content(".called .number") == "A002"


def test_a_rating_without_a_line_is_kept_and_sent_later(far: CutOffice, open_page: Opener) -> None:
    running = far.running
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    far.line.off = True
    page.click("[data-level=satisfied]")
    on_screen(page, "thanks")
    keeps(page, 1)
    assert ratings(running) == []
    page.wait_for_selector(".stage.cut")
    running.story.clock.passes(60)
    far.line.off = False
    keeps(page, 0)
    stored(running, page, [{"attitude": "satisfied"}])
    page.wait_for_selector(".stage:not(.cut)")


def test_a_rating_whose_answer_is_lost_on_the_way_counts_once(running: RunningOffice, open_page: Opener) -> None:
    page = tablet(running, open_page)
    finish(running, serve(running))
    on_screen(page, "rate")
    tries: list[int] = []

    def lost(route: Route) -> None:
        answer = route.fetch()
        tries.append(answer.status)
        if len(tries) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/api/v1/ratings", lost)
    page.click("[data-level=satisfied]")
    on_screen(page, "thanks")
    serve(running)  # the next citizen comes: what was answered goes out
    keeps(page, 1)
    keeps(page, 0)
    assert tries == [201, 409]
    stored(running, page, [{"attitude": "satisfied"}])


def test_two_tablets_at_one_counter_count_one_rating(running: RunningOffice, open_page: Opener) -> None:
    one, other = tablet(running, open_page), tablet(running, open_page)
    finish(running, serve(running))
    for page, level in ((one, "satisfied"), (other, "very_satisfied")):
        on_screen(page, "rate")
        page.click(f"[data-level={level}]")
        on_screen(page, "thanks")
    serve(running)
    for page in (one, other):
        on_screen(page, "serving")
        keeps(page, 0)
    assert len(ratings(running)) == 1


def test_a_tablet_whose_line_is_cut_shows_no_old_counts_and_comes_back(far: CutOffice, open_page: Opener) -> None:
    running = far.running
    running.story.take_number("HT")
    page = tablet(running, open_page)
    page.wait_for_selector("text=1 người")
    far.line.off = True
    page.wait_for_selector(".below.cut")
    assert "Mất liên lạc" in page.inner_text(".below") and "1 người" not in page.inner_text("#stage")
    assert faults_of(page, LEAST_TYPE_PX) == [] and cut_off(page) == []
    running.story.take_number("HT")
    far.line.off = False
    page.wait_for_selector("text=2 người")


def test_a_tablet_without_a_counter_in_its_address_offers_the_counters(
    running: RunningOffice, open_page: Opener
) -> None:
    page = open_page(f"{running.address}/tablet", 1280, 800)
    on_screen(page, "counters")
    assert page.locator(".place b").all_inner_texts() == ["Quầy 1", "Quầy 2", "Quầy 3", "Quầy 4", "Quầy 5"]
    assert faults_of(page, LEAST_TYPE_PX) == []
    page.click("[data-counter='2']")
    page.wait_for_url("**/tablet?counter=2")
    page.wait_for_selector(".pairing .code")


def full_office(folder: Path) -> OfficeStory:
    """Five faces, remarks, a photo, and the longest names."""
    plain = sample_configuration(f"sqlite:///{folder / 'office.db'}", opening="always")
    (folder / "pictures").mkdir()
    Image.new("RGB", (30, 40), "#7A4117").save(folder / "pictures" / "lan.png")
    names = ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng"]
    codes = ["very_satisfied", "satisfied", "fair", "unsatisfied", "not_satisfied"]
    worst = plain.survey.levels[-1]
    levels = [worst.model_copy(update={"code": c, "name": n}) for c, n in zip(codes, names, strict=True)]
    long = {"position": "Công chức Văn phòng – Thống kê kiêm nhiệm", "photo": "lan.png"}
    return OfficeStory(
        "",
        plain.model_copy(
            update={
                "survey": plain.survey.model_copy(update={"levels": levels, "remark": True}),
                "officer": [one.model_copy(update=long) for one in plain.officer],
            }
        ),
    )


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    yield from serving(full_office(tmp_path))


def test_five_faces_a_photo_and_a_remark_that_lies_apart(full: RunningOffice, open_page: Opener) -> None:
    page = tablet(full, open_page)
    expect(page.locator(".photo img").first).to_have_js_property("naturalWidth", 30)
    full.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT", "language": "en"})
    ticket: dict[str, Any] = full.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    finish(full, ticket)
    on_screen(page, "rate")
    assert page.evaluate("document.documentElement.lang") == "en", "the ticket's language"
    assert page.locator(".level").count() == 5
    assert too_small(page, LEAST_PX) == [] and cut_off(page) == [] and faults_of(page, 20) == []
    page.click("[data-level=fair]")
    on_screen(page, "reason")
    assert cut_off(page) == [] and faults_of(page, 20) == []
    page.click("[data-reason=other]")
    on_screen(page, "thanks")
    page.click(".write")
    on_screen(page, "remark")
    assert too_small(page, LEAST_PX) == [] and faults_of(page, 20) == []
    page.fill("#remark", "Xin thêm ghế ngồi")
    page.click(".ready")
    on_screen(page, "thanks")
    serve(full)
    on_screen(page, "serving")
    assert page.evaluate("document.documentElement.lang") == "vi", "the next citizen's language"
    stored(full, page, [{"attitude": "fair"}])
    assert "ghế" not in str(full.story.events())
    with full.story.unit() as unit:
        assert unit.free_texts.get(f"comment/{ratings(full)[0]['rating']}") == "Xin thêm ghế ngồi"
