"""Translation: English keys in the code, Vietnamese (and other languages) in gettext catalogues."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path

CATALOGUES = Path(__file__).parent.parent / "translations"
DEFAULT = "vi"


@cache
def catalogue(language: str) -> NullTranslations:
    """The sentences of a language; a language without a catalogue speaks Vietnamese."""
    return translation("kiosk", CATALOGUES, [language, DEFAULT], fallback=True)


def translate(text: str, language: str = DEFAULT) -> str:
    return catalogue(language).gettext(text)


def all_sentences(language: str = DEFAULT) -> dict[str, str]:
    """Every sentence of a catalogue, for pages that speak in the browser."""
    found = catalogue(language)
    if not isinstance(found, GNUTranslations):
        return {}
    sentences: dict[str, str] = getattr(found, "_catalog", {})
    return {key: value for key, value in sentences.items() if isinstance(key, str) and key}
