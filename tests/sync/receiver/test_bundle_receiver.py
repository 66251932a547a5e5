"""The one-stop side reads what offices bring: each wrong bundle is refused with its reason and changes nothing."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.envelope import cloud_event
from contract.events import JournalEvent
from sync.bundles.format.frames import EVENTS, BundleHeader
from sync.bundles.format.keys import InvalidKey, Signer
from sync.receiver.bundle_check import BundleSpan, check_continues
from sync.receiver.bundle_receiver import BundleReceiver
from sync.receiver.store import ReceiverStore
from tests.sync.journal import OFFICE, Office
from tests.sync.usb import Trip, events_header, forged, whole


@pytest.fixture
def trip(office: Office, home: Path) -> Trip:
    office.happen(12)
    return Trip(office, home).registered()


def refused(trip: Trip, path: Path, code: str) -> str:
    """The reason, after looking that nothing was taken."""
    before = trip.arrived()
    outcome = trip.province.read(path)
    assert (outcome.code, outcome.taken) == (code, False)
    assert trip.arrived() == before
    assert trip.province.read_log()[0]["code"] == code
    return outcome.reason


def test_a_tampered_bundle_is_refused_wherever_it_was_touched(trip: Trip) -> None:
    path = trip.export()[0]
    data = path.read_bytes()
    lengths = length_bytes(data)
    for place in (n for n in range(0, len(data), 13) if n not in lengths):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        code = trip.province.read(path).code
        assert code == "tampered" or (place < 16 and code in {"not-a-bundle", "newer"}), place
    path.write_bytes(data[:-40] + bytes([data[-40] ^ 1]) + data[-39:])
    assert "tạo lại gói trên một USB khác" in refused(trip, path, "tampered")
    assert trip.arrived() == set()


def test_a_touched_length_looks_like_a_cut_and_only_what_is_proven_counts(trip: Trip) -> None:
    path = trip.export()[0]
    data = path.read_bytes()
    for place in length_bytes(data):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        outcome = trip.province.read(path)
        assert outcome.code in {"tampered", "cut"} or (outcome.taken and "bị cụt" in outcome.reason)
        assert trip.arrived() in (set(), trip.office.known())


def length_bytes(data: bytes) -> set[int]:
    found, place = set[int](), 16
    while place < len(data):
        found |= set(range(place + 1, place + 5))
        place += 69 + int.from_bytes(data[place + 1 : place + 5], "big")
    return found


def test_a_bundle_of_an_unknown_office_is_foreign(trip: Trip) -> None:
    signer = Signer(bytes(32))
    path = forged(trip.stick / "x.mcb", signer, {**events_header(signer), "office": "ba-to"}, *whole([]))
    assert "“ba-to” chưa đăng ký" in refused(trip, path, "foreign")


def test_a_bundle_with_the_key_of_somebody_else_is_refused_with_the_fingerprint_to_compare(trip: Trip) -> None:
    signer = Signer(bytes(32))
    path = forged(trip.stick / "x.mcb", signer, events_header(signer), *whole(trip.office.epochs["e1"]))
    assert "139e-3940-e64b-5491" in refused(trip, path, "unknown-key")
    claimed = {**events_header(signer), "key": trip.bundles().signer().public}
    path = forged(trip.stick / "x.mcb", signer, claimed, *whole(trip.office.epochs["e1"]))
    refused(trip, path, "tampered")


def test_a_doubled_bundle_and_an_old_one_are_told_apart_and_both_are_harmless(trip: Trip) -> None:
    first = trip.export()[0]
    kept = first.read_bytes()
    assert trip.read(first)[0].taken
    assert "đã được đọc rồi" in refused(trip, first, "doubled")
    first.unlink()
    trip.office.happen(3)
    second = trip.export()[0]
    assert trip.read(second)[0].taken
    trip.export()
    first.write_bytes(kept)
    reason = refused(trip, first, "doubled")
    mine = trip.bundles().signer()
    old = forged(trip.stick / "old.mcb", mine, events_header(mine, id="other"), *whole(trip.office.epochs["e1"][:5]))
    assert "gói cũ" in refused(trip, old, "old") and "gói cũ" not in reason


def test_an_answer_brought_back_to_the_one_stop_side_is_told_so(trip: Trip) -> None:
    refused(trip, trip.province.write_answer(OFFICE, trip.stick), "not-events")


@pytest.mark.parametrize(
    ("content", "code"), [(b"Kinh gui UBND", "not-a-bundle"), (b"motcua-bundle/9\n", "newer"), (b"", "cut")]
)
def test_other_files_are_refused(content: bytes, code: str, trip: Trip) -> None:
    path = trip.stick / "thu.mcb"
    path.write_bytes(content)
    refused(trip, path, code)


def test_a_bundle_that_begins_too_late_says_what_is_missing(trip: Trip) -> None:
    events = trip.office.epochs["e1"]
    mine = trip.bundles().signer()
    late = events_header(mine, after=5, after_hash=events[4]["hash"])
    path = forged(trip.stick / "late.mcb", mine, late, *whole(events[5:]))
    assert "thiếu sự kiện 1 đến 5" in refused(trip, path, "gap")


def test_a_copied_machine_is_seen_when_its_history_differs(trip: Trip) -> None:
    trip.read(*trip.export())
    mine = trip.bundles().signer()
    clone = rechained(trip.office.epochs["e1"], 9, "rival")
    for count in (11, 12, 15):
        events = clone[:count] if count < 15 else [*clone, *following(clone, 3)]
        path = forged(trip.stick / "clone.mcb", mine, events_header(mine, id=f"c{count}"), *whole(events))
        assert "bản sao của máy" in refused(trip, path, "different")
    begins_wrong = events_header(mine, id="d", after=12, after_hash=clone[11]["hash"])
    path = forged(trip.stick / "clone.mcb", mine, begins_wrong, *whole(following(clone, 3)))
    refused(trip, path, "different")


def rechained(events: list[JournalEvent], seq: int, subject: str) -> list[JournalEvent]:
    """The same history with another event at `seq`, chained correctly from there."""
    made: list[JournalEvent] = []
    for event in events:
        prev = made[-1]["hash"] if made else "0" * 64
        made.append(hashed({**event, "prev_hash": prev, **({"subject": subject} if event["seq"] == seq else {})}))
    return made


def following(events: list[JournalEvent], count: int) -> list[JournalEvent]:
    made = list(events)
    for _ in range(count):
        last = made[-1]
        seq = last["seq"] + 1
        made.append(hashed({**last, "seq": seq, "id": f"e1-{seq}", "prev_hash": last["hash"]}))
    return made[len(events) :]


def hashed(event: JournalEvent) -> JournalEvent:
    bare = {key: value for key, value in event.items() if key != "hash"}
    text = json.dumps(bare, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return {**bare, "hash": sha256(text.encode()).hexdigest()}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda events: [*events[:3], {**events[3], "subject": "changed"}, *events[4:]],
        lambda events: [*events[:3], *events[4:]],
        lambda events: [*events[:3], events[4], events[3], *events[5:]],
        lambda events: [*events[:3], {**events[3], "office": "ba-to"}, *events[4:]],
        lambda events: [*events[:3], hashed({**events[3], "epoch": "e9"}), *events[4:]],
        lambda events: [*events[:3], {}, *events[4:]],
        lambda events: [*events[:3], None, *events[4:]],
        lambda events: "events",
    ],
    ids=["changed", "missing", "reordered", "foreign", "other epoch", "empty", "null", "no list"],
)
def test_even_a_registered_key_cannot_bring_events_that_do_not_hang_together(spoil: Any, trip: Trip) -> None:
    mine = trip.bundles().signer()
    events = (EVENTS, {"events": spoil(trip.office.epochs["e1"])})
    refused(trip, forged(trip.stick / "x.mcb", mine, events_header(mine), events), "tampered")


@pytest.mark.parametrize("more", [{"after": -1}, {"after": "0"}, {"epoch": None}, {"after_hash": 7}])
def test_even_a_registered_key_cannot_bring_a_senseless_header(more: dict[str, Any], trip: Trip) -> None:
    mine = trip.bundles().signer()
    refused(trip, forged(trip.stick / "x.mcb", mine, events_header(mine, **more), *whole([])), "tampered")


def test_a_bundle_cut_at_any_byte_leaves_whole_frames_only_and_the_next_one_brings_the_rest(
    trip: Trip, tmp_path: Path
) -> None:
    """Each 11th byte: what arrived is a beginning of the history, and the rest comes by the answer's cursor."""
    events = trip.office.epochs["e1"]
    mine = trip.bundles().signer()
    frames = [(EVENTS, {"events": events[n : n + 3]}) for n in range(0, 12, 3)]
    data = forged(tmp_path / "whole.mcb", mine, events_header(mine), *frames, whole(events)[1]).read_bytes()
    reached = set()
    for cut in range(0, len(data), 11):
        province = Trip(trip.office, tmp_path, BundleReceiver(store := ReceiverStore(None), None))
        province.store = store
        province.registered()
        path = tmp_path / "cut.mcb"
        path.write_bytes(data[:cut])
        outcome = province.province.read(path)
        seq = store.head(OFFICE, "e1")[0]
        assert outcome.code == ("taken" if seq else "cut") and seq % 3 == 0
        assert province.arrived() <= trip.office.known()
        assert seq == 0 or "bị cụt" in outcome.reason
        reached.add(seq)
        path.write_bytes(data)
        assert province.province.read(path).taken == (seq < 12)
        assert province.arrived() == trip.office.known()
        store.close()
    assert reached == {0, 3, 6, 9, 12}


