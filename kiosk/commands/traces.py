"""What commands change is an event like any other: who ran it, what it did, to which object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.commands.common import operator

if TYPE_CHECKING:
    from kiosk.app import App
    from kiosk.store.unit_of_work import UnitOfWork


def acting(app: App) -> UnitOfWork:
    """A unit of work in the name of whoever is logged in at the machine."""
    from kiosk.store.unit_of_work import Actor

    return app.store.unit(Actor("system", "command", operator()), office_time(app))


def office_time(app: App) -> int:
    """The office's time in ms since 1970, taken as the service takes it when nothing ran since the machine was started:
    a clock without a battery dates no event. An office in a database elsewhere has its time kept there.
    """
    from kiosk.maintenance.clock_keeper import ClockKeeper

    if app.store.file is not None:
        ClockKeeper(app).begin()
    return app.clock.now_ms()


def trace(unit: UnitOfWork, act: str, about: str) -> None:
    """`act`: the command's words, such as "token revoke"; `about`: the name of its object."""
    from kiosk.domain.events.access import Administered

    unit.record(Administered(act, about, None))
