"""The slip that tries a printer out: a ruler, every accented Vietnamese letter, shades of grey, a QR code.

Sent as plain bands of GS v 0 from the left edge: nothing that a profile would have to promise.
"""

from __future__ import annotations

import unicodedata

from PIL import Image, ImageDraw

from contract.records import dataclass
from ticket_printer.rendering.typeface import fitting, word, wrapped

DOTS_PER_MM = 8
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")  # level, huyền, sắc, hỏi, ngã, nặng
VOWELS = "aăâeêioôơuưy"
GAP = 14
LETTER, TEXT = 34, 26
BAYER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))
SHADES = (1, 2, 4, 6, 8, 10, 12, 14, 16)  # sixteenths of ink
QR_DOTS = 5


def accented_letters() -> str:
    """The 67 small letters of Vietnamese that carry a mark, by vowel and tone; as capitals there are as many again."""
    small = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
    return "".join(letter for letter in small if not letter.isascii()) + "đ"


@dataclass(frozen=True, slots=True)
class TrialWording:
    """The words of the page, translated. `code`: the content of the QR code."""

    title: str
    about: str
    letters: str
    shades: str
    scan: str
    code: str
    end: str


def trial_page(words: TrialWording, width: int) -> Image.Image:
    """1-bit, 1 is ink, `width` dots wide; the ruler counts millimetres at 203 dpi."""
    parts = [
        _line(words.title, 40, width),
        _line(words.about, TEXT, width),
        ruler(width),
        _line(words.letters, TEXT, width),
        _letters(accented_letters(), width),
        _letters(accented_letters().upper(), width),
        _line(words.shades, TEXT, width),
        shades(width),
        _code(words, width),
        _line(words.end, TEXT, width),
    ]
    page = Image.new("1", (width, sum(part.height + GAP for part in parts) - GAP))
    top = 0
    for part in parts:
        page.paste(part, ((width - part.width) // 2, top))
        top += part.height + GAP
    return page


def ruler(width: int) -> Image.Image:
    """A bar at either edge, a stroke each millimetre, a number each ten."""
    picture = Image.new("1", (width, 84))
    draw = ImageDraw.Draw(picture)
    for edge in (0, width - 4):
        draw.rectangle((edge, 0, edge + 3, 83), fill=1)
    for mm in range(0, width // DOTS_PER_MM + 1):
        long = 40 if mm % 10 == 0 else 28 if mm % 5 == 0 else 16
        draw.line((mm * DOTS_PER_MM, 0, mm * DOTS_PER_MM, long), fill=1, width=2)
        if mm % 10 == 0 and mm:
            figure = word(str(mm), TEXT)
            picture.paste(figure, (min(mm * DOTS_PER_MM - figure.width // 2, width - figure.width - 8), 44))
    return picture


def shades(width: int) -> Image.Image:
    """From one dot in sixteen to black: a worn or cold head shows in it."""
    picture = Image.new("1", (width, 56))
    each = width // len(SHADES)
    for place, share in enumerate(SHADES):
        for x in range(place * each, (place + 1) * each - 4):
            for y in range(56):
                if BAYER[y % 4][x % 4] < share:
                    picture.putpixel((x, y), 1)
    return picture


def _line(text: str, size: int, width: int) -> Image.Image:
    """As large as fits on one line, else on several."""
    return _block(text, fitting(text, size, width - 16, 22), width)


def _block(text: str, size: int, width: int) -> Image.Image:
    room = width - 16
    lines = [word(line, size) for line in wrapped(text, size, room)]
    block = Image.new("1", (width, sum(line.height for line in lines)))
    top = 0
    for line in lines:
        block.paste(line, ((width - line.width) // 2, top))
        top += line.height
    return block


def _letters(letters: str, width: int) -> Image.Image:
    return _block(" ".join(letters), LETTER, width)


def _code(words: TrialWording, width: int) -> Image.Image:
    import segno

    modules = segno.make(words.code, error="m", micro=False).matrix
    code = Image.new("1", (len(modules), len(modules)))
    code.putdata([int(dark) for row in modules for dark in row])
    code = code.resize((code.width * QR_DOTS, code.height * QR_DOTS), Image.Resampling.NEAREST)
    beside = _line(words.scan, TEXT, width - code.width - 40)
    row = Image.new("1", (width, max(code.height, beside.height)))
    row.paste(code, (16, (row.height - code.height) // 2))
    row.paste(beside, (code.width + 32, (row.height - beside.height) // 2))
    return row
