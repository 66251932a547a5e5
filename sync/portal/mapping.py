"""The portal's names for things, as data, and a dossier of the portal as cells of ours."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from sync.text_keys import key_of

MAPPING = "mapping.toml"
TABLES = ("services", "sent", "answer", "catalogue", "dossier", "named", "status")


@dataclass(frozen=True)
class PortalMapping:
    """`tables` as in the file beside this one."""

    tables: Mapping[str, Mapping[str, Any]]

    def service(self, name: str) -> str:
        return str(self.tables["services"][name])

    def sent(self, name: str) -> str:
        return str(self.tables["sent"][name])

    def says_unknown(self, code: int) -> bool:
        """Whether this error code only says that the portal does not know what was asked about."""
        return str(code) in {str(one) for one in self.tables["answer"]["unknown"]}

    def answered(self, name: str) -> str:
        return str(self.tables["answer"][name])

    def cells(self, item: Mapping[str, Any], named: bool = False) -> dict[str, object]:
        """Our fields out of an item of the portal; whatever else it holds is not looked at. `named`: names are on."""
        cells = _picked(item, {**self.tables["dossier"], **(self.tables["named"] if named else {})})
        status = str(cells.get("status", "")).strip()
        return {**cells, "status": self.tables["status"].get(status, status)} if "status" in cells else cells

    def procedure(self, item: Mapping[str, Any]) -> tuple[str, str, str] | None:
        """(code, name, field) of an item of the catalogue; None when it has no code or no name."""
        cells = _picked(item, self.tables["catalogue"])
        code, name, field = (" ".join(str(cells.get(key, "")).split()) for key in ("code", "name", "field"))
        return (code, name, field) if code and name else None


def _picked(item: Mapping[str, Any], wanted: Mapping[str, Sequence[str]]) -> dict[str, object]:
    plain = {_bare(str(name)): value for name, value in item.items() if isinstance(value, str | int | float)}
    found: dict[str, object] = {}
    for field, names in wanted.items():
        values = [plain[_bare(name)] for name in names if _bare(name) in plain]
        if values:
            found[field] = next((value for value in values if value != ""), "")
    return found


def _bare(name: str) -> str:
    return key_of(name).replace(" ", "")


def load_mapping(path: str = "") -> PortalMapping:
    """The shipped mapping, with the tables of a file of the office over it. Raises OSError, ValueError."""
    shipped = tomllib.loads(files("sync.portal").joinpath(MAPPING).read_text(encoding="utf-8"))
    own = tomllib.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    unknown = sorted(set(own) - set(TABLES))
    if unknown:
        raise ValueError(f"{path}: there is no table {', '.join(unknown)}; known: {', '.join(TABLES)}")
    return PortalMapping({name: {**shipped[name], **own.get(name, {})} for name in TABLES})
