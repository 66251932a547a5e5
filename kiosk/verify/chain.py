"""The hash chain, checked with a canonical JSON of its own (RFC 8785 for strings, integers and objects)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple, TypedDict, cast

import msgspec

from kiosk.verify.shapes import LEARN_FROM, Shapes

SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
NOTHING = "0" * 64
MOST_LISTED = 200
HASH_LENGTH = len('"hash":"')
ATOMS = frozenset((str, int, bool, type(None)))
_decode = json.JSONDecoder().raw_decode  # json.loads looks for blanks around it, which no event has
_as_it_stands = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


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

    def __init__(self, office: str, epoch: str, learn_from: int = LEARN_FROM) -> None:
        self.office, self.epoch = office, epoch
        self.seq, self.hash = 0, NOTHING
        self._shapes = Shapes(office, epoch, learn_from)

    def follows(self, seq: int, body: str) -> bool:
        """Whether the text stored at `seq` is plainly the next event, in the shape of one that was checked before.

        If not, nothing is said against it: `follow` decides.
        """
        match = self._shapes.match(body)
        if match is None:
            return False
        digest, before, position = match.groups()  # as their names stand in the order of the alphabet
        if seq != self.seq + 1 or position != str(seq) or before != self.hash:
            return False
        begin, end = match.span("hash")
        whole = f"{body[: begin - HASH_LENGTH]}{body[end + 2 :]}"  # without the member "hash" and its comma
        if sha256(whole.encode()).hexdigest() != digest:
            return False
        self.seq, self.hash = seq, digest
        return True

    def follow(self, seq: int, event: dict[str, Any], body: str | None = None) -> list[str]:
        """What is wrong with the event stored at `seq`. `body`: its text, when it is at hand."""
        wrong = []
        where = f"epoch {self.epoch} seq {seq}"
        if seq != self.seq + 1:
            wrong.append(f"{where}: follows seq {self.seq}, a hole or a repetition")
        if event.get("seq") != seq or event.get("epoch") != self.epoch or event.get("office") != self.office:
            wrong.append(f"{where}: the event names another seq, epoch or office")
        if event.get("prev_hash") != self.hash:
            wrong.append(f"{where}: prev_hash is not the hash of the event before")
        stored = event.get("hash")
        if body is not None and _is_canonical(event, body) and _text_gives(body, stored):
            self._shapes.learn(event, body)
        else:
            computed = _digest(event)
            if stored != computed:
                wrong.append(f"{where}: the hash is {stored}, the event gives {computed}")
        self.seq, self.hash = seq, str(stored)
        return wrong


class ChainOutcome(NamedTuple):
    """Where the chain of an epoch ends, how much is wrong with it, and the first of it as text."""

    seq: int
    hash: str
    differences: int
    listed: list[str]


class EpochCheck:
    """The chain of one epoch, text by text."""

    def __init__(self, office: str, epoch: str) -> None:
        self._chain = Chain(office, epoch)
        self._count = 0
        self._listed: list[str] = []

    def take(self, seq: int, body: str) -> None:
        if self._chain.follows(seq, body):
            return
        wrong = self._chain.follow(seq, decoded(body), body)
        self._count += len(wrong)
        self._listed += wrong[: max(0, MOST_LISTED - len(self._listed))]

    def outcome(self) -> ChainOutcome:
        return ChainOutcome(self._chain.seq, self._chain.hash, self._count, self._listed)


def decoded(body: str) -> dict[str, Any]:
    """An event; nothing when it is none, which the chain then tells."""
    try:
        event, end = _decode(body)
        if end != len(body):
            return {}
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


class Counted(TypedDict, total=False):
    """What a recount reads of an event; the rest is not even made."""

    business_date: str
    data: dict[str, Any]
    id: str
    seq: int
    subject: str
    time: str
    type: str


_decode_counted: Callable[[str], dict[str, Any]] = cast(Any, msgspec.json.Decoder(Counted).decode)


def counted(body: str) -> dict[str, Any]:
    """The members of `Counted` of an event, or all of it when it looks like none: `decoded`, sooner."""
    try:
        return _decode_counted(body)
    except msgspec.DecodeError:
        return decoded(body)


def _is_canonical(event: dict[str, Any], body: str) -> bool:
    """Whether `body` is the RFC 8785 text of the event: names in order, only atoms, no other way of writing them.

    Much cheaper than writing the text anew; a doubt costs time only, since `_digest` then decides.
    """
    return _has_order(event) and _as_it_stands(event) == body


def _has_order(value: dict[str, Any] | list[Any]) -> bool:
    if isinstance(value, dict) and not _sorted_names(tuple(value)):
        return False
    for item in value.values() if isinstance(value, dict) else value:
        kind = type(item)
        if kind not in ATOMS and not (kind in (dict, list) and _has_order(item)):
            return False
    return True


@lru_cache(4096)
def _sorted_names(names: tuple[str, ...]) -> bool:
    return list(names) == sorted(names, key=lambda name: name.encode("utf-16-be", "surrogatepass"))


def _text_gives(body: str, stored: object) -> bool:
    """Whether the canonical text without its member "hash" has the hash `stored`."""
    before, member, after = body.partition(f'"hash":"{stored}",')
    return bool(member) and sha256(f"{before}{after}".encode()).hexdigest() == stored


def _digest(event: dict[str, Any]) -> str:
    try:
        return sha256(canonical({k: v for k, v in event.items() if k != "hash"}).encode()).hexdigest()
    except ValueError as error:
        return f"nothing: {error}"
