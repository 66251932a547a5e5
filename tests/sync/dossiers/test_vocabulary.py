"""The shipped words of upstream systems, and how an office adds to them."""

from __future__ import annotations

from datetime import time

import pytest

from sync.dossiers.vocabulary import VocabularyFile, shipped_vocabulary, vocabulary_from

TABLES: VocabularyFile = {
    "required": ["code"],
    "columns": {"code": ["Mã hồ sơ", "Số HS"]},
    "status": {"4": ["Đang xử lý"], "10": ["Đã trả"]},
    "channel": {"1": ["Trực tiếp"]},
    "answer": {"yes": ["Có", "x"], "no": ["Không"]},
    "no_time": ["Trong ngày"],
    "whole_day": {"received_at": time(7)},
    "fields": {"known": ["Hộ tịch", "Thi đua - khen thưởng"]},
    "reasons": {"known": ["Máy hỏng"], "other": "Lý do khác"},
    "names": {"families": "Phạm Lê", "titles": "Ông Bà", "columns": ["Chủ hồ sơ"]},
}
VOCABULARY = vocabulary_from(TABLES)


def test_words_are_kept_by_their_keys_and_numbers_stand_for_themselves() -> None:
    assert VOCABULARY.columns == {"code": ["ma ho so", "so hs"]}
    assert VOCABULARY.status == {"4": 4, "04": 4, "10": 10, "dang xu ly": 4, "da tra": 10}
    assert VOCABULARY.channel == {"1": 1, "01": 1, "truc tiep": 1}
    assert (VOCABULARY.yes, VOCABULARY.no) == ({"co", "x"}, {"khong"})
    assert (VOCABULARY.families, VOCABULARY.titles) == ({"phạm", "lê"}, {"ông", "bà"})


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("hộ tịch", "Hộ tịch"),
        ("Lĩnh vực hộ tịch", "Hộ tịch"),
        ("thi đua, khen thưởng", "Thi đua - khen thưởng"),
        ("Hộ tịch khác", None),
        ("", None),
    ],
)
def test_a_field_is_known_by_its_whole_name(text: str, field: str | None) -> None:
    assert VOCABULARY.field(text) == field


@pytest.mark.parametrize(
    ("text", "reason"),
    [("MÁY HỎNG", "Máy hỏng"), ("lý do khác", "Lý do khác"), ("gọi bà Lan", "Lý do khác"), ("", None), (" – ", None)],
)
def test_a_reason_that_is_not_listed_becomes_the_general_one(text: str, reason: str | None) -> None:
    assert VOCABULARY.reason(text) == reason


def test_an_office_adds_fields_reasons_and_the_column_of_the_applicant() -> None:
    more = VOCABULARY.with_fields([" Vùng  đệm "]).with_reasons(["Mất điện"])
    assert (more.field("vùng đệm"), more.reason("mất điện")) == ("Vùng đệm", "Mất điện")
    assert VOCABULARY.field("vùng đệm") is None
    assert more.with_applicants().columns == {"code": ["ma ho so", "so hs"], "applicant": ["chu ho so"]}


def test_the_shipped_words_name_every_status_channel_and_time() -> None:
    shipped = shipped_vocabulary()
    assert set(shipped.status.values()) == set(range(1, 11)) and set(shipped.channel.values()) == {1, 2, 3, 4}
    assert shipped.status["dang xu ly"] == 4 and shipped.status["da tra ket qua"] == 10
    assert shipped.whole_day == {
        "received_at": time(7),
        "due_at": time(17),
        "finished_at": time(17),
        "returned_at": time(17),
    }
    assert set(shipped.required) == {"code", "status", "received_at"} <= set(shipped.columns)
