"""Whether the machine's time is believed: jumps, what holds, a boot without the time."""

from __future__ import annotations

import pytest

from contract.times import from_rfc3339
from kiosk.domain.office_clock import (
    ClockChange,
    ClockDoubt,
    ClockWatch,
    MachineTime,
    OfficeTime,
    begin,
    is_plausible,
    is_possible,
)

NINE = from_rfc3339("2024-04-15T09:00:00+07:00")
BUILT = from_rfc3339("2024-01-01T00:00:00Z")
SECOND, MINUTE, DAY = 1_000, 60_000, 24 * 3600_000
TAKEN = OfficeTime("b", NINE, NINE - DAY, NINE)  # the machine was started at nine


def civil_date(ms: int) -> str:
    return str((ms + 7 * 3600_000) // DAY)


def machine(ahead: int, since_boot: int = MINUTE) -> MachineTime:
    """Its wall clock so far ahead of the office's time."""
    return MachineTime(NINE + since_boot + ahead, since_boot, "b")


def watch() -> ClockWatch:
    return ClockWatch(5 * MINUTE, civil_date)


@pytest.mark.parametrize(
    ("ahead", "change"),
    [
        (0, ClockChange.NOTHING),
        (999, ClockChange.NOTHING),
        (-999, ClockChange.NOTHING),
        (1_000, ClockChange.STEPPED),
        (-1_000, ClockChange.STEPPED),
        (10 * MINUTE, ClockChange.STEPPED),
        (-10 * MINUTE, ClockChange.STEPPED),
        (10 * MINUTE + 1, ClockChange.JUMPED),
        (-10 * MINUTE - 1, ClockChange.JUMPED),
        (-NINE, ClockChange.JUMPED),
    ],
)
def test_up_to_ten_minutes_are_a_step_and_more_is_a_jump(ahead: int, change: ClockChange) -> None:
    assert watch().look(TAKEN, machine(ahead), BUILT) == (change, ahead)


def test_a_small_step_over_midnight_is_a_jump_for_it_would_end_the_day() -> None:
    evening = 15 * 3600_000 - 2 * MINUTE  # two minutes before midnight
    assert watch().look(TAKEN, machine(MINUTE, evening), BUILT).change is ClockChange.STEPPED
    assert watch().look(TAKEN, machine(3 * MINUTE, evening), BUILT).change is ClockChange.JUMPED


def in_doubt(taken: OfficeTime, doubt: ClockDoubt) -> OfficeTime:
    return OfficeTime(taken.boot, taken.offset, taken.highest_before, taken.began, 0, doubt)


def test_a_new_time_is_taken_once_it_has_held_for_five_minutes() -> None:
    looking, jumped = watch(), in_doubt(TAKEN, ClockDoubt.JUMPED)
    looks = [looking.look(jumped, machine(DAY, MINUTE + s * SECOND), BUILT).change for s in (0, 299, 300)]
    assert looks == [ClockChange.NOTHING, ClockChange.NOTHING, ClockChange.HELD]


def test_a_clock_that_is_set_again_begins_to_hold_anew() -> None:
    looking, jumped = watch(), in_doubt(TAKEN, ClockDoubt.JUMPED)
    looking.look(jumped, machine(DAY, MINUTE), BUILT)
    looking.look(jumped, machine(DAY + SECOND, 5 * MINUTE), BUILT)
    assert looking.look(jumped, machine(DAY + SECOND, 6 * MINUTE), BUILT).change is ClockChange.NOTHING
    assert looking.look(jumped, machine(DAY + SECOND, 10 * MINUTE), BUILT).change is ClockChange.HELD


@pytest.mark.parametrize("ahead", [101 * DAY, 3650 * DAY, -2 * DAY, -NINE])
def test_a_time_before_what_was_seen_or_far_behind_it_never_holds(ahead: int) -> None:
    looking, jumped = watch(), in_doubt(TAKEN, ClockDoubt.JUMPED)
    looks = {looking.look(jumped, machine(ahead, minutes * MINUTE), BUILT).change for minutes in (1, 10, 1000)}
    assert looks == {ClockChange.NOTHING}


@pytest.mark.parametrize(("ahead", "change"), [(0, ClockChange.RETURNED), (9 * MINUTE, ClockChange.RETURNED)])
def test_a_jump_that_goes_back_by_itself_is_over(ahead: int, change: ClockChange) -> None:
    assert watch().look(in_doubt(TAKEN, ClockDoubt.JUMPED), machine(ahead), BUILT).change is change


def test_after_a_boot_without_the_time_even_an_agreeing_clock_has_to_hold() -> None:
    looking, started = watch(), in_doubt(TAKEN, ClockDoubt.STARTED)
    assert looking.look(started, machine(0, MINUTE), BUILT).change is ClockChange.NOTHING
    assert looking.look(started, machine(0, 6 * MINUTE), BUILT).change is ClockChange.HELD


def test_a_clock_that_a_person_called_wrong_is_not_looked_at_until_it_is_set() -> None:
    wrong = machine(-DAY)
    taken = OfficeTime("b", NINE, NINE - DAY, NINE, disbelieved=wrong.offset)
    assert watch().look(taken, wrong, BUILT).change is ClockChange.NOTHING
    assert watch().look(taken, machine(5 * SECOND), BUILT).change is ClockChange.STEPPED
    assert watch().look(taken, machine(DAY), BUILT).change is ClockChange.JUMPED


@pytest.mark.parametrize(
    ("wall", "plausible"),
    [
        (NINE - 10 * MINUTE - 1, False),
        (NINE - 10 * MINUTE, True),
        (NINE + 100 * DAY, True),
        (NINE + 100 * DAY + 1, False),
    ],
)
def test_a_plausible_time_is_after_all_that_was_seen_and_within_a_hundred_days(wall: int, plausible: bool) -> None:
    assert is_plausible(wall, NINE, BUILT) is plausible


def test_no_time_before_the_release_is_possible_and_a_person_may_go_back() -> None:
    assert not is_possible(BUILT - 1, 0, BUILT)
    assert is_possible(BUILT, NINE, BUILT) and not is_plausible(BUILT, NINE, BUILT)
    assert is_possible(BUILT + 100 * DAY, 0, BUILT) and not is_possible(BUILT + 100 * DAY + 1, 0, BUILT)


def test_a_boot_with_a_plausible_clock_takes_its_time() -> None:
    taken = begin(OfficeTime(), MachineTime(NINE, 30_000, "b"), NINE - DAY, BUILT, 7)
    assert taken == OfficeTime("b", NINE - 30_000, NINE - DAY, NINE, 7)
    assert taken.now(MachineTime(0, 31_000, "b")) == NINE + 1_000
    assert taken.callable_after == 0


def test_a_boot_in_1970_stays_at_the_highest_time_seen_and_sets_those_of_before_aside() -> None:
    taken = begin(OfficeTime(), MachineTime(40_000, 30_000, "b"), NINE, BUILT, 7)
    assert (taken.doubt, taken.now(MachineTime(40_000, 30_000, "b"))) == (ClockDoubt.STARTED, NINE + 1)
    assert (taken.began, taken.callable_after) == (NINE + 1, 7)


def test_a_second_boot_in_1970_keeps_those_of_the_first_callable() -> None:
    first = begin(OfficeTime(), MachineTime(40_000, 30_000, "b"), NINE, BUILT, 7)
    again = begin(first, MachineTime(40_000, 30_000, "c"), NINE + MINUTE, BUILT, 9)
    assert again.callable_after == 7


def test_a_new_machine_without_the_time_begins_at_the_release() -> None:
    assert begin(OfficeTime(), MachineTime(0, 0, "b"), 0, BUILT, 0).offset == BUILT + 1


def test_a_correction_moves_the_beginning_of_the_boot_and_ends_all_doubt() -> None:
    doubtful = OfficeTime("b", 5, 100, 10, 3, ClockDoubt.JUMPED, 77)
    assert doubtful.corrected(1_000, 1_200) == OfficeTime("b", 1_005, 100, 1_010, 3)
    assert doubtful.corrected(-8, 60) == OfficeTime("b", -3, 60, 2, 3)


@pytest.mark.parametrize(
    ("ahead", "change"),
    [(999, ClockChange.RETURNED), (1_000, ClockChange.NOTHING), (1_001, ClockChange.NOTHING)],
)
def test_a_jump_is_over_within_a_second_even_at_midnight(ahead: int, change: ClockChange) -> None:
    """From a second on another date is another day, however small the step is."""
    before_midnight = 15 * 3600_000 - 500
    assert watch().look(in_doubt(TAKEN, ClockDoubt.JUMPED), machine(ahead, before_midnight), BUILT).change is change


def test_an_office_that_took_no_time_yet_has_that_since_the_boot() -> None:
    assert OfficeTime().now(MachineTime(NINE, 1_234, "b")) == 1_234
    assert OfficeTime() == OfficeTime("", 0, 0, 0, 0, ClockDoubt.NONE, None, ())


def test_where_dates_went_back_is_known_by_epoch_and_outlives_a_boot() -> None:
    taken = OfficeTime().reopened_at("e:1", 9).reopened_at("e:1", 30).reopened_at("e:2", 4)
    assert (taken.turns("e:1"), taken.turns("e:2"), taken.turns("e")) == ([9, 30], [4], [])
    for machine in (MachineTime(NINE, 30_000, "b"), MachineTime(40_000, 30_000, "b")):
        assert begin(taken, machine, NINE - DAY, BUILT, 7).reopened == taken.reopened
