"""What is wrong with a file of TOML, in words for whoever mends it: where, what, and what to do.

The library says it in English, for programmers; people of an office edit these files by hand.
"""

from __future__ import annotations

import re
from pathlib import Path
from tomllib import TOMLDecodeError

from contract.catalogues import DEFAULT_LANGUAGE, Catalogue

# What the library's sentence begins with or holds, and ours; the first that fits counts.
SENTENCES = (
    (r"Unterminated string|Illegal character '\\n'", "a text is not closed; write a quotation mark at its end"),
    ("Unclosed array", "a list is not closed; write ] at its end"),
    ("Unclosed inline table", "a table is not closed; write } at its end"),
    ("end of a(n array| table) declaration", "the name of a section is not closed; write [name] or [[name]]"),
    ("Expected '=' after a key", "behind the name of a key = is missing; write: key = value"),
    ("Expected newline|Invalid statement", "this is not: key = value; write each key on a line of its own"),
    ("Invalid initial character", "the name of a key has a letter that it cannot have; write a to z, 0 to 9, _ and -"),
    ("Cannot (declare|overwrite|mutate|redefine)|Duplicate", "a key or section stands twice; keep one of them"),
    ("Unescaped|hex value|Escaped character", "a \\ in a text is written twice: \\\\"),
    ("Illegal character|invalid character", "there is a character that nobody sees; delete it and type the line again"),
    ("Invalid date", "there is no such day or time; write for example 2026-04-30 or 07:30:00"),
    ("Invalid value", "the value is neither a number nor true or false; write texts in quotation marks"),
)
OTHER = "the line cannot be read; compare it with the sample"
_PLACE = re.compile(r"line (\d+), column (\d+)")
_translate = Catalogue(Path(__file__).parent / "translations", "toml").translate


def toml_sentence(error: TOMLDecodeError, language: str = DEFAULT_LANGUAGE) -> str:
    """ "line 3, column 5: a text is not closed; write a quotation mark at its end"."""
    text = str(error)
    sentence = next((ours for pattern, ours in SENTENCES if re.search(pattern, text)), OTHER)
    place = _PLACE.search(text)
    where = {} if place is None else {"line": place[1], "column": place[2]}
    at = "line {line}, column {column}: {problem}" if where else "end of the file: {problem}"
    return _translate(at, language, problem=_translate(sentence, language), **where)
