"""The vocabulary of upstream systems as data: columns, words for statuses and channels, fields, reasons, names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import time
from functools import cache
from importlib.resources import files
from typing import TypedDict, cast

from contract.dossiers import Channel
from contract.records import dataclass
from sync.dossiers.text_keys import clean_text, key_of

FILE = "vocabulary.toml"
_FIELD_WORD = "linh vuc "  # may stand before the name of one


class AnswerWords(TypedDict):
    yes: list[str]
    no: list[str]


class FieldWords(TypedDict):
    known: list[str]


class ReasonWords(TypedDict):
    known: list[str]
    other: str


class NameWords(TypedDict):
    families: str
    titles: str
    columns: list[str]


class VocabularyFile(TypedDict):
    """The tables of vocabulary.toml."""

    required: list[str]
    columns: dict[str, list[str]]
    status: dict[str, list[str]]
    channel: dict[str, list[str]]
    answer: AnswerWords
    no_time: list[str]
    whole_day: dict[str, time]
    fields: FieldWords
    reasons: ReasonWords
    names: NameWords


@dataclass(frozen=True, slots=True)
class DossierVocabulary:
    """The words of exported tables and of the portal; all keys are `key_of` what people write.

    `status`, `channel`: number by word; `default_channel`: of a new dossier whose table does not say it. `no_time`:
    words for no date. `whole_day`: by field, the local time of a date without an hour. `fields`, `reasons`: the listed
    spelling by key. `families`, `titles`: case-folded.
    """

    required: Sequence[str]
    columns: Mapping[str, Sequence[str]]
    status: Mapping[str, int]
    channel: Mapping[str, int]
    yes: frozenset[str]
    no: frozenset[str]
    no_time: frozenset[str]
    whole_day: Mapping[str, time]
    fields: Mapping[str, str]
    reasons: Mapping[str, str]
    other_reason: str
    families: frozenset[str]
    titles: frozenset[str]
    applicant_columns: Sequence[str]
    default_channel: int = Channel.IN_PERSON

    def with_applicants(self) -> DossierVocabulary:
        """The same for an office that shows masked names: then the column of the applicant is read as well."""
        return replace(self, columns={**self.columns, "applicant": self.applicant_columns})

    def with_fields(self, more: Iterable[str]) -> DossierVocabulary:
        return replace(self, fields={**self.fields, **_by_key(map(clean_text, more))})

    def with_reasons(self, more: Iterable[str]) -> DossierVocabulary:
        return replace(self, reasons={**self.reasons, **_by_key(map(clean_text, more))})

    def with_words(
        self,
        columns: Iterable[tuple[str, Sequence[str]]],
        statuses: Mapping[str, int],
        channels: Mapping[str, int],
        default_channel: int,
    ) -> DossierVocabulary:
        """The same with an office's own words: names of columns by field, numbers by word."""
        more = {name: [*map(key_of, spellings)] for name, spellings in columns}
        return replace(
            self,
            columns={**self.columns, **{name: [*more[name], *self.columns[name]] for name in more}},
            status={**self.status, **{key_of(word): number for word, number in statuses.items()}},
            channel={**self.channel, **{key_of(word): number for word, number in channels.items()}},
            default_channel=default_channel,
        )

    def field(self, text: str) -> str | None:
        """A listed field in its listed spelling; None for any other text."""
        key = key_of(text)
        return self.fields.get(key) or self.fields.get(key.removeprefix(_FIELD_WORD))

    def reason(self, text: str) -> str | None:
        """A listed reason in its listed spelling; the general one for any other text; None for none."""
        return self.reasons.get(key_of(text), self.other_reason) if key_of(text) else None


@cache
def shipped_words() -> VocabularyFile:
    """The words as they are spelled in the file."""
    text = files("sync.dossiers").joinpath(FILE).read_text(encoding="utf-8")
    return cast(VocabularyFile, tomllib.loads(text))


@cache
def shipped_vocabulary() -> DossierVocabulary:
    return vocabulary_from(shipped_words())


def vocabulary_from(tables: VocabularyFile) -> DossierVocabulary:
    """The vocabulary of a file's tables."""
    names = tables["names"]
    return DossierVocabulary(
        required=tables["required"],
        columns={field: [key_of(name) for name in spellings] for field, spellings in tables["columns"].items()},
        status=_numbers(tables["status"]),
        channel=_numbers(tables["channel"]),
        yes=frozenset(map(key_of, tables["answer"]["yes"])),
        no=frozenset(map(key_of, tables["answer"]["no"])),
        no_time=frozenset(map(key_of, tables["no_time"])),
        whole_day=tables["whole_day"],
        fields=_by_key(tables["fields"]["known"]),
        reasons=_by_key([*tables["reasons"]["known"], tables["reasons"]["other"]]),
        other_reason=tables["reasons"]["other"],
        families=frozenset(names["families"].casefold().split()),
        titles=frozenset(names["titles"].casefold().split()),
        applicant_columns=[key_of(name) for name in names["columns"]],
    )


def _by_key(texts: Iterable[str]) -> dict[str, str]:
    """Each as it is spelled, by its key."""
    return {key_of(text): text for text in texts}


def _numbers(table: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Number by word; a number stands for itself: 4, "4" and "04"."""
    words = {key_of(word): int(number) for number, spellings in table.items() for word in spellings}
    digits = {text: int(number) for number in table for text in (number, number.zfill(2))}
    return {**digits, **words}
