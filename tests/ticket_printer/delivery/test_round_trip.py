"""How long an answer is waited for, learned from those that came."""

from __future__ import annotations

import pytest

from ticket_printer.delivery.round_trip import RoundTrip


def test_before_anything_was_measured_three_quarters_of_a_second_are_waited() -> None:
    assert (RoundTrip().wait_s, RoundTrip().longest_s) == (0.75, None)


@pytest.mark.parametrize(
    ("answers_s", "wait_s"),
    [((0.0,), 0.4), ((0.13,), 0.4), ((0.2,), 0.6), ((0.3,), 0.9), ((0.5,), 1.0), ((0.01, 0.2, 0.02), 0.6)],
)
def test_the_wait_is_three_times_the_longest_answer_within_bounds(answers_s: tuple[float, ...], wait_s: float) -> None:
    round_trip = RoundTrip()
    for answer_s in answers_s:
        round_trip.measure(answer_s)
    assert round_trip.wait_s == pytest.approx(wait_s)


def test_a_slow_moment_is_forgotten_after_sixteen_quick_exchanges() -> None:
    round_trip = RoundTrip()
    round_trip.measure(0.3)
    for _ in range(15):
        round_trip.measure(0.01)
    assert round_trip.wait_s == pytest.approx(0.9)
    round_trip.measure(0.01)
    assert round_trip.wait_s == 0.4


def test_each_silence_doubles_the_wait_up_to_a_second_and_an_answer_ends_that() -> None:
    round_trip = RoundTrip()
    round_trip.measure(0.01)
    waits = []
    for _ in range(4):
        waits.append(round_trip.wait_s)
        round_trip.note_silence()
    assert waits == [0.4, 0.8, 1.0, 1.0]
    round_trip.measure(0.01)
    assert round_trip.wait_s == 0.4


def test_what_a_trial_measured_holds_however_quick_the_answers_are_today() -> None:
    round_trip = RoundTrip(known_s=0.3)
    assert round_trip.wait_s == pytest.approx(0.9)
    round_trip.measure(0.01)
    assert (round_trip.wait_s, round_trip.longest_s) == (pytest.approx(0.9), 0.3)
