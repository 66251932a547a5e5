"""The office's sentences: English keys in the code, Vietnamese (and other languages) in the catalogues of this part."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from contract.catalogues import DEFAULT_LANGUAGE, Catalogue

FOLDER = Path(__file__).parent.parent / "translations"
DOMAINS = ("errors", "touch", "console", "reports", "slips", "printers", "voices", "doctor", "phone")


@cache
def catalogue(*domains: str) -> Catalogue:
    """Of some domains, asked in this order, since short words mean different things in different ones; else of all."""
    return Catalogue(FOLDER, *(domains or DOMAINS))


def translate(text: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """The sentence in that language; itself (English) when no catalogue knows it. `values` fill its braces."""
    return catalogue().translate(text, language, **values)
