"""Restored backups and copied disks: what belongs to which epoch of the database stays known, and a copy is noticed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from sync.receiver.senders import DUPLICATE_S, SenderRuns
from sync.simulator.onestop import OneStop
from tests.sync.conftest import Follower, Wall
from tests.sync.deliveries import arrived, run, same
from tests.sync.journal import Office


@pytest.fixture
def copied(office: Office) -> Iterator[Office]:
    """A second machine with the disk of the first."""
    second = Office()
    yield second
    second.close()


def copy_disk(office: Office, copied: Office) -> None:
    copied.epochs, copied.followers = copy.deepcopy(office.epochs), copy.deepcopy(office.followers)


def told(office: Office) -> tuple[str, str]:
    row = office.followers["tinh"]
    return row["state"], row["detail"] or ""


def test_the_receiver_keeps_both_epochs_of_a_restored_office(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(20, "e1")
    run(follower(province.port))
    lost = {place for place in office.known() if place[1] > 15}
    del office.epochs["e1"][15:]  # the backup was made before the last five
    office.happen(9, "e2")
    agent = run(follower(province.port))
    assert arrived(province, "e1", "e2") == office.known() | lost
    assert (agent.epoch, agent.cursor, agent.backlog) == ("e2", 9, 0)


def test_a_copied_disk_that_goes_its_own_way_sends_nothing_and_says_why(
    office: Office, copied: Office, province: OneStop, follower: Follower, wall: Wall
) -> None:
    office.happen(10)
    run(follower(province.port, run="first"))
    copy_disk(office, copied)
    office.happen(3)
    run(follower(province.port, run="first"))
    copied.happen(1)
    copied.epochs["e1"][10] = {**copied.epochs["e1"][10], "hash": "b" * 64}
    before = arrived(province)
    agent = Follower(copied, wall)(province.port, run="second")
    for _ in range(5):
        agent.run_once()
    assert told(copied)[0] == "blocked" and "bản sao của" in told(copied)[1]
    assert arrived(province) == before == office.known()


DOUBLED = "một bản sao của máy này cũng đang gửi: hãy tắt một trong hai máy và gọi kỹ thuật"


def test_two_machines_with_one_disk_are_both_told(
    office: Office, copied: Office, province: OneStop, follower: Follower, wall: Wall
) -> None:
    office.happen(10)
    first = run(follower(province.port, run="first"))
    copy_disk(office, copied)
    second = run(Follower(copied, wall)(province.port, run="second"))
    assert told(office)[0] == told(copied)[0] == "ok", "it might be a restart"
    for _ in range(610):  # both idle: each asks again after ten minutes
        first.run_once()
        second.run_once()
    for machine in (office, copied):
        assert told(machine) == ("doubled", DOUBLED)
    assert same(province, office)


def test_a_restart_is_not_taken_for_a_copy(office: Office, province: OneStop, follower: Follower) -> None:
    for number in range(4):
        office.happen(2)
        run(follower(province.port, run=f"run-{number}"))
    assert told(office)[0] == "ok"


def test_a_copy_that_was_switched_off_is_forgotten_after_a_while() -> None:
    now = [0.0]
    runs = SenderRuns(lambda: now[0])
    spoken: list[Any] = [runs.record("ba-vi", name) for name in ("first", "second", "first", "first")]
    assert spoken == [False, False, True, True]
    now[0] += DUPLICATE_S + 1
    assert not runs.record("ba-vi", "first") and not runs.record("ba-to", "second")
