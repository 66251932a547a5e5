"""What is wrong in the sections that officers write themselves (reports, letterhead, schedule), in their language.

The other sections are a technician's, and their messages stay English.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contract.catalogues import Catalogue

SECTIONS = frozenset({"schedule", "letter", "reports"})
# By the kind of error of the library that checks values; places are filled from its context.
BY_KIND = {
    "extra_forbidden": "there is no such key; compare it with the sample",
    "missing": "is missing; write it",
    "literal_error": "write one of: {expected}",
    "string_type": "write a text in quotation marks",
    "string_too_short": "write a text",
    "string_too_long": "the text is longer than {max_length} letters; shorten it",
    "string_pattern_mismatch": "has letters that it cannot have; compare it with the sample",
    "list_type": 'write a list: ["…", "…"]',
    "too_long": "has more than {max_length}; take some away",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
    "int_parsing": "write a whole number",
    "int_type": "write a whole number",
    "int_from_float": "write a whole number",
    "greater_than_equal": "write a number from {ge} on",
    "less_than_equal": "write a number up to {le}",
    "date_type": "write a day: 2027-03-01",
    "date_parsing": "write a day: 2027-03-01",
    "date_from_datetime_parsing": "write a day: 2027-03-01",
    "model_type": "write it as a table of its own",
}
translate = Catalogue(Path(__file__).parent / "translations", "configuration").translate


def is_for_officers(place: tuple[str | int, ...]) -> bool:
    return bool(place) and (place[0] in SECTIONS or place[:2] == ("office", "names"))


def officers_sentence(error: Mapping[str, Any]) -> str:
    """Of an error of the library; one that has no sentence here stays as it is."""
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    sentence = BY_KIND.get(kind)
    if sentence is None:
        return str(error["msg"])
    values = {name: str(value).replace(" or ", ", ") for name, value in context.items()}
    return translate(sentence, **values)
