"""Who is called next. The rule: priority first, by arrival; after `in_a_row` of them one ordinary ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contract.records import dataclass

ARRIVAL_STEP = 1 << 24  # from one arrival to the next: numbers written by hand find a place between


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the rule needs of a waiting ticket."""

    id: str
    arrival: int
    has_priority: bool


@dataclass(frozen=True, slots=True)
class NextCall:
    """The next ticket, why it is next ("priority", "turn", "arrival") and the run of priority calls after it."""

    ticket: Waiting
    why: str
    priority_run: int


def choose(heads: Iterable[Waiting], priority_run: int, in_a_row: int) -> NextCall | None:
    """The next of the earliest tickets of each pool and kind; None when nobody waits.

    `priority_run`: priority tickets the counter called in a row. When `in_a_row` is reached and an ordinary
    ticket waits, it is its turn.
    """
    ordered = sorted(heads, key=lambda waiting: waiting.arrival)
    priority = next((w for w in ordered if w.has_priority), None)
    ordinary = next((w for w in ordered if not w.has_priority), None)
    if priority is not None and (ordinary is None or priority_run < in_a_row):
        return NextCall(priority, "priority", priority_run + 1 if ordinary is not None else priority_run)
    if ordinary is None:
        return None
    return NextCall(ordinary, "turn" if priority is not None else "arrival", 0)


def place_between(before: int | None, after: int) -> int:
    """An arrival behind `before` (None: nobody came earlier) and ahead of `after`.

    Near `before`, so that many can follow in the order in which they came. Once no place is left it is that of
    `before`, behind whom it was entered.
    """
    earlier = after - ARRIVAL_STEP if before is None else before
    gap = after - earlier
    return earlier + max(gap // 8, 1 if gap > 1 else 0)


def calling_order(waiting: Sequence[Waiting], priority_run: int, in_a_row: int) -> list[NextCall]:
    """Every waiting ticket in the order in which `choose` will call it."""
    queues = [
        sorted((w for w in waiting if w.has_priority is kind), key=lambda w: w.arrival, reverse=True)
        for kind in (True, False)
    ]
    order: list[NextCall] = []
    while choice := choose((queue[-1] for queue in queues if queue), priority_run, in_a_row):
        queues[0 if choice.ticket.has_priority else 1].pop()
        priority_run = choice.priority_run
        order.append(choice)
    return order
