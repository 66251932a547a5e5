"""Vietnamese words as people write them: compared without marks, kept without odd characters."""

from __future__ import annotations

import unicodedata

import pytest

from sync.dossiers.text_keys import clean_text, in_old_font, key_of


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Lĩnh  Vực:", "linh vuc"),
        ("ĐẤT ĐAI", "dat dai"),
        ("Đ/c: số 5", "d c so 5"),
        ("MaHoSo", "mahoso"),
        ("ma_ho_so", "ma ho so"),
        ("Phòng, chống thiên tai.", "phong chong thien tai"),
        ("  (1) ", "1"),
        ("ươƯƠ", "uouo"),
        ("–", ""),
        ("", ""),
    ],
)
def test_case_marks_and_punctuation_do_not_count(text: str, key: str) -> None:
    assert key_of(text) == key
    assert key_of(unicodedata.normalize("NFD", text)) == key


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Hộ   tịch ", "Hộ tịch"),
        ("Hô\u0323\u0302 ti\u0323ch".replace("ô\u0323\u0302", "o\u0323\u0302"), "Hộ tịch"),
        ("Hộ\ttịch\r\n", "Hộ tịch"),
        ("Hộ\u00a0tịch", "Hộ tịch"),
        ("Hộ\x00tịch", "Hộ tịch"),
        ("", ""),
    ],
)
def test_what_is_kept_is_composed_and_has_single_spaces(text: str, clean: str) -> None:
    assert clean_text(text) == clean


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("M· hå s¬ Ngµy tiÕp nhËn §ang xö lý", True),
        ("Ngµy hÑn tr¶ hå s¬", True),
        ("ab µµµµ", True),
        ("ab µµµ", False),
        ("Mã hồ sơ", False),
        ("Mã hồ sơ · § ¬ µ ¸", False),  # Unicode with signs
        ("naïve café", False),
        ("Lý do", False),
    ],
)
def test_text_of_a_font_from_before_unicode_is_noticed(text: str, old: bool) -> None:
    assert in_old_font(text) is old
