"""How each row of a slip is drawn: the words, signs and figures of `Slip` at the sizes of a paper width."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from ticket_printer.rendering.composing import beside, doubled, even, lines, on_one_line, paragraph, stack, trim
from ticket_printer.rendering.layout import LEAST, NARROW, RowName, Sizes
from ticket_printer.rendering.pictograms import counter_pictogram, lettered_shape, numbered_square, person, pictogram
from ticket_printer.rendering.typeface import figure, fitting, word
from ticket_printer.slip import Slip

PEOPLE_AT_MOST = 5
PEOPLE_ABOVE = 10  # dots between people and the words below them
LOGO_ROWS = 96
QR_DOTS = 4  # per module at least, so that an old phone reads it


def _logo(slip: Slip, sizes: Sizes) -> Image.Image:
    """The office's picture, at most 12 mm high, dark dots black; nothing when the file cannot be read."""
    try:
        with Image.open(slip.logo) as file:
            shown = file.convert("RGBA")
    except (OSError, Image.DecompressionBombError):
        return Image.new("1", (sizes.width, 1))
    ground = Image.new("RGBA", shown.size, "white")
    ground.alpha_composite(shown)
    grey = ground.convert("L")
    grey.thumbnail((sizes.room, LOGO_ROWS))
    return grey.point(lambda value: 255 if value < 128 else 0).convert("1")


def _head(slip: Slip, sizes: Sizes) -> Image.Image:
    title = slip.title if sizes.title else ""
    office = paragraph(slip.office, sizes.office, sizes.room, 2)
    return trim(lines([*office, *paragraph(title, sizes.title or LEAST, sizes.room, 1)], sizes.width, gap=-4))


def _number(slip: Slip, sizes: Sizes) -> Image.Image:
    """Shape and figures from doubled dots: at this size nobody sees it, and it is a quarter of the bytes."""
    room, size = sizes.room // 2, sizes.number // 2
    digits = figure(slip.number, size)
    shape = lettered_shape(slip.shape, slip.letter, sizes.shape // 2)
    gap = max(6, min(18, room - even(shape.width) - even(digits.width)))
    while even(digits.width) + even(shape.width) + gap > room and size > 30:
        size -= 3
        digits = figure(slip.number, size)
    return doubled(trim(beside([shape, digits], gap)))


def _service(slip: Slip, sizes: Sizes) -> Image.Image:
    side = round(sizes.service * 1.3)
    room = sizes.room - side - 18
    most = 2 if fitting(slip.service, sizes.service, room, LEAST) == LEAST else 1
    name = paragraph(slip.service, sizes.service, room, most)
    widest = max(word(text, size).width for text, size in name)
    return trim(beside([pictogram(slip.pictogram, side), trim(lines(name, widest, left=True))], 18))


def _rule(slip: Slip, sizes: Sizes) -> Image.Image:
    dashes = (sizes.room + 8) // 20
    first = (sizes.width - 20 * dashes + 8) // 4 * 2
    row = Image.new("1", (sizes.width, 4))
    for left in range(first, first + 20 * dashes, 20):
        row.paste(1, (left, 0, left + 12, 4))
    return row


def _counters(slip: Slip, sizes: Sizes) -> Image.Image:
    """Where to go. More counters than fit stand on further rows."""
    gap = 14 if sizes.width < NARROW else 18
    sign = counter_pictogram(round(sizes.square * 0.94))
    squares = [numbered_square(name, sizes.square) for name in slip.counters]
    joined = [*squares]
    if len(squares) == 2 and slip.or_word:
        joined.insert(1, trim(word(slip.or_word, sizes.either)))
    for inner, less in ((gap, 0), (12, 2), (12, 4), (8, 4), (8, 8)):
        row = beside([sign, trim(word(slip.counter_word, max(LEAST, sizes.counter - less))), *joined], inner)
        if row.width <= sizes.room:
            return row
    lead = beside([sign, trim(word(slip.counter_word, sizes.counter))], gap)
    return _on_further_rows(lead, joined, sizes)


def _on_further_rows(lead: Image.Image, places: list[Image.Image], sizes: Sizes) -> Image.Image:
    rows = [lead]
    for place in places:
        if rows[1:] and rows[-1].width + 8 + place.width <= sizes.room:
            rows[-1] = beside([rows[-1], place], 8)
        else:
            rows.append(place)
    return stack(rows, 10, sizes.width)


def _ahead(slip: Slip, sizes: Sizes) -> Image.Image:
    words = trim(lines(paragraph(slip.ahead_text, sizes.ahead, sizes.room, 2), sizes.width))
    if 0 < slip.ahead <= PEOPLE_AT_MOST:
        for gap in (16, 8, 4):  # people stand closer before the words shrink, and above them when both do not fit
            people = beside([person(sizes.person)] * slip.ahead, gap)
            size = fitting(slip.ahead_text, sizes.ahead, sizes.room - people.width - gap - 6, LEAST)
            row = beside([people, trim(word(slip.ahead_text, size))], gap + 6)
            if row.width <= sizes.room:
                return row
        return stack([beside([person(sizes.person)] * slip.ahead, 16), words], PEOPLE_ABOVE, sizes.width)
    return words


def _time(slip: Slip, sizes: Sizes) -> Image.Image:
    """Time, the mark of a reprint beside it, and the session: on one line when there is room."""
    parts = [part for part in (slip.time_text, slip.reprint_text) if part]
    text = " · ".join(parts)
    first = word(text, fitting(text, sizes.time, sizes.room, LEAST))
    session = word(slip.session_text, fitting(slip.session_text, sizes.small, sizes.room, LEAST))
    if not slip.session_text:
        return trim(first)
    row = on_one_line([first, _raised(session, sizes)], 18)
    return trim(row) if row.width <= sizes.room else stack([trim(first), trim(session)], 8, sizes.width)


def _raised(smaller: Image.Image, sizes: Sizes) -> Image.Image:
    """With the foot of its letters where those of the larger words stand."""
    rise = round((sizes.time - sizes.small) * 0.3)  # the part of the size that lies below the letters' foot
    page = Image.new("1", (smaller.width, smaller.height + rise))
    page.paste(smaller, (0, 0))
    return page


def _invitation(slip: Slip, sizes: Sizes) -> Image.Image:
    return trim(lines(paragraph(slip.qr_text, sizes.small, sizes.room, 2), sizes.width))


def _code(slip: Slip, sizes: Sizes) -> Image.Image:
    """The smallest version at level M; the quiet zone is the white paper around it."""
    import segno

    modules = segno.make(slip.qr_url or "", error="m", micro=False, boost_error=False).matrix
    code = Image.new("1", (len(modules), len(modules)))
    code.putdata([int(dark) for row in modules for dark in row])
    return code.resize((code.width * QR_DOTS, code.height * QR_DOTS), Image.Resampling.NEAREST)


def _thanks(slip: Slip, sizes: Sizes) -> Image.Image:
    most = 1 if fitting(slip.thanks, sizes.thanks, sizes.room) >= LEAST else 2
    return trim(lines(paragraph(slip.thanks, sizes.thanks, sizes.room, most), sizes.width))


ROW_DRAWERS: dict[RowName, Callable[[Slip, Sizes], Image.Image]] = {
    "logo": _logo,
    "head": _head,
    "number": _number,
    "service": _service,
    "rule": _rule,
    "counters": _counters,
    "ahead": _ahead,
    "time": _time,
    "invitation": _invitation,
    "code": _code,
    "thanks": _thanks,
}
