"""What staff asked a follower to send again stays asked for until it tried."""

from __future__ import annotations

import pytest

from kiosk.domain.followers import RefusedEventRow, place, with_requests


def row(seq: int, tried: int = 0, again: int | None = None, epoch: str = "E1") -> RefusedEventRow:
    made: RefusedEventRow = {"epoch": epoch, "seq": seq, "code": "bad", "reason": "no such ticket", "tried": tried}
    if again is not None:
        made["again"] = again
    return made


def test_the_place_of_an_event_is_its_epoch_and_seq() -> None:
    assert place(row(7)) == ("E1", 7)


# (what the follower reports, what was stored, what is stored then)
REPORTS = [
    ([row(7)], [], [row(7)]),
    ([row(7)], [row(7)], [row(7)]),
    ([row(7)], [row(7, again=5)], [row(7, again=5)]),
    ([row(7, tried=4)], [row(7, again=5)], [row(7, tried=4, again=5)]),
    ([row(7, tried=5)], [row(7, again=5)], [row(7, tried=5)]),
    ([row(7, tried=6)], [row(7, again=5)], [row(7, tried=6)]),
    ([row(8)], [row(7, again=5)], [row(8)]),
    ([row(7, epoch="E2")], [row(7, again=5)], [row(7, epoch="E2")]),
    ([row(7), row(8)], [row(8, again=5), row(7, again=9)], [row(7, again=9), row(8, again=5)]),
    ([], [row(7, again=5)], []),
]


@pytest.mark.parametrize(("reported", "before", "after"), REPORTS)
def test_a_request_stays_until_the_follower_says_that_it_tried_since(
    reported: list[RefusedEventRow], before: list[RefusedEventRow], after: list[RefusedEventRow]
) -> None:
    assert with_requests(reported, before) == after
