"""Catalogues: compiled ones say what the sources say, nothing is left untranslated, fields of sentences agree."""

from __future__ import annotations

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kiosk.i18n.catalogues import translate

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(ROOT.glob("*/translations/*/LC_MESSAGES/*.po"))


def test_every_room_that_speaks_has_a_vietnamese_catalogue() -> None:
    names = {f"{path.relative_to(ROOT).parts[0]}/{path.stem}" for path in SOURCES}
    rooms = {"kiosk/errors", "kiosk/touch", "kiosk/console", "kiosk/reports", "kiosk/slips", "kiosk/printers"}
    assert rooms | {"display_board/board", "sync/sync"} <= names


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_compiled_catalogue_says_what_its_source_says(source: Path) -> None:
    with source.open("rb") as file:
        wanted = {str(m.id): str(m.string) for m in read_po(file) if m.id and not m.pluralizable}
    with source.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert wanted, "an empty catalogue"
    for key, sentence in wanted.items():
        assert sentence, f'"{key}" is not translated'
        assert compiled.gettext(key) == sentence, "run make translations"
        assert set(re.findall(r"\{\w+\}", sentence)) <= set(re.findall(r"\{\w+\}", key)) | {"{folk}", "{Folk}"}


TEMPLATES = sorted((ROOT / "kiosk" / "web" / "pages" / "templates").glob("*.html"))


def test_every_sentence_of_a_template_has_a_vietnamese_one() -> None:
    """A sentence without one would be shown in English."""
    written = {text for file in TEMPLATES for text in re.findall(r'_\("([^"]+)"', file.read_text(encoding="utf-8"))}
    assert "Ticket machine" in written
    assert {text for text in written if translate(text) == text} == set()
