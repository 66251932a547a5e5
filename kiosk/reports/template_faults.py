"""What is wrong with a tag of a Word template, in the words of an officer; those of Jinja are for programmers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2 import TemplateAssertionError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from kiosk.reports.wording import translate

MOST_LETTERS = 60  # of a line that is repeated
NOT_CLOSED = "the tag {%% %s … %%} is not closed; write {%% end%s %%} behind it"
NO_SUCH_TAG = "there is no place for the tag {%% %s %%} here; take it away, or write what it ends before it"
NO_SUCH_FILTER = "there is no “%s” for a value; take it away"
NOT_WRITTEN_SO = "a tag is not written right in “%s”; write it as {{ name }} or {%% for row in tables[0] %%}"
NOT_THERE = "“%s” asks for something that this report does not have; compare it with a new template"
NOT_ALLOWED = "“%s” asks for what a template may not use; take it away"
NOT_RECKONED = "“%s” cannot be reckoned; write names without arithmetic"
_UNCLOSED = re.compile(r"innermost block that needs to be closed is '(\w+)'")
_UNKNOWN_TAG = re.compile(r"^Encountered unknown tag '(\w+)'")
_UNKNOWN_FILTER = re.compile(r"^No (?:filter|test) named '(\w+)'")


def sentence_of_fault(error: BaseException, lines: Sequence[str], line: int) -> str:
    """A sentence that quotes the tag's name or its line. `lines`: texts of the template; `line` counts from 1."""
    quoted = _shortened(lines[line - 1] if 0 < line <= len(lines) else "")
    if isinstance(error, TemplateSyntaxError | TemplateAssertionError):
        return _syntax(str(error.message), quoted)
    if isinstance(error, SecurityError):
        return translate(NOT_ALLOWED) % quoted
    if isinstance(error, UndefinedError | LookupError | AttributeError):
        return translate(NOT_THERE) % quoted
    return translate(NOT_RECKONED) % quoted


def _syntax(message: str, quoted: str) -> str:
    if match := _UNKNOWN_TAG.search(message):
        return translate(NO_SUCH_TAG) % match[1]
    if match := _UNKNOWN_FILTER.search(message):
        return translate(NO_SUCH_FILTER) % match[1]
    if match := _UNCLOSED.search(message):
        return translate(NOT_CLOSED) % (match[1], match[1])
    return translate(NOT_WRITTEN_SO) % quoted


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_LETTERS else plain[:MOST_LETTERS] + "…"
