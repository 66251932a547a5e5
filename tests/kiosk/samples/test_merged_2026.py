"""The sample of a merged commune in 2026: its known answers, counted here by hand and by the measures."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.loading import sample_text
from contract.dossiers import CODE
from kiosk.cli import main
from kiosk.domain.dossier import Dossier
from kiosk.maintenance.verification import verify_store
from kiosk.reports.facts import dossier_fact
from kiosk.reports.measures.dossiers import digitisation, resolution
from kiosk.reports.periods import period_of
from kiosk.samples.ba_vi_2024 import SampleProcedure
from kiosk.samples.filling import fill_merged_2026
from kiosk.samples.merged_2026 import merged_dossiers
from tests.office import OfficeStory, sample_configuration

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(scope="module")
def made() -> list[Dossier]:
    procedures = sample_configuration("sqlite:///unused").procedure
    return merged_dossiers([SampleProcedure(one.code, one.field) for one in procedures], ZONE)


def local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(ZONE)


def test_the_form_of_the_quarter_has_the_known_figures(made: list[Dossier]) -> None:
    period = period_of("quarter", "2026-Q1")
    facts = [dossier_fact(one, ZONE) for one in made]
    row = resolution(facts, period)
    assert (row.received, row.online, row.in_person, row.carried_over) == (1517, 1252, 228, 37)
    assert (row.resolved, row.early, row.on_time, row.late, row.withdrawn) == (1420, 1002, 399, 19, 8)
    assert (row.open, row.open_in_time, row.open_overdue) == (97, 83, 14)
    figures = digitisation(facts, period)
    assert (figures.counted, len(figures.missing)) == (1517, 26)


def test_the_channels_are_as_many_as_told(made: list[Dossier]) -> None:
    assert Counter(one.channel for one in made if not one.carried_over) == {1: 212, 2: 1180, 3: 16, 4: 72}


def test_people_come_as_in_a_real_quarter(made: list[Dossier]) -> None:
    moments = [local(one.received_at) for one in made]
    days = Counter(moment.date() for moment in moments)
    assert not [day for day in days if date(2026, 2, 14) <= day <= date(2026, 2, 22) or day.weekday() > 4]
    mornings = sum(moment.hour < 12 for moment in moments)
    assert 0.65 < mornings / len(moments) < 0.75
    usual = sorted(days.values())[len(days) // 2]
    assert max(days.values()) >= 1.7 * usual, "a market day"


def test_codes_follow_the_form_of_their_day(made: list[Dossier]) -> None:
    assert all(CODE.fullmatch(one.code) for one in made) and len({one.code for one in made}) == 1517
    for one in made:
        unit, day, number = one.code.rsplit("-", 2)
        assert (unit, day) == ("H48.123.45", f"{local(one.received_at):%y%m%d}")
        assert len(number) == (6 if day >= "260125" else 4)


def test_the_sample_is_taken_and_recounts(small_office: OfficeStory) -> None:
    pairs = [(one.code, one.field) for one in small_office.app.configuration.procedure]
    assert fill_merged_2026(small_office.app.store, pairs, small_office.app.clock.now_ms()) == 1517
    assert verify_store(small_office.app.store).listed == []


def test_the_commands_fill_an_office_and_report_the_quarter(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = home / "office.toml"
    config.write_text(sample_text(), encoding="utf-8")
    OfficeStory(f"sqlite:///{home / 'motcua.db'}").close()
    assert main(["sample", "merged-2026", "--config", str(config)]) == 0
    assert capsys.readouterr().out == "1517 hồ sơ\n"
    asked = ["report", "II.06a", "--config", str(config), "--period", "quarter:2026-Q1", "--format", "csv"]
    assert main(asked) == 0
    assert ",Tổng cộng,1517,1252,228,37,1420,1002,399,19,97,83,14" in capsys.readouterr().out
