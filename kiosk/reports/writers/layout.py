"""The layout of administrative documents as figures: Nghị định 30/2020/NĐ-CP, Phụ lục I, for writers of pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from contract.records import dataclass
from kiosk.domain.letterhead import Letterhead
from kiosk.reports.document import Document

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
KIND, ADDRESSED, RECIPIENTS, ANNEX = "BÁO CÁO", "Kính gửi:", "Nơi nhận:", "Phụ lục"
NUMBER_ROOM, DAY_ROOM = "\u00a0" * 8, "\u00a0" * 6
SHORT_MM, LONG_MM = 210, 297
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 21, 20, 30, 15
PAGE_NUMBER_MM = 10  # below the upper edge
FIRST_LINE_MM = 12.7
LEFT_BLOCK = 0.44  # of the width between the margins; the state's name and motto take the rest
BODY_PT, ISSUER_PT, MOTTO_PT, NUMBER_PT, TABLE_PT, SOURCE_PT = 14, 12, 13, 13, 12, 8
NUMBERS_PT = 11  # under the head of a form whose columns are counted
RECIPIENTS_PT, RECIPIENT_PT = 12, 11
SHORT_RULE = 0.4  # of the line above it, between a third and a half
PARAGRAPH_PT = 6  # between paragraphs
SIGNATURE_MM = 25  # room for it and the seal
DENSE_TABLE_PT, DENSE_BODY_PT, DENSE_SIGNATURE_MM = 11, 13, 24  # of a form that comes on one page by them
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
POINTS_PER_MM = 72 / 25.4
FACES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}


@dataclass(frozen=True, slots=True)
class WordSizes:
    """Of a form in Word: points of tables, of notes and title, mm for a signature and the name under it."""

    table_pt: float
    note_pt: float
    signature_mm: float


def word_sizes(document: Document) -> WordSizes:
    """Closer ones for a form that comes on one page just by them."""
    if document.signatures:
        from kiosk.reports.writers.pdf_writer import is_dense  # lays pages out, which Word does itself

        if is_dense(document):
            return WordSizes(DENSE_TABLE_PT, DENSE_BODY_PT, DENSE_SIGNATURE_MM - BODY_PT * 1.2 / POINTS_PER_MM)
    return WordSizes(TABLE_PT, BODY_PT, SIGNATURE_MM)


def is_letter(document: Document) -> bool:
    """A letter has the state's name, number and recipients; a form with signatures of its own keeps its own head."""
    return document.letter is not None and not document.signatures


def text_area_mm(landscape: bool) -> float:
    """The width between the margins."""
    return (LONG_MM if landscape else SHORT_MM) - LEFT_MM - RIGHT_MM


def font_file(bold: bool = False, italic: bool = False) -> str:
    """The path of a face that has the widths of Times New Roman and every Vietnamese letter."""
    return str(files("kiosk.reports.fonts").joinpath(f"LiberationSerif-{FACES[bold, italic]}.ttf"))


def width_mm(text: str, size: float, bold: bool = False) -> float:
    """How long a line of `size` points is when it is set."""
    return _thousand(bold).getlength(text) / 1000 * size / POINTS_PER_MM


@cache
def _thousand(bold: bool) -> FreeTypeFont:
    """Pillow is loaded with the first document."""
    from PIL import ImageFont

    return ImageFont.truetype(font_file(bold), 1000, layout_engine=ImageFont.Layout.BASIC)


def number_line(letter: Letterhead) -> str:
    """With room for the number, which the clerical office gives."""
    return f"Số:{NUMBER_ROOM}/{letter.symbol}"


def rule_mm(text: str, size: float, share: float, most_mm: float) -> float:
    """The length of the rule under a bold text: a share of its longest line, broken where `most_mm` are full."""
    longest = line = 0.0
    space = width_mm(" ", size, bold=True)
    for word in text.split():
        wide = width_mm(word, size, bold=True)
        line = line + space + wide if line and line + space + wide <= most_mm else wide
        longest = max(longest, line)
    return min(longest, most_mm) * share


def annex_reference(document: Document) -> str:
    """The line under an annex's name; number and day are left open as in the letter."""
    letter = document.letter
    if letter is None:
        return ""
    day = f"ngày{DAY_ROOM}tháng{DAY_ROOM}năm {letter.day.year}"
    return f"(Kèm theo Báo cáo số{NUMBER_ROOM}/{letter.symbol} {day} của {letter.issuer})"


def annex_titles(document: Document) -> list[str]:
    """Of the annexes in order: "Phụ lục" when there is one, else "Phụ lục I", "Phụ lục II" …"""
    count = sum(section.annex for section in document.sections)
    return [ANNEX] if count == 1 else [f"{ANNEX} {_roman(number)}" for number in range(1, count + 1)]


def addressed_lines(addressees: Sequence[str]) -> list[str]:
    """One body on the line itself; several below it, each with a dash and ";", the last with "."."""
    if not addressees:
        return []
    if len(addressees) == 1:
        return [f"{ADDRESSED} {addressees[0]}"]
    return [ADDRESSED, *(f"- {name};" for name in addressees[:-1]), *(f"- {name}." for name in addressees[-1:])]


def _roman(number: int) -> str:
    parts = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, letters in parts:
        while number >= value:
            text, number = text + letters, number - value
    return text
