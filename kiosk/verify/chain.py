"""The hash chain, checked with a canonical JSON of its own (RFC 8785 for strings, integers and objects)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
NOTHING = "0" * 64


def canonical(value: Any) -> str:
    """RFC 8785 text. Raises ValueError for a fraction, which no event may hold."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(_character(c) for c in value) + '"' if _unusual(value) else f'"{value}"'
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: str(name).encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    raise ValueError(f"{value!r} has no place in an event")


def _unusual(text: str) -> bool:
    return not text.isprintable() or '"' in text or "\\" in text


def _character(character: str) -> str:
    if character in SHORT:
        return SHORT[character]
    return f"\\u{ord(character):04x}" if ord(character) < 0x20 else character


class Chain:
    """Follows one epoch: positions 1, 2, 3 … and each event tied to the one before."""

    def __init__(self, office: str, epoch: str) -> None:
        self.office, self.epoch = office, epoch
        self.seq, self.hash = 0, NOTHING

    def follow(self, seq: int, event: dict[str, Any]) -> list[str]:
        """What is wrong with the event stored at `seq`."""
        wrong = []
        where = f"epoch {self.epoch} seq {seq}"
        if seq != self.seq + 1:
            wrong.append(f"{where}: follows seq {self.seq}, a hole or a repetition")
        if event.get("seq") != seq or event.get("epoch") != self.epoch or event.get("office") != self.office:
            wrong.append(f"{where}: the event names another seq, epoch or office")
        if event.get("prev_hash") != self.hash:
            wrong.append(f"{where}: prev_hash is not the hash of the event before")
        stored, computed = event.get("hash"), _digest(event)
        if stored != computed:
            wrong.append(f"{where}: the hash is {stored}, the event gives {computed}")
        self.seq, self.hash = seq, str(stored)
        return wrong


def _digest(event: dict[str, Any]) -> str:
    try:
        return sha256(canonical({k: v for k, v in event.items() if k != "hash"}).encode()).hexdigest()
    except ValueError as error:
        return f"nothing: {error}"
