"""What a receiver checks of a bundle of events before it believes any of it: arithmetic and hashes, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from contract.envelope import event_hash
from contract.events import JournalEvent
from contract.records import dataclass
from sync.bundles.format.frames import CUT, END, EVENTS, BundleError, BundleFrame, BundleHeader, header_from, tampered

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


@dataclass(slots=True)
class BundleSpan:
    """The events of a bundle: a span of one epoch, `after` + 1 … `through`, of which `hash` is the last one's.

    `whole`: whether the end was there; without it what was proven still counts. `hash_at_held`: the hash, in this
    bundle, of the event that the receiver holds last, if the bundle has it.
    """

    header: BundleHeader
    epoch: str
    after: int
    after_hash: str
    through: int
    hash: str
    whole: bool = False
    hash_at_held: str | None = None


def read_span(frames: Iterable[BundleFrame], held_of: Callable[[BundleHeader], int]) -> BundleSpan:
    """Walks through a whole bundle. `held_of`: by a header, the seq of the receiver's last event.

    Raises BundleError `tampered`; a stream that ends early leaves what came before.
    """
    span: BundleSpan | None = None
    held = 0
    try:
        for frame in frames:
            if span is None:
                header = header_from(frame.body)
                held = held_of(header)
                span = _start(header, held)
            elif frame.kind == EVENTS:
                for event in events_in(frame):
                    _append(span, event, held)
            elif frame.kind == END:
                span.whole = True
    except BundleError as error:
        if error.code != "cut" or span is None:
            raise
    if span is None:
        raise tampered()
    return span


def check_continues(span: BundleSpan, held: int, held_hash: str, hash_there: str | None, known: bool) -> None:
    """Checks that the receiver, at event `held` with `held_hash`, can go on with this span.

    `hash_there`: what it holds at the bundle's last position; `known`: the same bundle was read before.
    Raises BundleError: `cut`, `gap`, `different`, `doubled`, `old`.
    """
    if not span.whole and span.through <= max(held, span.after):
        raise BundleError("cut", CUT)
    if span.after > held:
        raise BundleError("gap", GAP, first=held + 1, last=span.after)
    if span.hash_at_held is not None and span.hash_at_held != held_hash:
        raise BundleError("different", DIFFERENT, seq=held)
    if span.through <= held:
        if hash_there != span.hash:
            raise BundleError("different", DIFFERENT, seq=span.through)
        raise BundleError("doubled", DOUBLED) if known else BundleError("old", OLD, seq=held)


def events_in(frame: BundleFrame) -> list[JournalEvent]:
    """The events of a frame; the form of each is not checked yet. Raises BundleError."""
    events = frame.body.get("events") if isinstance(frame.body, dict) else None
    if not isinstance(events, list):
        raise tampered()
    return cast(list[JournalEvent], events)


def _start(header: BundleHeader, held: int) -> BundleSpan:
    epoch, after, digest = (header.fields.get(name) for name in ("epoch", "after", "after_hash"))
    if not (isinstance(epoch, str) and isinstance(after, int) and after >= 0 and isinstance(digest, str)):
        raise tampered()
    return BundleSpan(header, epoch, after, digest, after, digest, hash_at_held=digest if after == held else None)


def _append(span: BundleSpan, event: JournalEvent, held: int) -> None:
    """The next event, of this office and epoch, chained to the one before, with a hash that is its own."""
    expected = (span.header.office, span.epoch, span.through + 1, span.hash)
    try:
        follows = (event["office"], event["epoch"], event["seq"], event["prev_hash"]) == expected
        is_intact = event["hash"] == event_hash(event)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise tampered() from error
    if not (follows and is_intact):
        raise tampered()
    span.through, span.hash = event["seq"], event["hash"]
    if event["seq"] == held:
        span.hash_at_held = event["hash"]
