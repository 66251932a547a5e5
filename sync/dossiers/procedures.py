"""What an office knows of procedures: codes by name, fields by code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from contract.records import dataclass
from sync.dossiers.text_keys import key_of

# A code of a province's own, of the time before national codes: T-QNG-123456-TT.
_LOCAL_CODE = re.compile(r"T-[A-Z]{2,4}-[0-9]{6}-TT")
_AS_NUMBER = re.compile(r"([1-9])(?:[.,](\d{1,5})|[,]?(\d{6}))")  # what a spreadsheet makes of one: 1.00112, 2000635
_NATIONAL_CODE = re.compile(r"(?<![\d.])([1-9]\.[0-9]{6})(?!\d)")


class ProcedureEntry(NamedTuple):
    """A procedure of a catalogue: its code, its name, the name of its field."""

    code: str
    name: str
    field: str


@dataclass(frozen=True, slots=True)
class ProcedureCatalogue:
    """Field by code, code by key of the name, and the office's own fields by key."""

    field_of: Mapping[str, str]
    code_of: Mapping[str, str]
    fields: Mapping[str, str]

    @classmethod
    def of(cls, procedures: Iterable[ProcedureEntry], fields: Iterable[str] = ()) -> ProcedureCatalogue:
        """From the procedures and the names of further fields."""
        entries = list(procedures)
        names = [*(entry.field for entry in entries), *fields]
        return cls(
            {entry.code: entry.field for entry in entries},
            {key_of(entry.name): entry.code for entry in entries},
            {key_of(name): name for name in names},
        )

    def with_more(self, procedures: Iterable[ProcedureEntry]) -> ProcedureCatalogue:
        """The same with an upstream catalogue behind it: what the office says wins.

        Of its codes those in a known form are taken; its fields stay outside the office's own.
        """
        known = [ProcedureEntry(code, e.name, e.field) for e in procedures if (code := procedure_code(e.code))]
        more = ProcedureCatalogue.of(known)
        return ProcedureCatalogue({**more.field_of, **self.field_of}, {**more.code_of, **self.code_of}, self.fields)

    def procedure(self, code: str, name: str = "") -> str | None:
        """A code of the office's own, a code in a known form, or the code of a known name."""
        if code in self.field_of:
            return code
        known = procedure_code(code) or procedure_code(name)
        named = (self.code_of[key] for key in _name_keys(name) if key in self.code_of)
        return known or self._of_number(code) or next(named, None)

    def _of_number(self, text: str) -> str | None:
        """The office's code that a spreadsheet took for a number: the point or zeros at the end are lost."""
        match = _AS_NUMBER.fullmatch(text)
        code = f"{match[1]}.{match[2] or match[3]:0<6}" if match else ""
        return code if code in self.field_of else None

    def field(self, procedure: str, text: str) -> str | None:
        """The office's own name of a field; None when it has none (the board withholds by that name)."""
        if procedure in self.field_of:
            return self.field_of[procedure]
        key = f" {key_of(text)} "
        return next((name for own, name in self.fields.items() if f" {own} " in key), None)


def _name_keys(name: str) -> list[str]:
    """ "Thủ tục đăng ký khai sinh" is "đăng ký khai sinh" as well."""
    key = key_of(name)
    return [
        key,
        *(key.removeprefix(word) for word in ("thu tuc ", "thu tuc hanh chinh ", "tthc ") if key.startswith(word)),
    ]


def procedure_code(text: str) -> str | None:
    """A local code, or the national one (d.dddddd) out of a longer text."""
    if _LOCAL_CODE.fullmatch(text):
        return text
    match = _NATIONAL_CODE.search(text)
    return match[1] if match else None
