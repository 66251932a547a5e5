"""Files that an office writes for its reports, read once: a report is made of these bytes, and they are kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """`path` is for messages; `data` is empty where there is no file, or one that could not be read: then `fault` says
    why, for whoever needs it.
    """

    path: Path
    data: bytes
    fault: str = ""


@dataclass(frozen=True, slots=True)
class OfficeFiles:
    """`template` for Word; `forms`: those and the rules that the office added, by the name of their file.

    `delays`: how far followers were behind, of a report that shows it; empty in others.
    """

    remarks: OfficeFile
    points: OfficeFile
    template: OfficeFile
    forms: Mapping[str, OfficeFile]
    delays: bytes = b""
