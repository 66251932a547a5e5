"""An error goes to another process whole, so that it is told there in the words of that place."""

from __future__ import annotations

import errno
import json

import pytest

from contract.told_error import ToldError, carried, received
from kiosk.i18n.told_errors import sentence_of

FULL = OSError(errno.ENOSPC, "No space left on device")
NO_FILE = OSError(errno.ENOENT, "No such file or directory", "/van/giong.zip")
SENTENCES = {
    "words": (ToldError("clip {name} is missing", name="digit.7"), "clip digit.7 is missing"),
    "a number": (ToldError("{count} clips", count=3), "3 clips"),
    "braces": (ToldError("{name}", name="{x}"), "{x}"),
    "the system": (ToldError("{problem}", problem=FULL), "đĩa đầy"),
    "the system of a file": (ToldError("cannot read: {problem}", problem=NO_FILE), "/van/giong.zip: không có"),
    "an error within": (ToldError("pack: {why}", why=ToldError("{problem}", problem=FULL)), "pack: "),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_what_another_process_receives_is_told_alike(name: str) -> None:
    error, part = SENTENCES[name]
    there = received(json.loads(json.dumps(carried(error))))
    assert sentence_of(there, str) == sentence_of(error, str)
    assert part in sentence_of(there, str)
