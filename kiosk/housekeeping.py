"""What has to happen when nobody acts: the day's close, devices gone silent, the clock, the watchdog's heartbeat."""

from __future__ import annotations

import ctypes
import json
import logging
import threading
from collections.abc import Sequence
from typing import Protocol

from kiosk.actions import days, halls
from kiosk.actions.dossiers import forget_applicants
from kiosk.bootstrap import House
from kiosk.store.devices import Access
from kiosk.store.store import StorageBusy
from kiosk.store.unit_of_work import Actor

SYSTEM = Actor("system", "housekeeping")
EVERY_S = 2.0
SILENT_MS = 45_000
STUCK_S = 30.0
JUMP_MS = 60_000
ANSWERS_KEPT_MS = 48 * 3600_000
log = logging.getLogger("kiosk.housekeeping")


class Progressing(Protocol):
    """A thread that shows when it last went round."""

    progress_at: float


class Housekeeper(threading.Thread):
    """Goes round every two seconds. The watchdog is told only while every thread makes progress."""

    def __init__(self, house: House, watched: Sequence[Progressing]) -> None:
        super().__init__(name="housekeeping", daemon=True)
        self._house = house
        self._watched = watched
        self._stopped = threading.Event()
        self._offset = self._clock_offset()
        self._purged_day = ""

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        from sdnotify import SystemdNotifier

        notifier = SystemdNotifier()
        notifier.notify("READY=1")
        while not self._stopped.wait(EVERY_S):
            try:
                self.go_round()
            except StorageBusy as busy:
                log.warning("housekeeping waits: %s", busy)
            if self.all_progress():
                notifier.notify("WATCHDOG=1")
            ctypes.CDLL(None).malloc_trim(0)  # what a burst left behind goes back to the system
        notifier.notify("STOPPING=1")

    def all_progress(self) -> bool:
        now = self._house.clock.monotonic()
        return all(now - thread.progress_at < STUCK_S for thread in self._watched)

    def go_round(self) -> None:
        self._close_yesterday()
        self._note_clock_jump()
        self._note_silent_devices()

    def _close_yesterday(self) -> None:
        """At local midnight what is still open ends, even when nobody comes."""
        house = self._house
        now = house.clock.now_ms()
        today = house.office.hours.civil_date(now)
        with house.store.reading() as reading:
            glance = reading.glance()
        if glance.day_open and today > glance.business_date:
            with house.store.unit(SYSTEM, now) as unit:
                days.ensure_today(unit)
        if self._purged_day != today:
            with house.store.unit(SYSTEM, now) as unit:
                unit.records.forget_answers(now - ANSWERS_KEPT_MS)
                forgotten = forget_applicants(unit)
            if forgotten or house.office.masked_names:
                house.store.scrub()
            self._purged_day = today

    def _note_clock_jump(self) -> None:
        offset = self._clock_offset()
        jump = offset - self._offset
        self._offset = offset
        if abs(jump) > JUMP_MS:
            with self._house.store.unit(SYSTEM, self._house.clock.now_ms()) as unit:
                halls.clock_jumped(unit, jump)

    def _note_silent_devices(self) -> None:
        house = self._house
        now = house.clock.now_ms()
        with house.store.reading() as reading:
            known = Access(reading.transaction, reading.office).devices()
        silent = [d for d in known if d.state == "online" and d.seen_at is not None and now - d.seen_at > SILENT_MS]
        if not silent:
            return
        with house.store.unit(SYSTEM, now) as unit:
            for device in silent:
                Access(unit.transaction, house.office.code).seen(device.name, device.seen_at, "offline", device.report)
                reason = json.dumps({"silent_s": (now - (device.seen_at or now)) // 1000})
                halls.device_changed(unit, device.role, device.name, "offline", reason)

    def _clock_offset(self) -> int:
        """Wall clock minus monotonic clock, in ms: constant unless somebody sets the clock."""
        return self._house.clock.now_ms() - round(self._house.clock.monotonic() * 1000)
