"""Wherever upstream puts a person, nothing of them comes past the edge."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.dossier import CODE as CODE_OF_THE_HOUSE
from kiosk.domain.dossier import STEPS, UNNAMED_FIELD, Status
from sync.dossiers.edge import plain_edge
from sync.dossiers.rows import CODE, KEYS, OTHER_FIELD, Edge, Unreadable
from sync.dossiers.words import Catalogue, shipped_words
from sync.wording import say
from tests.sync.exports import PEOPLE

EDGE = Edge(
    shipped_words().with_reasons(["Máy hỏng  cả tuần"]),
    Catalogue.of([("1.001193", "Đăng ký khai sinh", "Hộ tịch")], ["Bảo trợ xã hội"]), ZoneInfo("Asia/Ho_Chi_Minh"),
)  # fmt: skip
CELLS: dict[str, object] = {
    "code": "H48.53-240414-0001", "procedure": "1.001193", "procedure_name": "", "field": "Hộ tịch", "channel": "2",
    "status": "10", "received_at": "20240414080000", "due_at": "20240416080000", "finished_at": "20240415080000",
    "returned_at": "", "carried_over": "", "digitised": "0", "not_digitised_reason": "",
}  # fmt: skip
TOLD: dict[str, Any] = {
    "code": "H48.53-240414-0001", "procedure": "1.001193", "field": "Hộ tịch", "channel": 2, "status": 10,
    "received_at": "2024-04-14T01:00:00.000Z", "due_at": None, "finished_at": None, "carried_over": False,
    "digitised": False, "not_digitised_reason": None, "step": None,
}  # fmt: skip
TRACE = st.sampled_from([t for one in PEOPLE for t in (one.name, one.name.upper(), one.phone, one.number)])
TEXT = st.one_of(TRACE, st.builds("{0} {1}".format, TRACE, TRACE), st.builds("Máy: {0}".format, TRACE))
TEXTS = ["procedure", "field", "not_digitised_reason", "step", "owner"]  # the service checks the form of the others
PLACES = st.sampled_from([*CELLS, "ChuHoSo", "Ghi chú"])


def found_in(value: object) -> list[str]:
    text = json.dumps(value, ensure_ascii=False)
    return [trace for person in PEOPLE for trace in person.traces() if trace in text]


@given(st.dictionaries(PLACES, TEXT, max_size=5))
@settings(max_examples=400)
def test_no_cell_carries_a_person_in(people: dict[str, str]) -> None:
    try:
        dossier = EDGE.dossier({**CELLS, **people})
    except Unreadable as error:
        assert found_in([say(trouble.message) for trouble in error.troubles] + [str(error)]) == []
        return
    assert set(dossier) <= set(KEYS) and found_in(dossier) == []


@given(st.dictionaries(st.sampled_from(TEXTS), TEXT, max_size=5))
@settings(max_examples=400)
def test_no_text_of_a_told_dossier_carries_a_person_in(people: dict[str, str]) -> None:
    dossier = EDGE.admitted({**TOLD, **people})
    assert set(dossier) <= set(KEYS) and found_in(dossier) == []
    assert dossier["step"] == "returned"


def test_a_dossier_without_anything_odd_comes_through_as_it_is() -> None:
    whole = {**TOLD, "not_digitised_reason": "Máy hỏng cả tuần", "step": "returned"}
    assert EDGE.admitted(whole) == whole
    assert plain_edge().admitted({**whole, "not_digitised_reason": None}) == {**whole, "not_digitised_reason": None}


def test_what_is_not_told_is_not_invented() -> None:
    assert EDGE.admitted({"code": "x"}) == {"code": "x"}


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("Nguyễn Văn A", True), ("PHẠM THỊ B", True), ("Bà Đinh", True), ("gọi 0905 123 456", True), ("a@b.vn", True),
        ("Hộ tịch", False), ("HỘ TỊCH", False), ("Lý lịch tư pháp", False), ("Lao động, tiền lương", False),
        ("Đất đai (40 thủ tục)", False), ("Hồ sơ", False), ("", False),
    ],
)  # fmt: skip
def test_what_looks_like_a_person_and_what_like_a_field(text: str, personal: bool) -> None:
    assert shipped_words().personal(text) is personal


def test_house_and_edge_agree_on_words() -> None:
    assert CODE.pattern == CODE_OF_THE_HOUSE.pattern and OTHER_FIELD == UNNAMED_FIELD
    assert shipped_words().step == {int(status): step for status, step in STEPS.items()}
    assert set(shipped_words().status.values()) == {int(status) for status in Status}
