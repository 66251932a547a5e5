"""The power goes at any moment of a busy morning: no acknowledged number is lost, and the journal is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from tests.soak.disk_trace import DiskTrace
from tests.soak.power_cuts import RecordedOffice, broken_promises, recorded_office

SHORT, LONG = 16, 1000


def moments(office: RecordedOffice, count: int, chance: Random) -> list[float]:
    """Just after changes of the files, spread over all of them, where most is under way."""
    changes = office.trace.changes
    return [chance.choice(changes).at + chance.choice([1e-6, 1e-4, 1e-3]) for _ in range(count)]


def check(office: RecordedOffice, count: int, seed: int) -> None:
    chance = Random(seed)
    promised = 0
    for moment in moments(office, count, chance):
        assert broken_promises(office, moment, Random(chance.random())) == []
        promised += sum(one.at < moment for one in office.acknowledged)
    assert promised > count, "the load came before most of the cuts"


@pytest.fixture(scope="module")
def morning() -> Iterator[RecordedOffice]:
    with recorded_office(tickets=60) as office:
        yield office


def test_the_power_may_go_at_any_moment(morning: RecordedOffice) -> None:
    check(morning, SHORT, seed=1)


def test_an_office_that_does_not_wait_for_its_disk_would_be_found_out(morning: RecordedOffice) -> None:
    """The same recording as if the log had never been synced: numbers are then lost, and the test sees it."""
    unsynced = [
        replace(change, sync=float("inf")) if change.path.endswith("-wal") else change
        for change in morning.trace.changes
    ]
    careless = replace(morning, trace=DiskTrace(morning.trace.folder, unsynced))
    last = morning.acknowledged[-1].at + 1.0
    broken = [promise for seed in range(3) for promise in broken_promises(careless, last, Random(seed))]
    assert any("is lost" in promise for promise in broken)


@pytest.mark.soak
def test_a_thousand_power_cuts_lose_nothing() -> None:
    with recorded_office(tickets=900) as office:
        check(office, LONG, seed=2)
