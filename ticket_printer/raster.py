"""A slip as one 1-bit picture of the printer's width; 1 is ink. Sizes in dots of 203 dpi (8 dots = 1 mm)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from PIL import Image

from ticket_printer.signs import desk, lettered_shape, numbered_square, person, pictogram
from ticket_printer.slip import Slip
from ticket_printer.typeface import figure, fitting, word, wrapped

PEOPLE_AT_MOST = 5
QR_DOTS = 4  # per module at least, so that an old phone reads it
NARROW = 448


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of one paper width."""

    width: int
    margin: int = 20
    office: int = 30
    title: int = 24
    number: int = 192
    shape: int = 142
    service: int = 38
    counter: int = 38
    square: int = 80
    either: int = 30
    ahead: int = 30
    person: int = 36
    time: int = 34
    small: int = 26
    thanks: int = 25
    gap: int = 16


WIDE = Sizes(576)
MIDDLE = replace(
    WIDE, width=512, margin=12, number=176, shape=130, service=34, counter=34, square=72, either=26, gap=14
)  # fmt: skip
SLIM = Sizes(
    width=384, margin=8, office=28, title=0, number=140, shape=108, service=30, counter=30, square=64, either=24,
    ahead=26, person=28, time=34, small=24, thanks=25, gap=14,
)  # fmt: skip


