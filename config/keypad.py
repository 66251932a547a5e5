"""The five keys by which the kiosk is worked by ear: up, down, choose, repeat, help."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from config.sentences import InvalidValue

KEYS = ("ArrowUp", "ArrowDown", "Enter", "F9", "F1")


def _codes(values: list[str]) -> list[str]:
    """Raises ValueError for a code that no browser names so, and for one key with two meanings."""
    for value in values:
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", value):
            raise InvalidValue(
                "“{value}” is not the code of a key; write for example ArrowUp, Numpad8 or F1", value=value
            )
    if len(set(values)) < len(values):
        raise InvalidValue("each of the five keys (up, down, choose, repeat, help) needs a code of its own; change one")
    return values


Keypad = Annotated[list[str], Field(min_length=5, max_length=5), AfterValidator(_codes)]
