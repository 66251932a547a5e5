"""What is wrong with a configuration, as sentences for whoever mends it: Vietnamese first, English on request."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any

from config.patterns import BY_PATTERN
from contract.catalogues import DEFAULT_LANGUAGE, Catalogue
from contract.records import dataclass
from contract.toml_words import toml_sentence

# By the kind of error of the library that checks values; places are filled from its context.
BY_KIND = {
    "missing": "is missing; write it",
    "literal_error": "write one of: {expected}",
    "string_type": "write a text in quotation marks",
    "string_too_short": "write a text",
    "string_too_long": "the text is longer than {max_length} letters; shorten it",
    "string_unicode": "write a text in quotation marks",
    "list_type": 'write a list: ["…", "…"]',
    "too_long": "has more than {max_length}; take some away",
    "too_short": "has fewer than {min_length}; write more",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
    "int_parsing": "write a whole number",
    "int_parsing_size": "write a whole number",
    "int_type": "write a whole number",
    "int_from_float": "write a whole number",
    "greater_than_equal": "write a number from {ge} on",
    "less_than_equal": "write a number up to {le}",
    "date_type": "write a day: 2027-03-01",
    "date_parsing": "write a day: 2027-03-01",
    "date_from_datetime_parsing": "write a day: 2027-03-01",
    "date_from_datetime_inexact": "write a day: 2027-03-01",
    "time_type": "write a time of day: 07:30",
    "time_parsing": "write a time of day: 07:30",
    "dict_type": "write it as a table of its own",
    "model_type": "write it as a table of its own",
    "model_attributes_type": "write it as a table of its own",
}
BAD_LETTERS = "has letters that it cannot have; compare it with the sample"
DOES_NOT_FIT = "does not fit here; compare it with the sample"
MISSPELT = "there is no such key, did you mean “{close}”? Mend its name"
UNKNOWN_KEY = "there is no such key; take it away, or write one of: {known}"
# What the operating system says of a file or a folder.
OF_THE_SYSTEM = {
    errno.ENOENT: "there is no such file or folder; mend the name, or put it there",
    errno.EACCES: "this program may not use it; give it the right (ls -l says who owns it)",
    errno.EPERM: "this program may not use it; give it the right (ls -l says who owns it)",
    errno.EISDIR: "it is a folder; name a file",
    errno.ENOTDIR: "a part of its path is a file; name a folder",
    errno.ENOSPC: "the disk is full; make room",
    errno.EROFS: "the disk is mounted for reading only; mount it for writing",
}
# Of an address that a program wants to listen on.
OF_AN_ADDRESS = {
    errno.EADDRINUSE: "another program listens there already (ss -ltnp names it); end it, or write another port",
    errno.EADDRNOTAVAIL: "this machine does not have this address; write one that “ip address” shows",
    errno.EACCES: "this program may not listen on a port below 1024; write a port from 1024 on",
}
MOST_LETTERS = 400  # of a value that is said again
NO_HOST = "no machine has this name; write an address of this machine: 127.0.0.1, or one that “ip address” shows"
OTHER_FAULT = "the system refuses it ({problem}); mend that and try again"
catalogue = Catalogue(Path(__file__).parent / "translations", "configuration")
translate = catalogue.translate


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the catalogue and what fills its places; as a text it is Vietnamese."""

    key: str
    facts: Mapping[str, object]

    def told(self, language: str = DEFAULT_LANGUAGE) -> str:
        facts = {
            name: fact.told(language) if isinstance(fact, Sentence | TomlFault) else shorten(str(fact))
            for name, fact in self.facts.items()
        }
        return translate(self.key, language, **facts)

    def __str__(self) -> str:
        return self.told()


@dataclass(frozen=True, slots=True)
class TomlFault:
    """Why a file is no TOML; the sentences of the contract say it."""

    error: TOMLDecodeError

    def told(self, language: str = DEFAULT_LANGUAGE) -> str:
        return toml_sentence(self.error, language)


def sentence(key: str, **facts: object) -> Sentence:
    return Sentence(key, facts)


class InvalidValue(ValueError):
    """A value that a key cannot have."""

    def __init__(self, key: str, **facts: object) -> None:
        self.sentence = Sentence(key, facts)
        super().__init__(self.sentence.told())


def shorten(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"


def sentence_of(error: Mapping[str, Any]) -> Sentence:
    """Of an error of the library that checks values."""
    kind, context = str(error["type"]), error.get("ctx", {})
    ours = context.get("error")
    if isinstance(ours, InvalidValue):
        return ours.sentence
    if kind == "string_pattern_mismatch":
        return sentence(BY_PATTERN.get(context.get("pattern", ""), BAD_LETTERS))
    values = {name: str(value).replace(" or ", ", ") for name, value in context.items()}
    return Sentence(BY_KIND.get(kind, DOES_NOT_FIT), values)


def sentence_of_system(error: OSError) -> Sentence:
    """Why the operating system refuses a file or a folder, and what to do."""
    known = OF_THE_SYSTEM.get(error.errno or 0)
    return sentence(known) if known else sentence(OTHER_FAULT, problem=error.strerror or str(error))


def sentence_of_address(error: OSError) -> Sentence:
    """Why nobody can listen on an address, and what to do."""
    known = NO_HOST if (error.errno or 0) < 0 else OF_AN_ADDRESS.get(error.errno or 0)
    return sentence(known) if known else sentence_of_system(error)
