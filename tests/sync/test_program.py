"""The program around the followers: it drains when it is told to end, follows new webhooks and leaves removed ones."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.followers import ConnectorSection, SyncSection
from config.locks import locked
from sync.program import LOCK, SyncProgram, run
from sync.simulator.onestop import OneStop
from tests.office import sample_configuration
from tests.sync.deliveries import same
from tests.sync.hook import Hook, seqs
from tests.sync.journal import Office
from tests.sync.proxy import Proxy


def program(office: Office, port: int) -> SyncProgram:
    connector = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{port}/events", batch_events=50)
    sync = SyncSection(service_url=office.address, token="token", connector=[connector])
    return SyncProgram(sample_configuration("sqlite:///unused.db").model_copy(update={"sync": sync}))


def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        threading.Event().wait(0.02)
    assert true()


def running(found: SyncProgram) -> threading.Thread:
    thread = threading.Thread(target=found.run, daemon=True)
    thread.start()
    return thread


def test_what_can_be_sent_is_sent_before_the_program_ends(office: Office, province: OneStop, line: Proxy) -> None:
    office.happen(1)
    found = program(office, line.port)
    thread = running(found)
    until(lambda: same(province, office))
    line.rate = 40_000.0
    line.off = True
    line.off = False
    office.happen(600)
    until(lambda: len(province.store.stored("ba-vi", "e1")) > 60)
    assert not same(province, office), "in the middle of the drain"
    found.stopped.set()
    thread.join(30)
    assert not thread.is_alive() and same(province, office)


def test_one_program_at_a_time_sends_from_a_state_folder(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    handle = locked(home / LOCK)
    assert run(sample_configuration("sqlite:///unused.db"), once=True) == 1
    assert "runs here already" in caplog.text
    os.close(handle)


def test_a_receiver_that_asked_for_patience_is_not_asked_again_at_the_end(office: Office, province: OneStop) -> None:
    def left() -> int:
        fault = province.faults._fault
        return fault.left or 0 if fault else 0

    office.happen(3)
    province.fail("503", times=10, retry_after=3600)
    found = program(office, province.port)
    thread = running(found)
    until(lambda: office.followers.get("tinh", {}).get("state") == "waiting")
    before = left()
    found.stopped.set()
    thread.join(15)
    assert not thread.is_alive() and left() == before < 10


def test_a_dead_line_does_not_hold_the_program_when_it_ends(office: Office) -> None:
    office.happen(3)
    found = program(office, 1)
    thread = running(found)
    until(lambda: bool(office.followers))
    found.stopped.set()
    thread.join(14)
    assert not thread.is_alive()


def test_one_drain_says_whether_anything_is_left(office: Office, province: OneStop) -> None:
    office.happen(120)
    assert program(office, province.port).once() == 0 and same(province, office)
    office.happen(1)
    province.fail("status", status=503, retry_after="900")
    assert program(office, province.port).once() == 1


def test_a_webhook_is_followed_while_it_is_registered(
    office: Office, province: OneStop, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.program.BEAT_S", 0.05)
    office.happen(3)
    found = program(office, province.port)
    thread = running(found)
    office.webhooks = [{"url": hook.url, "secret": "s"}]
    until(lambda: seqs(hook) == [1, 2, 3])
    worker = next(one for name, one in found._workers.items() if name.startswith("webhook-"))
    office.webhooks = []
    until(lambda: not worker.is_alive())
    office.happen(2)
    until(lambda: same(province, office))
    assert seqs(hook) == [1, 2, 3]
    found.stopped.set()
    thread.join(14)
