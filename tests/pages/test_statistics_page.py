"""The dashboard: each figure leads to what it was counted from in two touches, on a phone's width and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from kiosk.actions import days, ratings
from kiosk.samples.filling import put_ba_vi_2024
from kiosk.samples.random_days import RandomDays, fill_random
from tests.office import OfficeStory, sample_configuration
from tests.pages.conftest import Opener, RunningOffice, serving

DESK, PHONE = (1366, 768), (360, 740)


@pytest.fixture
def busy(running: RunningOffice) -> RunningOffice:
    """Five people at two services, three served, two of them rated; and the dossiers of the commune's report."""
    story = running.story
    put_ba_vi_2024(story.app.store, [(one.code, one.field) for one in story.app.configuration.procedure], 1)
    for service in ("HT", "HT", "HT", "DD", "DD"):
        story.take_number(service)
    story.clock.passes(240)
    served = []
    for counter, finish in (("1", None), ("1", "complete"), ("3", None), ("1", "no_show"), ("3", "complete")):
        ticket = story.call_next(counter, finish)
        if ticket is not None:
            served.append(ticket.id)
        story.clock.passes(120)
    for ticket, level in zip((served[0], served[2]), ("very_satisfied", "satisfied"), strict=True):
        with story.unit("tablet") as unit:
            ratings.rate(unit, ratings.RatingInput(ticket, {"attitude": level}, (), None, unit.now), "sample")
    return running


def dashboard(running: RunningOffice, open_page: Opener, size: tuple[int, int] = DESK) -> Page:
    page = open_page(running.page_address("admin"), *size)
    page.wait_for_selector(".figure")
    return page


def listed(page: Page, figure: Locator) -> int:
    """How many rows a touch on a figure leads to."""
    figure.click()
    expect(page.locator(".counted")).to_have_count(1)
    expect(page.locator(".counted p.soft").first).not_to_have_text("…")
    rows = page.locator(".counted tbody tr").count()
    page.click(".counted .cardhead .button")
    expect(page.locator(".counted")).to_have_count(0)
    return rows


def test_every_count_of_the_table_opens_just_as_many_rows(busy: RunningOffice, open_page: Opener) -> None:
    page = dashboard(busy, open_page)
    counts = page.locator("table.grid button.counts:not(.time)")
    numbers = [int(text) for text in counts.all_inner_texts()]
    assert len(numbers) >= 12 and {1, 2, 3, 5} <= set(numbers)
    for place, number in enumerate(numbers):
        assert listed(page, counts.nth(place)) == number


def test_every_time_and_share_opens_the_tickets_it_was_read_off(busy: RunningOffice, open_page: Opener) -> None:
    page = dashboard(busy, open_page)
    total = page.locator("table.times tr.sum button.time")
    expect(total).to_have_count(7)  # half, nine of ten, longest and within the promise; three of service
    for place, text in enumerate(total.all_inner_texts()):
        total.nth(place).click()
        rows = page.locator(".counted tbody tr")
        expect(rows).to_have_count(2 if place > 3 else 5)
        if "%" not in text:
            read = page.locator(f".counted tr.{('median', 'p90', 'most')[place % 4 if place < 4 else place - 4]}")
            assert text in read.locator("td").all_inner_texts()
        page.click(".counted .cardhead .button")


def test_ratings_by_level_and_by_counter_open_theirs(busy: RunningOffice, open_page: Opener) -> None:
    page = dashboard(busy, open_page)
    levels = page.locator(".faces button.counts")
    assert [listed(page, levels.nth(place)) for place in range(levels.count())] == [1, 1]
    counters = page.locator("table.plain button.counts")
    assert counters.all_inner_texts() == ["1 phiếu", "100 %", "1 phiếu", "100 %"]
    assert [listed(page, counters.nth(place)) for place in range(counters.count())] == [1, 1, 1, 1]


