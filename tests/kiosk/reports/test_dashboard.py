"""The dashboard: the queue through the day, ratings over time, on time by field, and what lies behind each figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from contract.times import from_rfc3339
from kiosk.domain.dossier import Dossier
from kiosk.reports.dashboard import (
    dashboard,
    dossiers_of,
    fields_on_time,
    queue_through_the_day,
    ratings_over_time,
)
from kiosk.reports.dashboard_charts import (
    PHONE,
    FieldBar,
    HourBar,
    QueueSlot,
    RatingSpan,
    on_time_chart,
    queue_chart,
    ratings_chart,
    waiting_chart,
)
from kiosk.reports.drill_down import DossierChoice, TicketChoice, dossiers_behind, tickets_behind
from kiosk.reports.load_chart import load_chart
from kiosk.reports.measures.tickets import LoadCell
from kiosk.reports.periods import Period
from kiosk.reports.phone_charts import load_rows, on_time_rows, waiting_rows
from kiosk.reports.writers.layout import POINTS_PER_MM, width_mm
from kiosk.store.statistics import RatingRow, VisitRow
from tests.laid_tables import lay_tables
from tests.office import OfficeStory

DAY, NEXT = date(2024, 4, 15), date(2024, 4, 16)
LEVELS = ("very_satisfied", "satisfied", "not_satisfied")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    folder: Path = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        office = OfficeStory(lay_tables(f"sqlite:///{folder / 'motcua.db'}"))
        fill(office)
        yield office
        office.close()


def dossier(number: int, field: str, received: str, due: str | None, ended: str | None, status: int) -> Dossier:
    def ms(day: str | None) -> int | None:
        return None if day is None else from_rfc3339(f"2024-{day}T03:00:00Z")

    code, at = f"000.00.53.H48-240401-{number:04d}", ms(received) or 0
    return Dossier(code, "1.001193", field, 2, status, at, ms(due), ms(ended))


def fill(office: OfficeStory) -> None:
    """Two tickets at 08:05, one called at 08:15; three dossiers of one field, one of another, one before the period."""
    office.take_number("HT")
    office.take_number("HT")
    office.clock.passes(600)
    office.call_next("1")
    office.clock.passes(60)
    rows = [
        dossier(1, "Hộ tịch", "04-15", "04-17", "04-15", 10),
        dossier(2, "Hộ tịch", "04-10", "04-12", "04-15", 9),
        dossier(3, "Hộ tịch", "04-12", "04-12", None, 4),
        dossier(4, "Đất đai", "04-15", "04-25", "04-15", 7),
        dossier(5, "Đất đai", "04-01", "04-05", "04-04", 10),
        dossier(6, "Đất đai", "04-01", "04-05", None, 10),
    ]
    with office.unit("sync") as unit:
        for one in rows:
            unit.dossiers.put(one, unit.now, new=True)


def visit(day: str, issued: str, called: str | None, ended: str | None = None) -> VisitRow:
    def ms(text: str | None) -> int | None:
        return None if text is None else from_rfc3339(f"{day}T{text}:00+07:00")

    state = "WAITING" if called is None and ended is None else "COMPLETED"
    return VisitRow(
        "A001", "HT", "HT", state, day, ms(issued) or 0, "1", None, ms(called), ms(called), ms(ended), 1, None, "vi"
    )


def test_the_queue_counts_who_waits_at_each_quarter_of_an_hour(story: OfficeStory) -> None:
    rows = [
        visit("2024-04-15", "08:00", "08:20"),  # waits at 8:00 and 8:15
        visit("2024-04-15", "08:10", "08:30"),  # at 8:15; called at 8:30 itself
        visit("2024-04-16", "08:14", None, "08:16"),  # gave up after 8:15
        visit("2024-04-16", "09:01", None),  # still waits, it is 9:20
    ]
    slots = queue_through_the_day(rows, story.app.office, from_rfc3339("2024-04-16T09:20:00+07:00"))
    seen = {slot.time: (slot.mean_tenths, slot.most) for slot in slots if slot.most}
    assert seen == {"08:00": (5, 1), "08:15": (15, 2), "09:15": (5, 1)}
    assert (slots[0].time, slots[-1].time) == ("08:00", "10:00")
    assert queue_through_the_day([], story.app.office, 0) == []


@pytest.mark.parametrize(
    ("period", "titles"),
    [
        (Period(date(2024, 4, 13), DAY), ["13/4", "14/4", "15/4"]),
        (Period(date(2024, 3, 1), date(2024, 4, 14)), ["1/3", "4/3", "11/3", "18/3", "25/3", "1/4", "8/4"]),
        (
            Period(date(2023, 12, 15), date(2024, 6, 30)),
            ["12/2023", "1/2024", "2/2024", "3/2024", "4/2024", "5/2024", "6/2024"],
        ),
    ],
)
def test_ratings_stand_by_day_week_or_month(period: Period, titles: list[str]) -> None:
    rows = [
        RatingRow(level, "1", None, "HT", "2024-04-14", 0, 0) for level in ("satisfied", "not_satisfied", "satisfied")
    ]
    spans = ratings_over_time(rows, LEVELS, period)
    assert [one.title for one in spans] == titles
    assert sum(sum(one.counts) for one in spans) == 3
    assert next(one.counts for one in spans if sum(one.counts)) == (0, 2, 1)
    days = [(date.fromisoformat(one.first), date.fromisoformat(one.last)) for one in spans]
    assert (days[0][0], days[-1][1]) == (period.first, period.last)
    assert all((second[0] - first[1]).days == 1 for first, second in pairwise(days))


def test_dossiers_of_a_period_are_those_not_ended_before_it(story: OfficeStory) -> None:
    with story.app.store.reading() as reading:
        facts = dossiers_of(reading, story.app.office, Period(DAY, DAY))
    assert [fact.code[-1] for fact in facts] == ["1", "2", "3", "4", "6"]  # 5 ended before; of 6 nobody knows the end
    assert fields_on_time(facts, Period(DAY, DAY)) == [
        FieldBar("Hộ tịch", 2, 1, 5000),
        FieldBar("Đất đai", 1, 1, 10000),
    ]


def test_every_figure_leads_to_what_it_was_counted_from(story: OfficeStory) -> None:
    office, period = story.app.office, Period(DAY, DAY)
    with story.app.store.reading() as reading:
        made = dashboard(reading, office, LEVELS, period, Period(NEXT, NEXT), story.app.clock.now_ms())
        tickets = tickets_behind(reading, office, period, TicketChoice(hour=8))
        assert tickets.count == made.figures.issued == 2
        assert [one.waited_ms for one in tickets.rows] == [600_000, None]
        assert tickets_behind(reading, office, period, TicketChoice(hour=9)).count == 0
        assert tickets_behind(reading, office, period, TicketChoice(outcome="open")).count == made.figures.open
        resolved = dossiers_behind(reading, office, period, DossierChoice(standing="resolved"))
        assert resolved.count == made.figures.resolved == 3
        assert [(one.standing, one.withdrawn) for one in resolved.rows] == [
            ("early", False),
            ("late", False),
            ("on_time", True),
        ]
        assert dossiers_behind(reading, office, period, DossierChoice()).count == made.figures.received == 5
        overdue = dossiers_behind(reading, office, period, DossierChoice("Hộ tịch", "open_overdue"))
        assert [one.code[-1] for one in overdue.rows] == ["3"]
    assert made.compared is not None and made.compared.issued == 0 and made.nearest is None


def test_an_empty_period_names_the_nearest_day_with_visits(story: OfficeStory) -> None:
    with story.app.store.reading() as reading:
        made = dashboard(reading, story.app.office, LEVELS, Period(NEXT, NEXT), None, story.app.clock.now_ms())
    assert made.nearest == "2024-04-15" and made.figures.no_show_rate_bp is None


def test_charts_are_sound_svg_whatever_the_names_hold() -> None:
    for drawn in (
        on_time_chart([FieldBar('<b>"Đất" & đai</b>' * 4, 3, 2, 6667)]),
        on_time_chart([]),
        waiting_chart([HourBar(8, 1200, 61_000, 9_000_000), HourBar(9, 1, None, None)], 15),
        load_chart([LoadCell(0, 8, 1200), LoadCell(4, 10, 3)]),
        load_chart([]),
    ):
        tree = ElementTree.fromstring(drawn)
        texts = "".join(tree.itertext())
        assert "<b>" not in drawn and tree.get("viewBox", "").startswith("0 0 620 ")
        assert "66,67 %" in texts or "1.200 lượt" in texts or not texts


def test_whatever_is_counted_stands_inside_a_phones_chart() -> None:
    """Twelve hours, seven weekdays, a year of ratings, thousands everywhere: by the widths of the office's letters."""
    spans = [RatingSpan(f"{n % 12 + 1}/2024", "2024-01-01", "2024-01-31", (1200, 30, 1)) for n in range(24)]
    days = [RatingSpan(f"{n}/12", "2024-12-01", "2024-12-01", (1, 0, 0)) for n in range(1, 32)]
    slots = [QueueSlot(f"{n // 4:02d}:{15 * (n % 4):02d}", 15, 1200) for n in range(24, 76)]
    for drawn in (
        waiting_rows([HourBar(hour, 1200, 61_000 * hour, 9_000_000) for hour in range(6, 18)], 15),
        waiting_rows([], 15),
        load_rows([LoadCell(day, hour, 1200) for day in range(7) for hour in range(6, 18)]),
        load_rows([]),
        on_time_rows([FieldBar('<b>"Đất" & đai</b>' * 4, 1230, 1240, 10_000)]),
        ratings_chart(spans, LEVELS, PHONE),
        ratings_chart(days, LEVELS, PHONE),
        ratings_chart([], LEVELS, PHONE),
        queue_chart(slots, PHONE),
    ):
        tree = ElementTree.fromstring(drawn)
        assert tree.get("viewBox", "").startswith("0 0 256 ") and "<b>" not in drawn
        for one in tree.iter("{http://www.w3.org/2000/svg}text"):
            size, x, words = float(one.get("font-size", "0")), float(one.get("x", "0")), one.text or ""
            wide = width_mm(words, size, bold=True) * POINTS_PER_MM
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[one.get("text-anchor", "")]
            assert size >= 12 and left >= -0.5 and left + wide <= 256.5, words


def test_each_hour_of_the_heat_map_and_of_the_queue_opens_its_tickets() -> None:
    drawn = load_chart([LoadCell(0, 8, 40), LoadCell(0, 9, 1), LoadCell(2, 8, 12)])
    assert [part.split('"')[0] for part in drawn.split('data-pick="')[1:]] == [
        "tickets?weekday=0&amp;hour=08",
        "tickets?weekday=0&amp;hour=09",
        "tickets?weekday=2&amp;hour=08",
    ]
    assert "Thứ Hai" in drawn and "Thứ Tư" in drawn and "Thứ Ba" not in drawn
    waiting = {"08:15": 2, "09:45": 1}
    slots = [
        QueueSlot(f"{hour:02d}:{minute:02d}", 0, waiting.get(f"{hour:02d}:{minute:02d}", 0))
        for hour in (7, 8, 9)
        for minute in (0, 15, 30, 45)
    ]
    drawn = queue_chart([*slots, QueueSlot("10:00", 0, 0)])
    assert [part.split('"')[0] for part in drawn.split('data-pick="')[1:]] == [
        "tickets?present=08",
        "tickets?present=09",
    ]
