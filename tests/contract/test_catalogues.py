"""One loader of sentences for every part, tried on catalogues made here."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from contract.catalogues import Catalogue, grouped


def write(folder: Path, language: str, domain: str, sentences: dict[str, str]) -> None:
    target = folder / language / "LC_MESSAGES" / f"{domain}.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Catalog(locale=language, creation_date=datetime(2024, 1, 1, tzinfo=UTC))
    for key, text in sentences.items():
        made.add(key, text)
    with target.open("wb") as file:
        write_mo(file, made)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "vi", "touch", {"Open": "Mở", "Call {number}": "Mời số {number}", "Bell": "Chuông"})
    write(tmp_path, "vi", "console", {"Open": "Mở quầy", "Close": "Đóng"})
    write(
        tmp_path,
        "fr",
        "touch",
        {"Open": "Ouvrir"},
    )
    return tmp_path


def test_a_sentence_is_vietnamese_unless_said_otherwise(folder: Path) -> None:
    assert Catalogue(folder, "touch").translate("Open") == "Mở"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("vi", "Mở"), ("fr", "Ouvrir"), ("en", "Open"), ("hre", "Mở")],
)
def test_a_language_without_a_catalogue_speaks_vietnamese(folder: Path, language: str, expected: str) -> None:
    assert Catalogue(folder, "touch").translate("Open", language) == expected


def test_a_sentence_that_a_language_lacks_is_said_in_vietnamese(folder: Path) -> None:
    assert Catalogue(folder, "touch").translate("Bell", "fr") == "Chuông"


def test_a_sentence_that_nobody_translated_stays_english(folder: Path) -> None:
    assert Catalogue(folder, "touch").translate("Nobody said this {x}") == "Nobody said this {x}"


def test_the_domain_named_first_has_the_first_word(folder: Path) -> None:
    assert Catalogue(folder, "touch", "console").translate("Open") == "Mở"
    assert Catalogue(folder, "console", "touch").translate("Open") == "Mở quầy"
    assert Catalogue(folder, "touch", "console").translate("Close") == "Đóng"


def test_values_fill_the_braces_in_every_language(folder: Path) -> None:
    catalogue = Catalogue(folder, "touch")
    assert catalogue.translate("Call {number}", number="A012") == "Mời số A012"
    assert catalogue.translate("Call {number}", "en", number="A012") == "Call A012"


def test_without_values_braces_stay(folder: Path) -> None:
    assert Catalogue(folder, "touch").translate("Call {number}") == "Mời số {number}"


def test_the_empty_text_is_nothing_and_not_the_head_of_the_catalogue(folder: Path) -> None:
    assert Catalogue(folder, "touch").translate("") == ""


def test_text_comes_composed(folder: Path) -> None:
    name = unicodedata.normalize("NFD", "Hộ tịch")
    text = Catalogue(folder, "touch").translate("Call {number}", number=name)
    assert text == "Mời số Hộ tịch"
    assert unicodedata.is_normalized("NFC", text)


def test_pages_get_every_sentence_of_their_domains_and_nothing_else(folder: Path) -> None:
    assert Catalogue(folder, "console").sentences() == {"Open": "Mở quầy", "Close": "Đóng"}
    both = Catalogue(folder, "touch", "console").sentences()
    assert both == {"Open": "Mở quầy", "Call {number}": "Mời số {number}", "Bell": "Chuông", "Close": "Đóng"}


def test_a_folder_without_catalogues_gives_no_sentences(tmp_path: Path) -> None:
    assert Catalogue(tmp_path, "touch").sentences() == {}


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (7, "7"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567"), (-1500, "-1.500")]
)
def test_thousands_are_parted_by_dots(count: int, text: str) -> None:
    assert grouped(count) == text
