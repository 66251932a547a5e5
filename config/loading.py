"""Reading a configuration file: every problem at once, each with file, section, key and a suggestion."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from config.checks import problems_between
from config.environment import DELIMITER, PREFIX, InvalidEnvironment, merge, tables_of
from config.places import procedures_file
from config.procedures import kept_procedures, with_kept
from config.schema import Configuration
from config.sentences import (
    MISSPELT,
    UNKNOWN_KEY,
    InvalidValue,
    Sentence,
    TomlFault,
    sentence,
    sentence_of,
    sentence_of_system,
    translate,
)
from contract.catalogues import DEFAULT_LANGUAGE
from contract.records import dataclass

SAMPLE = "office.sample.toml"
ENVIRONMENT = "MOTCUA_…"
KEY = "[key]"  # how the library calls the name of an entry, as it stands in a place


@dataclass(frozen=True)
class ConfigProblem:
    """One thing to mend. `place` is section and key as written in the file: `counter[2].services`; "" for all of it."""

    file: str
    place: str
    sentence: Sentence | TomlFault

    def told(self, language: str = DEFAULT_LANGUAGE) -> str:
        return f"{self.file}: {self.place or translate('the file', language)}: {self.sentence.told(language)}"

    def __str__(self) -> str:
        return self.told()


class ConfigurationError(Exception):
    """Everything that is wrong with a configuration; `problems` is never empty."""

    def __init__(self, problems: Iterable[ConfigProblem]) -> None:
        self.problems = list(problems)
        super().__init__(self.told())

    def told(self, language: str = DEFAULT_LANGUAGE) -> str:
        """A line for each problem."""
        return "\n".join(problem.told(language) for problem in self.problems)


def sample_text() -> str:
    """The commented sample configuration: the office of xã Ba Vì."""
    return files("config").joinpath(SAMPLE).read_text(encoding="utf-8")


def guarded_sample_text() -> str:
    """The sample for an office whose kiosks, tablets and counters reach it over a network: HTTPS, staff apart."""
    return sample_text().replace("\n# tls_bind =", "\ntls_bind =").replace("\n# staff_bind =", "\nstaff_bind =")


def load(path: Path, overrides: Mapping[str, Any] | None = None) -> Configuration:
    """Read `path` and the secrets file it names. Raises ConfigurationError with every problem found."""
    tables = _read_toml(path)
    secrets = tables.get("secrets")
    if isinstance(secrets, str) and secrets:
        merge(tables, _read_toml(path.parent / secrets))
    merge(tables, overrides or {})
    _add_kept_procedures(tables)
    return build(tables, str(path))


def build(tables: Mapping[str, Any], file: str) -> Configuration:
    """Check parsed tables with the environment over them. Raises ConfigurationError; `file` is named in messages."""
    problems: list[ConfigProblem] = []
    both = deepcopy(dict(tables))
    try:
        merge(both, tables_of(Configuration, os.environ))
        configuration = Configuration(**both)
    except ValidationError as error:
        problems = [_problem(file, dict(row)) for row in error.errors()]
        try:
            configuration = Configuration(**_without_unknown(both, error))
        except ValidationError:
            raise ConfigurationError(problems) from None
    except InvalidEnvironment as error:
        raise ConfigurationError([ConfigProblem(ENVIRONMENT, error.name, error.sentence)]) from None
    problems += [ConfigProblem(file, place, wrong) for place, wrong in problems_between(configuration)]
    if problems:
        raise ConfigurationError(problems)
    return configuration


def _without_unknown(tables: Mapping[str, Any], error: ValidationError) -> dict[str, Any]:
    """A copy without the unknown keys, so that contradictions between sections are found in the same pass."""
    copy = deepcopy(dict(tables))
    for row in error.errors():
        if row["type"] == "extra_forbidden":
            place: Any = copy
            for part in row["loc"][:-1]:
                place = place[part]
            place.pop(row["loc"][-1], None)
    return copy


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        wrong: Sentence | TomlFault = sentence("cannot be read: {problem}", problem=sentence_of_system(error))
    except UnicodeDecodeError as error:
        wrong = sentence("is not UTF-8 at byte {place}; save it as UTF-8", place=error.start)
    except tomllib.TOMLDecodeError as error:
        wrong = TomlFault(error)
    raise ConfigurationError([ConfigProblem(str(path), "", wrong)])


def _add_kept_procedures(tables: dict[str, Any]) -> None:
    """Those that came in by a table win over those of the file; one whose service is gone is not shown."""
    try:
        kept = kept_procedures()
    except InvalidValue as error:
        raise ConfigurationError([ConfigProblem(str(procedures_file()), "procedures", error.sentence)]) from None
    own, services = tables.get("procedure", []), tables.get("service", [])
    if kept and all(isinstance(row, dict) for row in (*own, *services)):
        codes = {row.get("code") for row in services}
        tables["procedure"] = with_kept(own, [row for row in kept if row.get("service") in codes])


def _problem(file: str, error: Mapping[str, Any]) -> ConfigProblem:
    loc: tuple[str | int, ...] = error["loc"]
    wrong = _unknown_key(loc) if error["type"] == "extra_forbidden" else sentence_of(error)
    origin = file if _environment_name(loc) is None else f"{ENVIRONMENT} {_environment_name(loc)}"
    return ConfigProblem(origin, _place(loc), wrong)


def _place(loc: tuple[str | int, ...]) -> str:
    place = ""
    for part in loc:
        if part != KEY:
            place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return place


def _environment_name(loc: tuple[str | int, ...]) -> str | None:
    words = [str(part).upper() for part in loc]
    for length in range(len(words), 0, -1):
        name = PREFIX + DELIMITER.join(words[:length])
        if name in os.environ:
            return name
    return None


def _unknown_key(loc: tuple[str | int, ...]) -> Sentence:
    from difflib import get_close_matches  # of no use to a program whose configuration is right

    known = _keys_at(Configuration, loc[:-1])
    close = get_close_matches(str(loc[-1]), known, n=1, cutoff=0.5)
    return sentence(MISSPELT, close=close[0]) if close else sentence(UNKNOWN_KEY, known=", ".join(sorted(known)))


def _keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for argument in get_args(annotation) if (model := _model_in(argument))), None)
