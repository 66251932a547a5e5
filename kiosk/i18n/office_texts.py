"""What the office calls things (its procedures, fields, groups that go first) in the languages of its citizens.

From `[texts.LANGUAGE]` of the configuration; what the file `translations/LANGUAGE.json` says of it comes before.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from config.schema import Configuration
from contract.catalogues import DEFAULT_LANGUAGE
from kiosk.i18n.office_words import CODE, WordsUnreadable, read_words, words_file

log = logging.getLogger("kiosk.i18n")


def office_texts(configuration: Configuration) -> dict[str, dict[str, str]]:
    """By language, then by the Vietnamese text; what is not translated is absent."""
    return {
        language: dict(texts_in(configuration, language))
        for language in configuration.office.languages
        if language != DEFAULT_LANGUAGE
    }


def texts_in(configuration: Configuration, language: str) -> Mapping[str, str]:
    """The texts in one language by the Vietnamese ones."""
    return {**configuration.texts.get(language, {}), **_of_file(words_file(language), language)}


@cache
def _of_file(file: Path, language: str) -> Mapping[str, str]:
    """Read once, as the file's sentences are."""
    if not CODE.fullmatch(language):
        return {}
    try:
        return {text: meaning for text, meaning in read_words(file).items() if meaning and meaning != text}
    except WordsUnreadable as error:
        log.warning("the texts are not used: %s", error)
        return {}
