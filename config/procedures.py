"""Administrative procedures: tables of the file, and those that came in by a table of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from config import places
from config.base import Code, Day, Section, Text
from config.patterns import PROCEDURE_CODE
from config.sentences import InvalidValue, sentence_of_system

LOST = "“{path}” holds no list of procedures; delete it and take the table of procedures again"
UNREADABLE = "“{path}” cannot be read: {problem}"
Certainty = Literal["confirmed", "needs confirmation"]


class ProcedureSection(Section):
    """`words`: as people say it, for the search. Shown on the days from `valid_from` to `valid_until`, both included;
    kept for ever, because dossiers name it. `replaced_by`: the code of what is asked for instead then.
    """

    code: Annotated[str, Field(pattern=PROCEDURE_CODE)]
    name: Text
    field: Text
    service: Code
    time: str = Field(default="", max_length=400)
    fee: str = Field(default="", max_length=400)
    certainty: Certainty = "needs confirmation"
    papers: list[Text] = Field(default=[], max_length=30)
    words: list[Text] = Field(default=[], max_length=30)
    valid_from: Day | None = None
    valid_until: Day | None = None
    replaced_by: Annotated[str, Field(pattern=PROCEDURE_CODE)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> ProcedureSection:
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            days = {"first": self.valid_from, "last": self.valid_until}
            raise InvalidValue("“valid_from” {first} is after “valid_until” {last}; mend one of them", **days)
        return self


def with_kept(tables: Sequence[Mapping[str, Any]], kept: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The procedures of the file, each replaced by the one that came in later under its code; new ones follow."""
    later = {row["code"]: row for row in kept}
    known = [later.pop(row.get("code"), row) for row in tables]
    return [*known, *later.values()]


def kept_procedures() -> list[dict[str, Any]]:
    """The tables that came in, from the state folder; none where none did. Raises InvalidValue with the file's name."""
    path = places.procedures_file()
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):  # that the state folder is no folder is told where it is used
        return []
    except OSError as error:  # the list may be sound: never an advice to delete it
        raise InvalidValue(UNREADABLE, path=path, problem=sentence_of_system(error)) from error
    except ValueError as error:
        raise InvalidValue(LOST, path=path) from error
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("code"), str) for row in rows
    ):
        raise InvalidValue(LOST, path=path)
    return rows


def keep_procedures(rows: Sequence[ProcedureSection]) -> None:
    """In place of those kept before. Raises OSError."""
    path = places.procedures_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps([row.model_dump(mode="json") for row in rows], ensure_ascii=False, indent=1)
    beside = path.with_suffix(".new")
    beside.write_text(text + "\n", encoding="utf-8")
    beside.replace(path)
