"""The packages of a lock file that `scripts/lock.sh` wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.txt"
PINNED = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+) \\$")
HASH = re.compile(r"^    --hash=sha256:([0-9a-f]{64})(?: \\)?$")
VIA = re.compile(r"^    #(?: via| {2})(?: (\S.*))?$")


@dataclass
class LockedPackage:
    """`hashes`: SHA-256 of each file that pip may install; `via`: packages and files of ours that ask for it."""

    name: str
    version: str
    hashes: list[str] = field(default_factory=list)
    via: list[str] = field(default_factory=list)


def locked(text: str) -> list[LockedPackage]:
    """In the order of the file. Raises ValueError for a line that is none of a lock's."""
    packages: list[LockedPackage] = []
    for line in text.splitlines():
        if pinned := PINNED.match(line):
            packages.append(LockedPackage(pinned[1], pinned[2]))
        elif (digest := HASH.match(line)) and packages:
            packages[-1].hashes.append(digest[1])
        elif (via := VIA.match(line)) and packages:
            packages[-1].via += [via[1].strip()] if via[1] else []
        elif line and not line.startswith("# "):
            raise ValueError(f"this is no line of a lock: {line}")
    return packages
