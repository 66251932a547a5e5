from __future__ import annotations

from display_board.director import Director
from display_board.speech import sentence
from display_board.state import Call


def call(n: int, time: int = 0) -> Call:
    return Call(f"A{n:03d}", "HT", "1", time, False, f"t{n}")


def test_calls_are_shown_in_order_each_once_and_at_least_eight_seconds() -> None:
    begun: list[tuple[str, int]] = []
    director = Director(lambda c, times: begun.append((c.number, times)), lambda: True)
    for n in (1, 2, 2, 3, 4, 5):
        director.hear(call(n), 0)
    at = {}
    for tenth in range(700):
        director.tick(tenth / 10)
        at.setdefault(director.spotlight and director.spotlight.call.number, tenth / 10)
    assert begun == [("A001", 1), ("A002", 1), ("A003", 2), ("A004", 2), ("A005", 2)]
    assert [at[f"A00{n}"] for n in (1, 2, 3, 4, 5)] == [0, 8, 16, 24, 32]
    assert at[None] == 52


def test_the_light_stays_until_the_voice_has_ended() -> None:
    speaking = [True]
    director = Director(lambda c, times: None, lambda: not speaking[0])
    director.hear(call(1), 0)
    director.hear(call(2), 0)
    director.tick(0)
    director.tick(15)
    assert director.spotlight and director.spotlight.call.number == "A001"
    speaking[0] = False
    director.tick(15.1)
    assert director.spotlight.call.number == "A002"


def test_old_and_withdrawn_calls_are_not_announced() -> None:
    director = Director(lambda c, times: None, lambda: True)
    director.hear(call(1, 0), 60_001)
    director.hear(call(2, 60_000), 60_001)
    director.withdraw("t2")
    director.tick(0)
    assert director.spotlight is None


def test_numbers_are_spoken_digit_by_digit() -> None:
    text = sentence(Call("C007", "DD", "3", 0, False), "bà con")
    assert text == "Mời bà con có số C, không, không, bảy, đến quầy số ba"
