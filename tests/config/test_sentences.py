"""Every key of the configuration with wrong values, as its schema says: each is told in Vietnamese, with what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import pairwise
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from babel.messages.pofile import read_po
from pydantic import BaseModel

from config import patterns
from config.loading import ConfigProblem, ConfigurationError, build, sample_text
from config.schema import Configuration
from config.sentences import BAD_LETTERS, DOES_NOT_FIT, Sentence
from tests.sources import ROOT

Path = tuple[str | int, ...]
# Of every key at least one of them is wrong; which, the schema knows.
WRONG: list[Any] = [
    5,
    -1,
    10**30,
    2.5,
    True,
    "",
    "§ \n\0",
    "không có",
    "x" * 2000,
    "https://máy.vn:99999/",
    [],
    [5],
    ["§"] * 60,
    {"§": 5},
    [{"§": 5}],
]


def keys_of(model: type[BaseModel], above: Path = ()) -> Iterator[Path]:
    """Every key of the file; of a list of tables those of its first, of tables by name those of “vi”."""
    for name, field in model.model_fields.items():
        here = (*above, field.alias or name)
        yield here
        inner, more = _model_below(field.annotation)
        if inner is not None:
            yield from keys_of(inner, (*here, *more))


def _model_below(kind: Any) -> tuple[type[BaseModel] | None, Path]:
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind, ()
    if origin in (list, dict):
        model, more = _model_below(arguments[-1])
        return model, (0 if origin is list else "vi", *more)
    if origin in (Annotated, Union, UnionType):
        return next((found for one in arguments if (found := _model_below(one))[0]), (None, ()))
    return None, ()


def with_value(path: Path, value: Any) -> dict[str, Any]:
    """The sample with a value at a key; tables on the way that it lacks are made empty."""
    tables: Any = deepcopy(SAMPLE)
    place = tables
    for part, below in pairwise(path):
        empty: Any = [] if isinstance(below, int) else {}
        if isinstance(part, int):
            if not place:
                place.append(empty)
            place = place[part]
        else:
            place = place.setdefault(part, empty)
    place[path[-1]] = value
    return dict(tables)


def problems_of(tables: dict[str, Any]) -> list[ConfigProblem]:
    try:
        build(tables, "office.toml")
    except ConfigurationError as error:
        return error.problems
    return []


@cache
def refused(path: Path) -> list[ConfigProblem]:
    """What is told of all wrong values of a key."""
    return [problem for value in WRONG for problem in problems_of(with_value(path, value))]


def told_well(problem: ConfigProblem) -> bool:
    """In Vietnamese, and it asks for something; English is there for those who ask for it."""
    told, english = problem.told(), problem.told("en")
    assert len(told) < 1500
    is_ours = isinstance(problem.sentence, Sentence) and problem.sentence.key in VIETNAMESE
    return is_ours and "hãy " in told and told != english and "hãy" not in english


def written(path: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


SAMPLE = tomllib.loads(sample_text())
SAMPLE["procedure"] = SAMPLE["procedure"][:2]
KEYS = sorted(keys_of(Configuration), key=str)
with (ROOT / "config/translations/vi/LC_MESSAGES/configuration.po").open("rb") as file:
    VIETNAMESE = {str(one.id): str(one.string) for one in read_po(file) if one.id}


def test_the_keys_of_every_section_are_walked() -> None:
    written_keys = {written(path) for path in KEYS}
    assert len(KEYS) > 200
    assert {"sync.connector[0].portal.unit", "slip_words.vi.ahead", "office.hours[0].from", "secrets"} <= written_keys


@pytest.mark.parametrize("section", sorted({str(path[0]) for path in KEYS}))
def test_a_wrong_value_is_told_with_section_and_key_and_what_to_do(section: str) -> None:
    for path in (path for path in KEYS if path[0] == section):
        found = refused(path)
        assert [str(problem) for problem in found if not told_well(problem)] == []
        assert any(problem.place.startswith(written(path)) for problem in found), written(path)


@pytest.mark.parametrize("section", sorted({str(path[0]) for path in KEYS}))
def test_a_misspelt_key_is_told_with_the_one_that_was_meant(section: str) -> None:
    for path in (path for path in KEYS if path[0] == section and isinstance(path[-1], str)):
        meant = (*path[:-1], f"{path[-1]}x")
        told = {problem.place: problem for problem in problems_of(with_value(meant, 5))}
        if told:  # names of an office's own choice are no keys: [texts.LANGUAGE]
            assert told_well(told[written(meant)])
            assert f"“{path[-1]}”" in str(told[written(meant)])


@pytest.mark.parametrize("key", ["office", "survey", "service", "counter"])
def test_a_section_that_is_missing_is_told(key: str) -> None:
    tables = {name: table for name, table in SAMPLE.items() if name != key}
    assert [(one.place, told_well(one)) for one in problems_of(tables)] == [(key, True)]


@pytest.mark.parametrize("key", sorted(VIETNAMESE))
def test_every_sentence_asks_for_something(key: str) -> None:
    """But for those that another sentence stands in."""
    holds_another = "{problem}" in key
    assert holds_another or key in NAMES or "hãy " in VIETNAMESE[key]


NAMES = {"the file", "careful", "{services} services, {counters} counters"}


def test_every_form_of_a_short_text_is_told_by_itself() -> None:
    used = set(patterns_in(Configuration.model_json_schema()))
    assert len(used) >= 10 and used <= set(patterns.BY_PATTERN)
    told = [str(one) for path in KEYS for one in refused(path) if general(one)]
    assert told == []


def patterns_in(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for one in schema:
            yield from patterns_in(one)


def general(problem: ConfigProblem) -> bool:
    return isinstance(problem.sentence, Sentence) and problem.sentence.key in {BAD_LETTERS, DOES_NOT_FIT}


@pytest.mark.parametrize("folk", ["bà {con", "bà con}", "{folk}", "bà\ncon"])
def test_a_form_of_address_that_sentences_cannot_hold_is_refused(folk: str) -> None:
    told = [str(one) for one in problems_of(with_value(("office", "folk"), folk))]
    assert len(told) == 1 and "hãy viết trên một dòng, không có dấu { và }" in told[0]


@pytest.mark.parametrize("value", ["1740787200", "1740787200.0", "-86400", "0"])
@pytest.mark.parametrize("path", [("office", "sample_until"), ("office", "hours", 0, "from")])
def test_a_number_written_as_a_text_is_no_day_and_no_time(path: Path, value: str) -> None:
    told = [str(one) for one in problems_of(with_value(path, value))]
    assert len(told) == 1 and "đây là con số; hãy viết ngày như 2027-03-01, giờ như 07:30" in told[0]