def test_a_narrow_share_has_a_name_and_is_no_stop_for_keys(busy: RunningOffice, open_page: Opener) -> None:
    """Its ratings are opened by the count below the bar."""
    page = open_page(f"{busy.address}/healthz", *DESK)

    def many(route: Route) -> None:
        answer = route.fetch()
        counted = answer.json()
        counted["ratings"]["total"]["levels"] = {"very_satisfied": 996, "satisfied": 4}
        route.fulfill(response=answer, json=counted)

    page.route("**/api/v1/reports/daily?*", many)
    page.goto(busy.page_address("admin"))
    shares = page.locator(".shares button")
    expect(shares).to_have_count(2)
    for share, name, stop in ((shares.first, r"99,6 %$", "0"), (shares.last, r"0,4 %$", "-1")):
        expect(share).to_have_attribute("aria-label", re.compile(name))
        expect(share).to_have_attribute("tabindex", stop)


def test_the_four_figures_and_every_part_of_a_chart_open_a_list(busy: RunningOffice, open_page: Opener) -> None:
    page = dashboard(busy, open_page)
    figures = page.locator(".figure .whole")
    assert [listed(page, figures.nth(place)) for place in range(3)] == [2, 5, 2]
    beside = page.locator(".figurebox .beside")
    expect(beside).to_have_count(4)
    assert listed(page, beside.first) == 0, "the day before had no visit"
    parts = page.locator(".drawn [data-pick]")
    assert parts.count() >= 2
    assert all(listed(page, parts.nth(place)) > 0 for place in range(parts.count()))


def test_a_period_with_dossiers_leads_from_a_field_to_its_dossiers(busy: RunningOffice, open_page: Opener) -> None:
    page = dashboard(busy, open_page)
    page.click(".period button:has-text('Tháng')")
    expect(page.locator(".period .now")).to_have_text("Tháng")
    box = page.locator(".figure").nth(3)
    expect(box).to_contain_text("đã giải quyết")
    parts = box.locator("p button")
    kept, resolved, _, in_time, received = (int(text.split()[0].split(",")[0]) for text in parts.all_inner_texts())
    assert resolved > 10 and received >= in_time >= kept > 0
    assert listed(page, box.locator(".whole")) == kept
    assert [listed(page, parts.nth(place)) for place in range(5)] == [kept, resolved, in_time, in_time, received]


FIGURES_WITHOUT_A_LIST = """() => {
  const walk = document.createTreeWalker(document.querySelector("main .room"), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.parentElement;
    if (!/[0-9]/.test(node.data) || at.closest("button, [data-pick], .head, h2, th, .legend, title, style")) continue;
    if (at.closest("svg") || at.closest("td:first-child")) continue;  // an axis, the name of a row
    const figures = node.data.replace("9 trên 10", "").replace("bộ chỉ số 766", "");  // names, no figures
    if (/[0-9]/.test(figures) && !/^ ?0( |$)/.test(figures)) found.push(node.data);
  }
  return found;
}"""


