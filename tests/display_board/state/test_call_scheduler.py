from __future__ import annotations

from display_board.state.board import BoardCall
from display_board.state.call_scheduler import CallScheduler
from display_board.state.speech import sentence


def call(n: int, time: int = 0) -> BoardCall:
    return BoardCall(f"A{n:03d}", "HT", "1", time, False, f"t{n}")


def test_calls_are_shown_in_order_each_once_and_at_least_eight_seconds() -> None:
    begun: list[tuple[str, int]] = []
    scheduler = CallScheduler(lambda c, times: begun.append((c.number, times)), lambda: True)
    for n in (1, 2, 2, 3, 4, 5):
        scheduler.hear(call(n), 0)
    at = {}
    for tenth in range(700):
        scheduler.tick(tenth / 10)
        at.setdefault(scheduler.spotlight and scheduler.spotlight.call.number, tenth / 10)
    assert begun == [("A001", 1), ("A002", 1), ("A003", 2), ("A004", 2), ("A005", 2)]
    assert [at[f"A00{n}"] for n in (1, 2, 3, 4, 5)] == [0, 8, 16, 24, 32]
    assert at[None] == 52


def test_the_light_stays_until_the_voice_has_ended() -> None:
    speaking = [True]
    scheduler = CallScheduler(lambda c, times: None, lambda: not speaking[0])
    scheduler.hear(call(1), 0)
    scheduler.hear(call(2), 0)
    scheduler.tick(0)
    scheduler.tick(15)
    assert scheduler.spotlight and scheduler.spotlight.call.number == "A001"
    speaking[0] = False
    scheduler.tick(15.1)
    assert scheduler.spotlight.call.number == "A002"


def test_old_and_withdrawn_calls_are_not_announced() -> None:
    scheduler = CallScheduler(lambda c, times: None, lambda: True)
    scheduler.hear(call(1, 0), 60_001)
    scheduler.hear(call(2, 60_000), 60_001)
    scheduler.withdraw("t2")
    scheduler.tick(0)
    assert scheduler.spotlight is None


def test_numbers_are_spoken_digit_by_digit() -> None:
    text = sentence(BoardCall("C007", "DD", "3", 0, False), "bà con")
    assert text == "Mời bà con có số C, không, không, bảy, đến quầy số ba"
