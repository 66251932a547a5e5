"""The table `[sync.connector.portal]`: how the national portal is asked."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from config.base import Section
from contract.dossiers import UNIT_PATTERN

Text = Annotated[str, Field(min_length=1, max_length=400)]
Path = Annotated[str, Field(pattern=r"^/[\x21-\x7e]*$")]


class PortalSection(Section):
    """How the national portal's adapter is asked. `url` of the connector is the adapter's address.

    `unit` is the office's identification code (madonvi), with which its dossier codes begin; `follow_since` the first
    day of receipt to look for; `counted_from` the first day of the reported period: older dossiers are carried over.
    """

    username: Text
    password: Text
    dstcode: Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,100}$")]
    unit: Annotated[str, Field(pattern=f"^{UNIT_PATTERN}$")]
    sign_in_path: Path = "/mapi/login"
    service_path: Path = "/mapi/g"
    mapping: str = ""
    discover: bool = True
    follow_since: date | None = None
    counted_from: date | None = None
    calls_per_minute: int = Field(default=10, ge=1, le=600)
