"""Vietnamese in the printer's own characters."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from ticket_printer.protocol.codepage import CAPITAL_PAGE, PAGES, SMALL_PAGE, ascii_bytes, folded, tcvn_bytes
from ticket_printer.simulator.letters import LETTERS

VOWELS, MARKS = "aăâeêioôơuưy", ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
SMALL = sorted({unicodedata.normalize("NFC", v + m) for v in VOWELS for m in MARKS} | {"đ"})
ALL = SMALL + [letter.upper() for letter in SMALL]


def decoded(data: bytes) -> str:
    """As a printer reads it that starts on a page of its own."""
    said, page, rest = "", 0, data
    while rest:
        if rest.startswith(b"\x1bt"):
            page, rest = rest[2], rest[3:]
        else:
            said, rest = said + (LETTERS[page][rest[0]] if rest[0] >= 0x80 else chr(rest[0])), rest[1:]
    return said


def test_all_134_letters_with_marks_and_the_plain_ones_come_through() -> None:
    marked = [letter for letter in ALL if ord(letter) > 0x7F]
    assert len(marked) == 134
    assert decoded(tcvn_bytes("".join(ALL))) == "".join(ALL)


def test_the_small_letters_stand_where_the_standard_has_them() -> None:
    for letter, byte in PAGES[SMALL_PAGE].items():
        command = ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"]
        known = subprocess.run(command, input=bytes([byte]), capture_output=True, check=True).stdout.decode()
        assert unicodedata.normalize("NFC", known) == letter


def test_both_pages_agree_with_the_printer_database_but_for_its_icelandic_letter() -> None:
    pages = json.loads(files("escpos").joinpath("capabilities.json").read_text(encoding="utf-8"))["encodings"]
    for name, page in (("TCVN-3-1", SMALL_PAGE), ("TCVN-3-2", CAPITAL_PAGE)):
        listed = "".join(pages[name]["data"]).replace("Ð", "Đ")
        assert {letter: 0x80 + at for at, letter in enumerate(listed) if letter != " "} == PAGES[page]


def test_words_keep_to_one_page_as_long_as_they_can() -> None:
    assert tcvn_bytes("người chờ trước").count(b"\x1bt") == 1
    assert tcvn_bytes("Đến quầy").count(b"\x1bt") == 2


def test_folding_takes_the_marks_only() -> None:
    assert folded("Quầy số 3 – ĐẶNG Ợ ẵ · “mời”") == 'Quay so 3 - DANG O a - "moi"'
    assert folded("番") == "?"


@given(st.text(st.sampled_from([*ALL, *"abc XYZ 0123.,"]), max_size=40))
def test_letters_given_as_base_and_marks_are_the_same_letters(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert tcvn_bytes(apart) == tcvn_bytes(text)
    assert ascii_bytes(apart) == ascii_bytes(text)
    assert len(ascii_bytes(text)) == len(text)
