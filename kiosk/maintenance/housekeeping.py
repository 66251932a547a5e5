"""What has to happen when nobody acts: the day's close, devices gone silent, the clock, the watchdog's heartbeat."""

from __future__ import annotations

import ctypes
import json
import logging
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from contract.service_manager import ALIVE, READY, STOPPING, notify
from kiosk.actions import days, retention
from kiosk.actions.counters import end_sittings, ended_sittings
from kiosk.actions.devices import record_device_change
from kiosk.actions.dossiers import forget_applicants
from kiosk.app import App
from kiosk.maintenance.clock_keeper import ClockKeeper
from kiosk.store.failures import StorageBusy, StorageFailed
from kiosk.store.unit_of_work import Actor

SYSTEM = Actor("system", "housekeeping")
EVERY_S = 2.0
SILENT_MS = 45_000
STUCK_S = 30.0
log = logging.getLogger("kiosk.maintenance.housekeeping")


class Progressing(Protocol):
    """What shows when it last made progress."""

    @property
    def progress_at(self) -> float: ...


class Housekeeper(threading.Thread):
    """Works every two seconds. The watchdog is told only while every thread makes progress."""

    def __init__(
        self, app: App, watched: Sequence[Progressing], look_at_storage: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(name="housekeeping", daemon=True)
        self._app = app
        self._watched = watched
        self._look_at_storage = look_at_storage
        self._stopped = threading.Event()
        self._clock_keeper = ClockKeeper(app)
        self._purged_day = ""

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        notify(READY)
        while not self._stopped.wait(EVERY_S):
            try:
                self._look_at_storage()
                self.run_once()
            except (StorageBusy, StorageFailed) as failure:
                log.warning("housekeeping waits: %s", failure)
            if self.all_progress():
                notify(ALIVE)
            ctypes.CDLL(None).malloc_trim(0)  # what a burst left behind goes back to the system
        notify(STOPPING)

    def all_progress(self) -> bool:
        now = self._app.clock.monotonic()
        return all(now - thread.progress_at < STUCK_S for thread in self._watched)

    def run_once(self) -> None:
        self._clock_keeper.run_once()
        self._close_yesterday()
        self._end_sittings()
        self._note_silent_devices()

    def _close_yesterday(self) -> None:
        """At local midnight what is still open ends, even when nobody comes."""
        app = self._app
        now = app.clock.now_ms()
        today = app.office.hours.civil_date(now)
        with app.store.reading() as reading:
            state = reading.state
        if state.day_open and today > state.business_date and not state.clock.doubt:
            with app.store.unit(SYSTEM, now, alone=True) as unit:
                days.ensure_today(unit)
        if self._purged_day != today:
            with app.store.unit(SYSTEM, now, alone=True) as unit:
                forgotten = retention.purge(unit, now) + forget_applicants(unit)
            if forgotten or app.office.masked_names:
                app.store.scrub()
            self._purged_day = today

    def _end_sittings(self) -> None:
        """At the office's close, once the last citizen has gone, clerks are signed out."""
        app = self._app
        now = app.clock.now_ms()
        with app.store.reading() as reading:
            ended = ended_sittings(reading, now)
        if ended:
            with app.store.unit(SYSTEM, now) as unit:
                end_sittings(unit)

    def _note_silent_devices(self) -> None:
        app = self._app
        now = app.clock.now_ms()
        with app.store.reading() as reading:
            devices = reading.devices.all()
        silent = [d for d in devices if d.state == "online" and d.seen_at is not None and now - d.seen_at > SILENT_MS]
        if not silent:
            return
        with app.store.unit(SYSTEM, now) as unit:
            for device in silent:
                unit.devices.set_state(device.name, device.seen_at, "offline", device.report)
                reason = json.dumps({"silent_s": (now - (device.seen_at or now)) // 1000})
                record_device_change(unit, device.role, device.name, "offline", reason)
