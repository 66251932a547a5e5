"""The portal's names for things, as data: turns a dossier of the portal into cells named by our fields."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from sync.dossiers.procedures import ProcedureEntry
from sync.dossiers.text_keys import key_of

MAPPING = "mapping.toml"


class AnswerNames(BaseModel):
    """Names in every answer; `unknown`: error codes that say that there is no such dossier."""

    model_config = ConfigDict(coerce_numbers_to_str=True, frozen=True)

    error: str
    result: str
    session: str
    unknown: list[str]


class PortalMapping(BaseModel):
    """The tables of mapping.toml. `dossier`, `named`, `catalogue`: names at the portal by our field."""

    model_config = ConfigDict(coerce_numbers_to_str=True, frozen=True)

    services: dict[str, str]
    sent: dict[str, str]
    answer: AnswerNames
    catalogue: dict[str, list[str]]
    dossier: dict[str, list[str]]
    named: dict[str, list[str]]
    status: dict[str, str]

    def says_unknown(self, code: int) -> bool:
        """Whether this error code only says that the portal does not know what was asked about."""
        return str(code) in self.answer.unknown

    def cells(self, item: Mapping[str, object], with_applicant: bool = False) -> dict[str, object]:
        """Our fields out of an item of the portal; whatever else it holds is not looked at."""
        cells = _picked(item, {**self.dossier, **(self.named if with_applicant else {})})
        if "status" in cells:
            status = str(cells["status"]).strip()
            cells["status"] = self.status.get(status, status)
        return cells

    def procedure(self, item: Mapping[str, object]) -> ProcedureEntry | None:
        """A procedure of an item of the catalogue; None when it has no code or no name."""
        row = self.procedure_row(item)
        return ProcedureEntry(row["code"], row["name"], row.get("field", "")) if row else None

    def procedure_row(self, item: Mapping[str, object]) -> dict[str, str]:
        """All that the portal tells of a procedure, by our column; empty when it has no code or no name."""
        cells = {name: str(value) for name, value in _picked(item, self.catalogue).items()}
        row = {name: text if name == "papers" else " ".join(text.split()) for name, text in cells.items()}
        return row if row.get("code") and row.get("name") else {}


def load_mapping(path: str = "") -> PortalMapping:
    """The shipped mapping, with the tables of a file of the office over it. Raises OSError, ValueError."""
    shipped = tomllib.loads(files("sync.portal").joinpath(MAPPING).read_text(encoding="utf-8"))
    own = tomllib.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    tables = tuple(PortalMapping.model_fields)
    unknown = sorted(set(own) - set(tables))
    if unknown:
        raise ValueError(f"{path}: there is no table {', '.join(unknown)}; known: {', '.join(tables)}")
    return PortalMapping.model_validate({name: {**shipped[name], **own.get(name, {})} for name in tables})


def _picked(item: Mapping[str, object], names_of: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """By field, the first of its names that has a value; "" when only empty ones are there."""
    values = {_bare(str(name)): value for name, value in item.items() if isinstance(value, str | int | float)}
    cells: dict[str, object] = {}
    for field, names in names_of.items():
        there = [values[_bare(name)] for name in names if _bare(name) in values]
        if there:
            cells[field] = next((value for value in there if value != ""), "")
    return cells


def _bare(name: str) -> str:
    return key_of(name).replace(" ", "")
