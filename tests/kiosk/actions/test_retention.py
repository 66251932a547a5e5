"""What is about people is forgotten when its time is over, and no sooner."""

from __future__ import annotations

from types import SimpleNamespace

from kiosk.actions.retention import purge
from tests.kiosk.actions.memory import MONDAY

DAY = 86_400_000  # ms
# by table and method: how many days before now rows have to end to be forgotten
KEPT = {
    ("free_texts", "purge"): 30,
    ("tickets", "forget_words"): 30,
    ("help_requests", "purge"): 30,
    ("answers", "purge"): 2,
    ("ratings", "purge_tokens"): 31,
    ("sessions", "purge"): 0,
    ("pin_failures", "purge"): 1,
    ("pairings", "purge"): 2,
    ("person_sessions", "purge"): 0,
}


def test_each_table_forgets_what_is_older_than_its_time() -> None:
    asked: dict[tuple[str, str], float] = {}

    def table(name: str, method: str, rows: int) -> SimpleNamespace:
        def forget(before: int) -> int:
            asked[name, method] = (MONDAY - before) / DAY
            return rows

        return SimpleNamespace(**{method: forget})

    tables = {name: table(name, method, 10**place) for place, (name, method) in enumerate(KEPT)}
    assert purge(SimpleNamespace(**tables), MONDAY) == 111_111_111, "the rows of all tables"  # type: ignore[arg-type]
    assert asked == KEPT
