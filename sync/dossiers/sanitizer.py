"""The sanitizer: turns a dossier of an upstream system into one of the contract, and lets nothing else of it in.

It reads the twelve fields of the contract only; names, phones, ID numbers and free text of the upstream system stay
outside. Where an office switched masked names on, it makes family name and initials of an applicant's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast
from zoneinfo import ZoneInfo

from contract.dossiers import FIELDS, STEPS, UNNAMED_FIELD, DossierInput
from sync.dossiers.masked_names import masked_name
from sync.dossiers.procedures import ProcedureCatalogue, ProcedureEntry
from sync.dossiers.vocabulary import DossierVocabulary


class DossierSanitizer:
    """Knows the office's words, procedures and time zone.

    `named_fields`: fields of procedures whose dossiers may carry a masked name.
    """

    def __init__(
        self,
        vocabulary: DossierVocabulary,
        catalogue: ProcedureCatalogue,
        zone: ZoneInfo,
        named_fields: frozenset[str] = frozenset(),
    ) -> None:
        self.vocabulary = vocabulary.with_applicants() if named_fields else vocabulary
        self.catalogue, self.zone, self.named_fields = catalogue, zone, named_fields

    def with_procedures(self, procedures: Iterable[ProcedureEntry]) -> DossierSanitizer:
        """The same with an upstream catalogue behind the office's own.

        A procedure whose field is on no list is left out.
        """
        entries = [ProcedureEntry(one.code, one.name, self.field("", one.field)) for one in procedures]
        named = [entry for entry in entries if entry.field != UNNAMED_FIELD]
        return DossierSanitizer(self.vocabulary, self.catalogue.with_more(named), self.zone, self.named_fields)

    def procedure_rows(self, rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
        """What may come in of an upstream catalogue (`code`, `name`, `field` and more columns).

        A field is named as the office names it. A procedure whose field is on no list, or that is called like a person,
        is left out.
        """
        named = [{**row, "field": self.field("", row.get("field", ""))} for row in rows]
        return [
            row for row in named if row["field"] != UNNAMED_FIELD and self.masked_applicant(row.get("name", "")) is None
        ]

    def sanitize(self, dossier: Mapping[str, object]) -> DossierInput:
        """A dossier in the fields of the contract, without any text that could name a person.

        Fields that are missing stay missing. The values of other fields are as upstream gave them: the service checks
        their form.
        """
        clean = {name: dossier[name] for name in FIELDS if name in dossier}
        procedure = self.catalogue.procedure(str(clean.get("procedure", ""))) or ""
        if "procedure" in clean:
            clean["procedure"] = procedure
        if "field" in clean:
            clean["field"] = self.field(procedure, str(clean["field"]))
        if clean.get("not_digitised_reason") is not None:
            clean["not_digitised_reason"] = self.vocabulary.reason(str(clean["not_digitised_reason"]))
        status = clean.get("status")
        if isinstance(status, int):
            clean["step"] = STEPS.get(status)
        else:
            clean.pop("step", None)
        return cast(DossierInput, clean)

    def field(self, procedure: str, text: str) -> str:
        """The office's own name of a field, else that of a listed field; any other text stays outside."""
        return self.catalogue.field(procedure, text) or self.vocabulary.field(text) or UNNAMED_FIELD

    def masks_applicants_of(self, field: str) -> bool:
        """Whether dossiers of that field may carry a masked name."""
        return field in self.named_fields

    def masked_applicant(self, name: str) -> str | None:
        """Family name and initials; None for what is not a person's name for certain."""
        return masked_name(name, self.vocabulary.families, self.vocabulary.titles)
