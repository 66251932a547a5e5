"""The table `[sync.connector.portal]`: how the national portal is asked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from config.base import Day, Section
from config.patterns import HEADER, PATH, UNIT

Text = Annotated[str, Field(min_length=1, max_length=400)]
Path = Annotated[str, Field(pattern=PATH)]


class PortalSection(Section):
    """How the national portal's adapter is asked. `url` of the connector is the adapter's address.

    `unit` is the office's identification code (madonvi), with which its dossier codes begin; `follow_since` the first
    day of receipt to look for; `counted_from` the first day of the reported period: older dossiers are carried over.
    """

    username: Text
    password: Text
    dstcode: Annotated[str, Field(pattern=HEADER)]
    unit: Annotated[str, Field(pattern=UNIT)]
    sign_in_path: Path = "/mapi/login"
    service_path: Path = "/mapi/g"
    mapping: str = ""
    discover: bool = True
    follow_since: Day | None = None
    counted_from: Day | None = None
    calls_per_minute: int = Field(default=10, ge=1, le=600)
