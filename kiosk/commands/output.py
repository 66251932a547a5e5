"""What is said on a terminal that knows no Vietnamese letters is said without their marks."""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

PLAIN = "motcua_plain"


def _plain(error: UnicodeError) -> tuple[str, int]:
    """The letters that cannot be written without their marks; "?" for what has none."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = unicodedata.normalize("NFD", error.object[error.start : error.end]).replace("đ", "d").replace("Đ", "D")
    bare = "".join(character for character in text if not unicodedata.combining(character))
    return "".join(character if character.isascii() else "?" for character in bare), error.end


def write_anything() -> None:
    """From now on no letter stops a command that prints, whatever LANG and PYTHONIOENCODING say."""
    codecs.register_error(PLAIN, _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN)
