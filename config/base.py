"""What every table of the file has in common."""

from __future__ import annotations

from pydantic import ConfigDict

STRICT = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=True)
