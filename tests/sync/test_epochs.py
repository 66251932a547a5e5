"""Restored backups and copied disks: what belongs to which epoch of the database stays known, and a copy is noticed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
import rfc8785

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


def another_branch(office: Office, epoch: str, behind: int, count: int) -> None:
    """Old data was put back that ended at `behind`, and the office went on with `count` other events."""
    del office.epochs[epoch][behind:]
    office.happen(1, epoch)
    last = office.epochs[epoch][-1]
    last["subject"] = "somebody else"
    last["hash"] = sha256(rfc8785.dumps({key: value for key, value in last.items() if key != "hash"})).hexdigest()
    office.happen(count - 1, epoch)


def test_once_an_epoch_has_ended_the_receiver_keeps_its_branch_and_the_line_goes_on(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(12, "e1")
    run(follower(province.port))
    theirs = arrived(province, "e1")
    another_branch(office, "e1", 8, 6)
    agent = follower(province.port)
    for _ in range(3):
        agent.run_once()
    assert told(office)[0] == "blocked" and "12" in told(office)[1], "nobody has decided yet"
    office.happen(5, "e2")
    agent = run(follower(province.port))
    assert (agent.epoch, agent.cursor, agent.backlog) == ("e2", 5, 0)
    assert arrived(province, "e1") == theirs, "nothing there was overwritten"
    assert {seq for _, seq, _ in arrived(province, "e2")} == {1, 2, 3, 4, 5}
    (row,) = office.followers["tinh"]["refused"]
    assert (row["epoch"], row["seq"], row["code"]) == ("e1", 14, "other-branch")
    assert "chỉ có trên máy này" in row["reason"]


def test_a_branch_of_which_the_receiver_has_another_is_told_again_when_staff_ask_for_it(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(12, "e1")
    run(follower(province.port))
    another_branch(office, "e1", 8, 6)
    office.happen(1, "e2")
    agent = run(follower(province.port))
    office.ask_again("tinh", {14: 1_713_146_400_000})
    for _ in range(6):
        agent.run_once()
    (row,) = office.followers["tinh"]["refused"]
    assert (row["code"], row["tried"], told(office)[0]) == ("other-branch", 1_713_146_400_000, "ok")


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
