"""The part of an applicant's name that may come in where the office switched that on: family name and initials."""

from __future__ import annotations

from collections.abc import Collection

from sync.dossiers.text_keys import clean_text

MOST_WORDS = 6


def masked_name(text: str, families: Collection[str], titles: Collection[str]) -> str | None:
    """ "Bà Phạm Thị Lan" and "PHẠM THỊ LAN" are "Phạm T. L."; None for whatever is not a person's name for certain.

    The one word kept whole is a known family name, so that a company, a given name first or a note gives nothing; and a
    given name of one letter ("Hồ Ý") cannot be masked by its initial, so it gives nothing either.
    `families`, `titles`: case-folded.
    """
    words = clean_text(text).split()
    if words and words[0].casefold() in titles:
        words = words[1:]
    if not 2 <= len(words) <= MOST_WORDS or words[0].casefold() not in families:
        return None
    if len(words[-1]) == 1 or not all(word.isalpha() and word[0].isupper() for word in words):
        return None
    return " ".join([words[0].capitalize(), *(f"{word[0]}." for word in words[1:])])
