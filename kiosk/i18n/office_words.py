"""Sentences in a language that an office adds by a file: `translations/LANGUAGE.json` in the state folder.

English key to sentence, as `motcua language template` writes it. Read once: a changed file counts from the next start.
"""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from config import places
from contract.catalogues import DEFAULT_LANGUAGE, Catalogue

log = logging.getLogger("kiosk.i18n")
MOST_BYTES = 2 * 1024 * 1024
PLACES = re.compile(r"\{(\w+)\}")
CODE = re.compile(r"[a-z]{2,3}")
FOLK = frozenset({"folk", "Folk"})  # the form of address: a language may do without it


class WordsUnreadable(ValueError):
    """The file is none; the message says what is wrong, and names it."""


def words_file(language: str) -> Path:
    return places.translations_folder() / f"{language}.json"


def read_words(path: Path) -> dict[str, str]:
    """English key to sentence, in NFC; empty where there is no file. Raises WordsUnreadable."""
    try:
        data = path.read_bytes()
        words = json.loads(data) if len(data) <= MOST_BYTES else None
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise WordsUnreadable(f"{path}: {error}") from error
    if not isinstance(words, dict) or not all(isinstance(text, str) for text in words.values()):
        raise WordsUnreadable(f"{path}: must be one object of sentences by their English keys, 2 MiB at most")
    return {key: unicodedata.normalize("NFC", text).strip() for key, text in words.items()}


def wrong_places(key: str, vietnamese: str, text: str) -> set[str]:
    """The names in braces that the sentence lacks or has too many, beside those that Vietnamese has."""
    asked, had, given = (set(PLACES.findall(one)) for one in (key, vietnamese, text))
    return (asked - given - FOLK) | (given - asked - had)


def usable(words: Mapping[str, str], vietnamese: Mapping[str, str]) -> dict[str, str]:
    """Those of a known key, that say something, and can be filled as the page or the slip fills them."""
    return {
        key: text
        for key, text in words.items()
        if text and key in vietnamese and not wrong_places(key, vietnamese[key], text)
    }


@cache
def _words(folder: Path, shipped: Path, domains: tuple[str, ...], language: str) -> Mapping[str, str]:
    try:
        words = read_words(folder / f"{language}.json")
    except WordsUnreadable as error:
        log.warning("the sentences are not used: %s", error)
        return {}
    if not words:
        return {}
    kept = usable(words, Catalogue(shipped, *domains).sentences())
    if len(kept) < len(words):
        log.warning("%s: %d sentences are used; see: motcua language check %s", language, len(kept), language)
    return kept


def office_words(shipped: Path, domains: tuple[str, ...], language: str) -> Mapping[str, str]:
    """What the office's file says in a language beside the shipped catalogues of these domains."""
    if language == DEFAULT_LANGUAGE or not CODE.fullmatch(language):
        return {}
    return _words(places.translations_folder(), shipped, domains, language)
