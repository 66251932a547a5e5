"""Words that a citizen spoke on a tablet: which files are taken, and how one lies among the free texts."""

from __future__ import annotations

from base64 import b64decode, b64encode

VOICE = "voice"  # the kind of free text
MOST_BYTES = 192 * 1024  # 30 s at 48 kbit/s; browsers speak opus at half of that
MOST_A_DAY = 60  # so that nobody fills the disk: 30 days of them are below half a gigabyte
_BEGINNINGS = ((0, b"\x1aE\xdf\xa3", "audio/webm"), (0, b"OggS", "audio/ogg"), (4, b"ftyp", "audio/mp4"))
TYPES = tuple(kind for _, _, kind in _BEGINNINGS)


def sound_type(sound: bytes) -> str | None:
    """What kind of file it is by its first bytes; None for anything that no browser records."""
    for at, beginning, kind in _BEGINNINGS:
        if sound[at : at + len(beginning)] == beginning:
            return kind
    return None


def as_text(kind: str, sound: bytes) -> str:
    return f"{kind};{b64encode(sound).decode()}"


def from_text(text: str) -> tuple[str, bytes]:
    kind, _, sound = text.partition(";")
    return kind, b64decode(sound)
