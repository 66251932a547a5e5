"""The call in the spotlight: what is written, and how it pulses."""

from __future__ import annotations

import pytest

from display_board.state.scene import Highlight, Now, Scene, Strip
from tests.display_board.office import board
from tests.display_board.states import lit, shown

SINCE = 990.0


def highlight(after_s: float, recall: bool = False) -> Highlight:
    scene = shown(board(), lit(board(), recall, SINCE), monotonic=SINCE + after_s)
    assert scene.highlight is not None
    return scene.highlight


@pytest.mark.parametrize(
    ("after_s", "pulse"),
    [
        (0.0, 1 / 120),  # never quite gold while it moves
        (0.25, 0.5),
        (0.5, 1.0),
        (0.75, 0.5),
        (1.0, 1 / 120),
        (1.5, 1.0),
        (2.5, 1.0),
        (2.99, 1 / 120),
        (3.0, 0.0),
        (3.5, 0.0),
        (60.0, 0.0),
    ],
)
def test_a_call_pulses_three_times_within_three_seconds(after_s: float, pulse: float) -> None:
    assert highlight(after_s).pulse == pytest.approx(pulse, abs=0.0001)


def test_a_pulse_has_120_steps_so_that_few_frames_are_drawn() -> None:
    office = board()
    called = lit(office, since=SINCE)
    scenes = [shown(office, called, monotonic=SINCE + 0.5 * i / 240) for i in range(241)]
    pulses = {scene.highlight.pulse for scene in scenes if scene.highlight is not None}
    assert len(pulses) == 120
    assert all(pulse * 120 == pytest.approx(round(pulse * 120)) for pulse in pulses)


@pytest.mark.parametrize(("after_s", "moves"), [(0.0, True), (1.0, True), (2.99, True), (3.0, False), (10.0, False)])
def test_the_next_frame_differs_only_until_the_last_pulse(after_s: float, moves: bool) -> None:
    assert shown(board(), lit(board(), since=SINCE), monotonic=SINCE + after_s).moves is moves


def test_a_scene_without_a_call_and_without_a_turn_does_not_move() -> None:
    display = board().display
    assert not Scene("board", display, "", "").moves
    assert Scene("board", display, "", "", strip=Strip(turn=0.5)).moves
    half = Highlight(board().calls[0], "", "", "right", 0.5)
    assert Scene("call", display, "", "", highlight=half).moves


def test_the_first_call_invites_and_a_further_one_says_so() -> None:
    assert highlight(0.0).heading == "Mời bà con có số"
    assert highlight(0.0, recall=True).heading == "Mời lại bà con có số"


def test_the_sentence_that_is_spoken_stands_between_quotes() -> None:
    quote = highlight(0.0).quote
    assert quote[0] == "“"
    assert quote[-1] == "”"
    assert "quầy" in quote


@pytest.mark.parametrize(
    ("ahead_ms", "trusted"),
    [(None, True), (0, True), (119_999, True), (-119_999, True), (120_000, False), (-120_000, False)],
)
def test_a_clock_two_minutes_beside_the_service_s_is_not_trusted(ahead_ms: int | None, trusted: bool) -> None:
    assert Now(0, 0.0, ahead_ms).trusted is trusted


def test_at_most_four_last_calls_stand_on_the_board() -> None:
    calls = [
        {
            "number": f"A{n:03d}",
            "service": "HT",
            "counter": "1",
            "time": f"2024-04-15T01:{59 - n:02d}:00.000Z",
            "recall": False,
        }
        for n in range(6)
    ]
    scene = shown(board(recent_calls=calls))
    assert [call.number for call in scene.calls] == ["A000", "A001", "A002", "A003"]
    lost = shown(board(recent_calls=calls), lit(board(recent_calls=calls)), 1_713_143_000_000)
    assert len(lost.calls) == 4


@pytest.mark.parametrize(("count", "shown_at_once", "turn"), [(0, 0, 1.0), (1, 1, 1.0), (3, 3, 1.0), (4, 1, 0.0)])
def test_up_to_three_dossiers_stand_still(count: int, shown_at_once: int, turn: float) -> None:
    from tests.display_board.states import dossiers

    readable = [row for row in dossiers(5) if not row["sensitive"]]
    strip = shown(board(progress=readable[:count]), monotonic=12.0).strip
    assert (len(strip.shown), strip.turn) == (shown_at_once, turn)
