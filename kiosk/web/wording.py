"""Translation: English keys in the code, Vietnamese (and other languages) in gettext catalogues."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path

CATALOGUES = Path(__file__).parent.parent / "translations"
DEFAULT = "vi"
ROOMS = ("errors", "touch", "console", "reports", "slips", "printers", "voices", "doctor")


@cache
def catalogue(language: str) -> tuple[NullTranslations, ...]:
    """The sentences of a language, one catalogue a room; a language without them speaks Vietnamese."""
    return tuple(translation(room, CATALOGUES, [language, DEFAULT], fallback=True) for room in ROOMS)


def translate_in(room: str, text: str, language: str = DEFAULT) -> str:
    """The sentence as one room words it: short words mean different things in different rooms."""
    return catalogue(language)[ROOMS.index(room)].gettext(text)


def translate(text: str, language: str = DEFAULT) -> str:
    """The sentence in that language; itself (English) when no catalogue knows it."""
    return next((found for room in catalogue(language) if (found := room.gettext(text)) != text), text)


@cache
def all_sentences(language: str = DEFAULT) -> dict[str, str]:
    """Every sentence of a language, for pages that speak in the browser."""
    sentences: dict[str, str] = {}
    for room in catalogue(language):
        if isinstance(room, GNUTranslations):
            sentences |= {key: value for key, value in vars(room)["_catalog"].items() if isinstance(key, str) and key}
    return sentences
