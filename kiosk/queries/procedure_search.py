"""The catalogue of procedures as citizens ask for it: valid today, found by words of theirs, with or without marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, Literal

from contract.records import dataclass

if TYPE_CHECKING:
    from kiosk.queries.public_configuration import PublicProcedure

NAME, WORDS, FIELD, PAPERS = 3.0, 3.0, 2.0, 1.0  # what a word counts by where it stands
IN_NAME, IN_WORDS, WHOLE_WORDS = 10.0, 12.0, 20.0  # what the whole question counts
HALF = 0.5  # of what the words of a question weigh: less than that is no answer
NAMED: tuple[Literal["name"], Literal["field"]] = ("name", "field")
NO_TEXTS: Mapping[str, Mapping[str, str]] = {}
NOT_WORD = re.compile(r"[^\w.]+")
# Words of a question that say nothing of the matter, without marks.
FILLERS = frozenset(
    {"toi", "muon", "xin", "hoi", "sao", "thi", "the", "nao", "gi", "dau", "la", "va", "duoc", "nhu", "thu", "tuc"}
    | {"lam", "can", "o", "tai"}
)


@lru_cache(maxsize=4096)
def search_key(text: str) -> str:
    """Case, tone marks, đ and commas do not matter when searching."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return NOT_WORD.sub(" ", bare).strip()


def valid_on(procedures: Iterable[PublicProcedure], day: date) -> list[PublicProcedure]:
    """Those that hold on a day; the others are kept for the dossiers that name them."""
    today = day.isoformat()
    return [one for one in procedures if (one["valid_from"] or today) <= today <= (one["valid_until"] or today)]


def search_procedures(
    procedures: Sequence[PublicProcedure], query: str, texts: Mapping[str, Mapping[str, str]] = NO_TEXTS
) -> list[PublicProcedure]:
    """Those that a question means, the likeliest first; all for an empty one.

    `texts`: what names and fields are in other languages, by language; a question may be asked in any.
    Where some have every word of the question, the others are left out; the last word may be a part of one.
    """
    key = search_key(query)
    if not key:
        return list(procedures)
    entries = [_Entry.of(one, texts.values()) for one in procedures]
    coded = [entry.procedure for entry in entries if entry.code.startswith(key)]
    if coded:
        return coded
    words = [word for word in key.split() if word not in FILLERS] or key.split()
    weights = {word: _weight(word, entries, word == words[-1]) for word in words}
    if not any(weights.values()):
        squeezed = key.replace(" ", "")
        return [entry.procedure for entry in entries if squeezed in entry.squeezed]
    unknown = sum(not weight for weight in weights.values()) * log(1 + len(entries))
    asked = sum(weights.values()) + unknown
    scored = []
    for place, entry in enumerate(entries):
        share, points = entry.judged(weights, words[-1])
        if share >= HALF * asked:
            is_whole = entry.has_all([word for word in words if weights[word]], words[-1])
            scored.append((is_whole, points + entry.as_asked(key), -place, entry.procedure))
    if any(row[0] for row in scored):
        scored = [row for row in scored if row[0]]
    return [row[3] for row in sorted(scored, key=lambda row: row[:3], reverse=True)]


def _weight(word: str, entries: Sequence[_Entry], is_last: bool) -> float:
    """A word of few procedures says more than one of many; 0 for a word that none has."""
    having = sum(entry.worth(word, is_last) > 0 for entry in entries)
    return log(1 + len(entries) / having) if having else 0.0


@dataclass(frozen=True, slots=True)
class _Entry:
    """A procedure, its texts without marks, and what each of their words counts."""

    procedure: PublicProcedure
    code: str
    name: str
    sayings: tuple[str, ...]
    counts: dict[str, float]
    squeezed: str

    @classmethod
    def of(cls, procedure: PublicProcedure, languages: Collection[Mapping[str, str]]) -> _Entry:
        name, field = search_key(procedure["name"]), search_key(procedure["field"])
        others = [texts[procedure[key]] for texts in languages for key in NAMED if procedure[key] in texts]
        sayings = tuple(map(search_key, (*procedure["words"], *others)))
        papers = " ".join(map(search_key, procedure["papers"]))
        counts: dict[str, float] = {}
        for text, worth in ((papers, PAPERS), (field, FIELD), (" ".join(sayings), WORDS), (name, NAME)):
            counts |= dict.fromkeys(text.split(), worth)
        squeezed = "|".join((name, *sayings)).replace(" ", "")
        return cls(procedure, procedure["code"].casefold(), name, sayings, counts, squeezed)

    def worth(self, word: str, is_last: bool) -> float:
        """What a word counts here; the last one may be the beginning of a longer one."""
        if word in self.counts or not is_last:
            return self.counts.get(word, 0.0)
        return max((worth for own, worth in self.counts.items() if own.startswith(word)), default=0.0) * HALF

    def judged(self, weights: dict[str, float], last: str) -> tuple[float, float]:
        """(what the words found here weigh, their points)."""
        found = {word: self.worth(word, word == last) for word in weights}
        return (
            sum(weights[word] for word, worth in found.items() if worth),
            sum(weights[word] * worth for word, worth in found.items()),
        )

    def has_all(self, words: Sequence[str], last: str) -> bool:
        """Whether every word stands in its name, its field or people's words: papers are no matter of their own."""
        return all(self.worth(word, word == last) > PAPERS for word in words if word != last) and (
            last not in words or self.worth(last, True) not in {0.0, PAPERS, PAPERS * HALF}
        )

    def as_asked(self, key: str) -> float:
        """Points for the whole question as it was asked."""
        if key in self.sayings:
            return WHOLE_WORDS
        if any(f" {key} " in f" {saying} " or f" {saying} " in f" {key} " for saying in self.sayings):
            return IN_WORDS
        return IN_NAME if f" {key} " in f" {self.name} " else 0.0
