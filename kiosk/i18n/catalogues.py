"""The office's sentences: English keys in the code, Vietnamese (and other languages) in the catalogues of this part.

A further language is a file of the office (`office_words.py`), which comes before what is shipped.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from contract.catalogues import DEFAULT_LANGUAGE, Catalogue
from kiosk.i18n.office_words import office_words

FOLDER = Path(__file__).parent.parent / "translations"
ADDRESS = "bà con"  # until the configuration is read
DOMAINS = ("errors", "touch", "console", "reports", "slips", "printers", "voices", "doctor", "phone")


@cache
def catalogue(*domains: str) -> Catalogue:
    """Of some domains, asked in this order, since short words mean different things in different ones; else of all."""
    asked = domains or DOMAINS
    return Catalogue(FOLDER, *asked, own=partial(office_words, FOLDER, asked), folk=lambda: _spoken["to"])


_spoken = {"to": ADDRESS}


def speak_to(folk: str) -> None:
    """How this office addresses people, from now on in every sentence: a process serves one office."""
    _spoken["to"] = folk


def translate(text: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """The sentence in that language; itself (English) when no catalogue knows it. `values` fill its braces."""
    return catalogue().translate(text, language, **values)
