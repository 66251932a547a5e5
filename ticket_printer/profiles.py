"""Capabilities of printers, as data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ticket_printer.errors import PrinterError


class Profile(BaseModel):
    """`proof`: how a printed slip is proven. `status_back`: the printer may report faults by itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    width_dots: int
    proof: Literal["process_id", "queue", "none"]
    status_trusted: bool
    centring: bool
    motion_units: bool
    status_back: bool
    presenter: bool = False


@cache
def profiles() -> dict[str, Profile]:
    text = files("ticket_printer").joinpath("profiles.toml").read_text(encoding="utf-8")
    return {name: Profile(**table) for name, table in tomllib.loads(text).items()}


def profile(name: str) -> Profile:
    """Raises PrinterError naming the profiles that there are."""
    try:
        return profiles()[name]
    except KeyError:
        known = ", ".join(profiles())
        raise PrinterError("unsupported", False, f'there is no profile "{name}"; profiles: {known}') from None
