"""Frames of a bundle: what was signed comes out, anything else is refused at the frame where it happened."""

from __future__ import annotations

import gzip
import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.bundles.format.frames import EVENTS, MAGIC, BundleError, BundleFrame, pack_frame, read_frames, read_header
from sync.bundles.format.keys import (
    InvalidKey,
    Signer,
    fingerprint,
    is_signed,
    key_text,
    load_or_create_signer,
    parse_key,
)

KEY = Signer(bytes(range(32)))
HEADER = {"kind": "events", "office": "ba-vi", "id": "b1", "key": KEY.public}


def bundle(*bodies: tuple[str, Any], name: str = "b1") -> bytes:
    data, digest = MAGIC, bytes(32)
    for kind, body in (("H", {**HEADER, "id": name}), *bodies):
        frame, digest = pack_frame(KEY, digest, kind, body)
        data += frame
    return data


def read(data: bytes) -> list[BundleFrame]:
    return list(read_frames(io.BytesIO(data), lambda _: KEY.public))


def fate(data: bytes) -> tuple[str, int]:
    """Why it was refused, and how many frames had been proven until then."""
    count = 0
    try:
        for _ in read_frames(io.BytesIO(data), lambda _: KEY.public):
            count += 1
    except BundleError as error:
        return error.code, count
    return "whole", count


GOOD = bundle((EVENTS, {"events": [1, "Đinh Thị Lan"]}), (EVENTS, {"events": [2]}), ("Z", {"through": 2}))


def test_what_was_put_in_comes_out_with_the_place_of_each_frame() -> None:
    frames = read(GOOD)
    assert [(f.kind, f.body) for f in frames] == [
        ("H", HEADER),
        (EVENTS, {"events": [1, "Đinh Thị Lan"]}),
        (EVENTS, {"events": [2]}),
        ("Z", {"through": 2}),
    ]
    assert frames[-1].end == len(GOOD) and read_header(io.BytesIO(GOOD)).fields == HEADER


def test_the_format_is_what_the_documentation_tells_other_people_to_read() -> None:
    """A reader of a few lines that knows only docs/wire.md."""
    public = Ed25519PublicKey.from_public_bytes(parse_key(KEY.public))
    place, before, bodies = len(MAGIC), bytes(32), []
    while place < len(GOOD):
        kind, length = GOOD[place : place + 1], GOOD[place + 1 : place + 5]
        signature, start = GOOD[place + 5 : place + 69], place + 69
        payload = GOOD[start : start + int.from_bytes(length, "big")]
        before = sha256(b"motcua-bundle/1\n" + before + kind + length + sha256(payload).digest()).digest()
        public.verify(signature, before)
        bodies.append(json.loads(gzip.decompress(payload)))
        place = start + len(payload)
    assert bodies == [frame.body for frame in read(GOOD)]


@pytest.mark.parametrize("cut", range(len(GOOD)))
def test_a_bundle_that_is_cut_at_any_byte_keeps_what_came_before_and_says_so(cut: int) -> None:
    ends = [frame.end for frame in read(GOOD)]
    assert fate(GOOD[:cut]) == ("cut", sum(end <= cut for end in ends))


@pytest.mark.parametrize("place", range(len(GOOD)))
def test_a_bundle_with_one_changed_bit_is_never_read_to_its_end(place: int) -> None:
    ends = [frame.end for frame in read(GOOD)]
    spoilt = bytearray(GOOD)
    spoilt[place] ^= 0x04
    code, proven = fate(bytes(spoilt))
    assert code in {"tampered", "cut", "not-a-bundle", "newer"}
    assert proven <= sum(end <= place for end in ends)


def test_frames_cannot_be_swapped_left_out_repeated_or_taken_from_another_bundle() -> None:
    ends = [frame.end for frame in read(GOOD)]
    header, first, second, end = (GOOD[a:b] for a, b in zip([0, *ends], ends, strict=False))
    stranger = bundle((EVENTS, {"events": [9]}), ("Z", {}), name="b2")[ends[0] :]
    for data in (
        header + second + first + end,
        header + second + end,
        header + first + first + second + end,
        header + stranger,
        header + first + stranger,
        GOOD + end,
        GOOD + b"\0",
        header + header + first + second + end,
    ):
        assert fate(data)[0] == "tampered"


def test_the_signature_of_somebody_else_is_no_signature() -> None:
    with pytest.raises(BundleError) as caught:
        list(read_frames(io.BytesIO(GOOD), lambda _: Signer(bytes(32)).public))
    assert caught.value.code == "tampered"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"PK\x03\x04 a zip file", "not-a-bundle"), (b"motcua-bundle/2\nH", "newer"), (b"", "cut"), (b"motcua", "cut")],
)
def test_other_files_are_told_apart(data: bytes, code: str) -> None:
    assert fate(data) == (code, 0)


def test_a_payload_that_unpacks_to_more_than_the_bound_is_refused_without_unpacking_it() -> None:
    bomb = gzip.compress(b" " * (17 * 1024 * 1024) + b"1", mtime=0)
    from sync.bundles.format.frames import HEAD, digest_of

    _, digest = pack_frame(KEY, bytes(32), "H", HEADER)
    signed = HEAD.pack(b"E", len(bomb)) + KEY.sign(digest_of(digest, "E", bomb)) + bomb
    assert fate(bundle() + signed) == ("tampered", 1)
    with pytest.raises(ValueError, match="too much"):
        pack_frame(KEY, bytes(32), EVENTS, "x" * (17 * 1024 * 1024))


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_garbage_is_refused_in_words_and_never_crashes(garbage: bytes) -> None:
    for data in (garbage, MAGIC + garbage, bundle() + garbage):
        assert fate(data)[0] in {"cut", "tampered", "not-a-bundle", "newer"}


def test_an_office_keeps_its_key_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "bundle" / "office.key"
    first = load_or_create_signer(path)
    assert load_or_create_signer(path).public == first.public
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [file.name for file in path.parent.iterdir()] == ["office.key"]
    path.write_bytes(b"half")
    with pytest.raises(InvalidKey, match="register the new key"):
        load_or_create_signer(path)


def test_a_key_survives_being_written_down_and_a_wrong_letter_is_seen() -> None:
    public = parse_key(KEY.public)
    assert key_text(public) == KEY.public == key_text(parse_key(f"  {KEY.public}\n"))
    assert is_signed(KEY.public, b"x", KEY.sign(b"x")) and not is_signed(KEY.public, b"y", KEY.sign(b"x"))
    assert len(fingerprint(KEY.public)) == 19 and fingerprint(KEY.public).count("-") == 3
    for wrong in ("", "ed25519:", KEY.public[:-1], KEY.public + "A", "ed25519:" + "ă" * 43, "x" * 43 + "="):
        with pytest.raises(InvalidKey):
            parse_key(wrong)
