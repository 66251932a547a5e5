"""Composes pictures beside and below one another, and words into lines. 1-bit, 1 is ink."""

from __future__ import annotations

from PIL import Image

from ticket_printer.rendering.layout import LEAST
from ticket_printer.rendering.typeface import fitting, word, wrapped

TextLine = tuple[str, int]  # words and their size


def stack(rows: list[Image.Image], gap: int, width: int) -> Image.Image:
    """One below the other, each in the middle of the width, on even columns so that doubled dots stay doubled."""
    page = Image.new("1", (width, sum(row.height for row in rows) + gap * (len(rows) - 1)))
    top = 0
    for row in rows:
        page.paste(row, ((width - row.width) // 4 * 2, top))
        top += row.height + gap
    return page


def trim(picture: Image.Image) -> Image.Image:
    """Without blank rows above and below."""
    ink = picture.getbbox()
    return picture.crop((0, ink[1], picture.width, ink[3])) if ink else picture


def beside(parts: list[Image.Image], gap: int) -> Image.Image:
    """Left to right, each in the middle of the height, on even columns and rows."""
    height = max(even(part.height) for part in parts)
    row = Image.new("1", (sum(even(part.width) for part in parts) + gap * (len(parts) - 1), height))
    left = 0
    for part in parts:
        row.paste(part, (left, (height - part.height) // 4 * 2))
        left += even(part.width) + gap
    return row


def on_one_line(parts: list[Image.Image], gap: int) -> Image.Image:
    """Left to right, standing on the same foot: words of several sizes."""
    height = max(part.height for part in parts)
    row = Image.new("1", (sum(part.width for part in parts) + gap * (len(parts) - 1), height))
    left = 0
    for part in parts:
        row.paste(part, (left, height - part.height))
        left += part.width + gap
    return row


def even(length: int) -> int:
    return length + length % 2


def doubled(picture: Image.Image) -> Image.Image:
    """Each dot as a square of four: the printer can do this by itself, for a quarter of the bytes."""
    return picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.NEAREST)


def lines(texts: list[TextLine], width: int, gap: int = 0, left: bool = False) -> Image.Image:
    """Lines of words, in the middle or from the left."""
    drawn = [word(text, size) for text, size in texts if text]
    block = Image.new("1", (width, max(1, sum(line.height for line in drawn) + gap * max(0, len(drawn) - 1))))
    top = 0
    for line in drawn:
        block.paste(line, (0 if left else (width - line.width) // 2, top))
        top += line.height + gap
    return block


def paragraph(text: str, size: int, room: int, most: int) -> list[TextLine]:
    """At most `most` lines, smaller when needed; what even then does not fit goes on below."""
    while size > LEAST and len(wrapped(text, size, room)) > most:
        size -= 1
    return [(line, fitting(line, size, room, 14)) for line in wrapped(text, size, room)]
