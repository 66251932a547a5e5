"""Pools: who may call a waiting ticket."""

from __future__ import annotations

import pytest

from kiosk.domain.errors import UnknownCounter
from kiosk.domain.pools import counter_of_pool, counter_pool, pools_of, service_pool
from tests.kiosk.actions.memory import small_office


def test_a_pool_names_a_service_or_a_counter() -> None:
    assert (service_pool("HT"), counter_pool("3")) == ("s:HT", "c:3")


@pytest.mark.parametrize(("pool", "counter"), [("c:3", "3"), ("c:c:3", "c:3"), ("s:HT", None), ("s:c:3", None)])
def test_only_the_pool_of_a_counter_names_one(pool: str, counter: str | None) -> None:
    assert counter_of_pool(pool) == counter


@pytest.mark.parametrize(
    ("counter", "pools"), [("1", ["c:1", "s:HT"]), ("3", ["c:3", "s:DD", "s:KQ"]), ("2", ["c:2", "s:HT"])]
)
def test_a_counter_calls_from_its_own_pool_first_then_from_its_services(counter: str, pools: list[str]) -> None:
    assert pools_of(small_office(), counter) == pools


def test_an_unknown_counter_calls_from_no_pool() -> None:
    with pytest.raises(UnknownCounter):
        pools_of(small_office(), "9")
