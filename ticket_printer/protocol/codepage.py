"""Vietnamese in the characters of the printer itself: TCVN-3 where it was proven, else without marks.

Pages 30 (small letters) and 31 (capitals) of Epson's ESC t, as the printer database of python-escpos lists them; its
capital Đ is written there as the Icelandic letter of the same look.
"""

from __future__ import annotations

import unicodedata

from escpos.constants import CODEPAGE_CHANGE

SMALL_PAGE, CAPITAL_PAGE = 30, 31
SMALL = {
    0xA8: "ăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
CAPITALS = {0xA1: "ĂÂ", 0xA7: "Đ", 0xAA: "ÊÔƠƯ"} | {at: run.upper() for at, run in SMALL.items() if at > 0xB0}
FOLDED = str.maketrans({"đ": "d", "Đ": "D", "–": "-", "—": "-", "·": "-", "“": '"', "”": '"', "’": "'", "…": "..."})


def _page(runs: dict[int, str]) -> dict[str, int]:
    return {letter: at + i for at, run in runs.items() for i, letter in enumerate(run)}


PAGES = {SMALL_PAGE: _page(SMALL), CAPITAL_PAGE: _page(CAPITALS)}


def folded(text: str) -> str:
    """Without marks, in ASCII: "Quầy số 3" is "Quay so 3"; a letter that has no likeness becomes "?"."""
    apart = unicodedata.normalize("NFD", text.translate(FOLDED))
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return "".join(letter if " " <= letter <= "~" else "?" for letter in kept)


def ascii_bytes(text: str) -> bytes:
    return folded(text).encode("ascii")


def tcvn_bytes(text: str) -> bytes:
    """With the page changed (ESC t) wherever the next letter needs the other one; what neither has is folded."""
    out, current = bytearray(), 0
    for letter in unicodedata.normalize("NFC", text):
        page = next((page for page, letters in PAGES.items() if letter in letters), None)
        if page is None:
            out.extend(ascii_bytes(letter))
            continue
        if page != current:
            out.extend(bytes(CODEPAGE_CHANGE) + bytes([page]))
            current = page
        out.append(PAGES[page][letter])
    return bytes(out)
