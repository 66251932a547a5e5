"""Rules of the head, the title, the addressees, the signature, the recipients and the annexes."""

from __future__ import annotations

import itertools
import re

from tests.kiosk.reports.geometry.measured import Measured
from tests.kiosk.reports.geometry.rules_of_letters import (
    MOTTO,
    STATE,
    Deviations,
    centred,
    has,
    head,
    near,
    one,
    recipients,
    rule,
    signer,
    subject_of,
    under,
)

NUMBER = r"Số:( ?\d+)? ?/[A-ZĐ-]+"
DATE = r".+, ngày (\d+) tháng (\d+) năm (\d{4})"
TITLES = ("Ông", "Bà", "Thạc sĩ", "ThS", "Tiến sĩ", "TS.", "GS", "PGS", "Đồng chí")


@rule
def the_state_s_name_is_bold_capitals_12_to_13(page: Measured) -> Deviations:
    yield from has(one(page, STATE), "the state's name", (12, 13), bold=True, italic=False)


@rule
def the_motto_is_bold_13_to_14_with_spaced_hyphens(page: Measured) -> Deviations:
    yield from has(one(page, MOTTO), "the motto", (13, 14), bold=True, italic=False)


@rule
def the_state_s_name_stands_at_the_top_right(page: Measured) -> Deviations:
    state = one(page, STATE)
    if state is None or state.page != 1 or state.top > 26 or state.middle < 125:
        yield "the state's name does not stand at the top right of page 1"


@rule
def the_motto_stands_under_the_middle_of_the_state_s_name(page: Measured) -> Deviations:
    state, motto = one(page, STATE), one(page, MOTTO)
    yield from centred(motto, state, "the motto")
    if state and motto and not 0 < motto.base - state.base < 8:
        yield "the motto does not follow the state's name"


@rule
def the_motto_s_rule_has_the_length_of_its_line(page: Measured) -> Deviations:
    motto = one(page, MOTTO)
    drawn = under(page, motto) if motto else None
    if motto is None or drawn is None:
        yield "no rule stands under the motto"
    else:
        yield from near(drawn.length - (motto.x1 - motto.x0), -0.8, 0.8, "motto and rule differ in length: that")
        yield from near((drawn.x0 + drawn.x1) / 2 - motto.middle, -0.8, 0.8, "the rule's place beside the motto")


@rule
def place_and_date_are_in_italics_13_to_14(page: Measured) -> Deviations:
    yield from has(one(page, DATE), "place and date", (13, 14), bold=False, italic=True)


@rule
def place_and_date_stand_under_the_motto(page: Measured) -> Deviations:
    dated, motto = one(page, DATE), one(page, MOTTO)
    yield from centred(dated, motto, "place and date")
    if dated and motto and not 0 < dated.base - motto.base < 14:
        yield "place and date do not follow the motto"


@rule
def days_and_the_first_two_months_have_two_digits(page: Measured) -> Deviations:
    dated = one(page, DATE)
    match = re.fullmatch(DATE, dated.text) if dated else None
    if match is None:
        yield "there is no date"
        return
    day, month = match.group(1), match.group(2)
    if len(day) != 2 or not (1 <= int(day) <= 31):
        yield f"the day is written {day}"
    if month != (f"{int(month):02d}" if int(month) < 3 else str(int(month))):
        yield f"the month is written {month}"


@rule
def the_superior_is_in_upright_capitals_12_to_13(page: Measured) -> Deviations:
    lines = head(page, "left")
    plain = [line for line in lines if not line.bold and not line.text.startswith("Số:")]
    for line in plain:
        yield from has(line, "the superior", (12, 13), bold=False, italic=False)
        if line.text != line.text.upper():
            yield f"“{line.text}” is not in capitals"


@rule
def the_issuer_is_in_bold_capitals_12_to_13(page: Measured) -> Deviations:
    lines = [line for line in head(page, "left") if line.bold]
    yield from has(lines[0] if lines else None, "the issuer", (12, 13), bold=True, italic=False)
    yield from (f"“{line.text}” is not in capitals" for line in lines if line.text != line.text.upper())


@rule
def the_superior_stands_over_the_issuer(page: Measured) -> Deviations:
    lines = head(page, "left")
    bold = [line.top for line in lines if line.bold]
    plain = [line.top for line in lines if not line.bold and not line.text.startswith("Số:")]
    if bold and plain and max(plain) > min(bold):
        yield "the superior stands under the issuer"


