"""What the web layer is given by the composition root."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app

from kiosk.clock import Clock
from kiosk.domain.service import Office
from kiosk.store.store import Store
from kiosk.web.auth import Gate
from kiosk.web.estimates import Estimates
from kiosk.web.feed import Feed


@dataclass
class Services:
    """`shown` holds what pages show of the configuration: names, colours, shapes, wording."""

    office: Office
    store: Store
    clock: Clock
    feed: Feed
    gate: Gate
    estimates: Estimates
    shown: dict[str, Any]
    public_url: str = ""
    pair_loopback: bool = False
    tickets_per_minute: int | None = None
    lookups_per_5_minutes: int = 5
    trusted_hosts: frozenset[str] = frozenset()
    connectors: dict[str, str] = field(default_factory=dict)  # name: address
    print_states: dict[str, dict[str, Any]] = field(default_factory=dict)


def install(app: Flask, services: Services) -> None:
    app.extensions["motcua"] = services


def services() -> Services:
    """Those of the application that answers the current request."""
    found: Services = current_app.extensions["motcua"]
    return found
