"""The figures that a random sample writes down while it is made are those that its reports have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import main
from kiosk.maintenance.verification import verify_store
from kiosk.reports import catalogue
from kiosk.reports.building import daily_report
from kiosk.reports.periods import range_of
from kiosk.reports.request import ReportRequest
from kiosk.samples.known_answers import KnownAnswers, fill_known
from kiosk.samples.random_days import RandomDays
from tests.office import MONDAY_8_OCLOCK, OfficeStory

# seed, when it is made, open days before that, events, dossiers
SAMPLES = [
    (1, MONDAY_8_OCLOCK, 6, None, 400),
    (2, "2026-02-26T08:00:00+07:00", 8, 3200, 250),  # over Tết
    (3, "2024-07-02T09:30:00+07:00", 4, 3600, 30),  # more people than counters can serve
]


class Filled:
    """A filled office, what is known of it, and its reports."""

    def __init__(self, story: OfficeStory, known: KnownAnswers) -> None:
        self.story, self.known = story, known

    def report(self, name: str) -> Any:
        office = self.story.app.office
        levels = {level: level for level in office.survey.levels}
        period = range_of(self.known.first, self.known.last)
        with self.story.app.store.reading() as reading:
            made = catalogue.make_report(reading, office, ReportRequest(name, "json", period, levels, None, None))
        return json.loads(made)


@pytest.fixture(scope="module", params=SAMPLES, ids=["spring", "tet", "rush"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    seed, at, days, events, dossiers = request.param
    folder = tmp_path_factory.mktemp("known")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        story = OfficeStory(f"sqlite:///{folder / 'motcua.db'}")
        story.clock.is_set_to(at)
        pairs = [(one.code, one.field) for one in story.app.configuration.procedure]
        size = RandomDays.of(days, events, seed)
        yield Filled(story, fill_known(story.app.store, size, dossiers, pairs, story.clock.now_ms()))
        story.close()


def test_tickets_and_times_are_those_of_the_daily_report(filled: Filled) -> None:
    total, known = filled.report("daily")["total"], filled.known.tickets
    counted = ("issued", "served", "no_show", "abandoned", "cancelled")
    assert {name: total[name] for name in counted} == {name: getattr(known.counts, name) for name in counted}
    for name, times in (("waiting_ms", known.waiting_ms), ("service_ms", known.service_ms)):
        assert total[name] == {"count": times.count, "median": times.median, "p90": times.p90}
    assert known.counts.served > 20 and known.counts.transferred > 0 and known.waiting_ms.longest


def test_every_hour_and_service_is_that_of_the_queue_report(filled: Filled) -> None:
    tables, by = filled.report("queue")["tables"], filled.known.tickets.by
    names = {service.name: code for code, service in filled.story.app.office.services.items()}
    counted = ("issued", "served", "no_show", "abandoned")
    services = {names[row["group"]]: row for row in tables[0]["rows"] if row["group"] in names}
    assert {code: [row[name] for name in counted] for code, row in services.items()} == {
        code: [getattr(counts, name) for name in counted] for code, counts in by["service"].items()
    }
    (hours,) = [table["rows"] for table in tables if table["title"].endswith("Theo giờ lấy số")]
    shown = {row["group"].removesuffix(" giờ"): row["issued"] for row in hours if row["group"].endswith(" giờ")}
    assert shown == {hour: counts.issued for hour, counts in by["hour"].items()}
    assert tables[0]["rows"][-1]["waiting_most_ms"] == filled.known.tickets.waiting_ms.longest


def test_ratings_are_those_of_the_report_of_ratings(filled: Filled) -> None:
    total = filled.report("satisfaction")["tables"][0]["rows"][-1]
    known = filled.known.tickets.ratings
    assert {level: total[f"{level}_count"] for level in filled.story.app.office.survey.levels} == known
    assert total["ratings"] == sum(known.values()) > 10


def test_dossiers_are_those_of_the_form_by_field_and_in_sum(filled: Filled) -> None:
    rows = {row["field"]: row for row in filled.report("II.06a")["tables"][0]["rows"]}
    columns = [name for name in asdict(filled.known.dossiers) if name in rows["Tổng cộng"]]
    assert len(columns) == 11
    expected = {field: asdict(row) for field, row in filled.known.fields.items() if row.received}
    expected["Tổng cộng"] = asdict(filled.known.dossiers)
    assert {field: [row[name] for name in columns] for field, row in rows.items()} == {
        field: [row[name] for name in columns] for field, row in expected.items()
    }
    digitised = filled.report("digitisation")["tables"][0]["rows"][-1]
    assert (digitised["counted"], digitised["missing"]) == (
        filled.known.dossiers.received,
        filled.known.dossiers.not_digitised,
    )


def test_each_day_is_known_and_the_journal_recounts(filled: Filled) -> None:
    with filled.story.app.store.reading() as reading:
        for day, counts in filled.known.tickets.by["day"].items():
            report = daily_report(reading.statistics, filled.story.app.office, day, day)
            assert (report.tickets.issued, report.tickets.served) == (counts.issued, counts.served)
    assert verify_store(filled.story.app.store).listed == []


def test_the_command_writes_the_answers_beside(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from config.loading import sample_text

    config, answers = home / "office.toml", home / "known.json"
    config.write_text(sample_text(), encoding="utf-8")
    OfficeStory(f"sqlite:///{home / 'motcua.db'}").close()
    asked = ["--days", "2", "--events", "200", "--dossiers", "40", "--seed", "5", "--answers", str(answers)]
    assert main(["sample", "random", "--config", str(config), *asked]) == 0
    known = json.loads(answers.read_text(encoding="utf-8"))
    assert capsys.readouterr().out == f"{known['events']} dòng sổ, 40 hồ sơ\n"
    dossiers = known["dossiers"]
    assert dossiers["received"] + dossiers["not_counted"] == 40
    assert len(known["tickets"]["by"]["day"]) == 2
