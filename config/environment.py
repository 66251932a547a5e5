"""Values of the environment over those of the file: MOTCUA__SECTION__KEY=value, lists and tables as JSON.

The convention is that of pydantic-settings, which the tests compare with. The library itself stays out of what we ship:
its sources of every kind are loaded by each of three programs that run for months.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from config.sentences import sentence

PREFIX = "MOTCUA__"
DELIMITER = "__"


class InvalidEnvironment(Exception):
    """A list or a table of the environment is not JSON. `name` is the variable, as it was set."""

    def __init__(self, name: str) -> None:
        self.name, self.sentence = name, sentence('is not JSON; write lists and tables as JSON: ["a", "b"]')
        super().__init__(self.sentence.told())


def merge(into: dict[str, Any], tables: Mapping[str, Any]) -> None:
    """Lay `tables` over `into`, table by table; a list is replaced as a whole."""
    for key, value in tables.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value


def tables_of(model: type[BaseModel], environment: Mapping[str, str]) -> dict[str, Any]:
    """What the environment says of `model`, as the tables of a file. Raises InvalidEnvironment.

    Names of sections that `model` has not are left out: the environment is shared with other programs.
    """
    tables: dict[str, Any] = {}
    names = {name.upper(): name for name in environment}
    for upper in sorted(names):  # a section as JSON comes before the keys that mend it
        parts = upper.removeprefix(PREFIX).lower().split(DELIMITER)
        if not upper.startswith(PREFIX) or _field_type(model, parts[0]) is None:
            continue
        merge(tables, _nested(model, parts, names[upper], environment[names[upper]]))
    return tables


def _nested(model: type[BaseModel], parts: list[str], name: str, text: str) -> dict[str, Any]:
    """`{"server": {"bind": text}}` for the parts server, bind."""
    kind: Any = model
    for part in parts:
        kind = _field_type(kind, part)
    value: Any = _value(kind, name, text)
    for part in reversed(parts):
        value = {part: value}
    return dict(value)


def _value(kind: Any, name: str, text: str) -> Any:
    if not _is_structured(kind):
        return text
    try:
        return json.loads(text)
    except ValueError:
        if get_origin(kind) in (Union, UnionType):  # "a text or a list": then it is the text
            return text
        raise InvalidEnvironment(name) from None


def _field_type(kind: Any, key: str) -> Any:
    """The declared type of a key of a section or of a table of sections; None when nothing is declared."""
    kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if key in (name, field.alias):
                return field.annotation
        return None
    return get_args(kind)[1] if get_origin(kind) is dict else None


def _bare(kind: Any) -> Any:
    """Without the constraints of Annotated and without the None of an optional key."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        kinds = [one for one in get_args(kind) if one is not type(None)]
        return _bare(kinds[0]) if len(kinds) == 1 else kind
    return kind


def _is_structured(kind: Any) -> bool:
    bare = _bare(kind)
    if get_origin(bare) in (Union, UnionType):
        return any(_is_structured(one) for one in get_args(bare))
    whole = get_origin(bare) or bare
    return isinstance(whole, type) and issubclass(whole, (BaseModel, list, dict, tuple, set, frozenset))
