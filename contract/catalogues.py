"""Sentences in people's languages: English in the code, others in gettext catalogues. One loader for all."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path

DEFAULT_LANGUAGE = "vi"


@cache
def _load(folder: Path, domain: str, language: str) -> NullTranslations:
    languages = ["en"] if language == "en" else [language, DEFAULT_LANGUAGE]
    return translation(domain, folder, languages, fallback=True)


class Catalogue:
    """The sentences of one or several gettext domains of a folder, asked in that order.

    A language without a catalogue speaks Vietnamese; English is what stands in the code, as is a sentence that no
    catalogue knows.
    Text comes in NFC.
    """

    def __init__(
        self,
        folder: Path,
        *domains: str,
        own: Callable[[str], Mapping[str, str]] = lambda _: {},
        folk: Callable[[], str] | None = None,
    ) -> None:
        """`own` sentences of a language by their keys come before those of the catalogues.

        `folk`: how the office addresses people, which fills {folk} and {Folk} in whatever is translated.
        """
        self._folder = folder
        self._domains = domains
        self._own = own
        self._folk = folk

    def translate(self, text: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
        """The sentence in that language; `values` fill its braces. Without them only the form of address is filled."""
        sentence = self._sentence(text, language)
        return _filled(addressed(sentence, self._folk()) if self._folk else sentence, values)

    def sentences(self, language: str = DEFAULT_LANGUAGE) -> dict[str, str]:
        """Every sentence, for pages that translate in the browser. Of a repeated one the last domain's counts."""
        sentences: dict[str, str] = {}
        for domain in self._domains:
            catalogue = _load(self._folder, domain, language)
            if isinstance(catalogue, GNUTranslations):
                entries = vars(catalogue)["_catalog"].items()
                sentences |= {key: text for key, text in entries if isinstance(key, str) and key}
        return {**sentences, **self._own(language)}

    def _sentence(self, text: str, language: str) -> str:
        if not text:
            return ""  # gettext keeps the head of a catalogue under the empty text
        if own := self._own(language).get(text):
            return own
        for domain in self._domains:
            sentence = _load(self._folder, domain, language).gettext(text)
            if sentence != text:
                return sentence
        return text


def addressed(sentence: str, folk: str) -> str:
    """The sentence with the office's form of address in its {folk}, and with a capital in its {Folk}."""
    return sentence.replace("{folk}", folk).replace("{Folk}", folk[:1].upper() + folk[1:])


def _filled(sentence: str, values: dict[str, object]) -> str:
    return unicodedata.normalize("NFC", sentence.format(**values) if values else sentence)


def grouped(count: int) -> str:
    """A number with a dot between thousands, as Vietnamese is written: 1234 is "1.234"."""
    return f"{count:,}".replace(",", ".")
