"""The format of a bundle: signed, compressed frames that are chained to each other. Streams in, streams out; no files.

    motcua-bundle/1\n
    frame …          kind (1 byte: H header, E events, R receipts, D dossiers, Z end)
                     length of the payload (4 bytes, big-endian, at most 4 MiB)
                     Ed25519 signature (64 bytes) of `digest`
                     payload (JSON in UTF-8, gzip)

`digest` of a frame is SHA-256 of: the magic line, the digest of the frame before (32 zero bytes for the first), kind,
length, SHA-256 of the payload. So no frame can be changed, moved, left out or taken from another bundle, and each is
proven by itself: of a bundle that was cut off, everything before the cut still counts.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any, BinaryIO

from contract.records import dataclass
from sync.bundles.format.keys import SIGNATURE_BYTES, Signer, is_signed

MAGIC = b"motcua-bundle/1\n"
FAMILY = b"motcua-bundle/"
HEADER, EVENTS, RECEIPTS, DOSSIERS, END = "HERDZ"
KINDS = frozenset("HERDZ")
HEAD = struct.Struct(">cI")
HEAD_BYTES = HEAD.size + SIGNATURE_BYTES
MOST_PAYLOAD = 4 * 1024 * 1024
MOST_UNPACKED = 16 * 1024 * 1024
FIRST = bytes(32)
GZIP = 31  # wbits of zlib: a gzip member
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode

NOT_A_BUNDLE = "this file is not a bundle"
NEWER = "this bundle was made by a newer version of the software; update this one first"
CUT = "the bundle is cut off; copy it again, or run the export again: it goes on where it stopped"
TAMPERED = "the bundle was changed after it was signed, or the stick is damaged; make it anew on another stick"


class BundleError(Exception):
    """A bundle that is refused. `code` never changes; `reason` is a sentence of the catalogue filled by `facts`."""

    def __init__(self, code: str, reason: str, **facts: Any) -> None:
        super().__init__(reason.format(**facts))
        self.code, self.reason, self.facts = code, reason, facts


@dataclass(frozen=True, slots=True)
class BundleHeader:
    """The first frame. `kind`: events or answer; `key`: whose signature it says it bears; `fields`: all of its JSON."""

    kind: str
    office: str
    id: str
    key: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BundleFrame:
    """`body` is JSON; `end` the offset of the first byte behind the frame, `digest` what the next is chained to."""

    kind: str
    body: object
    end: int
    digest: bytes


def digest_of(before: bytes, kind: str, payload: bytes) -> bytes:
    return sha256(MAGIC + before + HEAD.pack(kind.encode(), len(payload)) + sha256(payload).digest()).digest()


def pack_frame(signer: Signer, before: bytes, kind: str, body: object) -> tuple[bytes, bytes]:
    """The bytes of a frame and its digest. Raises ValueError for a body beyond the bounds."""
    compressor = zlib.compressobj(6, wbits=GZIP)
    text = _encode(body).encode()
    payload = compressor.compress(text) + compressor.flush()
    if len(payload) > MOST_PAYLOAD or len(text) > MOST_UNPACKED:
        raise ValueError("too much for one frame")
    digest = digest_of(before, kind, payload)
    return HEAD.pack(kind.encode(), len(payload)) + signer.sign(digest) + payload, digest


def read_frames(stream: BinaryIO, key_of: Callable[[BundleHeader], str]) -> Iterator[BundleFrame]:
    """Every frame, proven before it is given out; the first is the header, the last the end.

    `key_of` says from the header, of which nothing is proven yet, whose key must have signed it; it may raise.
    Raises BundleError: `not-a-bundle`, `newer`, `tampered`, or `cut` when the stream stops before the end.
    """
    _check_magic(stream)
    offset, digest, public, last = len(MAGIC), FIRST, "", ""
    while last != END:
        kind, signature, payload = _read_frame(stream, first=not public)
        public = public or key_of(header_from(_unpack(payload)))
        digest = digest_of(digest, kind, payload)
        if not is_signed(public, digest, signature):
            raise tampered()
        offset, last = offset + HEAD_BYTES + len(payload), kind
        yield BundleFrame(kind, _unpack(payload), offset, digest)
    if stream.read(1):
        raise tampered()


def read_header(stream: BinaryIO) -> BundleHeader:
    """The header without any proof, to choose among files. Raises BundleError."""
    _check_magic(stream)
    return header_from(_unpack(_read_frame(stream, first=True)[2]))


def header_from(body: object) -> BundleHeader:
    """With the texts that every header has. Raises BundleError."""
    if not isinstance(body, dict):
        raise tampered()
    kind, office, bundle, key = (body.get(name) for name in ("kind", "office", "id", "key"))
    if not all(isinstance(text, str) for text in (kind, office, bundle, key)):
        raise tampered()
    return BundleHeader(str(kind), str(office), str(bundle), str(key), body)


def tampered() -> BundleError:
    return BundleError("tampered", TAMPERED)


def _check_magic(stream: BinaryIO) -> None:
    magic = stream.read(len(MAGIC))
    if magic == MAGIC:
        return
    if MAGIC.startswith(magic):
        raise BundleError("cut", CUT)
    raise BundleError("newer", NEWER) if magic.startswith(FAMILY) else BundleError("not-a-bundle", NOT_A_BUNDLE)


def _read_frame(stream: BinaryIO, first: bool) -> tuple[str, bytes, bytes]:
    """(kind, signature, payload)."""
    head = stream.read(HEAD_BYTES)
    if len(head) < HEAD_BYTES:
        raise BundleError("cut", CUT)
    kind, length = HEAD.unpack_from(head)
    name = kind.decode("latin-1")
    if name not in KINDS or length > MOST_PAYLOAD or first != (name == HEADER):
        raise tampered()
    payload = stream.read(length)
    if len(payload) < length:
        raise BundleError("cut", CUT)
    return name, head[HEAD.size :], payload


def _unpack(payload: bytes) -> object:
    unpacker = zlib.decompressobj(wbits=GZIP)
    try:
        text = unpacker.decompress(payload, MOST_UNPACKED)
        if not unpacker.eof or unpacker.unused_data:
            raise ValueError("not one whole gzip member")
        return json.loads(text)
    except (ValueError, zlib.error, RecursionError) as error:
        raise tampered() from error
