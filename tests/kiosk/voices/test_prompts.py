"""The phrases of the citizens' pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from display_board.voices.packs import FILE, KEY, MOST_PHRASES
from display_board.voices.phrases import written
from kiosk.i18n.catalogues import catalogue
from kiosk.voices.library import VoiceLibrary, manner_of
from kiosk.voices.page_prompts import PagePrompts
from kiosk.voices.prompts import Prompt, for_page, parts_of, prompts
from kiosk.voices.sentences import FIRST, GROUPS
from kiosk.web.pages.sentences import citizens_sentences, page_keys
from tests.office import sample_configuration

CONFIGURATION = sample_configuration("sqlite:///x.db")
ALL = prompts(CONFIGURATION, citizens_sentences())
SENTENCES = [sentence for sentences in GROUPS.values() for sentence in sentences.values()]


def by_source(sentence: str) -> dict[str, tuple[str | None, str | None]]:
    return {one.key: (one.text("vi"), one.text("en")) for one in ALL if one.source == sentence}


def test_a_sentence_with_a_value_is_the_pieces_around_it() -> None:
    assert by_source("Before you: {count} people.") == {
        "start.ahead0": ("Trước bà con có", "Before you"),
        "start.ahead1": ("người", "people"),
    }


def test_each_end_of_a_sentence_parts_it_so_that_pieces_serve_in_several() -> None:
    assert parts_of("Xin nộp phí. Lấy số ở ô *{name}*.", "bà con") == ["Xin nộp phí", "Lấy số ở ô", ""]
    assert parts_of("{Folk} cần việc gì?", "công dân") == ["Công dân cần việc gì"]


def test_a_language_that_builds_a_sentence_otherwise_shares_no_clip_with_vietnamese() -> None:
    """Its pieces in Vietnamese would come in an order that says something else."""
    (vietnamese, behind, english) = by_source("You are being served at counter {counter}.").values()
    assert vietnamese == ("Cán bộ quầy", None)
    assert behind == ("đang phục vụ bà con", None)
    assert english == (None, "You are being served at counter")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_named_sentence_is_one_that_a_page_shows_and_that_is_translated(sentence: str) -> None:
    assert sentence in citizens_sentences(), "no citizens' page shows it"
    assert catalogue().sentences()[sentence] != sentence


def test_names_fit_into_a_pack_and_are_unique() -> None:
    keys = [one.key for one in ALL]
    assert len(set(keys)) == len(keys)
    assert all(KEY.fullmatch(key) for key in keys)
    assert all(FILE.fullmatch(f"{key.replace('.', '-')}-{'0' * 12}.wav") for key in keys)
    assert not set(keys) & set(written("vi", manner_of(CONFIGURATION)))
    assert len(keys) + 70 < MOST_PHRASES


def test_the_twenty_that_serve_most_and_the_names_of_services_come_first() -> None:
    assert len(FIRST) == 20
    first = [one.key for one in ALL if one.is_first]
    assert {re.sub(r"\d+$", "", key) for key in first if key.startswith("start.")} <= {*FIRST}
    names = [one.text("vi") for one in ALL if one.is_first and one.group == "service"]
    assert "Tư pháp – Hộ tịch" in names and "Người cao tuổi" in names


def test_a_new_name_in_the_office_is_a_new_phrase() -> None:
    service = CONFIGURATION.service[0]
    renamed = service.model_copy(update={"name": "Hộ tịch và chứng thực"})
    changed = CONFIGURATION.model_copy(update={"service": [renamed, *CONFIGURATION.service[1:]]})
    before = {one.key for one in ALL if one.text("vi") == service.name}
    after = [one for one in prompts(changed, ()) if one.text("vi") == "Hộ tịch và chứng thực"]
    assert len(before) == 1 and after and after[0].key not in before


def test_what_is_written_alike_is_recorded_once_and_said_everywhere(tmp_path: Path) -> None:
    library = VoiceLibrary(tmp_path, CONFIGURATION, citizens_sentences)
    words = [
        text.casefold() for key, text in library.phrases("hre").items() if not key.startswith(("letter.", "word."))
    ]
    doubled = {word for word in words if words.count(word) > 1}
    assert doubled == set()


def test_a_page_is_given_what_it_shows_and_no_more() -> None:
    kiosk = for_page(ALL, page_keys("kiosk"), ("services", "priorities", "procedures"))
    tablet = for_page(ALL, page_keys("tablet"), ("services", "survey"))
    assert any(one.group == "procedure" for one in kiosk) and not any(one.group == "procedure" for one in tablet)
    assert any(one.key == "rating.thanks" for one in tablet)
    assert any(one.key == "number.hour" for one in tablet)


def test_english_has_no_words_for_what_nobody_translated_and_hre_the_vietnamese_ones() -> None:
    own = Prompt("procedure.x", "procedure", {"vi": "Khai sinh"}, "procedures")
    assert (own.text("vi"), own.text("hre"), own.text("en")) == ("Khai sinh", "Khai sinh", None)


def test_phrases_are_made_when_they_are_first_asked_for() -> None:
    asked = []

    def shown() -> tuple[str, ...]:
        asked.append(1)
        return ("Take a number",)

    made = PagePrompts(CONFIGURATION, manner_of(CONFIGURATION), shown)
    assert asked == []
    assert made.texts("vi") and made.texts("en") and asked == [1]
