"""Things worth keeping for the next time, within a budget: the one used longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class LruCache(Generic[T]):
    """`budget` in the unit of the costs given to `keep`; a thing dearer than half of it is not kept."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._spent = 0
        self._things: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: Hashable) -> T | None:
        found = self._things.get(key)
        if found is None:
            return None
        self._things.move_to_end(key)
        return found[0]

    def keep(self, key: Hashable, thing: T, cost: int) -> None:
        if cost * 2 > self._budget:
            return
        if key in self._things:
            self._spent -= self._things.pop(key)[1]
        self._things[key] = (thing, cost)
        self._spent += cost
        while self._spent > self._budget:
            self._spent -= self._things.popitem(last=False)[1][1]
