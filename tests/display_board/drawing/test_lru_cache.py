from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from display_board.drawing.lru_cache import LruCache


def test_what_was_used_longest_ago_goes_first() -> None:
    kept: LruCache[str] = LruCache(3)
    for key in "abc":
        kept.keep(key, key.upper(), 1)
    assert kept.get("a") == "A"
    kept.keep("d", "D", 1)
    assert (kept.get("a"), kept.get("b"), kept.get("d")) == ("A", None, "D")


def test_a_thing_that_would_crowd_out_the_others_is_not_kept() -> None:
    kept: LruCache[str] = LruCache(10)
    kept.keep("small", "s", 4)
    kept.keep("huge", "h", 6)
    assert (kept.get("small"), kept.get("huge")) == ("s", None)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))))
def test_the_budget_is_never_passed(things: list[tuple[int, int]]) -> None:
    kept: LruCache[int] = LruCache(20)
    held: dict[int, int] = {}
    for key, cost in things:
        kept.keep(key, cost, cost)
        held = {k: c for k in range(31) if (c := kept.get(k)) is not None}
    assert sum(held.values()) <= 20 and len(kept) == len(held)
