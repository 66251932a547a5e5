"""Where a bundle begins and how far an answer carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.envelope import GENESIS
from contract.receipts import Receipt
from sync.bundles.policy import Position, confirmed, other_branches, start_of, to_send
from sync.bundles.state import MOST_RECEIVER_EPOCHS, BundleState, load, save
from sync.errors import SyncError

EPOCHS = [("e1", 10), ("e2", 5), ("e3", 8)]


@pytest.mark.parametrize(
    ("usb", "connector", "connector_then", "start"),
    [
        (None, None, None, ("e1", 0)),
        (("e1", 7), None, None, ("e1", 7)),
        (None, ("e2", 3), None, ("e2", 3)),
        (("e1", 7), ("e1", 9), None, ("e1", 9)),
        (("e2", 1), ("e1", 9), None, ("e2", 1)),
        (("e1", 0), ("e1", 9), ("e1", 9), ("e1", 0)),  # the receiver lost its database
        (("e1", 0), ("e1", 10), ("e1", 9), ("e1", 10)),
        (("gone", 7), ("e1", 2), None, ("e1", 2)),
        (("gone", 7), None, None, ("e1", 0)),
    ],
)
def test_a_bundle_begins_behind_what_is_confirmed(
    usb: Position | None, connector: Position | None, connector_then: Position | None, start: Position
) -> None:
    assert start_of(EPOCHS, usb, connector, connector_then) == start


@given(st.sampled_from(EPOCHS), st.integers(0, 10))
def test_what_is_sent_and_what_is_confirmed_make_up_the_whole_journal(epoch: Position, seq: int) -> None:
    start = (epoch[0], min(seq, epoch[1]))
    spans = to_send(EPOCHS, start)
    before = sum(last for name, last in EPOCHS if name < start[0]) + start[1]
    assert before + sum(last - after for _, after, last in spans) == 23
    assert all(after < last for _, after, last in spans)


def hash_of(epoch: str, seq: int) -> str | None:
    return GENESIS if seq == 0 else f"{epoch}-{seq}" if seq <= dict(EPOCHS)[epoch] else None


def receipts(**reached: int) -> dict[str, Receipt]:
    return {epoch: Receipt(epoch, seq, GENESIS if not seq else f"{epoch}-{seq}") for epoch, seq in reached.items()}


@pytest.mark.parametrize(
    ("reached", "position"),
    [
        ({}, ("e1", 0)),
        ({"e1": 4}, ("e1", 4)),
        ({"e1": 10}, ("e2", 0)),
        ({"e1": 10, "e2": 5, "e3": 8}, ("e3", 8)),
        ({"e1": 10, "e3": 8}, ("e2", 0)),
        ({"e1": 4, "e2": 5}, ("e1", 4)),
        ({"e1": 13, "e2": 2}, ("e2", 2)),  # a epoch that ended in a backup older than what was delivered
        ({"of another machine": 3}, ("e1", 0)),
    ],
)
def test_the_cursor_goes_to_the_end_of_the_confirmed_beginning(reached: dict[str, int], position: Position) -> None:
    assert confirmed(receipts(**reached), EPOCHS, hash_of) == position


def test_a_receipt_beyond_the_journal_or_with_another_hash_is_refused() -> None:
    with pytest.raises(SyncError, match="events that this journal"):
        confirmed(receipts(e1=10, e2=5, e3=9), EPOCHS, hash_of)
    with pytest.raises(SyncError, match="event 4 is not ours"):
        confirmed({"e1": Receipt("e1", 4, "f" * 64)}, EPOCHS[:1], hash_of)


def test_another_branch_of_an_epoch_that_has_ended_stays_with_the_receiver_and_is_told() -> None:
    answers = {"e1": Receipt("e1", 4, "f" * 64), **receipts(e2=2)}
    assert confirmed(answers, EPOCHS, hash_of) == ("e2", 2)
    assert other_branches(answers, EPOCHS, hash_of) == [("e1", 10)]
    assert other_branches(receipts(e1=13, e2=5, e3=8), EPOCHS, hash_of) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=12))
def test_the_newest_epoch_is_the_last_one_that_answered(answers: list[tuple[str, int]]) -> None:
    state = BundleState()
    for epoch, serial in answers:
        state = state.after(epoch, serial, serial, None)
    assert state.receiver_epoch == (answers[-1][0] if answers else None)
    assert state.answers == dict(answers)


def test_what_was_taken_is_remembered_and_an_unreadable_memory_is_an_empty_one(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "state.json"
    state = BundleState()
    for n in range(30):
        state = state.after(f"epoch{n}", n, n, ("e1", n))
    save(path, state)
    assert load(path) == state and len(state.answers) == MOST_RECEIVER_EPOCHS and state.receiver_epoch == "epoch29"
    for spoilt in ("", "[]", "{}", '{"answers": 1, "version": 1, "connector": null}', '{"answers"'):
        path.write_text(spoilt)
        assert load(path) == BundleState()
    path.unlink()
    assert load(path) == BundleState()
