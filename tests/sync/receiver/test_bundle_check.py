"""Whether a receiver may go on with a bundle: spans, holes, other histories, cuts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contract.events import JournalEvent
from sync.bundles.format.frames import CUT, END, EVENTS, HEADER, BundleError, BundleFrame, BundleHeader
from sync.receiver.bundle_check import BundleSpan, check_continues, events_in, read_span
from tests.sync.receiver.samples import OFFICE, ZEROS, hashed, journal

JOURNAL = journal(9)


def hash_of(seq: int) -> str:
    return JOURNAL[seq - 1]["hash"] if seq else ZEROS


def header(after: int = 0, **changes: object) -> dict[str, object]:
    start = {"epoch": "e1", "after": after, "after_hash": hash_of(after)}
    return {"kind": "events", "office": OFFICE, "id": "b1", "key": "ed25519:", **start, **changes}


def frame(kind: str, body: object) -> BundleFrame:
    return BundleFrame(kind, body, 0, b"")


def frames(
    after: int, through: int, *, cut: bool = False, first: dict[str, object] | None = None
) -> Iterator[BundleFrame]:
    """A bundle of events `after` + 1 … `through`, two a frame."""
    yield frame(HEADER, first or header(after))
    for start in range(after, through, 2):
        yield frame(EVENTS, {"events": JOURNAL[start : min(start + 2, through)]})
    if cut:
        raise BundleError("cut", CUT)
    yield frame(END, {"through": through, "hash": hash_of(through)})


def span_of(after: int, through: int, held: int = 0, *, cut: bool = False) -> BundleSpan:
    return read_span(frames(after, through, cut=cut), lambda _: held)


def test_a_whole_bundle_is_a_span_with_the_hash_of_its_last_event() -> None:
    span = span_of(2, 7)
    assert (span.epoch, span.after, span.through, span.hash, span.whole) == ("e1", 2, 7, hash_of(7), True)
    assert span.header.office == OFFICE


def test_of_a_cut_bundle_the_frames_before_the_cut_count() -> None:
    span = span_of(0, 4, cut=True)
    assert (span.through, span.hash, span.whole) == (4, hash_of(4), False)


@pytest.mark.parametrize(("held", "expected"), [(1, None), (2, 2), (3, 3), (7, 7), (8, None)])
def test_the_span_knows_the_hash_at_what_the_receiver_holds(held: int, expected: int | None) -> None:
    assert span_of(2, 7, held).hash_at_held == (None if expected is None else hash_of(expected))


def tampered_frames(*bodies: object, first: object = None) -> list[BundleFrame]:
    return [frame(HEADER, first or header()), *(frame(EVENTS, body) for body in bodies), frame(END, {})]


def changed(event: JournalEvent, **changes: object) -> JournalEvent:
    return hashed({**event, **changes})


@pytest.mark.parametrize(
    "bundle",
    [
        [],
        tampered_frames(first={**header(), "epoch": 7}),
        tampered_frames(first={**header(), "after": -1}),
        tampered_frames(first={**header(), "after": "0"}),
        tampered_frames(first={**header(), "after_hash": None}),
        tampered_frames(first={"kind": "events", "office": OFFICE, "id": "b1"}),
        tampered_frames(first=["a"]),
        tampered_frames([]),
        tampered_frames({"events": "text"}),
        tampered_frames({"events": [None]}),
        tampered_frames({"events": [{}]}),
        tampered_frames({"events": [JOURNAL[1]]}),
        tampered_frames({"events": [JOURNAL[0], JOURNAL[2]]}),
        tampered_frames({"events": [JOURNAL[0], JOURNAL[0]]}),
        tampered_frames({"events": [{**JOURNAL[0], "subject": "x"}]}),
        tampered_frames({"events": [changed(JOURNAL[0], office="ba-to")]}),
        tampered_frames({"events": [changed(JOURNAL[0], epoch="e2")]}),
        tampered_frames({"events": [changed(JOURNAL[0], prev_hash="a" * 64)]}),
    ],
)
def test_a_bundle_that_does_not_hang_together_is_tampered(bundle: list[BundleFrame]) -> None:
    with pytest.raises(BundleError) as refused:
        read_span(iter(bundle), lambda _: 0)
    assert refused.value.code == "tampered"


def test_a_cut_before_the_header_stays_a_cut() -> None:
    def cut() -> Iterator[BundleFrame]:
        raise BundleError("cut", CUT)
        yield frame(HEADER, {})

    with pytest.raises(BundleError) as refused:
        read_span(cut(), lambda _: 0)
    assert refused.value.code == "cut"


@pytest.mark.parametrize("body", [None, [], {}, {"events": None}])
def test_a_frame_of_events_has_a_list(body: object) -> None:
    with pytest.raises(BundleError):
        events_in(frame(EVENTS, body))
    assert events_in(frame(EVENTS, {"events": JOURNAL[:1]})) == JOURNAL[:1]


# (after, through, cut, held, known) → code; None: it may be taken
CASES = [
    (0, 5, False, 0, False, None),
    (3, 5, False, 3, False, None),
    (0, 5, False, 3, False, None),
    (0, 5, False, 3, True, None),
    (4, 7, False, 3, False, "gap"),
    (4, 7, True, 3, False, "gap"),
    (0, 5, False, 5, False, "old"),
    (0, 5, False, 9, False, "old"),
    (0, 5, False, 5, True, "doubled"),
    (0, 4, True, 0, False, None),
    (0, 4, True, 4, False, "cut"),
    (0, 4, True, 9, False, "cut"),
    (2, 2, True, 0, False, "cut"),
]


@pytest.mark.parametrize(("after", "through", "cut", "held", "known", "code"), CASES)
def test_the_receiver_goes_on_only_where_it_stands(
    after: int, through: int, cut: bool, held: int, known: bool, code: str | None
) -> None:
    span = span_of(after, through, held, cut=cut)
    there = hash_of(through) if through <= held else None
    if code is None:
        check_continues(span, held, hash_of(held), there, known)
        return
    with pytest.raises(BundleError) as refused:
        check_continues(span, held, hash_of(held), there, known)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("held", "held_hash", "there", "seq"),
    [(3, "f" * 64, None, 3), (9, hash_of(9), "f" * 64, 5), (9, hash_of(9), None, 5)],
)
def test_another_history_is_told_from_ours(held: int, held_hash: str, there: str | None, seq: int) -> None:
    with pytest.raises(BundleError) as refused:
        check_continues(span_of(0, 5, held), held, held_hash, there, known=False)
    assert (refused.value.code, refused.value.facts) == ("different", {"seq": seq})


def test_a_gap_says_which_events_are_missing() -> None:
    span = BundleSpan(BundleHeader("events", OFFICE, "b1", "k", {}), "e1", 7, ZEROS, 9, ZEROS, whole=True)
    with pytest.raises(BundleError) as refused:
        check_continues(span, 4, ZEROS, None, known=False)
    assert refused.value.facts == {"first": 5, "last": 7}
