"""The faults of the simulated one-stop system: which requests one spoils, and what it makes of an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from contract.receipts import ReceiptBody
from sync.receiver.store import ReceiverStore
from sync.simulator.certificates import GOOD
from sync.simulator.errors import InvalidFault
from sync.simulator.faults import MODES, Faults, ReceiverFault, at_most, poisoned, refused_by
from sync.simulator.wire import Pacing, number_option
from tests.sync.receiver.samples import OFFICE, batch, journal

RECEIPT: ReceiptBody = {"epoch": "e1", "accepted_through": 7, "hash": "a" * 64, "refused": []}


@pytest.fixture
def faults() -> Iterator[Faults]:
    store = ReceiverStore(None)
    with Flask("faults").app_context():
        yield Faults(store)
    store.close()


def fault(mode: str, **options: object) -> ReceiverFault:
    return ReceiverFault(mode, None, options)


def used(faults: Faults, requests: int, cursor: bool = False) -> list[str]:
    """The modes that so many requests meet, empty where there is none."""
    met = [faults.next(cursor) for _ in range(requests)]
    return [one.mode if one else "" for one in met]


def test_a_fault_lasts_until_it_is_healed(faults: Faults) -> None:
    faults.fail("html")
    assert used(faults, 3) == ["html"] * 3
    faults.heal()
    assert used(faults, 2) == ["", ""] and faults.mode == ""


def test_a_counted_fault_spoils_so_many_deliveries(faults: Faults) -> None:
    faults.fail("500", times=2)
    assert used(faults, 4) == ["500", "500", "", ""]


def test_a_second_fault_replaces_the_first(faults: Faults) -> None:
    faults.fail("html")
    faults.fail("lost", times=1)
    assert used(faults, 2) == ["lost", ""]


def test_questions_for_the_cursor_are_spoilt_only_on_demand(faults: Faults) -> None:
    faults.fail("html", times=1)
    assert used(faults, 2, cursor=True) == ["", ""] and used(faults, 1) == ["html"]
    faults.fail("html", cursor=True)
    assert used(faults, 1, cursor=True) == ["html"]


def test_a_fault_of_the_certificate_spoils_connections_and_no_delivery(faults: Faults) -> None:
    faults.tls = True
    faults.fail("tls_expired", times=2)
    assert used(faults, 2) == ["", ""]
    assert [faults.certificate() for _ in range(3)] == ["tls_expired", "tls_expired", GOOD]


def test_losing_data_happens_at_once_and_is_no_lasting_fault() -> None:
    store = ReceiverStore(None)
    store.take(batch(journal(9)))
    faults = Faults(store)
    faults.fail("rewind", after=4)
    assert store.head(OFFICE, "e1")[0] == 4 and used(faults, 1) == [""]
    faults.fail("lose_database")
    assert store.head(OFFICE, "e1")[0] == 0
    store.close()


@pytest.mark.parametrize(
    ("mode", "options"),
    [
        ("", {}),
        ("unknown", {}),
        ("tls_expired", {}),
        ("html", {"times": 0}),
        ("html", {"times": "2"}),
        ("hang", {"seconds": -1}),
        ("hang", {"seconds": "60"}),
        ("big", {"mib": None}),
        ("rewind", {"after": True}),
        ("status", {}),
        ("status", {"status": 100}),
        ("refuse", {"seqs": 3}),
        ("refuse", {"seqs": [0]}),
        ("refuse", {"seq": "1"}),
        ("poison", {"status": 500}),
        ("poison", {"status": "422"}),
        ("poison", {"seqs": 7}),
        ("latency", {"ms": -1}),
        ("slow", {"bytes_per_s": 0}),
        ("slice", {"bytes": 0}),
        ("cut", {"bytes": float("inf")}),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused_and_nothing_is_set(
    mode: str, options: dict[str, Any], faults: Faults
) -> None:
    with pytest.raises(InvalidFault):
        faults.fail(mode, **options)
    assert faults.mode == ""


@pytest.mark.parametrize("mode", sorted(MODES - {"status"}))
def test_every_mode_may_be_set_without_options(mode: str, faults: Faults) -> None:
    faults.tls = True
    faults.fail(mode)


def body(faults: Faults, mode: str, **options: object) -> Any:
    return json.loads(faults.after(fault(mode, **options), RECEIPT).get_data())


def test_answers_that_lie_differ_in_one_thing(faults: Faults) -> None:
    assert json.loads(faults.after(None, RECEIPT).get_data()) == RECEIPT
    assert body(faults, "beyond") == {**RECEIPT, "accepted_through": 1007}
    assert body(faults, "wrong_hash") == {**RECEIPT, "hash": "f" * 64}
    wrong = body(faults, "wrong_epoch")
    assert wrong["epoch"] != "e1" and {**wrong, "epoch": "e1"} == RECEIPT
    assert faults.after(fault("lost"), RECEIPT).status_code == 504
    with pytest.raises(ValueError):
        body(faults, "truncate")


def test_a_repeated_answer_is_that_of_the_batch_before(faults: Faults) -> None:
    assert body(faults, "repeat") == {"epoch": None, "accepted_through": 0, "hash": "0" * 64, "refused": []}
    faults.after(None, {**RECEIPT, "accepted_through": 3})
    assert body(faults, "repeat")["accepted_through"] == 3


@pytest.mark.parametrize(
    ("mode", "options", "status", "headers"),
    [
        ("500", {}, 500, {}),
        ("503", {"retry_after": 30}, 503, {"Retry-After": "30"}),
        ("status", {"status": 429, "retry_after": "soon"}, 429, {"Retry-After": "soon"}),
        ("html", {}, 200, {"Content-Type": "text/html; charset=utf-8"}),
        ("empty", {}, 200, {}),
        ("redirect", {}, 302, {"Location": "http://192.0.2.1/portal"}),
        ("gzip_bomb", {"mib": 1}, 200, {"Content-Encoding": "gzip"}),
        ("hang", {"seconds": 0}, 503, {}),
    ],
)
def test_what_is_answered_before_anything_is_stored(
    mode: str, options: dict[str, object], status: int, headers: dict[str, str], faults: Faults
) -> None:
    response = faults.before(fault(mode, **options))
    assert response is not None and response.status_code == status
    assert {name: response.headers.get(name) for name in headers} == headers


@pytest.mark.parametrize("mode", ["partial", "refuse", "poison", "lost", "wrong_hash", "cut"])
def test_other_faults_let_the_batch_be_stored_first(mode: str, faults: Faults) -> None:
    assert faults.before(fault(mode)) is None


def test_a_clock_that_is_off_shows_in_the_date(faults: Faults) -> None:
    response = faults.before(fault("status", status=503, clock_off_s=-86_400 * 400))
    assert response is not None and "GMT" in response.headers["Date"]


@pytest.mark.parametrize(("options", "taken"), [({}, 5), ({"count": 3}, 3), ({"count": 0}, 0), ({"count": 99}, 99)])
def test_a_partial_receiver_takes_half_or_as_many_as_wished(options: dict[str, object], taken: int) -> None:
    assert at_most(fault("partial", **options), batch(journal(10))) == taken
    assert at_most(fault("partial"), []) == 1
    assert at_most(fault("html"), []) is at_most(None, []) is None


def test_refused_events_are_named_by_number() -> None:
    assert refused_by(fault("refuse", seqs=[2, 4])) == {2, 4}
    assert refused_by(fault("refuse", seq=7)) == {7}
    assert refused_by(fault("refuse")) == {1}
    assert refused_by(fault("html", seqs=[2])) == refused_by(None) == set()


@pytest.mark.parametrize(
    ("options", "events", "status"),
    [
        ({"seqs": [3]}, batch(journal(3)), 422),
        ({"seqs": [3], "status": 413}, batch(journal(3)), 413),
        ({"seqs": [4]}, batch(journal(3)), None),
        ({}, batch(journal(1)), 422),
        ({}, [], None),
        ({}, {"data": {"seq": 1}}, None),
        ({}, [None, {}, {"data": None}, {"data": {"seq": 1}}], 422),
    ],
)
def test_a_batch_with_a_poisonous_event_is_refused_whole(
    options: dict[str, object], events: object, status: int | None
) -> None:
    response = poisoned(fault("poison", **options), events)
    assert (response.status_code if response else None) == status
    assert poisoned(fault("html"), events) is poisoned(None, events) is None


@pytest.mark.parametrize(
    ("mode", "options", "pacing", "piece"),
    [
        ("latency", {}, Pacing(late_s=20.0), None),
        ("latency", {"ms": 250}, Pacing(late_s=0.25), None),
        ("slow", {}, Pacing(rate=2000.0), 100),
        ("slow", {"bytes_per_s": 5}, Pacing(rate=5.0), 1),
        ("slice", {}, Pacing(slices=1), 1),
        ("slice", {"bytes": 7}, Pacing(slices=7), 7),
        ("cut", {}, Pacing(ends_at=0), None),
        ("cut", {"bytes": 40}, Pacing(ends_at=40), None),
        ("reset", {"bytes": 40}, Pacing(ends_at=40, reset=True), None),
    ],
)
def test_the_bytes_of_an_answer_are_paced_as_asked(
    mode: str, options: dict[str, object], pacing: Pacing, piece: int | None
) -> None:
    assert Pacing.of(mode, options) == pacing and pacing.piece() == piece


@pytest.mark.parametrize("value", [True, None, "5", -1, 4.9, float("inf"), float("nan")])
def test_an_option_is_a_number_of_at_least_so_much(value: object) -> None:
    assert number_option({"ms": 5}, "ms", 20, 5) == 5.0
    assert number_option({}, "ms", 20, 5) == 20.0
    with pytest.raises(InvalidFault, match="ms must be a number of at least 5"):
        number_option({"ms": value}, "ms", 20, 5)
