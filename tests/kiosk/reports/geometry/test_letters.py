"""Every rule of the decree holds in what is produced, and every rule catches a letter that breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.reports.document import DocumentSection, Paragraph
from kiosk.reports.writers import layout, pdf_flow, pdf_writer
from kiosk.reports.writers.pdf_writer import to_pdf
from tests.kiosk.reports.geometry import page_rules, part_rules
from tests.kiosk.reports.geometry.letters import (
    LETTER,
    LONG,
    SEVERAL,
    SHORT,
    Spoil,
    both,
    coloured,
    instead,
    line,
    other_face,
    parted,
    patched,
    ragged,
    setting,
    sunk,
    turned,
    wide,
)
from tests.kiosk.reports.geometry.measured import measure
from tests.kiosk.reports.geometry.rules_of_letters import MOTTO, RULES, STATE

assert page_rules and part_rules, "they fill RULES"
SUPERIOR, ISSUER = LETTER.superior.upper(), LETTER.issuer.upper()
DATED, NUMBER = LETTER.place_and_date, layout.number_line(LETTER)
NOTHING = lambda *_: None  # noqa: E731


def with_letter(**changes: object) -> Spoil:
    return instead(replace(SHORT, letter=replace(LETTER, **changes)))  # type: ignore[arg-type]


def with_text(text: str) -> Spoil:
    return instead(replace(SHORT, sections=(DocumentSection("", (Paragraph(text),)),)))


# rule → a letter that breaks it
BROKEN: dict[str, Spoil] = {
    "every_page_is_a4": setting("LONG_MM", 279),
    "only_for_tables_the_text_lies_on_its_side": instead(
        replace(SHORT, landscape=True, sections=(DocumentSection("", (Paragraph(LONG),)),))
    ),
    "the_top_margin_is_20_to_25": setting("TOP_MM", 12),
    "the_bottom_margin_is_20": setting("BOTTOM_MM", 8, SEVERAL),
    "the_left_margin_is_30_to_35": setting("LEFT_MM", 20),
    "the_right_margin_is_15_to_20": setting("RIGHT_MM", 8),
    "tables_keep_within_the_margins": wide,
    "letters_are_those_of_times_new_roman": other_face,
    "every_font_is_embedded": other_face,
    "letters_are_black": coloured,
    "every_vietnamese_letter_is_there": with_text("Hồ \ufffd"),
    "the_first_page_has_no_number": patched(pdf_writer._Pages, "_begin", pdf_writer._Pages._number),
    "later_pages_have_their_number": patched(pdf_writer._Pages, "_number", NOTHING, SEVERAL),
    "page_numbers_stand_in_the_middle": patched(
        pdf_writer.Canvas, "drawCentredString", pdf_writer.Canvas.drawString, SEVERAL
    ),
    "page_numbers_are_upright_13_to_14": setting("NUMBER_PT", 11, SEVERAL),
    "annexes_are_counted_apart": patched(pdf_writer._Pages, "_begin", NOTHING, SEVERAL),
    "the_text_is_upright_13_to_14": setting("BODY_PT", 12.5),
    "there_is_a_text": instead(replace(SHORT, sections=())),
    "the_text_is_justified": ragged,
    "first_lines_are_indented_by_10_or_12_7_mm": setting("FIRST_LINE_MM", 7),
    "lines_stand_between_single_and_one_and_a_half": patched(pdf_flow, "LEAD", 2.0),
    "paragraphs_are_6_points_apart": setting("PARAGRAPH_PT", 0),
    "letters_of_tables_are_11_to_14": setting("TABLE_PT", 9),
    "the_state_s_name_is_bold_capitals_12_to_13": line(STATE, bold=False),
    "the_motto_is_bold_13_to_14_with_spaced_hyphens": line(MOTTO, text=MOTTO.replace(" - ", "-")),
    "the_state_s_name_stands_at_the_top_right": setting("LEFT_BLOCK", 0.1),
    "the_motto_stands_under_the_middle_of_the_state_s_name": line(MOTTO, side="left"),
    "the_motto_s_rule_has_the_length_of_its_line": patched(pdf_writer, "rule", lambda mm: pdf_flow.rule(mm * 0.8)),
    "place_and_date_are_in_italics_13_to_14": line(DATED, italic=False),
    "place_and_date_stand_under_the_motto": line(DATED, side="right"),
    "days_and_the_first_two_months_have_two_digits": line(DATED, text="Ba Vì, ngày 5 tháng 03 năm 2024"),
    "the_superior_is_in_upright_capitals_12_to_13": line(SUPERIOR, text=LETTER.superior),
    "the_issuer_is_in_bold_capitals_12_to_13": line(ISSUER, text=LETTER.issuer),
    "the_superior_stands_over_the_issuer": both(
        line(SUPERIOR, text="XÃ", bold=True), line(ISSUER, text="HUYỆN", bold=False)
    ),
    "the_issuer_s_rule_is_a_third_to_a_half_of_its_line": setting("SHORT_RULE", 0.9),
    "the_number_is_upright_13": setting("NUMBER_PT", 12),
    "the_number_stands_under_the_middle_of_the_issuer": line(NUMBER, side="left"),
    "numbers_below_10_have_a_0": line(NUMBER, text="Số: 5/BC-UBND"),
    "the_heads_begin_level": sunk,
    "the_kind_is_in_bold_capitals_13_to_14": line("BÁO CÁO", bold=False),
    "the_kind_stands_in_the_middle": line("BÁO CÁO", side="left"),
    "the_subject_is_bold_13_to_14_under_the_kind": line(SHORT.title, bold=False),
    "the_subject_s_rule_is_a_third_to_a_half_of_its_line": setting("SHORT_RULE", 0.8),
    "kinh_gui_is_upright_13_to_14": with_letter(addressees=()),
    "several_addressees_end_in_semicolons_and_a_dot": patched(
        layout, "addressed_lines", lambda _: ["Kính gửi:", "- Ủy ban nhân dân tỉnh,", "- Sở Nội vụ"]
    ),
    "the_parts_stand_in_their_order": turned,
    "the_signer_s_office_is_in_bold_capitals_13_to_14": line("CHỦ TỊCH", bold=False),
    "the_signer_s_name_is_bold_13_to_14": line(LETTER.signer_name, bold=False),
    "the_signer_s_name_has_no_title": with_letter(signer_name="ThS. Nguyễn Văn A"),
    "the_lines_of_the_signature_have_one_middle": line(LETTER.signer_name, side="right"),
    "there_is_room_to_sign": setting("SIGNATURE_MM", 5),
    "the_signature_stands_alone_on_no_page": parted,
    "noi_nhan_is_in_bold_italics_12_at_the_left": setting("RECIPIENTS_PT", 14),
    "noi_nhan_is_level_with_the_signer": sunk,
    "recipients_are_upright_11": setting("RECIPIENT_PT", 12),
    "recipients_end_in_semicolons_and_the_last_keeps_the_file": line("- Lưu: VT.", text="- Lưu: VT;"),
    "the_word_annex_is_bold_14": line("Phụ lục", bold=False),
    "an_annex_has_its_name_in_bold_capitals_and_its_reference_in_italics": line("SỐ LIỆU THEO LĨNH VỰC", bold=False),
}
PRODUCED = {"short": SHORT, "several": SEVERAL}


@pytest.fixture(autouse=True)
def _styles_of_this_test() -> Iterator[None]:
    pdf_flow._style.cache_clear()
    yield
    pdf_flow._style.cache_clear()


def deviations(data: bytes) -> dict[str, list[str]]:
    measured = measure(data)
    return {name: told for name, check in RULES.items() if (told := list(check(measured)))}


@pytest.mark.parametrize("name", PRODUCED)
def test_a_letter_deviates_in_nothing(name: str) -> None:
    assert deviations(to_pdf(PRODUCED[name])) == {}


@pytest.mark.parametrize("name", BROKEN)
def test_a_letter_that_breaks_a_rule_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = BROKEN[name](monkeypatch, SHORT)
    assert list(RULES[name](measure(to_pdf(document)))), f"{name} was not noticed"


def test_an_older_file_is_caught() -> None:
    old = to_pdf(SHORT).replace(b"%PDF-1.4", b"%PDF-1.3", 1)
    assert list(deviations(old)) == ["the_file_is_pdf_1_4_or_later"]


def test_every_rule_has_a_letter_that_breaks_it() -> None:
    assert len(RULES) >= 40
    assert set(RULES) - {"the_file_is_pdf_1_4_or_later"} == set(BROKEN)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert to_pdf(SHORT) == to_pdf(SHORT)


def test_a_letter_without_an_addressee_or_a_name_is_still_a_letter() -> None:
    plain = replace(SHORT, letter=replace(LETTER, addressees=(), signer_name=""))
    assert set(deviations(to_pdf(plain))) == {"kinh_gui_is_upright_13_to_14"}


def test_markup_in_a_text_stays_text() -> None:
    lines = measure(to_pdf(with_text("<b>a</b> & <para>")(pytest.MonkeyPatch(), SHORT))).lines
    assert any("<b>a</b> & <para>" in one.text for one in lines)


def test_a_form_with_signatures_keeps_its_own_head() -> None:
    from kiosk.reports.document import Signature

    form = replace(SHORT, heading=("Biểu số II.06a/VPCP/KSTT",), signatures=(Signature(["Người lập biểu"]),))
    texts = [one.text for one in measure(to_pdf(form)).lines]
    assert "Biểu số II.06a/VPCP/KSTT" in texts and STATE not in texts and "Người lập biểu" in texts


@pytest.mark.parametrize("lines", range(8, 16))
def test_no_heading_and_no_signature_stands_alone_on_a_page(lines: int) -> None:
    sections = (
        DocumentSection("", tuple(Paragraph(LONG) for _ in range(lines))),
        DocumentSection("2. Hồ sơ", (Paragraph("Đã giải quyết 681 hồ sơ."),)),
    )
    measured = measure(to_pdf(replace(SHORT, sections=sections)))
    (heading,) = [one for one in measured.lines if one.text == "2. Hồ sơ"]
    (sentence,) = [one for one in measured.lines if one.text == "Đã giải quyết 681 hồ sơ."]
    (signer,) = [one for one in measured.lines if one.text == "CHỦ TỊCH"]
    assert heading.page == sentence.page == signer.page
