"""A slip in the printer's own letters, for lines too slow for pictures: some hundred bytes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from escpos.constants import ESC, TXT_SIZE

from contract.records import dataclass
from ticket_printer.protocol.codepage import ascii_bytes, tcvn_bytes
from ticket_printer.protocol.commands import CENTRE, GS
from ticket_printer.protocol.profiles import Profile
from ticket_printer.slip import Slip

LARGE = 7  # times: 84 × 168 dots a letter, as large as the drawn number
QR_MODULE = 4
BLANK_ROWS = 16
BLANK = bytes(ESC) + b"J" + bytes([BLANK_ROWS])


@dataclass(frozen=True, slots=True)
class MagnifiedText:
    """Words and how many times wider and higher than Font A (12 × 24 dots) they are."""

    words: str
    wide: int = 1
    high: int = 1


def above_number(slip: Slip) -> list[MagnifiedText]:
    return [MagnifiedText(slip.office), MagnifiedText(slip.title)]


def number(slip: Slip, known: Profile) -> MagnifiedText:
    """Letter and figures as large as the paper allows."""
    text = slip.letter + slip.number
    return MagnifiedText(text, min(LARGE, known.columns // len(text)), LARGE)


def below_number(slip: Slip, known: Profile, with_code: bool) -> list[MagnifiedText]:
    names = f" {slip.or_word} ".join(slip.counters) if len(slip.counters) == 2 else " ".join(slip.counters)
    where = f"{slip.counter_word} {names}" if names else ""
    moment = " · ".join(part for part in (slip.time_text, slip.session_text) if part)
    rule = MagnifiedText("-" * known.columns)
    return [
        MagnifiedText(slip.service, 1, 2),
        rule,
        MagnifiedText(where, 2, 2),
        MagnifiedText(slip.ahead_text, 1, 2),
        rule,
        MagnifiedText(moment),
        *([MagnifiedText(slip.reprint_text, 2, 2)] if slip.reprint_text else []),
        *([MagnifiedText(slip.qr_text)] if with_code else []),
    ]


def encode_lines(texts: list[MagnifiedText], known: Profile) -> Iterator[bytes]:
    """Lines in the middle, broken between words; magnified ones are narrowed before they would be broken."""
    encode = tcvn_bytes if known.code_page == "tcvn" else ascii_bytes
    yield CENTRE
    size = 0
    for text in (text for text in texts if text.words):
        wide = max(1, min(text.wide, known.columns // len(text.words)))
        magnification = (wide - 1) << 4 | (text.high - 1)
        yield bytes(TXT_SIZE) + bytes([magnification]) if magnification != size else b""
        size = magnification
        for line in textwrap.wrap(text.words, max(1, known.columns // wide)):
            yield encode(line) + b"\n"
    yield bytes(TXT_SIZE) + b"\x00" if size else b""


def native_qr(address: str) -> bytes:
    """GS ( k: model 2, four dots a module, level M; stored, then printed."""
    data = address.encode("ascii")
    store = (len(data) + 3).to_bytes(2, "little")
    return b"".join(
        GS + b"(k" + part
        for part in (
            b"\x04\x001A2\x00",
            b"\x03\x001C" + bytes([QR_MODULE]),
            b"\x03\x001E1",
            store + b"1P0" + data,
            b"\x03\x001Q0",
        )
    )
