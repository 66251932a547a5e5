"""What commands change is an event like any other: who ran it, what it did, to which object."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from config.loading import ConfigurationError
from kiosk.commands.common import configuration, operator
from kiosk.commands.speech import reason_of, warn

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


def tell(args: argparse.Namespace, act: str, about: str) -> None:
    """The journal tells of an act that was done outside of the database: files made, brought or carried away.

    Nothing hinders the act: on a machine without the office's database, or while it can't be written, that is said.
    """
    from kiosk.bootstrap import open_app
    from kiosk.store.engine import DatabaseUnfit
    from kiosk.store.failures import StorageBusy, StorageFailed
    from kiosk.store.office_state import NotInitialised

    try:
        app = open_app(configuration(args))
        try:
            with acting(app) as unit:
                trace(unit, act, about)
        finally:
            app.close()
    except (ConfigurationError, NotInitialised, DatabaseUnfit, StorageFailed, StorageBusy) as error:
        warn(
            "motcua: the journal does not tell of this “{act}”: {problem}",
            act=act,
            problem=reason_of(error).splitlines()[0],
        )
