"""What the web layer is given by the composition root."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from flask import Flask, current_app

from kiosk.clock import Clock
from kiosk.domain.dossier_change import Change, Told
from kiosk.domain.printing import PrintJob
from kiosk.domain.service import Office
from kiosk.domain.ticket import Ticket
from kiosk.store.store import Store
from kiosk.web.auth import Gate
from kiosk.web.estimates import Estimates
from kiosk.web.feed import Feed
from kiosk.web.studio import Studio


class Trial(Protocol):
    """A trial slip: WAITING, or what became of it; `asked_at` in ms."""

    @property
    def asked_at(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str | None: ...


class Trials(Protocol):
    """Where trial slips are asked for."""

    def ask(self, printer: str, now: int) -> Trial: ...
    def last(self, printer: str) -> Trial | None: ...


class TableRead(Protocol):
    """A table of dossiers as read: in the words of the contract, or with the problems of its cells."""

    @property
    def dossiers(self) -> Sequence[Told]: ...
    @property
    def problems(self) -> Sequence[Any]: ...


class Desk(Protocol):
    """Where tables of dossiers are read (ValueError says why not, to people) and their changes put into words."""

    def read(self, table: bytes) -> TableRead: ...
    def happens(self, change: Change) -> str: ...
    def told(self, change: Change) -> str: ...
    def counted(self, changes: Sequence[Change]) -> list[str]: ...


@dataclass
class Services:
    """`shown` holds what pages show of the configuration: names, colours, shapes, wording.

    `draw_slip` makes the PNG of a spooled slip.
    """

    office: Office
    store: Store
    clock: Clock
    feed: Feed
    gate: Gate
    estimates: Estimates
    shown: dict[str, Any]
    trials: Trials
    desk: Desk
    draw_slip: Callable[[PrintJob, Ticket], bytes] | None = None
    pictures: Path | None = None  # the folder of the TV's pictures
    public_url: str = ""
    pair_loopback: bool = False
    tickets_per_minute: int | None = None
    lookups_per_5_minutes: int = 5
    trusted_hosts: frozenset[str] = frozenset()
    connectors: dict[str, str] = field(default_factory=dict)  # name: address
    stick: str = ""  # the follower that travels by USB stick
    print_states: dict[str, dict[str, Any]] = field(default_factory=dict)
    voices: Studio | None = None


def install(app: Flask, services: Services) -> None:
    app.extensions["motcua"] = services


def services() -> Services:
    """Those of the application that answers the current request."""
    found: Services = current_app.extensions["motcua"]
    return found
