"""Comparing Vietnamese words as people write them: case, tone marks, đ, NFC or NFD and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")
# Letters that no Vietnamese word has, but that the bytes of the fonts before Unicode (TCVN3 ".VnTime", VNI) show as
# when they are read as Windows-1252.
_OLD_FONTS = re.compile(r"[¸¶·¹¨¾»¼½Æ©ÇË®µ¦§«¬ªÖåñöïøûäëü]")
_UNICODE_VIETNAMESE = re.compile(r"[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")


def key_of(text: str) -> str:
    """ "Lĩnh  Vực:" → "linh vuc"."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", bare).strip()


@lru_cache(maxsize=2048)
def key_of_word(text: str) -> str:
    """The same for words of a list, which come again in every row: names of people are never asked for here."""
    return key_of(text)


def clean_text(text: str) -> str:
    """NFC without control characters and doubled spaces: what may be stored."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    printable = "".join(" " if unicodedata.category(letter) in {"Cc", "Zs"} else letter for letter in text)
    return " ".join(unicodedata.normalize("NFC", printable).split())


def in_old_font(text: str) -> bool:
    """Whether a longer text was typed with a font from before Unicode: converting it would be guessing."""
    return len(_OLD_FONTS.findall(text)) >= 4 and not _UNICODE_VIETNAMESE.search(unicodedata.normalize("NFC", text))
