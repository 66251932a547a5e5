"""What a receiver holds: each event once, in order, as it was; and versions of dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from contract.dossiers import DossierInput
from contract.events import JournalEvent
from sync.receiver.incoming import ContractViolation
from sync.receiver.store import ReceiverStore
from tests.sync.receiver.samples import OFFICE, ZEROS, batch, hashed, journal

EVENTS = journal(9)


@pytest.fixture
def store() -> Iterator[ReceiverStore]:
    made = ReceiverStore(None)
    yield made
    made.close()


def held(store: ReceiverStore, epoch: str = "e1") -> list[int]:
    return [row["seq"] for row in store.stored(OFFICE, epoch)]


def other(event: JournalEvent) -> JournalEvent:
    """Another event in its place, with a hash of its own."""
    return hashed({**event, "subject": "another"})


def test_an_unknown_source_is_at_zero(store: ReceiverStore) -> None:
    assert store.receipt(OFFICE, "e1") == {"epoch": None, "accepted_through": 0, "hash": ZEROS, "refused": []}
    assert (store.head(OFFICE, "e1"), store.hash_at(OFFICE, "e1", 0), store.hash_at(OFFICE, "e1", 1)) == (
        (0, ZEROS),
        ZEROS,
        None,
    )


@pytest.mark.parametrize(
    ("batches", "expected"),
    [
        ([EVENTS[:3]], 3),
        ([EVENTS[:3], EVENTS[3:9]], 9),
        ([EVENTS[:3], EVENTS[:3]], 3),
        ([EVENTS[:5], EVENTS[2:9]], 9),
        ([EVENTS[:3], EVENTS[4:9]], 3),
        ([EVENTS[1:3]], 0),
        ([[EVENTS[0], EVENTS[0], EVENTS[1], EVENTS[1]]], 2),
        ([[EVENTS[1], EVENTS[0]]], 1),
        ([EVENTS[:3], [other(EVENTS[3])]], 4),
        ([EVENTS[:3], [other(EVENTS[2])]], 3),
        ([EVENTS[:3], [other(EVENTS[2]), EVENTS[3]]], 4),
    ],
)
def test_what_is_held_is_always_one_to_n_and_never_replaced(
    batches: list[list[JournalEvent]], expected: int, store: ReceiverStore
) -> None:
    for events in batches:
        assert store.take(batch(events)) == (OFFICE, "e1")
    assert held(store) == list(range(1, expected + 1))
    assert store.hash_at(OFFICE, "e1", min(expected, 3)) in {ZEROS, EVENTS[max(0, min(expected, 3) - 1)]["hash"]}


def test_an_event_of_another_branch_is_not_taken(store: ReceiverStore) -> None:
    store.take(batch(EVENTS[:3]))
    stranger = hashed({**EVENTS[3], "prev_hash": "a" * 64})
    store.take(batch([stranger]))
    assert store.head(OFFICE, "e1") == (3, EVENTS[2]["hash"])


def test_epochs_and_offices_stand_beside_each_other(store: ReceiverStore) -> None:
    store.take(batch(EVENTS[:3]))
    store.take(batch(journal(2, "e2")))
    store.take(batch(journal(5, office="ba-to")))
    assert store.epochs_of(OFFICE) == ["e1", "e2"]
    assert (held(store), held(store, "e2"), store.head("ba-to", "e1")[0]) == ([1, 2, 3], [1, 2], 5)
    assert store.counts_by_type() == [
        ("ba-to", "ticket.called", 2),
        ("ba-to", "ticket.issued", 3),
        ("ba-vi", "ticket.called", 2),
        ("ba-vi", "ticket.issued", 3),
    ]


def test_one_wrong_event_keeps_its_whole_batch_out(store: ReceiverStore) -> None:
    wrong = batch(EVENTS[:3])
    wrong[2]["hash"] = "b" * 64
    with pytest.raises(ContractViolation):
        store.take(wrong)
    assert held(store) == []


def test_a_receiver_may_take_part_of_a_batch(store: ReceiverStore) -> None:
    store.take(batch(EVENTS), most=4)
    assert held(store) == [1, 2, 3, 4]


def test_a_refused_event_is_chained_named_and_taken_when_it_comes_again(store: ReceiverStore) -> None:
    store.take(batch(EVENTS[:5]), refuse={2, 4})
    assert held(store) == [1, 3, 5]
    receipt = store.receipt(OFFICE, "e1")
    assert (receipt["epoch"], receipt["accepted_through"], receipt["hash"]) == ("e1", 5, EVENTS[4]["hash"])
    assert receipt["refused"] == [{"seq": seq, "code": "refused", "reason": "refused"} for seq in (2, 4)]
    store.take(batch([EVENTS[1]]), refuse={4})
    store.take(batch([EVENTS[3]]), refuse={4})
    assert held(store) == [1, 2, 3, 5]
    assert [row["seq"] for row in store.receipt(OFFICE, "e1")["refused"]] == [4]


def test_a_restored_receiver_lacks_its_newest_events(store: ReceiverStore) -> None:
    store.take(batch(EVENTS))
    store.lose(after=4)
    assert store.head(OFFICE, "e1") == (4, EVENTS[3]["hash"])
    store.lose()
    assert store.head(OFFICE, "e1") == (0, ZEROS)


def test_the_newest_events_come_first_on_the_page(store: ReceiverStore) -> None:
    store.take(batch(EVENTS[:4]))
    assert [event["seq"] for event in store.latest(3)] == [4, 3, 2]
    assert store.latest(1) == [EVENTS[3]]


def test_what_arrived_is_told_by_epoch_number_hash_and_type(store: ReceiverStore) -> None:
    store.take(batch(EVENTS[:2]))
    assert store.stored(OFFICE, "e1") == [
        {"epoch": "e1", "seq": 1, "hash": EVENTS[0]["hash"], "type": "ticket.issued"},
        {"epoch": "e1", "seq": 2, "hash": EVENTS[1]["hash"], "type": "ticket.called"},
    ]


def test_the_threads_of_a_web_server_share_one_store(store: ReceiverStore) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(store.take, [batch(EVENTS)] * 4))
    assert held(store) == list(range(1, 10))


def test_events_outlive_the_program_in_a_folder_that_is_made(tmp_path: Path) -> None:
    tmp_path = tmp_path / "a" / "b"
    first = ReceiverStore(tmp_path)
    first.take(batch(EVENTS[:3]))
    first.close()
    second = ReceiverStore(tmp_path)
    assert second.head(OFFICE, "e1") == (3, EVENTS[2]["hash"])
    second.close()


def dossier(number: int, status: int = 4) -> DossierInput:
    return {"code": f"H48.53-240415-{number:04d}", "status": status}


def test_each_change_of_a_dossier_gets_the_next_version(store: ReceiverStore) -> None:
    assert store.dossiers(OFFICE, 0) == {"version": 0, "dossiers": []}
    assert store.put_dossiers(OFFICE, [dossier(1), dossier(2)]) == 2
    assert store.put_dossiers("ba-to", [dossier(1, status=9)]) == 3
    assert store.put_dossiers(OFFICE, [dossier(1, status=5)]) == 4
    assert store.dossiers(OFFICE, 0) == {"version": 4, "dossiers": [dossier(2), dossier(1, status=5)]}
    assert store.dossiers(OFFICE, 2) == {"version": 4, "dossiers": [dossier(1, status=5)]}
    assert store.dossiers(OFFICE, 4) == {"version": 4, "dossiers": []}
    assert store.dossiers("ba-to", 0) == {"version": 3, "dossiers": [dossier(1, status=9)]}


def test_dossiers_come_in_pages(store: ReceiverStore) -> None:
    store.put_dossiers(OFFICE, [dossier(number) for number in range(1, 701)])
    first = store.dossiers(OFFICE, 0)
    second = store.dossiers(OFFICE, first["version"])
    assert (len(first["dossiers"]), first["version"]) == (500, 500)
    assert (len(second["dossiers"]), second["version"]) == (200, 700)
