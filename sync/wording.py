"""What staff read about a follower: English keys, Vietnamese in the catalogue beside this file."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any

CATALOGUES = Path(__file__).parent / "translations"


@cache
def _catalogue(language: str) -> NullTranslations:
    return translation("sync", CATALOGUES, [language], fallback=True)


def say(sentence: str, language: str = "vi", **facts: Any) -> str:
    """The sentence in that language, its places filled; itself (English) when the catalogue does not know it."""
    return _catalogue(language).gettext(sentence).format(**facts)


def number(count: int) -> str:
    """1204 → "1.204"."""
    return f"{count:,}".replace(",", ".")