def test_only_whole_keys_and_plain_office_codes_are_registered(trip: Trip) -> None:
    key = trip.bundles().signer().public
    for office, wrong in ((OFFICE, "ed25519:abc"), ("../ba-vi", key), ("", key), ("ba vi", key)):
        with pytest.raises(InvalidKey):
            trip.province.register(office, wrong)
    trip.province.register(OFFICE, key)
    assert [row[:2] for row in trip.province.registered()] == [(OFFICE, key)]


def test_a_second_key_of_the_same_office_is_believed_beside_the_first(trip: Trip) -> None:
    """A new machine after a burnt one."""
    new = Signer(bytes(32))
    trip.province.register(OFFICE, new.public)
    path = forged(trip.stick / "x.mcb", new, events_header(new), *whole(trip.office.epochs["e1"]))
    assert trip.read(path)[0].taken and trip.arrived() == trip.office.known()


def test_the_receiver_remembers_keys_and_readings_over_a_restart(trip: Trip, home: Path) -> None:
    trip.read(*trip.export())
    again = BundleReceiver(trip.store, home / "onestop")
    assert again.registered() == trip.province.registered() and again.read_log() == trip.province.read_log()
    assert again.signer.public == trip.province.signer.public
    assert again.read(trip.parts()[0]).code == "doubled"


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_mix_of_line_and_stick_leaves_each_event_once_in_order(data: st.DataObject) -> None:
    """Spans by either way, in any order, overlapping, repeated, too early: what is held is always a beginning."""
    events = HISTORY
    store = ReceiverStore(None)
    try:
        held = 0
        for _ in range(data.draw(st.integers(1, 8))):
            first = data.draw(st.integers(0, 11))
            last = data.draw(st.integers(first, 12))
            batch = events[first:last]
            if batch and data.draw(st.booleans()):
                store.take([cloud_event(event) for event in batch])
            elif batch:
                span = BundleSpan(HEADER, "e1", first, batch[0]["prev_hash"], last, batch[-1]["hash"])
                span.whole = True
                span.hash_at_held = {first: batch[0]["prev_hash"], **{e["seq"]: e["hash"] for e in batch}}.get(held)
                if accepted(span, store, held):
                    store.take([cloud_event(event) for event in batch])
            held = max(held, last) if first <= held else held
            assert store.head(OFFICE, "e1")[0] == held
            assert [row["seq"] for row in store.stored(OFFICE, "e1")] == list(range(1, held + 1))
    finally:
        store.close()


def accepted(span: BundleSpan, store: ReceiverStore, held: int) -> bool:
    from sync.bundles.format.frames import BundleError

    try:
        check_continues(span, held, store.head(OFFICE, "e1")[1], store.hash_at(OFFICE, "e1", span.through), known=False)
    except BundleError as error:
        assert error.code == ("gap" if span.after > held else "old")
        return False
    return True


def history() -> list[JournalEvent]:
    office = Office()
    office.happen(12)
    office.close()
    return office.epochs["e1"]


HISTORY = history()
HEADER = BundleHeader("events", OFFICE, "b1", "ed25519:", {})
