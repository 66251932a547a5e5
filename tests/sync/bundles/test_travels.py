"""Whatever happens on the way: sticks cut, lost, late and doubled, answers lost, the line coming and going."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from contract.envelope import GENESIS, cloud_event
from sync.bundles.format.frames import BundleError
from sync.bundles.program import BundleExchange
from sync.bundles.state import exclusive, folder
from sync.journal_client import FollowerPosition, JournalPage
from sync.receiver.bundle_receiver import BundleReceiver
from sync.receiver.store import ReceiverStore
from tests.sync.journal import OFFICE, Office
from tests.sync.usb import Trip


class Direct:
    """The service's calls without the line between."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read(self, epoch: str | None, after: int, limit: int) -> JournalPage:
        query = {"after": [str(after)], "limit": [str(limit)], **({"epoch": [epoch]} if epoch else {})}
        found = self._office.page(query)
        epochs = [(row["epoch"], row["last_seq"]) for row in found["epochs"]]
        return JournalPage(found["epoch"], found["events"], found["last_seq"], epochs)

    def hash_of(self, epoch: str, seq: int) -> str | None:
        events = self._office.epochs[epoch]
        return GENESIS if seq == 0 else events[seq - 1]["hash"] if seq <= len(events) else None

    def follower_position(self, name: str) -> FollowerPosition | None:
        row = self._office.followers.get(name)
        return FollowerPosition(row["epoch"], row["cursor"], row["refused"]) if row else None

    def put_follower(self, name: str, body: dict[str, Any]) -> None:
        self._office.followers[name] = body

    def put_dossiers(self, dossiers: list[dict[str, Any]]) -> Any:
        return self._office.put("/dossiers", dossiers)


class Weeks(RuleBasedStateMachine):
    """An office and its province over some weeks; what is held is a beginning of each epoch, always."""

    @initialize()
    def begin(self) -> None:
        self.temporary = TemporaryDirectory()
        self.patch = pytest.MonkeyPatch()
        self.patch.setenv("MOTCUA_HOME", self.temporary.name)
        self.patch.setattr("sync.bundles.export.MAX_BATCH_EVENTS", 3)
        self.patch.setattr("sync.bundles.program.MEBIBYTE", 900)
        self.office = Office()
        self.office.happen(4)
        self.trip = Trip(self.office, Path(self.temporary.name)).registered()
        self.epoch, self.late = 1, list[Path]()

    def exchange(self) -> BundleExchange:
        exchange = self.trip.bundles(part_mib=1)
        exchange._journal = Direct(self.office)  # type: ignore[assignment]
        return exchange

    @rule(count=st.integers(1, 9))
    def work(self, count: int) -> None:
        self.office.happen(count, f"e{self.epoch}")

    @rule()
    def restored_backup(self) -> None:
        self.epoch += 1
        self.office.happen(1, f"e{self.epoch}")

    @rule()
    def export(self) -> None:
        self.exchange().export(self.trip.stick)

    @rule(place=st.floats(0, 1))
    def stick_is_pulled_out(self, place: float) -> None:
        for path in self.trip.parts()[-1:]:
            data = path.read_bytes()
            path.write_bytes(data[: int(len(data) * place)])

    @rule()
    def stick_is_lost(self) -> None:
        shutil.rmtree(self.trip.stick)
        self.trip.stick.mkdir()

    @rule()
    def a_copy_stays_in_a_drawer(self) -> None:
        for path in self.trip.parts():
            self.late.append(self.trip.stick.with_name(f"late-{len(self.late)}.mcb"))
            shutil.copy(path, self.late[-1])

    @rule()
    def the_drawer_is_read(self) -> None:
        for path in self.late:
            self.trip.province.read(path)

    @rule(backwards=st.booleans())
    def stick_is_read(self, backwards: bool) -> None:
        for path in sorted(self.trip.parts(), reverse=backwards):
            self.trip.read(path)

    @rule()
    def answer_comes_back(self) -> None:
        self.exchange().import_answer(self.trip.province.write_answer(OFFICE, self.trip.stick))

    @rule()
    def answer_is_lost(self) -> None:
        self.trip.province.write_answer(OFFICE, self.trip.stick).unlink()

    @rule()
    def an_old_answer_is_brought(self) -> None:
        for path in sorted(self.trip.stick.glob("*bien-nhan*"))[:1]:
            try:
                self.exchange().import_answer(path)
            except BundleError as error:
                assert error.code in {"old", "doubled"}

    @rule(count=st.integers(1, 6))
    def line_works_a_while(self, count: int) -> None:
        for epoch, events in self.office.epochs.items():
            held = self.trip.store.head(OFFICE, epoch)[0]
            if held < len(events):
                self.trip.store.take([cloud_event(event) for event in events[held : held + count]])
                row = {"epoch": epoch, "cursor": min(len(events), held + count), "state": "ok", "refused": []}
                self.office.followers["tinh"] = row
                return

    @rule()
    def province_loses_its_database(self) -> None:
        signer = self.trip.province.signer
        self.trip.store = ReceiverStore(None)
        self.trip.province = BundleReceiver(self.trip.store, None)
        self.trip.province.signer = signer
        self.trip.registered()

    @invariant()
    def what_is_held_is_a_beginning(self) -> None:
        for epoch, events in self.office.epochs.items() if hasattr(self, "trip") else ():
            held = self.trip.store.stored(OFFICE, epoch)
            assert [row["hash"] for row in held] == [event["hash"] for event in events[: len(held)]]

    def teardown(self) -> None:
        if not hasattr(self, "trip"):
            return
        try:
            for _ in range(3):  # one trip may only learn that the province has lost everything
                self.answer_comes_back()
                self.export()
                self.stick_is_read(backwards=False)
            self.answer_comes_back()
            assert self.trip.arrived(*self.office.epochs) == self.office.known()
            last = list(self.office.epochs)[-1]
            row = self.office.followers["usb"]
            assert (row["epoch"], row["cursor"]) == (last, len(self.office.epochs[last]))
        finally:
            self.office.close()
            self.patch.undo()
            self.temporary.cleanup()


def test_after_any_weeks_of_sticks_and_lines_both_sides_hold_the_same_journal() -> None:
    run_state_machine_as_test(
        Weeks,
        settings=settings(
            max_examples=25,
            stateful_step_count=16,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.soak
def test_after_any_years_of_sticks_and_lines_both_sides_hold_the_same_journal() -> None:
    run_state_machine_as_test(
        Weeks,
        settings=settings(
            max_examples=1500,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def trip(office: Office, home: Path) -> Iterator[Trip]:
    office.happen(5)
    yield Trip(office, home).registered()


def test_two_exports_at_once_do_not_write_into_each_other(trip: Trip) -> None:
    with exclusive(folder()), pytest.raises(BundleError) as caught:
        trip.export()
    assert caught.value.code == "busy"
    assert trip.read(*trip.export())[0].taken
