"""`python -m kiosk.jobs.reading_child`: pictures on standard input, for each a line {"text": …} on standard output.

What was read of a card of a person is not handed on: a card is read by a scanner, in the page and nowhere else. Behind
the first code the process ends ("over"), since the library frees what it read without wiping it.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from typing import IO

import zxingcpp

from kiosk.jobs.picture import HEIGHT, PICTURE_BYTES, WIDTH

_KINDS = zxingcpp.BarcodeFormat
FORMATS = zxingcpp.BarcodeFormats([_KINDS.QRCode, _KINDS.Code128, _KINDS.Code39])
MOST_TEXT = 300  # signs; the address of a ticket has 60
CARD_PARTS = 6  # strokes between the seven parts of an ID card
MOST_MEMORY = 256 * 1024 * 1024


def main() -> int:
    """Read until the input ends, or a code was read."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the library prints goes to the log
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no picture is left behind by a crash
    with open(0, "rb") as pictures:
        while _answer_next(pictures, out):
            pass
    return 0


def _answer_next(pictures: io.BufferedReader, out: IO[bytes]) -> bool:
    """False behind the last picture, and behind the first code."""
    picture = bytearray(PICTURE_BYTES)
    if pictures.readinto(picture) != PICTURE_BYTES:
        return False
    texts = texts_in(picture)
    text = next(filter(may_be_told, texts), None)
    out.write(json.dumps({"text": text, "over": bool(texts)}).encode() + b"\n")
    out.flush()
    return not texts


def texts_in(picture: bytearray) -> list[str]:
    """What stands in its codes."""
    dots = memoryview(picture).cast("B", (HEIGHT, WIDTH))
    return [str(code.text) for code in zxingcpp.read_barcodes(dots, formats=FORMATS)]


def may_be_told(text: str) -> bool:
    """A printable line that is no card of a person."""
    return 0 < len(text) <= MOST_TEXT and text.isprintable() and text.count("|") < CARD_PARTS


if __name__ == "__main__":
    sys.exit(main())
