"""The vocabulary of upstream systems as data: columns, words for statuses and channels, fields, reasons, names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

from sync.text_keys import composed, key_of

# A code of a province's own, of the time before national codes: T-QNG-123456-TT.
_LOCAL_PROCEDURE = re.compile(r"T-[A-Z]{2,4}-[0-9]{6}-TT")
_PROCEDURE = re.compile(r"(?<![\d.])([1-9]\.[0-9]{6})(?!\d)")
_FIELD_WORD = "linh vuc "  # may stand before the name of one


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
        """The same with an upstream catalogue behind it: what the office says wins.

        Of its codes those in a known form are taken; its fields stay outside the office's own.
        """
        known = [(framed, name, field) for code, name, field in procedures if (framed := procedure_code(code))]
        more = Catalogue.of(known)
        return Catalogue({**more.field_of, **self.field_of}, {**more.code_of, **self.code_of}, self.fields)

    def procedure(self, code: str, name: str = "") -> str | None:
        """A code of the office's own, a code in a known form, or the code of a known name."""
        if code in self.field_of:
            return code
        return procedure_code(code) or procedure_code(name) or self.code_of.get(key_of(name))

    def field(self, procedure: str, said: str) -> str | None:
        """The office's own name of a field; None when it has none (the board withholds by that name)."""
        if procedure in self.field_of:
            return self.field_of[procedure]
        key = f" {key_of(said)} "
        return next((name for known, name in self.fields.items() if f" {known} " in key), None)


def procedure_code(text: str) -> str | None:
    """A local code, or the national one (d.dddddd) out of a longer text."""
    if _LOCAL_PROCEDURE.fullmatch(text):
        return text
    found = _PROCEDURE.search(text)
    return found[1] if found else None


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
    fields: Mapping[str, str]
    reasons: Mapping[str, str]
    other_reason: str
    families: frozenset[str]
    titles: frozenset[str]
    applicant_columns: Sequence[str]

    def with_names(self) -> Words:
        """The same for an office that shows masked names: then the column of the applicant is read as well."""
        return replace(self, columns={**self.columns, "applicant": self.applicant_columns})

    def with_fields(self, more: Iterable[str]) -> Words:
        return replace(self, fields={**self.fields, **_listed(map(composed, more))})

    def with_reasons(self, more: Iterable[str]) -> Words:
        return replace(self, reasons={**self.reasons, **_listed(map(composed, more))})

    def field(self, said: str) -> str | None:
        """A listed field in its listed spelling; None for any other text."""
        key = key_of(said)
        return self.fields.get(key) or self.fields.get(key.removeprefix(_FIELD_WORD))

    def reason(self, said: str) -> str | None:
        """A listed reason in its listed spelling; the general one for any other text; None for none."""
        return self.reasons.get(key_of(said), self.other_reason) if key_of(said) else None


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
        fields=_listed(tables["fields"]["known"]),
        reasons=_listed([*tables["reasons"]["known"], tables["reasons"]["other"]]),
        other_reason=tables["reasons"]["other"],
        families=frozenset(tables["names"]["families"].casefold().split()),
        titles=frozenset(tables["names"]["titles"].casefold().split()),
        applicant_columns=[key_of(name) for name in tables["names"]["columns"]],
    )


def _listed(texts: Iterable[str]) -> dict[str, str]:
    """Each as it is spelled, by its key."""
    return {key_of(text): text for text in texts}


def _numbers(table: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """A number stands for itself: 4, "4" and "04"."""
    found = {key_of(word): int(number) for number, words in table.items() for word in words}
    plain = {text: int(number) for number in table for text in (number, number.zfill(2))}
    return {**plain, **found}
