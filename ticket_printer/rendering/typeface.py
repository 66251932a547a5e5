"""Noto Sans Bold as 1-bit pictures, in which 1 is ink. Drawn words are kept, because most slips share them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SPARE = 2  # dots
CHECK_SIZE = 24  # dots
NO_LETTER = "\U0010ffff"  # a code point that no face has a letter for
WEIGHT_BOLD, WIDTH_NORMAL = 700, 100
SENSE = re.compile(r"(?<=[.–,]) | (?=(?:XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU) )")  # blanks where a line may well end


@lru_cache(maxsize=4)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Bold, `size` in dots. A face takes over a megabyte, and drawn words are kept anyway, so few are held."""
    import fontpkg_noto_sans

    file = Path(fontpkg_noto_sans.ROOT) / "files" / "NotoSans[wdth,wght].ttf"
    face = ImageFont.truetype(str(file), size)
    axes = {b"Weight": WEIGHT_BOLD, b"Width": WIDTH_NORMAL}
    face.set_variation_by_axes([axes[axis["name"] or b""] for axis in face.get_variation_axes()])
    return face


def missing_letters(text: str) -> str:
    """The letters of the text that slips cannot show: the face draws its sign for "no such letter" instead."""
    face, missing = font(CHECK_SIZE), []
    without = bytes(face.getmask(NO_LETTER, "1"))
    for letter in dict.fromkeys(unicodedata.normalize("NFC", text)):
        if letter.isprintable() and not letter.isspace() and bytes(face.getmask(letter, "1")) == without:
            missing.append(letter)
    return "".join(missing)


@lru_cache(maxsize=4096)
def width_of(text: str, size: int) -> int:
    return round(font(size).getlength(unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=64)
def word(text: str, size: int) -> Image.Image:
    """One line as a picture cropped to its ink from left to right; its height is the font's, marks included."""
    return _drawn(text, size)


def _drawn(text: str, size: int) -> Image.Image:
    """Without grey, letters may reach a dot further than the font says: there is room for it on all sides."""
    face = font(size)
    text = unicodedata.normalize("NFC", text)
    ascent, descent = face.getmetrics()
    left, _, right, _ = face.getbbox(text)
    picture = Image.new("1", (max(1, round(right - left)) + 2 * SPARE, SPARE + ascent + descent))
    draw = ImageDraw.Draw(picture)
    draw.fontmode = "1"
    draw.text((SPARE - left, SPARE), text, fill=1, font=face)
    ink = picture.getbbox() or (0, 0, 1, 1)
    return picture.crop((ink[0], 0, ink[2], picture.height))


@lru_cache(maxsize=16)
def figure(text: str, size: int) -> Image.Image:
    """The same, cropped to the ink on all sides: numbers and letters inside shapes. Large, so few are kept."""
    picture = _drawn(text, size)
    return picture.crop(picture.getbbox() or (0, 0, 1, 1))


def fitting(text: str, size: int, room: int, least: int = 20) -> int:
    """The greatest size up to `size` at which the line is at most `room` dots wide; never below `least`."""
    wide = width_of(text, size)
    if wide > room:
        size = max(least, size * room // wide)  # each size is a face of its own in memory, so no step by step
    while size > least and width_of(text, size) > room:
        size -= 1
    return size


def wrapped(text: str, size: int, room: int) -> list[str]:
    """Lines at most `room` dots wide. Two are broken where the sense is, if they fit; others evened out."""
    lines = _greedy(text, size, room)
    if len(lines) < 2:
        return lines
    if len(lines) == 2 and (better := _by_sense(text, size, room)):
        return better
    narrowest = room
    while narrowest > room // 2 and len(_greedy(text, size, narrowest - 8)) == len(lines):
        narrowest -= 8
    return _greedy(text, size, narrowest)


def _by_sense(text: str, size: int, room: int) -> list[str]:
    """After a sentence, a dash or a comma, or before the name of a place; none when no such two lines fit."""
    breaks = []
    for mark in SENSE.finditer(text):
        pair = [text[: mark.start()], text[mark.end() :]]
        if (wide := max(width_of(line, size) for line in pair)) <= room:
            breaks.append((not pair[0].endswith("."), wide, pair))
    return min(breaks)[2] if breaks else []


def _greedy(text: str, size: int, room: int) -> list[str]:
    lines: list[str] = []
    for part in text.split():
        if lines and width_of(f"{lines[-1]} {part}", size) <= room:
            lines[-1] = f"{lines[-1]} {part}"
        else:
            lines.append(part)
    return lines
