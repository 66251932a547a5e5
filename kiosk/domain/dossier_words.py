"""Words that an office taught: what its one-stop software calls columns, statuses and channels of dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from contract.records import dataclass

WordKind = Literal["columns", "statuses", "channels"]
KINDS: tuple[WordKind, ...] = ("columns", "statuses", "channels")
MOST_WORDS, MOST_LETTERS = 30, 100  # of one meaning, of one word


class WordsRefused(ValueError):
    """What was taught cannot be kept; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class WordMeaning:
    """`key`: a field of dossiers, or the number of a status or channel; `title`: the same for people.

    `known`: words that are understood without teaching, `taught`: those of this office.
    """

    kind: WordKind
    key: str
    title: str
    known: Sequence[str]
    taught: Sequence[str]