@pytest.mark.parametrize("period", ["Hôm nay", "Tháng"])
def test_every_figure_of_the_page_opens_its_list_by_one_touch(
    busy: RunningOffice, open_page: Opener, period: str
) -> None:
    page = dashboard(busy, open_page)
    page.click(f".period button:has-text('{period}')")
    expect(page.locator(".period .now")).to_have_text(period)
    assert page.evaluate(FIGURES_WITHOUT_A_LIST) == []
    bars = page.locator(".drawn rect:not([fill='transparent']):not([fill='none'])")
    assert bars.count() > 3
    loose = page.evaluate(
        "[...document.querySelectorAll('.drawn text')].filter(e => /%|lượt|[0-9] . [0-9]/.test(e.textContent) "
        "&& !e.closest('[data-pick]')).map(e => e.textContent)"
    )
    assert loose == [], "a figure of a chart that is no axis"
    links = page.locator("main .room :is(.figure, .card) button, .drawn [data-pick]")
    texts = links.all_inner_texts()
    assert len(texts) > 40
    counted = [(text, listed(page, links.nth(place))) for place, text in enumerate(texts)]
    assert [text for text, rows in counted if rows == 0 and not text.startswith("–")] == []


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_reaches_beyond_the_screen(busy: RunningOffice, open_page: Opener, size: tuple[int, int]) -> None:
    page = dashboard(busy, open_page, size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for name in (".figure", ".card"):
        for box in (one.bounding_box() for one in page.locator(name).all()):
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= size[0] + 1


CHARTS = """() => [...document.querySelectorAll("svg.drawn")].map((chart) => {
  const card = chart.closest(".card").getBoundingClientRect();
  const texts = [...chart.querySelectorAll("text")].map((one) => [one, one.getBoundingClientRect()]);
  const scale = chart.getBoundingClientRect().width / chart.viewBox.baseVal.width;
  const outside = texts.filter(([, box]) => box.left < card.left || box.right > card.right || box.bottom > card.bottom);
  const touch = ([, a], [, b]) =>
    a.left < b.right + 3 && b.left < a.right + 3 && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3;
  const over = texts.flatMap((one, at) => texts.slice(at + 1).filter((other) => touch(one, other))
    .map((other) => `${one[0].textContent} ${other[0].textContent}`));
  let pushed = false;
  for (let at = chart.parentElement; at; at = at.parentElement)
    pushed ||= at.scrollWidth > at.clientWidth + 1 && getComputedStyle(at).overflowX !== "visible";
  const letters = texts.map(([one]) => Number(one.getAttribute("font-size")) * scale);
  const words = outside.map(([one]) => one.textContent);
  const title = chart.getAttribute("aria-label");
  return { title, pushed, outside: words, over, least: Math.min(...letters), texts: texts.length };
})"""


@pytest.fixture
def month(running: RunningOffice) -> RunningOffice:
    """Ten full days, and every field of the commune's report."""
    story = running.story
    fill_random(story.app.store, RandomDays.of(10, 3000, 1), story.clock.now_ms())
    put_ba_vi_2024(story.app.store, [(one.code, one.field) for one in story.app.configuration.procedure], 1)
    return running


@pytest.mark.parametrize("wide", [360, 320])
@pytest.mark.parametrize("period", ["Hôm nay", "Tháng"])
def test_charts_are_drawn_for_a_phone_and_read_without_pushing_them(
    month: RunningOffice, open_page: Opener, wide: int, period: str
) -> None:
    page = dashboard(month, open_page, (wide, 740))
    page.click(f".period button:has-text('{period}')")
    expect(page.locator(".period .now")).to_have_text(period)
    expect(page.locator("svg.drawn").first).to_have_class("drawn narrow")
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    charts = page.evaluate(CHARTS)
    assert len(charts) >= (5 if period == "Tháng" else 1)
    for chart in charts:
        assert (chart["pushed"], chart["outside"], chart["over"]) == (False, [], []), chart["title"]
        assert chart["least"] >= 12 and chart["texts"] > 3, chart["title"]


def test_a_phone_that_is_turned_has_the_charts_of_its_width(month: RunningOffice, open_page: Opener) -> None:
    page = dashboard(month, open_page, PHONE)
    page.click(".period button:has-text('Tháng')")
    expect(page.locator("svg.drawn.narrow")).to_have_count(5)
    page.set_viewport_size({"width": 740, "height": 360})
    expect(page.locator("svg.drawn")).to_have_count(5)
    expect(page.locator("svg.drawn.narrow")).to_have_count(0)


def test_a_phone_shows_every_count_of_a_service_beside_its_name(busy: RunningOffice, open_page: Opener) -> None:
    page = dashboard(busy, open_page, PHONE)
    fits = page.eval_on_selector_all(
        ".scroll:has(.figures-table)", "all => all.map((one) => one.scrollWidth - one.clientWidth)"
    )
    assert fits[0] <= 0, "the table of counts need not be pushed"
    seen = page.eval_on_selector_all(
        ".times tbody tr:first-child td",
        "cells => cells.filter((one) => one.getBoundingClientRect().right <= innerWidth).length",
    )
    assert seen >= 5, "the name and the four figures of waiting"


def test_paper_without_grounds_loses_no_figure(busy: RunningOffice, open_page: Opener, tmp_path: Path) -> None:
    """As browsers print of themselves: what stands in white on a colour keeps the colour."""
    import pdfplumber

    page = dashboard(busy, open_page)
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    with pdfplumber.open(tmp_path / "page.pdf") as pdf:
        first = pdf.pages[0]
        shares = [word for word in first.extract_words() if word["text"] == "50"]
        assert len(shares) == 2
        for word in shares:
            grounds = [one for one in (*first.rects, *first.curves) if one["fill"] and _holds(one, word)]
            assert any(min(one["non_stroking_color"]) < 0.4 for one in grounds), "on the ground of its share"


def _holds(one: dict[str, float], word: dict[str, float]) -> bool:
    across = one["x0"] <= word["x0"] and word["x1"] <= one["x1"]
    return across and one["top"] <= word["top"] and word["bottom"] <= one["bottom"] and one["bottom"] - one["top"] < 60


def test_on_paper_there_are_figures_and_no_keys(busy: RunningOffice, open_page: Opener, tmp_path: Path) -> None:
    import pdfplumber

    page = dashboard(busy, open_page)
    file = tmp_path / "page.pdf"
    page.pdf(
        path=file, format="A4", print_background=True, margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm")
    )
    with pdfplumber.open(file) as pdf:
        text = "\n".join(sheet.extract_text() for sheet in pdf.pages)
        words = [word for sheet in pdf.pages for word in sheet.extract_words()]
        wide = float(pdf.pages[0].width)
    assert "lượt phục vụ" in text and "Các cột khớp nhau" in text
    assert "Thứ Hai, 15 tháng 4 năm 2024" in text
    assert {"Lấy", "Vắng", "Chưa", "9/10", "Phục"} <= {word["text"] for word in words}, "no column is cut"
    assert "CSV" not in text and "Thiết bị" not in text, "no way to elsewhere on paper"
    assert all(word["x0"] >= 0 and word["x1"] <= wide - 15 for word in words), "nothing is cut at the edge"


@pytest.fixture
def demonstration(home: Path) -> Iterator[RunningOffice]:
    """The first start of a demonstration: a sample day before today, and nobody yet today."""
    url = f"sqlite:///{home / 'office.db'}"
    story = OfficeStory(url, sample_configuration(url, sample_until="2024-04-12"))
    fill_random(story.app.store, RandomDays.of(1, 150, 1), story.clock.now_ms())
    with story.unit("admin") as unit:
        days.ensure_today(unit)
    yield from serving(story)


def test_an_empty_first_start_shows_the_sample_day_and_marks_it(
    demonstration: RunningOffice, open_page: Opener
) -> None:
    page = dashboard(demonstration, open_page)
    expect(page.locator(".sample")).to_have_text(
        "Số liệu mẫu của bản chạy thử đến hết ngày 12/4/2024: không phải số liệu thật."
    )
    expect(page.locator(".period .now")).to_contain_text("12/4/2024")
    assert int(page.locator(".figure .value b").first.inner_text()) > 10
    demonstration.story.take_number()
    page.click("text=Hôm nay")
    expect(page.locator(".figure").first).to_contain_text("trên 1 số")
    expect(page.locator(".sample")).to_have_count(0)


def test_an_office_at_work_shows_its_own_figures_only_and_they_follow_the_day(
    running: RunningOffice, open_page: Opener
) -> None:
    page = open_page(running.page_address("admin"), *DESK)
    expect(page.locator(".nothing")).to_contain_text("Chưa có lượt nào trong kỳ này")
    expect(page.locator(".sample")).to_have_count(0)
    expect(page.locator(".figure")).to_have_count(0)
    page.evaluate("window.since = 'the same page'")
    for number in ("1", "2"):
        running.story.take_number()
        expect(page.locator(".figure").first).to_contain_text(f"trên {number} số")
    running.story.call_next("1")
    running.story.call_next("1", "complete")
    served = page.locator(".figure").first.locator(".value b")
    expect(served).to_have_text("1")
    assert page.evaluate("window.since") == "the same page", "nothing was loaded again"