def sizes_for(width: int) -> Sizes:
    """The layout of the greatest known width that fits, with its margins widened."""
    for known in (WIDE, MIDDLE, SLIM):
        if known.width <= width:
            return replace(known, width=width, margin=known.margin + (width - known.width) // 2)
    return replace(SLIM, width=width, margin=4)


def draw(slip: Slip, width: int) -> Image.Image:
    """The whole slip, `width` dots wide and as long as it needs."""
    sizes = sizes_for(width)
    rows = [
        _head(slip.office, slip.title if sizes.title else "", sizes),
        _number(slip, sizes),
        _service(slip.service, slip.pictogram, sizes),
        _dashes(sizes),
        _counters(slip.counter_word, slip.or_word, slip.counters, sizes),
        _ahead(slip.ahead, slip.ahead_text, sizes),
        _dashes(sizes),
        _foot(slip, sizes),
        _thanks(slip.thanks, sizes),
    ]
    return _stack(rows, sizes.gap, width)


def _stack(rows: list[Image.Image], gap: int, width: int) -> Image.Image:
    page = Image.new("1", (width, sum(row.height for row in rows) + gap * (len(rows) - 1)))
    top = 0
    for row in rows:
        page.paste(row, ((width - row.width) // 2, top))
        top += row.height + gap
    return page


def _trim(picture: Image.Image) -> Image.Image:
    """Without blank rows above and below."""
    ink = picture.getbbox()
    return picture.crop((0, ink[1], picture.width, ink[3])) if ink else picture


def _beside(parts: list[Image.Image], gap: int) -> Image.Image:
    """Left to right, each in the middle of the height."""
    height = max(part.height for part in parts)
    row = Image.new("1", (sum(part.width for part in parts) + gap * (len(parts) - 1), height))
    left = 0
    for part in parts:
        row.paste(part, (left, (height - part.height) // 2))
        left += part.width + gap
    return row


def _lines(texts: list[tuple[str, int]], width: int, gap: int = 0, left: bool = False) -> Image.Image:
    """Lines of (text, size), in the middle or from the left."""
    drawn = [word(text, size) for text, size in texts if text]
    block = Image.new("1", (width, max(1, sum(line.height for line in drawn) + gap * max(0, len(drawn) - 1))))
    top = 0
    for line in drawn:
        block.paste(line, (0 if left else (width - line.width) // 2, top))
        top += line.height + gap
    return block


def _paragraph(text: str, size: int, room: int, most: int) -> list[tuple[str, int]]:
    """At most `most` lines, smaller when needed; what even then does not fit goes on below."""
    while size > 22 and len(wrapped(text, size, room)) > most:
        size -= 1
    return [(line, fitting(line, size, room, 14)) for line in wrapped(text, size, room)]


@lru_cache(maxsize=16)
def _head(office: str, title: str, sizes: Sizes) -> Image.Image:
    room = sizes.width - 2 * sizes.margin
    lines = _paragraph(office, sizes.office, room, 2)
    return _trim(_lines([*lines, (title, fitting(title, sizes.title or 24, room))], sizes.width, gap=-4))


def _number(slip: Slip, sizes: Sizes) -> Image.Image:
    room = sizes.width - 2 * sizes.margin
    size = sizes.number
    digits = figure(slip.number, size)
    shape = lettered_shape(slip.shape, slip.letter, sizes.shape)
    gap = max(12, min(36, room - shape.width - digits.width))
    while digits.width + shape.width + gap > room and size > 60:
        size -= 6
        digits = figure(slip.number, size)
    return _beside([shape, digits], gap)


@lru_cache(maxsize=32)
def _service(name: str, sign: str, sizes: Sizes) -> Image.Image:
    side = round(sizes.service * 1.3)
    room = sizes.width - 2 * sizes.margin - side - 18
    lines = _paragraph(name, sizes.service, room, 2 if fitting(name, sizes.service, room, 26) == 26 else 1)
    widest = max(word(text, size).width for text, size in lines)
    return _trim(_beside([pictogram(sign, side), _trim(_lines(lines, widest, left=True))], 18))


@lru_cache(maxsize=4)
def _dashes(sizes: Sizes) -> Image.Image:
    row = Image.new("1", (sizes.width, 4))
    for left in range(sizes.margin, sizes.width - sizes.margin - 10, 20):
        row.paste(1, (left, 0, left + 12, 4))
    return row


@lru_cache(maxsize=32)
def _counters(lead: str, either: str, counters: tuple[str, ...], sizes: Sizes) -> Image.Image:
    """Where to go. More counters than fit stand on further rows."""
    room = sizes.width - 2 * sizes.margin
    gap = 14 if sizes.width < NARROW else 18
    parts = [desk(round(sizes.square * 0.94)), _trim(word(lead, sizes.counter))]
    squares = [numbered_square(name, sizes.square) for name in counters]
    joined = _with_word(squares, either, sizes.either) if len(squares) == 2 else squares
    for inner in (gap, 8):
        row = _beside([*parts, *joined], inner)
        if row.width <= room:
            return row
    rows = [_beside(parts, gap)]
    for square in squares:
        if rows[1:] and rows[-1].width + 8 + square.width <= room:
            rows[-1] = _beside([rows[-1], square], 8)
        else:
            rows.append(square)
    return _stack(rows, 10, sizes.width)


def _with_word(squares: list[Image.Image], either: str, size: int) -> list[Image.Image]:
    return [squares[0], _trim(word(either, size)), squares[1]]


@lru_cache(maxsize=128)
def _ahead(ahead: int, text: str, sizes: Sizes) -> Image.Image:
    room = sizes.width - 2 * sizes.margin
    if not 0 < ahead <= PEOPLE_AT_MOST:
        return _trim(word(text, fitting(text, sizes.ahead, room)))
    for gap in (16, 8, 4):
        people = _beside([person(sizes.person)] * ahead, gap)
        size = fitting(text, sizes.ahead, room - people.width - gap - 6, 22)
        row = _beside([people, _trim(word(text, size))], gap + 6)
        if row.width <= room:
            break
    return row


def _foot(slip: Slip, sizes: Sizes) -> Image.Image:
    room = sizes.width - 2 * sizes.margin
    code = _qr(slip.qr_url) if slip.qr_url else None
    beside = room - (code.width + 24 if code else 0)
    texts = _times(slip, sizes, beside)
    if code is not None:
        texts += _paragraph(slip.qr_text, sizes.small, beside, 2)
    widest = max(word(text, size).width for text, size in texts)
    block = _trim(_lines(texts, widest, left=code is not None))
    if code is None:
        return block
    row = Image.new("1", (room, max(code.height, block.height)))
    row.paste(code, (0, (row.height - code.height) // 2))
    row.paste(block, (code.width + 24, (row.height - block.height) // 2))
    return row


def _times(slip: Slip, sizes: Sizes, room: int) -> list[tuple[str, int]]:
    """Time, date, session and the mark of a reprint, in as many lines as the width asks for."""
    one = [slip.time_text] if fitting(slip.time_text, sizes.time, room, 28) > 28 else slip.time_text.split(" · ")
    rest = [*one[1:], slip.session_text]
    joined = " · ".join(part for part in rest if part)
    lines = [joined] if fitting(joined, sizes.small, room, 22) > 22 else rest
    lines = [*one[:1], *lines]
    if slip.reprint_text:
        lines = _marked(lines, slip.reprint_text, sizes, room)
    return [
        (line, fitting(line, sizes.small if i else sizes.time, room, 16)) for i, line in enumerate(lines) if line
    ]  # fmt: skip


def _marked(lines: list[str], mark: str, sizes: Sizes, room: int) -> list[str]:
    """ "In lại" beside the time when there is room, else on a line of its own."""
    beside = f"{lines[0]} · {mark}"
    if fitting(beside, sizes.time, room, 26) > 26:
        return [beside, *lines[1:]]
    return [*lines, mark]


@lru_cache(maxsize=8)
def _thanks(text: str, sizes: Sizes) -> Image.Image:
    room = sizes.width - 2 * sizes.margin
    most = 1 if fitting(text, sizes.thanks, room, 23) > 23 else 2
    return _trim(_lines(_paragraph(text, sizes.thanks, room, most), sizes.width))


def _qr(url: str) -> Image.Image:
    """The smallest version at level M; the quiet zone is the white paper around it."""
    import segno

    modules = segno.make(url, error="m", micro=False, boost_error=False).matrix
    code = Image.new("1", (len(modules), len(modules)))
    code.putdata([int(dark) for row in modules for dark in row])
    return code.resize((code.width * QR_DOTS, code.height * QR_DOTS), Image.Resampling.NEAREST)
