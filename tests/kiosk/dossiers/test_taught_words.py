"""An office teaches what its software calls columns, statuses and channels; every later table is read with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.dossier_words import WordsRefused
from kiosk.dossiers.taught_words import FILE, TaughtWords
from tests.office import OfficeStory

WORDS = "/api/v1/dossiers/words"
HEAD = "Mã số tra cứu,Mã thủ tục,Lĩnh vực,Kênh,Tiến độ,Ngày tiếp nhận,Ngày hẹn trả\n"
ROW = "000.00.53.H48-240412-0001,1.001193,Hộ tịch,Cổng tỉnh,Chuyên viên soạn,12/04/2024 08:00,16/04/2024\n"
TAUGHT = {
    "columns": {"code": ["Mã số tra cứu"], "status": ["Tiến độ", "Bước hiện tại"], "channel": ["Kênh"]},
    "statuses": {"4": ["Chuyên viên soạn"]},
    "channels": {"2": ["Cổng tỉnh"]},
}


def hand_in(office: OfficeStory, trial: str = "yes") -> Any:
    return office.send("POST", f"/api/v1/dossiers/table?trial={trial}", "admin", (HEAD + ROW).encode())


def test_a_table_in_the_office_s_own_words_is_read_once_they_are_taught(small_office: OfficeStory) -> None:
    refused = hand_in(small_office)
    assert refused.status_code == 400 and "thiếu cột: Mã hồ sơ, Trạng thái" in refused.json["detail"]
    assert small_office.send("PUT", WORDS, "admin", TAUGHT).status_code == 204
    (change,) = hand_in(small_office).json["changes"]
    assert (change["status_text"], change["channel_text"]) == ("đang xử lý", "trực tuyến")
    meanings = small_office.send("GET", WORDS, "admin").json["meanings"]
    taught = {(one["kind"], one["key"]): one["taught"] for one in meanings if one["taught"]}
    assert taught[("columns", "status")] == ["Tiến độ", "Bước hiện tại"] and len(taught) == 5
    code = next(one for one in meanings if one["key"] == "code")
    assert code["title"] == "Mã hồ sơ" and "Số biên nhận" in code["known"]
    hand_in(small_office, "no")
    with small_office.app.store.reading() as reading:
        assert [one.channel for one in reading.dossiers.all()] == [2]


@pytest.mark.parametrize(
    ("taught", "words"),
    [
        ({"statuses": {"4": ["Soạn"], "9": ["soan"]}}, "không thể có hai nghĩa"),
        ({"statuses": {"11": ["Soạn"]}}, "no meaning"),
        ({"columns": {"applicant": ["Chủ hồ sơ"]}}, "no meaning"),
    ],
)
def test_what_cannot_be_meant_is_refused(small_office: OfficeStory, taught: dict[str, Any], words: str) -> None:
    answer = small_office.send("PUT", WORDS, "admin", taught)
    assert answer.status_code == 400 and words in answer.json["detail"]
    assert small_office.send("PUT", WORDS, "counter", {}, counter="1").status_code == 403


@pytest.mark.parametrize("text", ["{", "[]", '{"statuses": {"99": ["x"]}}'])
def test_a_file_that_somebody_broke_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WordsRefused):
        TaughtWords(tmp_path).meanings()
