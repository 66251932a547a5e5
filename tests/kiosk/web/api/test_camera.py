"""The call by which a kiosk has the pictures of its camera read."""

from __future__ import annotations

import pytest

from kiosk.jobs import code_reader
from kiosk.jobs.code_reader import CodeRead, ReaderBusy, ReaderFailed
from tests.kiosk.jobs.test_code_reader import ADDRESS, CARD, CODE, EMPTY, picture
from tests.office import OfficeStory

PATH = "/api/v1/camera-pictures"


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child starts as slowly as the machine is loaded."""
    monkeypatch.setattr(code_reader, "MOST_S", 60.0)


def test_a_kiosk_is_told_what_stands_in_a_code_and_nothing_of_it_is_kept(small_office: OfficeStory) -> None:
    assert small_office.service
    before = small_office.events()
    for text, told in ((CODE, CODE), (ADDRESS, ADDRESS), (CARD, None)):
        answer = small_office.send("POST", PATH, "kiosk", picture(text, side=300))
        assert (answer.status_code, answer.json) == (200, {"text": told, "over": True})
    assert small_office.send("POST", PATH, "kiosk", EMPTY).json == {"text": None, "over": False}
    assert small_office.events() == before


def test_a_picture_of_another_size_and_another_device_are_refused(small_office: OfficeStory) -> None:
    assert small_office.send("POST", PATH, "kiosk", EMPTY[1:]).status_code == 400
    assert small_office.send("POST", PATH, "kiosk", EMPTY + b"x").status_code == 413
    for role in ("counter", "tablet", "board", "admin"):
        assert small_office.send("POST", PATH, role, EMPTY).status_code == 403
    assert small_office.send("POST", PATH, None, EMPTY).status_code == 401


def test_a_kiosk_sends_no_more_than_300_pictures_a_minute(
    small_office: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(small_office.service.dependencies.code_reader, "read", lambda picture: CodeRead(None, False))
    answers = [small_office.send("POST", PATH, "kiosk", EMPTY).status_code for _ in range(301)]
    assert answers == [200] * 300 + [429]


@pytest.mark.parametrize(("wrong", "status"), [(ReaderBusy, 429), (ReaderFailed, 503)])
def test_a_reader_that_is_busy_or_gone_is_told_in_words(
    small_office: OfficeStory, monkeypatch: pytest.MonkeyPatch, wrong: type[Exception], status: int
) -> None:
    def read(picture: bytes) -> CodeRead:
        raise wrong

    monkeypatch.setattr(small_office.service.dependencies.code_reader, "read", read)
    answer = small_office.send("POST", PATH, "kiosk", EMPTY)
    assert answer.status_code == status
    if status == 503:
        assert answer.json["title"] == "Máy ảnh không dùng được. Xin gõ mã."
