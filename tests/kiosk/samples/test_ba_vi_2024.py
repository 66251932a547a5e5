"""The sample dossiers as values: days, limits and codes, without a database."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from contract.dossiers import split_code
from kiosk.domain.dossier import Dossier
from kiosk.samples.ba_vi_2024 import SampleProcedure, dossiers

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PROCEDURES = [
    SampleProcedure("1.001193", "Hộ tịch"),
    SampleProcedure("2.000815", "Chứng thực"),
    SampleProcedure("1.004047", "Đất đai"),
    SampleProcedure("1.012222", "Dân tộc"),
]
NEW_YEAR = {date(2024, 1, 1), *(date(2024, 2, day) for day in range(8, 15))}


@pytest.fixture(scope="module")
def made() -> list[Dossier]:
    return dossiers(PROCEDURES, ZONE)


def local(ms: int | None) -> datetime:
    assert ms is not None
    return datetime.fromtimestamp(ms / 1000, ZONE)


def test_all_come_by_code_and_each_code_once(made: list[Dossier]) -> None:
    codes = [dossier.code for dossier in made]
    assert len(set(codes)) == len(codes) == 681
    assert codes == sorted(codes)
    assert all(split_code(code)[1] == f"{local(d.received_at):%y%m%d}" for code, d in zip(codes, made, strict=True))


def test_dossiers_are_received_in_the_morning_of_a_working_day(made: list[Dossier]) -> None:
    for dossier in made:
        received = local(dossier.received_at)
        assert received.weekday() < 5 and received.date() not in NEW_YEAR
        assert (7, 5) <= (received.hour, received.minute) < (11, 0)
        assert date(2023, 12, 11) <= received.date() <= date(2024, 4, 11)


def test_dossiers_are_due_at_five_and_decided_at_half_past_four_of_a_working_day(made: list[Dossier]) -> None:
    for dossier in made:
        due = local(dossier.due_at)
        assert (due.hour, due.minute, due.weekday() < 5) == (17, 0, True)
        if dossier.finished_at is not None:
            decided = local(dossier.finished_at)
            assert (decided.hour, decided.minute) == (16, 30)
            assert dossier.received_at < dossier.finished_at <= (dossier.due_at or 0)
            assert date(2023, 12, 15) <= decided.date() <= date(2024, 4, 12)


def test_what_is_still_in_progress_belongs_to_the_slowest_field(made: list[Dossier]) -> None:
    still = [dossier for dossier in made if dossier.finished_at is None]
    assert [(dossier.field, dossier.step, dossier.status) for dossier in still] == [("Đất đai", "processing", 4)] * 2


def test_the_step_says_what_became_of_a_dossier(made: list[Dossier]) -> None:
    assert Counter(dossier.step for dossier in made) == {"returned": 678, "processing": 2, "withdrawn": 1}


def test_only_the_field_without_digital_results_has_a_reason(made: list[Dossier]) -> None:
    ethnic = [dossier for dossier in made if dossier.field == "Dân tộc"]
    assert len(ethnic) == 3 and not any(dossier.digitised for dossier in ethnic)
    assert all(dossier.not_digitised_reason == "Ban Dân tộc tỉnh trả kết quả" for dossier in ethnic)
    assert all(d.digitised and d.not_digitised_reason is None for d in made if d.field != "Dân tộc")


def test_frequent_fields_come_more_often(made: list[Dossier]) -> None:
    counts = Counter(dossier.field for dossier in made)
    assert counts["Hộ tịch"] > counts["Chứng thực"] > counts["Đất đai"] > counts["Dân tộc"]


def test_the_same_procedures_give_the_same_dossiers(made: list[Dossier]) -> None:
    assert dossiers(PROCEDURES, ZONE) == made


@pytest.mark.parametrize("some", [[], PROCEDURES[:3], PROCEDURES[3:]])
def test_the_sample_needs_a_procedure_of_each_kind(some: list[SampleProcedure]) -> None:
    with pytest.raises(ValueError, match='one of them of the field "Dân tộc"'):
        dossiers(some, ZONE)


# (field, working days a dossier received in the period may take)
LIMITS = [("Hộ tịch", 3), ("Chứng thực", 1), ("Đất đai", 20), ("Dân tộc", 10), ("Giao thông", 5)]


def working_days(first: date, last: date) -> int:
    """Working days after the first date up to the last."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 and day not in NEW_YEAR for day in days)


@pytest.mark.parametrize(("field", "limit"), LIMITS)
def test_a_field_takes_the_same_number_of_working_days_each_time(field: str, limit: int) -> None:
    procedures = [*PROCEDURES, SampleProcedure("1.000703", "Giao thông")]
    some = [one for one in dossiers(procedures, ZONE) if one.field == field and not one.carried_over]
    assert some
    taken = {working_days(local(one.received_at).date(), local(one.due_at).date()) for one in some}
    assert taken == {limit}


def test_what_was_carried_over_came_before_the_period_and_was_decided_in_it(made: list[Dossier]) -> None:
    carried = [dossier for dossier in made if dossier.carried_over]
    assert len(carried) == 8
    for dossier in carried:
        assert date(2023, 12, 11) <= local(dossier.received_at).date() < date(2023, 12, 15)
        assert date(2023, 12, 15) <= local(dossier.finished_at).date() <= local(dossier.due_at).date()
        assert (dossier.channel, dossier.status, dossier.step) == (2, 10, "returned")


def test_four_came_in_person_spread_over_the_period_and_all_others_online(made: list[Dossier]) -> None:
    in_person = sorted(local(dossier.received_at).date() for dossier in made if dossier.channel == 1)
    assert len(in_person) == len(set(in_person)) == 4
    assert in_person[0] < date(2024, 1, 1) and in_person[-1] > date(2024, 3, 1)
    assert Counter(dossier.channel for dossier in made) == {2: 677, 1: 4}


def test_one_was_withdrawn_and_has_a_date_of_it(made: list[Dossier]) -> None:
    (withdrawn,) = (dossier for dossier in made if dossier.status == 7)
    assert (withdrawn.step, withdrawn.finished_at is None, withdrawn.carried_over) == ("withdrawn", False, False)


def test_codes_carry_the_unit_the_day_and_a_number_of_that_day(made: list[Dossier]) -> None:
    days: dict[str, list[int]] = {}
    for unit, day, number in (split_code(dossier.code) for dossier in made):
        assert unit == "000.00.53.H48" and len(number) == 4
        days.setdefault(day, []).append(int(number))
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in days.values())


def test_a_commune_with_two_procedures_has_the_same_counts() -> None:
    few = dossiers([SampleProcedure("1.001193", "Hộ tịch"), SampleProcedure("1.012222", "Dân tộc")], ZONE)
    assert len(few) == 681
    assert Counter(dossier.step for dossier in few) == {"returned": 678, "processing": 2, "withdrawn": 1}
    assert Counter(dossier.field for dossier in few) == {"Hộ tịch": 678, "Dân tộc": 3}
