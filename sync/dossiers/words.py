"""The vocabulary of upstream systems as data: names of columns, words for statuses and channels, reasons, names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from sync.text_keys import composed, key_of

_WORD = re.compile(r"\w+")
_NUMBERS = re.compile(r"\d(?:[ .\-]?\d){7,}")  # eight digits and more: phone, ID card, tax number
# A code of a province's own, of the time before national codes: T-QNG-123456-TT.
_LOCAL_PROCEDURE = re.compile(r"(?=.*\d)[A-Z]{1,5}(?:[-.][A-Z0-9]{1,7}){1,5}")
_PROCEDURE = re.compile(r"(?<![\d.])(\d\.\d{6})(?!\d)")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the office knows of procedures: field by code, code by key of the name, and its fields by key."""

    field_of: Mapping[str, str]
    code_of: Mapping[str, str]
    fields: Mapping[str, str]

    @classmethod
    def of(cls, procedures: Iterable[tuple[str, str, str]], fields: Iterable[str] = ()) -> Catalogue:
        """From (code, name, field) of each procedure and the names of further fields."""
        known = list(procedures)
        names = [*(field for _, _, field in known), *fields]
        return cls(
            {code: field for code, _, field in known}, {key_of(name): code for code, name, _ in known},
            {key_of(name): name for name in names},
        )  # fmt: skip

    def with_more(self, procedures: Iterable[tuple[str, str, str]]) -> Catalogue:
        """The same with an upstream catalogue behind it: what the office says wins."""
        more = Catalogue.of(procedures)
        return Catalogue(
            {**more.field_of, **self.field_of}, {**more.code_of, **self.code_of}, {**more.fields, **self.fields}
        )

    def procedure(self, code: str, name: str = "") -> str | None:
        """The national code (its first eight characters) out of a longer one, or a code known by itself or by name."""
        if code in self.field_of or _LOCAL_PROCEDURE.fullmatch(code):
            return code
        found = _PROCEDURE.search(code) or _PROCEDURE.search(name)
        return found[1] if found else self.code_of.get(key_of(name))

    def field(self, procedure: str, said: str) -> str | None:
        """The office's own name of a field; None when it has none (the board withholds by that name)."""
        if procedure in self.field_of:
            return self.field_of[procedure]
        key = f" {key_of(said)} "
        return next((name for known, name in self.fields.items() if f" {known} " in key), None)


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary; all keys are `key_of` what people write."""

    required: Sequence[str]
    columns: Mapping[str, Sequence[str]]
    status: Mapping[str, int]
    channel: Mapping[str, int]
    step: Mapping[int, str]
    yes: frozenset[str]
    no: frozenset[str]
    whole_day: Mapping[str, time]
    reasons: Mapping[str, str]
    other_reason: str
    families: frozenset[str]
    titles: frozenset[str]
    applicant_columns: Sequence[str]

    def with_names(self) -> Words:
        """The same for an office that shows masked names: then the column of the applicant is read as well."""
        return replace(self, columns={**self.columns, "applicant": self.applicant_columns})

    def with_reasons(self, more: Iterable[str]) -> Words:
        return replace(self, reasons={**self.reasons, **{key_of(text): composed(text) for text in more}})

    def reason(self, said: str) -> str | None:
        """A listed reason in its listed spelling; the general one for any other text; None for none."""
        return self.reasons.get(key_of(said), self.other_reason) if key_of(said) else None

    def personal(self, text: str) -> bool:
        """Whether a text looks like a person's name, holds a number as long as a phone's, or an address of mail.

        A name is a family name before another word with a capital. A field of capitals only may be taken for one.
        """
        words = _WORD.findall(text)
        before_a_name = self.families | self.titles
        named = any(one.casefold() in before_a_name and two[0].isupper() for one, two in pairwise(words))
        return named or "@" in text or bool(_NUMBERS.search(text))


@cache
def shipped_words() -> Words:
    return words_of(tomllib.loads(files("sync.dossiers").joinpath("words.toml").read_text(encoding="utf-8")))


def words_of(tables: Mapping[str, Any]) -> Words:
    """From the tables of a words file."""
    return Words(
        required=tables["required"],
        columns={field: [key_of(name) for name in names] for field, names in tables["columns"].items()},
        status=_numbers(tables["status"]),
        channel=_numbers(tables["channel"]),
        step={int(number): word for number, word in tables["step"].items()},
        yes=frozenset(map(key_of, tables["answer"]["yes"])),
        no=frozenset(map(key_of, tables["answer"]["no"])),
        whole_day=tables["whole_day"],
        reasons={key_of(text): text for text in [*tables["reasons"]["known"], tables["reasons"]["other"]]},
        other_reason=tables["reasons"]["other"],
        families=frozenset(tables["names"]["families"].casefold().split()),
        titles=frozenset(tables["names"]["titles"].casefold().split()),
        applicant_columns=[key_of(name) for name in tables["names"]["columns"]],
    )


def _numbers(table: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """A number stands for itself: 4, "4" and "04"."""
    found = {key_of(word): int(number) for number, words in table.items() for word in words}
    plain = {text: int(number) for number in table for text in (number, number.zfill(2))}
    return {**plain, **found}
