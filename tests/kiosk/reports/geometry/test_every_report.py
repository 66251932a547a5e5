"""Every report of the samples of 2024 and 2026, as its PDF, deviates from the rules of its kind in nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.letterhead import Letterhead
from kiosk.domain.office_facts import OfficeFacts
from kiosk.reports import catalogue
from kiosk.reports.document import Document, DocumentSection, Rate, Signature, TableRow
from kiosk.reports.periods import Period, period_of
from kiosk.reports.request import ReportRequest
from kiosk.reports.writers import layout, pdf_flow
from kiosk.reports.writers.pdf_writer import to_pdf
from kiosk.samples.ba_vi_2024 import SampleProcedure
from kiosk.samples.filling import put_ba_vi_2024, put_sample
from kiosk.samples.merged_2026 import merged_dossiers
from kiosk.samples.random_days import RandomDays, fill_random
from tests.kiosk.reports.geometry import page_rules
from tests.kiosk.reports.geometry.form_rules import FORM_RULES
from tests.kiosk.reports.geometry.letters import LETTER, LONG, SHORT, TABLE, Spoil, instead, line, parted
from tests.kiosk.reports.geometry.measured import Measured, measure
from tests.kiosk.reports.geometry.rules_of_letters import RULES
from tests.office import OfficeStory

OF_A_PAGE = {name: check for name, check in RULES.items() if check.__module__ == page_rules.__name__}
LETTERS_OF = {
    "2024": LETTER,
    "2026": replace(
        LETTER,
        superior="",
        day=date(2026, 3, 16),
        addressees=("Ủy ban nhân dân tỉnh Quảng Ngãi", "Văn phòng Ủy ban nhân dân tỉnh Quảng Ngãi"),
        recipients=("UBND tỉnh", "Thường trực Đảng ủy xã", "Thường trực HĐND xã"),
    ),
}
PERIODS = {"2024": period_of("month", "2024-04"), "2026": period_of("month", "2026-02")}
ABOUT = OfficeFacts("Bộ phận Một cửa xã Ba Vì", "Ủy ban nhân dân xã Ba Vì", [("Công chức", "Hộ tịch")] * 6, 5, 15, {})
OF_TICKETS = ("daily", "weekly", "queue", "satisfaction", "devices")


@pytest.fixture(scope="module", params=["2024", "2026"])
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, OfficeStory]]:
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("office")
        patch.setenv("MOTCUA_HOME", str(home))
        story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
        pairs = [(one.code, one.field) for one in story.app.configuration.procedure]
        now, zone = story.clock.now_ms(), story.app.office.hours.timezone
        if request.param == "2024":
            fill_random(story.app.store, RandomDays.of(2, None, 1), now)
            put_ba_vi_2024(story.app.store, pairs, now)
        else:
            put_sample(story.app.store, merged_dossiers([SampleProcedure(*pair) for pair in pairs], zone), now)
        yield request.param, story
        story.close()


def made(story: OfficeStory, name: str, period: Period, letter: Letterhead) -> Measured:
    levels = {level.code: level.name for level in story.app.configuration.survey.levels}
    with story.app.store.reading() as reading:
        request = ReportRequest(name, "pdf", period, levels, letter, ABOUT)
        return measure(catalogue.make_report(reading, story.app.office, request))


@pytest.mark.parametrize("name", [name for name, kind in catalogue.REPORTS.items() if "pdf" in kind.formats])
def test_a_report_deviates_in_nothing(office: tuple[str, OfficeStory], name: str) -> None:
    year, story = office
    period = PERIODS[year]
    if year == "2024" and name in OF_TICKETS:
        period = Period(date(2024, 4, 8), date(2024, 4, 14))
    page = made(story, name, period, LETTERS_OF[year])
    is_form = name in {"II.06a", "satisfaction", "staff"}
    rules = {**OF_A_PAGE, **FORM_RULES} if is_form else RULES
    assert {rule: told for rule, check in rules.items() if (told := list(check(page)))} == {}


def test_the_form_of_eleven_fields_comes_on_one_page(office: tuple[str, OfficeStory]) -> None:
    """By the short name of 2024 and by the long one of 2026."""
    year, story = office
    page = made(story, "II.06a", PERIODS[year], LETTERS_OF[year])
    assert len(page.sizes) == 1 and any(line.text == "Thủ trưởng đơn vị" for line in page.lines)


@pytest.mark.parametrize("name", ["on-time", "digitisation"])
def test_no_page_before_the_signature_is_left_half_empty(office: tuple[str, OfficeStory], name: str) -> None:
    """Their chart stands over the table, which goes on on the next page."""
    year, story = office
    page = made(story, name, PERIODS[year], LETTERS_OF[year])
    text_ends = layout.LONG_MM - layout.BOTTOM_MM
    lowest = max(line.base for line in page.text(1) if line.base < text_ends)
    assert len(page.sizes) == 1 or lowest > 0.8 * text_ends


FORM = replace(
    SHORT,
    heading=("Biểu số II.06a/VPCP/KSTT", "Đơn vị báo cáo: Bộ phận Một cửa xã Ba Vì"),
    signatures=(Signature(["Người lập biểu"]), Signature(["Thủ trưởng đơn vị"])),
    sections=tuple(replace(one, annex=False, title="") for one in SHORT.sections[1:]),
)
NUMBERED = replace(FORM, sections=(DocumentSection("", (replace(TABLE, numbered=True),)),))


def line_of_a_table(which: str, text: str) -> Spoil:
    """Another number over a column of a form whose columns are counted."""

    def spoil(patch: pytest.MonkeyPatch, _: Document) -> Document:
        draw = pdf_flow.line
        patch.setattr(
            pdf_flow, "line", lambda given, *args, **more: draw(text if given == which else given, *args, **more)
        )
        return NUMBERED

    return spoil


BROKEN_FORMS: dict[str, Spoil] = {
    "days_and_the_first_two_months_have_two_digits": line(
        LETTER.place_and_date, text="Ba Vì, ngày 5 tháng 03 năm 2024"
    ),
    "a_form_has_no_head_of_a_letter": instead(replace(FORM, heading=("BÁO CÁO",))),
    "the_title_is_bold_13_to_14_in_capitals": line(FORM.title.upper(), text=FORM.title),
    "the_title_stands_in_the_middle": line(FORM.title.upper(), side="left"),
    "the_period_is_in_italics_13_to_14_under_the_title": line(FORM.period, italic=False),
    "place_and_date_are_in_italics_13_to_14_at_the_right": line(LETTER.place_and_date, italic=False),
    "the_form_names_who_reports": instead(replace(FORM, heading=FORM.heading[:1])),
    "columns_are_numbered_in_italics": line_of_a_table("2", "4"),
    "the_signatures_stand_under_rows_of_the_table": parted,
    "two_sign_level_in_bold_13_to_14": instead(replace(FORM, signatures=FORM.signatures[:1])),
}


def deviations(document: Document) -> dict[str, list[str]]:
    page = measure(to_pdf(document))
    return {rule: told for rule, check in {**OF_A_PAGE, **FORM_RULES}.items() if (told := list(check(page)))}


@pytest.fixture(autouse=True)
def _styles_of_this_test() -> Iterator[None]:
    pdf_flow._style.cache_clear()
    yield
    pdf_flow._style.cache_clear()


@pytest.mark.parametrize("document", [FORM, NUMBERED])
def test_a_form_deviates_in_nothing(document: Document) -> None:
    assert deviations(document) == {}


@pytest.mark.parametrize("rows", range(1, 40))
def test_signatures_stand_under_the_last_rows_of_however_many(rows: int) -> None:
    """Of a form of one page, of two, and of every number of rows at which the end of a page comes."""
    many = replace(TABLE, rows=[*(TableRow([f"Lĩnh vực {n}", n, Rate(n)]) for n in range(rows)), TABLE.rows[-1]])
    form = replace(FORM, sections=(DocumentSection("", (many,)),), landscape=True, notes=(LONG,) if rows % 2 else ())
    page = measure(to_pdf(form))
    assert list(FORM_RULES["the_signatures_stand_under_rows_of_the_table"](page)) == []
    told = [line.text for line in page.lines if line.text.startswith("Lĩnh vực ")]
    assert told[-rows:] == [f"Lĩnh vực {n}" for n in range(rows)], "no row is lost at the end of a page"


def test_a_form_that_comes_on_one_page_by_closer_lines_is_set_so() -> None:
    """Eleven fields with a note of two lines: by plain lines the signatures would be on a second page."""
    many = replace(TABLE, rows=[*(TableRow([f"Lĩnh vực {n}", n, Rate(n)]) for n in range(15)), TABLE.rows[-1]])
    form = replace(FORM, sections=(DocumentSection("", (many,)),), landscape=True, notes=(LONG,))
    page = measure(to_pdf(form))
    assert len(page.sizes) == 1
    assert {round(line.size) for line in page.lines if line.in_table} == {11}
    assert deviations(form) == {}


@pytest.mark.parametrize("name", FORM_RULES)
def test_a_form_that_breaks_a_rule_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert name in deviations(BROKEN_FORMS[name](monkeypatch, FORM))
