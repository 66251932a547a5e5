"""State that earlier versions left on the disk, unpacked for a test."""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class EarlierOffice:
    """`facts`: see the README beside the data."""

    folder: Path
    facts: dict[str, str]
    now_ms: int

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.home / 'motcua.db'}"


def unpacked(version: str, folder: Path) -> EarlierOffice:
    """The state of a version, in a folder of the test's own."""
    with tarfile.open(DATA / version / "office.tar.xz") as archive:
        if hasattr(tarfile, "data_filter"):
            archive.extractall(folder, filter="data")
        else:  # Python 3.11 of Debian 12 is older than the filters; the archive is our own
            archive.extractall(folder)
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    now_ms = facts.pop("now_ms")
    return EarlierOffice(folder, facts, now_ms)
