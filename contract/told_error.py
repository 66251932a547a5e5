"""An error that is told to people: a sentence of the catalogues and what fills its places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ToldError(Exception):
    """As a text it is English, for logs; `reason` and `facts` make the sentence in another language.

    A fact may be an error itself, whose own sentence stands there.
    """

    def __init__(self, reason: str, /, **facts: object) -> None:
        super().__init__(reason.format(**facts) if facts else reason)
        self.reason, self.facts = reason, facts


def carried(error: ToldError) -> dict[str, Any]:
    """An error as JSON, for another process that tells it in words of its own."""
    return {"reason": error.reason, "facts": {name: _carried(value) for name, value in error.facts.items()}}


def received(answer: Mapping[str, Any]) -> ToldError:
    """An error of `carried`."""
    return ToldError(answer["reason"], **{name: _received(value) for name, value in answer["facts"].items()})


def _carried(value: object) -> object:
    if isinstance(value, ToldError):
        return carried(value)
    if isinstance(value, OSError) and value.errno is not None:
        return {
            "errno": value.errno,
            "text": value.strerror,
            "file": None if value.filename is None else str(value.filename),
        }
    return str(value)


def _received(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    if "errno" in value:
        return OSError(value["errno"], value["text"], *([] if value["file"] is None else [value["file"]]))
    return received(value)
