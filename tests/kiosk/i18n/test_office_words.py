"""Sentences of a language that an office added by a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from config import places
from kiosk.i18n.catalogues import catalogue, translate
from kiosk.i18n.office_words import WordsUnreadable, read_words, usable, wrong_places

VIETNAMESE = {"Take a number": "Lấy số", "{count} people": "{count} người", "Welcome!": "Kính chào {folk}!"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path / "state"))


def office_file(words: object, language: str = "qps") -> None:
    places.translations_folder().mkdir(parents=True, exist_ok=True)
    (places.translations_folder() / f"{language}.json").write_text(json.dumps(words), encoding="utf-8")


@pytest.mark.parametrize(
    ("key", "text", "wrong"),
    [
        ("Take a number", "[Lấy số]", set()),
        ("{count} people", "[{count}]", set()),
        ("{count} people", "[nobody]", {"count"}),
        ("{count} people", "[{cuont}]", {"count", "cuont"}),
        ("Take a number", "[{folk}]", {"folk"}),  # Vietnamese does not fill it here
        ("Welcome!", "[{folk}]", set()),
        ("Welcome!", "[]", set()),
    ],
)
def test_a_sentence_is_filled_as_the_page_fills_it(key: str, text: str, wrong: set[str]) -> None:
    assert wrong_places(key, VIETNAMESE[key], text) == wrong


def test_unknown_keys_empty_and_wrong_sentences_are_left_out() -> None:
    words = {"Take a number": "[Lấy số]", "{count} people": "[?]", "Welcome!": "", "Of another version": "[x]"}
    assert usable(words, VIETNAMESE) == {"Take a number": "[Lấy số]"}


def test_the_file_comes_before_the_catalogues_and_the_rest_is_vietnamese() -> None:
    office_file({"Take a number": "[Lấy số]", "QUEUE TICKET": "[PHIẾU]"})
    assert translate("Take a number", "qps") == "[Lấy số]"
    assert translate("Look up a dossier", "qps") == translate("Look up a dossier") == "Tra cứu hồ sơ"
    assert catalogue("slips").translate("QUEUE TICKET", "qps") == "[PHIẾU]"
    assert catalogue("slips").translate("Take a number", "qps") == "Take a number", "no sentence of slips"
    assert translate("Take a number") == "Lấy số" and translate("Take a number", "en") == "Take a number"


def test_a_damaged_file_says_vietnamese_and_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    places.translations_folder().mkdir(parents=True)
    (places.translations_folder() / "qps.json").write_text("{", encoding="utf-8")
    assert translate("Take a number", "qps") == "Lấy số"
    assert "qps.json" in caplog.text


@pytest.mark.parametrize("text", ["[]", '{"a": 1}', "\xff"])
def test_what_is_no_file_of_sentences_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "qps.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(WordsUnreadable, match=r"qps\.json"):
        read_words(file)
    assert read_words(tmp_path / "none.json") == {}


def test_letters_come_composed(tmp_path: Path) -> None:
    file = tmp_path / "qps.json"
    file.write_text(json.dumps({"Take a number": "Lấy"}), encoding="utf-8")
    assert read_words(file) == {"Take a number": "Lấy"}
