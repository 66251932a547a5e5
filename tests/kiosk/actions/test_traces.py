"""What the journal keeps of access: sign-ins, wrong secrets, locks, guesses."""

from __future__ import annotations

from kiosk.actions.sign_in import begin_clerk_sign_in
from kiosk.actions.traces import record_guesses, record_refusal, record_sign_in
from tests.kiosk.actions.memory import MONDAY, MemoryUnit

ADDRESS = "10.0.0.7"


def refuse(unit: MemoryUnit, clerk: str, tries: int) -> None:
    for _ in range(tries):
        record_refusal(unit, "pin", begin_clerk_sign_in(unit, "pc-1", "1", clerk, unit.now), ADDRESS, "1")


def access(account: str | None, count: int, wait_s: int) -> dict[str, object]:
    return {
        "what": "pin",
        "account": account,
        "address": ADDRESS,
        "counter": "1",
        "count": count,
        "wait_s": wait_s,
    }


def test_a_sign_in_is_kept_with_account_address_and_counter() -> None:
    unit = MemoryUnit()
    record_sign_in(unit, "pin", "c1", ADDRESS, "1")
    assert unit.events == [("access.signed_in", "c1", access("c1", 0, 0))]


def test_each_wrong_secret_is_kept_and_the_one_that_locks_the_account_twice() -> None:
    unit = MemoryUnit()
    unit.clerks.add("c1", "Lan", "#1234")
    refuse(unit, "Lan", 5)
    assert unit.events == [
        *(("access.refused", "c1", access("c1", n, 0)) for n in range(1, 6)),
        ("access.locked", "c1", access("c1", 5, 60)),
    ]


def test_a_lock_of_less_than_a_second_is_over() -> None:
    unit = MemoryUnit()
    unit.clerks.add("c1", "Lan", "#1234")
    attempt = begin_clerk_sign_in(unit, "pc-1", "1", "Lan", MONDAY)
    for left, kinds in (
        (0, ["access.refused"]),
        (999, ["access.refused"]),
        (1_000, ["access.refused", "access.locked"]),
    ):
        unit.events.clear()
        unit.pin_failures.set("pc-1", "c1", 5, MONDAY + left)
        record_refusal(unit, "pin", attempt, ADDRESS, "1")
        assert unit.types() == kinds


def test_what_was_typed_as_a_name_stands_nowhere() -> None:
    unit = MemoryUnit()
    refuse(unit, "mat-khau-cua-toi", 5)
    assert unit.types() == ["access.refused"] * 5 + ["access.locked"]
    assert "mat-khau-cua-toi" not in str(unit.events)
    assert unit.events[-1] == ("access.locked", ADDRESS, access(None, 5, 60))


def test_guessed_tokens_are_counted_by_address() -> None:
    unit = MemoryUnit()
    record_guesses(unit, ADDRESS, 20)
    data = {**access(None, 20, 0), "what": "token", "counter": None}
    assert unit.events == [("access.guessed", ADDRESS, data)]
