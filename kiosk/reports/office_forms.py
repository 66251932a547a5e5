"""Forms and rules that an office adds by itself when a new circular comes, before the next version has them.

`forms/NAME.toml` in the folder of reports holds a further `[[form]]` of the report NAME, written as the shipped ones
(`kiosk/reports/forms/`), and `forms/law.toml` further `[[rule]]`s. What is left out of a form is as in the shipped one
that it follows. They hold from their day on and come before the shipped ones; `to` ends them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import Any

from contract.toml_words import toml_sentence
from kiosk.domain.office_files import OfficeFile
from kiosk.domain.office_forms import OfficeForms
from kiosk.reports.office_files import read_file, text_in
from kiosk.reports.rule_figures import figures_of, wrong_value
from kiosk.reports.wording import translate

FOLDER, LAW = "forms", "law"
NEEDED = {"form": ("from", "source"), "rule": ("key", "from", "value", "source")}


class FormsBroken(ValueError):
    """A file of the office's own forms can't be used; the message names file, place and what to do."""


_IN_USE: ContextVar[OfficeForms] = ContextVar("office_forms", default=OfficeForms())  # noqa: B039 # frozen


def forms_of_office() -> OfficeForms:
    """Those that `using` has put in place here; none elsewhere."""
    return _IN_USE.get()


@contextmanager
def using(forms: OfficeForms | None) -> Iterator[None]:
    """Reports made inside follow these too."""
    token = _IN_USE.set(forms or OfficeForms())
    try:
        yield
    finally:
        _IN_USE.reset(token)


def forms_or_none(read: Callable[[], OfficeForms]) -> OfficeForms | None:
    """None while they cannot be used, where whatever is made by them says what is wrong with them."""
    try:
        return read()
    except FormsBroken:
        return None


def form_files(reports: Path) -> dict[str, OfficeFile]:
    """By the name of the file. Raises FormsBroken."""
    return {path.stem: read_file(path, FormsBroken) for path in sorted((reports / FOLDER).glob("*.toml"))}


def forms_in(files: Mapping[str, OfficeFile]) -> OfficeForms:
    """Raises FormsBroken."""
    tables = {name: (file.path, _tables(file)) for name, file in files.items()}
    rules = _checked(*tables.pop(LAW), "rule") if LAW in tables else []
    return OfficeForms({name: _checked(path, table, "form") for name, (path, table) in tables.items()}, rules)


def _tables(file: OfficeFile) -> dict[str, Any]:
    try:
        return tomllib.loads(text_in(file, FormsBroken))
    except tomllib.TOMLDecodeError as error:
        raise FormsBroken(f"{file.path}: {toml_sentence(error)}") from error


def _checked(path: Path, tables: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    """The tables of a kind, the youngest first. Raises FormsBroken."""
    made = tables.get(kind)
    if set(tables) != {kind} or not isinstance(made, list):
        raise FormsBroken(
            translate("{file}: write each table as [[{kind}]] and nothing beside it", file=path, kind=kind)
        )
    for number, one in enumerate(made, start=1):
        missing = [name for name in (*NEEDED[kind], *figures_of(one)) if name not in one]
        if missing:
            sentence = "{file}: the {kind} number {number} lacks “{name}”; write it"
            raise FormsBroken(translate(sentence, file=path, kind=kind, number=number, name=missing[0]))
        if not all(type(one[name]) is date for name in ("from", "to") if name in one):
            sentence = "{file}: the {kind} number {number} has no day in “from” or “to”; write 2027-03-01"
            raise FormsBroken(translate(sentence, file=path, kind=kind, number=number))
        if "to" in one and one["to"] <= one["from"]:
            sentence = "{file}: the {kind} number {number} ends before it begins; “to” is the first day without it"
            raise FormsBroken(translate(sentence, file=path, kind=kind, number=number))
        if (wrong := wrong_value(one)) is not None:
            sentence = "{file}: “{name}” of the {kind} number {number} cannot be used; write for example {example}"
            example = f"{wrong[0]} = {wrong[1]}"
            raise FormsBroken(translate(sentence, file=path, kind=kind, number=number, name=wrong[0], example=example))
    return sorted(made, key=lambda one: one["from"], reverse=True)