@rule
def the_issuer_s_rule_is_a_third_to_a_half_of_its_line(page: Measured) -> Deviations:
    lines = [line for line in head(page, "left") if line.bold]
    drawn = under(page, lines[-1]) if lines else None
    if drawn is None:
        yield "no rule stands under the issuer"
        return
    longest = max(line.x1 - line.x0 for line in lines)
    yield from near(drawn.length / longest * 100, 33, 50, "the issuer's rule in hundredths of its line")
    yield from near((drawn.x0 + drawn.x1) / 2 - lines[-1].middle, -0.8, 0.8, "its place beside the middle")


@rule
def the_number_is_upright_13(page: Measured) -> Deviations:
    yield from has(one(page, NUMBER), "the number", (13, 13), bold=False, italic=False)


@rule
def the_number_stands_under_the_middle_of_the_issuer(page: Measured) -> Deviations:
    lines = [line for line in head(page, "left") if line.bold]
    number = one(page, NUMBER)
    yield from centred(number, lines[-1] if lines else None, "the number")
    if number and lines and number.top < lines[-1].base - 0.5:
        yield "the number stands over the issuer"


@rule
def numbers_below_10_have_a_0(page: Measured) -> Deviations:
    number = one(page, NUMBER)
    digits = re.findall(r"\d+", number.text) if number else []
    if digits and len(digits[0]) < 2:
        yield f"the number is written {digits[0]}"


@rule
def the_heads_begin_level(page: Measured) -> Deviations:
    left, right = head(page, "left"), head(page, "right")
    if not left or not right:
        yield "a head is missing"
    elif abs(min(line.top for line in left) - min(line.top for line in right)) > 1.5:
        yield "the heads do not begin level"


@rule
def the_kind_is_in_bold_capitals_13_to_14(page: Measured) -> Deviations:
    yield from has(one(page, "BÁO CÁO"), "the kind", (13, 14), bold=True, italic=False)


@rule
def the_kind_stands_in_the_middle(page: Measured) -> Deviations:
    kind = one(page, "BÁO CÁO")
    if kind:
        middle = (30 + page.sizes[0][0] - 15) / 2
        yield from near(kind.middle, middle - 1, middle + 1, "the middle of the kind in mm")


@rule
def the_subject_is_bold_13_to_14_under_the_kind(page: Measured) -> Deviations:
    lines = subject_of(page)
    if not lines:
        yield "there is no subject under the kind"
    for line in lines:
        yield from has(line, "the subject", (13, 14), bold=True, italic=False)


@rule
def the_subject_s_rule_is_a_third_to_a_half_of_its_line(page: Measured) -> Deviations:
    lines = subject_of(page)
    drawn = under(page, lines[-1]) if lines else None
    if drawn is None:
        yield "no rule stands under the subject"
        return
    yield from near(drawn.length / max(line.x1 - line.x0 for line in lines) * 100, 33, 50, "its length in hundredths")
    yield from near((drawn.x0 + drawn.x1) / 2 - lines[-1].middle, -0.8, 0.8, "its place beside the middle")


@rule
def kinh_gui_is_upright_13_to_14(page: Measured) -> Deviations:
    yield from has(one(page, "Kính gửi:.*"), "Kính gửi", (13, 14), bold=False, italic=False)


@rule
def several_addressees_end_in_semicolons_and_a_dot(page: Measured) -> Deviations:
    opening = one(page, "Kính gửi:")
    if opening is None:
        return
    below = [line for line in page.text(1) if 0.5 < line.top - opening.top < 30 and not line.in_table]
    lines = [
        line for line in below if line.x0 > 65 and not line.italic and not (line.bold and line.size < 13)
    ]  # a chart
    for place, line in enumerate(lines, start=1):
        if not line.text.startswith("- ") or not line.text.endswith("." if place == len(lines) else ";"):
            yield f"addressee {place} is written “{line.text}”"


@rule
def the_parts_stand_in_their_order(page: Measured) -> Deviations:
    names = (STATE, "BÁO CÁO", "Kính gửi:.*", "Nơi nhận:", "Phụ lục( [IVX]+)?")
    places = [(line.page, line.top) for line in (one(page, name) for name in names) if line]
    if any(later <= earlier for earlier, later in itertools.pairwise(places)):
        yield "state's name, kind, addressees, recipients and annexes do not follow each other"


