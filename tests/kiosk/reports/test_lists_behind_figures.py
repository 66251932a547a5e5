"""Whatever happened in an office: behind each figure stands a list of as many tickets, ratings or dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kiosk.maintenance.verification import verify_store
from kiosk.reports.building import daily_report
from kiosk.reports.daily import daily_json
from kiosk.reports.drill_down import (
    DossierChoice,
    RatingChoice,
    TicketChoice,
    dossiers_behind,
    ratings_behind,
    tickets_behind,
)
from kiosk.reports.facts import dossier_fact
from kiosk.reports.measures.dossiers import ResolutionFigures, resolution
from kiosk.reports.periods import Period
from kiosk.reports.standings import STANDINGS
from kiosk.store.store import Reading
from tests.kiosk.verify.test_recount import STEPS, one_served_ticket, play
from tests.laid_tables import lay_tables
from tests.office import OfficeStory

OUTCOMES = ("served", "no_show", "abandoned", "cancelled", "open")
PERIOD = Period(date(2024, 4, 1), date(2024, 5, 31))
DAYS = (PERIOD.first.isoformat(), PERIOD.last.isoformat())
OFTEN = ("issue", "call", "finish", "rate", "dossier", "open")
LIKELY = (*(step for step in STEPS if step not in {"night", "hold"}), *OFTEN, *OFTEN)  # after a night none is open


@pytest.fixture(scope="module", params=range(3))
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    """A random day, whose figures are those of a recount from the journal alone."""
    folder: Path = tmp_path_factory.mktemp("random")
    dice = Random(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        office = OfficeStory(lay_tables(f"sqlite:///{folder / 'motcua.db'}"), None)
        one_served_ticket(office)
        play(office, [(dice.choice(LIKELY), dice.randint(1, 12), dice.randint(0, 70)) for _ in range(250)])
        assert verify_store(office.app.store).listed == []
        yield office
        office.close()


@pytest.fixture
def reading(story: OfficeStory) -> Iterator[Reading]:
    with story.app.store.reading() as view:
        yield view


def figures(story: OfficeStory, reading: Reading) -> dict[str, Any]:
    return daily_json(daily_report(reading.statistics, story.app.office, *DAYS))


def test_tickets_of_each_place_and_outcome_are_as_many_as_their_figure(story: OfficeStory, reading: Reading) -> None:
    report, seen = figures(story, reading), 0
    places: list[tuple[dict[str, Any], dict[str, Any]]] = [({}, report["total"])]
    for dimension in ("service", "counter", "clerk"):
        places += [({dimension: group["key"]}, group) for group in report[f"by_{dimension}"]]
    places += [({"hour": int(group["key"])}, group) for group in report["by_hour"]]
    for where, group in places:
        for outcome in OUTCOMES:
            page = tickets_behind(reading, story.app.office, PERIOD, TicketChoice(outcome=outcome, **where))
            assert page.count == len(page.rows) == group[outcome], (where, outcome)
            seen += page.count
        for timed, name in (("waiting", "waiting_ms"), ("service", "service_ms")):
            page = tickets_behind(reading, story.app.office, PERIOD, TicketChoice(timed=timed, **where))  # type: ignore[arg-type]
            assert page.count == group[name]["count"], (where, timed)
    assert seen > 30, "an office where nobody came shows nothing"


def test_ratings_of_each_level_are_as_many_as_their_figure(story: OfficeStory, reading: Reading) -> None:
    report = figures(story, reading)["ratings"]
    places: list[tuple[dict[str, str], dict[str, Any]]] = [({}, report["total"])]
    places += [({"counter": group["key"]}, group) for group in report["by_counter"]]
    for where, group in places:
        for level, count in group["levels"].items():
            assert (
                ratings_behind(reading, story.app.office, PERIOD, RatingChoice(level=level, **where)).count == count
            ), (where, level)
        rated = {
            wish: ratings_behind(reading, story.app.office, PERIOD, RatingChoice(satisfied=wish, **where)).count
            for wish in (None, True, False)
        }
        best = list(group["levels"])[:2]
        assert rated[None] == group["count"] == rated[True] + rated[False]
        assert rated[True] == sum(group["levels"][level] for level in best)
    assert report["total"]["count"] > 0


def test_dossiers_of_each_column_are_as_many_as_its_figure(story: OfficeStory, reading: Reading) -> None:
    zone = story.app.office.hours.timezone
    facts = [dossier_fact(one, zone) for one in reading.dossiers.all()]
    for field in (None, "Hộ tịch", "Đất đai"):
        row: ResolutionFigures = resolution([one for one in facts if field in {None, one.field}], PERIOD)
        sums = {"kept": row.early + row.on_time, "in_time": row.early + row.on_time + row.open_in_time}
        for standing in (*STANDINGS, "resolved", "received", "kept", "in_time"):
            page = dossiers_behind(reading, story.app.office, PERIOD, DossierChoice(field, standing))
            assert page.count == sums.get(standing, getattr(row, standing, None)), (field, standing)
    assert facts
