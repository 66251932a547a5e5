"""One verification at a time, one of each source, and few who wait."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest

from kiosk.domain.errors import TooMany
from kiosk.web.http.verifications import MOST_WAITING, Verifications, VerificationSlot


def test_a_source_with_one_running_gets_no_second() -> None:
    slot = VerificationSlot()
    with slot.turn("10.0.0.1"), pytest.raises(TooMany), slot.turn("10.0.0.1"):
        pass
    with slot.turn("10.0.0.1"):
        pass


def test_who_waits_in_vain_is_told_so() -> None:
    slot = VerificationSlot(wait_s=0.01)
    with slot.turn("10.0.0.1"), pytest.raises(TooMany, match="being verified"), slot.turn("10.0.0.2"):
        pass


def test_never_two_at_once_in_a_slot_and_few_wait() -> None:
    slot, running, most, refused = VerificationSlot(wait_s=30), [0], [0], [0]
    gate = threading.Barrier(40)

    def verify(source: str) -> None:
        gate.wait()
        try:
            with slot.turn(source):
                running[0] += 1
                most[0] = max(most[0], running[0])
                gone.wait(30)
                running[0] -= 1
        except TooMany:
            refused[0] += 1

    gone = threading.Event()
    threads = [threading.Thread(target=verify, args=(f"10.0.0.{n}",)) for n in range(40)]
    for thread in threads:
        thread.start()
    while refused[0] < 40 - MOST_WAITING and any(thread.is_alive() for thread in threads):
        threads[0].join(0.01)
    gone.set()
    for thread in threads:
        thread.join(30)
    assert (most[0], refused[0]) == (1, 40 - MOST_WAITING)


def test_devices_never_wait_for_strangers() -> None:
    office = Verifications()
    with ExitStack() as held:
        held.enter_context(office.of_anybody.turn("10.0.0.66"))
        held.enter_context(office.of_devices.turn("quay-1"))
