"""Keeps the office's time: takes it when a machine was started, and watches the machine's clock from then on."""

from __future__ import annotations

from kiosk.actions.clock import begin_boot, follow_clock
from kiosk.app import App
from kiosk.domain.office_clock import ClockChange, ClockWatch
from kiosk.store.unit_of_work import Actor

SYSTEM = Actor("system", "clock")
MINUTE_MS = 60_000


class ClockKeeper:
    """What `motcua serve` does about the time; several processes on one database agree by the office's row."""

    def __init__(self, app: App) -> None:
        self._app = app
        hold_ms = app.configuration.limits.clock_hold_minutes * MINUTE_MS
        self._watch = ClockWatch(hold_ms, app.office.hours.civil_date)

    def begin(self) -> None:
        """Take the time, before anything is done in this boot."""
        clock = self._app.clock
        with self._app.store.unit(SYSTEM, clock.now_ms()) as unit:
            if begin_boot(unit, clock.machine.look(), clock.machine.built_ms()):
                unit.office_state.save(unit.state)
        clock.follow(unit.state.clock)

    def run_once(self) -> None:
        """Look at the machine's clock, and do what follows from it."""
        clock, store = self._app.clock, self._app.store
        with store.reading() as reading:
            taken = reading.state.clock
        machine, built = clock.machine.look(), clock.machine.built_ms()
        if not taken.boot:
            self.begin()
            return
        if taken.boot != machine.boot:  # another machine serves this office and keeps its time
            return
        if not clock.goes_by(taken):
            self._catch_up()
            return
        verdict = self._watch.look(taken, machine, built)
        if verdict.change is ClockChange.NOTHING:
            return
        with store.unit(SYSTEM, taken.now(machine), alone=True) as unit:
            if unit.state.clock == taken:  # else another process was first: the next look tells what is left to do
                follow_clock(unit, verdict)
        clock.follow(unit.state.clock)

    def _catch_up(self) -> None:
        """Follow what another process took. Read under the office's lock: who corrects the time here holds it too."""
        clock = self._app.clock
        with self._app.store.unit(SYSTEM, clock.now_ms()) as unit:
            clock.follow(unit.state.clock)