@rule
def the_signer_s_office_is_in_bold_capitals_13_to_14(page: Measured) -> Deviations:
    lines = signer(page)
    if not lines:
        yield "nobody signs"
    offices = [line for line in lines if line.text == line.text.upper()] or lines[:1]
    for line in offices:
        yield from has(line, "the signer's office", (13, 14), bold=True, italic=False)
        if line.text != line.text.upper():
            yield f"“{line.text}” is not in capitals"


@rule
def the_signer_s_name_is_bold_13_to_14(page: Measured) -> Deviations:
    for line in signer(page)[-1:]:
        yield from has(line, "the signer's name", (13, 14), bold=True, italic=False)


@rule
def the_signer_s_name_has_no_title(page: Measured) -> Deviations:
    for line in signer(page)[-1:]:
        if line.text.startswith(TITLES):
            yield f"the name is written “{line.text}”"


@rule
def the_lines_of_the_signature_have_one_middle(page: Measured) -> Deviations:
    lines = signer(page)
    for line in lines[1:]:
        yield from centred(line, lines[0], f"“{line.text}”")


@rule
def there_is_room_to_sign(page: Measured) -> Deviations:
    lines = signer(page)
    offices = [line for line in lines if line.text == line.text.upper()]
    if offices and len(lines) > len(offices) and lines[-1].top - offices[-1].base < 20:
        yield f"{lines[-1].top - offices[-1].base:.1f} mm are left for signature and seal"


@rule
def noi_nhan_is_in_bold_italics_12_at_the_left(page: Measured) -> Deviations:
    line = one(page, "Nơi nhận:")
    yield from has(line, "Nơi nhận", (12, 12), bold=True, italic=True)
    if line:
        yield from near(line.x0, 29.8, 35, "the place of Nơi nhận in mm")


@rule
def noi_nhan_is_level_with_the_signer(page: Measured) -> Deviations:
    line, lines = one(page, "Nơi nhận:"), signer(page)
    if line and lines and abs(line.top - lines[0].top) > 3:
        yield f"Nơi nhận stands {line.top - lines[0].top:.1f} mm beside the signer"


@rule
def recipients_are_upright_11(page: Measured) -> Deviations:
    for line in recipients(page):
        yield from has(line, f"“{line.text}”", (11, 11), bold=False, italic=False)


@rule
def recipients_end_in_semicolons_and_the_last_keeps_the_file(page: Measured) -> Deviations:
    lines = [line.text for line in recipients(page)]
    if not lines or not re.fullmatch(r"- Lưu: VT(, [\w.]+)*\.", lines[-1]):
        yield f"the last recipient is written “{lines[-1] if lines else ''}”"
    for text in lines[:-1]:
        if text.startswith("- ") and not text.endswith(";"):
            yield f"a recipient is written “{text}”"


@rule
def the_word_annex_is_bold_14(page: Measured) -> Deviations:
    for line in page.lines:
        if re.fullmatch("Phụ lục( [IVX]+)?", line.text) and not line.in_table:
            yield from has(line, "the annex's title", (14, 14), bold=True, italic=False)


@rule
def an_annex_has_its_name_in_bold_capitals_and_its_reference_in_italics(page: Measured) -> Deviations:
    for line in page.lines:
        if not re.fullmatch("Phụ lục( [IVX]+)?", line.text):
            continue
        below = sorted((one for one in page.text(line.page) if line.top < one.top < line.top + 25), key=lambda o: o.top)
        names = [one for one in below if one.bold and not one.in_table]
        yield from has(names[0] if names else None, "the annex's name", (13, 14), bold=True, italic=False)
        yield from (f"“{one.text}” is not in capitals" for one in names[:1] if one.text != one.text.upper())
        references = [one for one in below if one.text.startswith("(Kèm theo")]
        yield from has(references[0] if references else None, "the reference", (13, 14), bold=False, italic=True)


@rule
def the_signature_stands_alone_on_no_page(page: Measured) -> Deviations:
    """Two lines of the text, a row of a table or a part of a chart stand over it."""
    end = one(page, "Nơi nhận:")
    if end is None:
        return
    above = {round(line.top) for line in page.text(end.page) if line.base > 19 and line.base < end.top}
    if len(above) < 2:
        yield f"page {end.page} has the signature alone"
