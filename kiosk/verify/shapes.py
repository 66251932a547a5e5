"""Texts of events recognised by what an event of the same type looked like: RFC 8785 without writing each anew.

A shape is the text of one event that was checked letter by letter, with room for other atoms: strings without escapes,
whole numbers, null, true and false. A text that fits has the same names in the same order, and each of its atoms stands
as RFC 8785 writes it: it is canonical, whatever its values are. The two digests alone may be any 64 characters: whoever
matches compares them with digests of its own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

MOST_OF_A_TYPE, MOST = 8, 400
LEARN_FROM = 40  # a shape takes some 30 ms to compile, as long as a thousand events checked letter by letter
TYPE = '"type":"'  # the last member of an event, behind it the type and '"}'
STRING = '"[ !#-\\[\\]-\U0010ffff]*+"'  # all but the quotation mark, the backslash and what stands below the blank
INTEGER = r"(?:0|-?[1-9][0-9]*+)"
ATOM = f"(?:{STRING}|null|{INTEGER}|true|false)"
DIGEST = "(?s:.{64})"
Match = re.Match[str]


class Shapes:
    """Of the events of one office and one epoch. `hash`, `prev` and `seq` are groups of a match.

    `learn_from`: of each type, the first event that fits no shape and is worth one; rarer types have none.
    """

    def __init__(self, office: str, epoch: str, learn_from: int = LEARN_FROM) -> None:
        self._own = {
            "office": _text(office),
            "epoch": _text(epoch),
            "prev_hash": f'"(?P<prev>{DIGEST})"',
            "seq": f"(?P<seq>{INTEGER})",
        }
        self._learn_from = learn_from
        self._seen: Counter[str] = Counter()
        self._known: dict[str, list[re.Pattern[str]]] = {}
        self._count = 0

    def match(self, body: str) -> Match | None:
        """Where the parts of a canonical text stand; None when no known shape fits."""
        for shape in self._known.get(body[body.rfind(TYPE) + len(TYPE) : -2], ()):
            if (match := shape.fullmatch(body)) is not None:
                return match
        return None

    def learn(self, event: dict[str, Any], body: str) -> None:
        """Takes the shape of an event whose text is canonical."""
        kind = str(event.get("type"))
        self._seen[kind] += 1
        if self._seen[kind] < self._learn_from:
            return
        known = self._known.setdefault(kind, [])
        if len(known) >= MOST_OF_A_TYPE or self._count >= MOST or not {"hash", *self._own} <= event.keys():
            return
        shape = re.compile(self._event(event))
        if shape.fullmatch(body) is not None:
            known.append(shape)
            self._count += 1

    def _event(self, event: dict[str, Any]) -> str:
        members = []
        for name, value in event.items():
            if name == "hash":
                members.append(f'"hash":"(?P<hash>{DIGEST})",')
            else:
                members.append(f"{_text(name)}:{self._own.get(name) or _shape(value)},")
        return r"\{" + "".join(members)[:-1] + r"\}"


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return r"\{" + ",".join(f"{_text(name)}:{_shape(inner)}" for name, inner in value.items()) + r"\}"
    if isinstance(value, list):
        return r"\[" + ",".join(map(_shape, value)) + r"\]"
    return ATOM


def _text(text: str) -> str:
    return re.escape(json.dumps(text, ensure_ascii=False))
