"""What a receiver checks of a bundle of events before it believes any of it: arithmetic and hashes, no database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sync.bundles.layout import CUT, END, EVENTS, TAMPERED, BundleError, Frame
from sync.connector import Event

GAP = (
    "events {first} to {last} are missing before this bundle; bring the bundle that holds them first, or take our "
    "answer back: the office then sends from there"
)
DIFFERENT = (
    "event {seq} of this bundle is not the one held here: a copy of the office's machine may be running; "
    "call the technician"
)
OLD = "everything in this bundle is held already, up to event {seq}; take our answer back to the office"
DOUBLED = "this bundle was read already; take our answer back to the office"
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(slots=True)
class Contents:
    """A span of one epoch. `whole`: whether the end was there; without it what was proven still counts."""

    header: dict[str, Any]
    epoch: str
    after: int
    after_hash: str
    through: int
    hash: str
    whole: bool = False
    hash_at: str | None = None  # of the event that the receiver holds last, if this bundle has it


def contents_of(frames: Iterable[Frame], held_of: Callable[[dict[str, Any]], int]) -> Contents:
    """Walks through all of it. `held_of`: by a header, the seq of the receiver's last event.

    Raises BundleError `tampered`; a stream that ends early leaves what came before.
    """
    found: Contents | None = None
    held = 0
    try:
        for frame in frames:
            if found is None:
                held = held_of(frame.body)
                found = _begun(frame.body, held)
            elif frame.kind == EVENTS:
                for event in _events(frame.body):
                    _follow(found, event, held)
            elif frame.kind == END:
                found.whole = True
    except BundleError as error:
        if error.code != "cut" or found is None:
            raise
    if found is None:
        raise BundleError("tampered", TAMPERED)
    return found


def judge(found: Contents, held: int, digest: str, hash_there: str | None, known: bool) -> None:
    """Whether the receiver, at event `held` with `digest`, can go on with this.

    `hash_there`: what it holds at the bundle's last position; `known`: the same bundle was read before.
    Raises BundleError: `cut`, `gap`, `different`, `doubled`, `old`.
    """
    if not found.whole and found.through <= max(held, found.after):
        raise BundleError("cut", CUT)
    if found.after > held:
        raise BundleError("gap", GAP, first=held + 1, last=found.after)
    if found.hash_at is not None and found.hash_at != digest:
        raise BundleError("different", DIFFERENT, seq=held)
    if found.through <= held:
        if hash_there != found.hash:
            raise BundleError("different", DIFFERENT, seq=found.through)
        raise BundleError("doubled", DOUBLED) if known else BundleError("old", OLD, seq=held)


def _begun(header: dict[str, Any], held: int) -> Contents:
    epoch, after, digest = header.get("epoch"), header.get("after"), header.get("after_hash")
    if not (isinstance(epoch, str) and isinstance(after, int) and after >= 0 and isinstance(digest, str)):
        raise BundleError("tampered", TAMPERED)
    return Contents(header, epoch, after, digest, after, digest, hash_at=digest if after == held else None)


def _events(body: Any) -> list[Event]:
    events = body.get("events") if isinstance(body, dict) else None
    if not isinstance(events, list):
        raise BundleError("tampered", TAMPERED)
    return events


def _follow(found: Contents, event: Event, held: int) -> None:
    """The next event, of this office and epoch, chained to the one before, with a hash that is its own."""
    try:
        bare = {key: value for key, value in event.items() if key != "hash"}
        fits = (event["office"], event["epoch"], event["seq"], event["prev_hash"]) == (
            found.header["office"], found.epoch, found.through + 1, found.hash,
        )  # fmt: skip
        proven = event["hash"] == sha256(_canonical(bare).encode()).hexdigest()
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BundleError("tampered", TAMPERED) from error
    if not (fits and proven):
        raise BundleError("tampered", TAMPERED)
    found.through, found.hash = event["seq"], event["hash"]
    if event["seq"] == held:
        found.hash_at = event["hash"]
