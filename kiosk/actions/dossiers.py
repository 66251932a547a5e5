"""The progress of dossiers as the one-stop system tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from kiosk.actions.ports import Unit
from kiosk.domain.calendar import utc_text
from kiosk.domain.dossier import CODE, Dossier, holds_personal_number, is_masked_name, may_be_named
from kiosk.domain.events import Fact

TIMES = ("received_at", "due_at", "finished_at")
Applicants = Mapping[str, str | None]  # masked names by code; None: there is none
NOBODY: Applicants = {}


def put_dossiers(unit: Unit, dossiers: Iterable[Dossier], applicants: Applicants = NOBODY) -> dict[str, object]:
    """Create, update or leave each; what cannot be taken is refused by itself and the rest goes on.

    Names are kept where the office switched them on, apart from the dossiers and from every event.
    """
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    refused: list[dict[str, str]] = []
    for dossier in dossiers:
        problem = _problem(dossier, applicants.get(dossier.code) if unit.office.masked_names else None)
        if problem is not None:
            refused.append({"code": dossier.code, "reason": problem})
            continue
        counts[_put(unit, dossier)] += 1
        if unit.office.masked_names:
            _name(unit, dossier, applicants)
    return {**counts, "refused": refused}


def facts_of(dossier: Dossier) -> dict[str, object]:
    """A dossier in the words of the contract: times as RFC 3339."""
    facts: dict[str, object] = asdict(dossier)
    return {**facts, **{name: None if facts[name] is None else utc_text(int(str(facts[name]))) for name in TIMES}}


def _put(unit: Unit, dossier: Dossier) -> str:
    known = unit.records.dossier(dossier.code)
    if known == dossier:
        return "unchanged"
    unit.records.put_dossier(dossier, unit.now, new=known is None)
    unit.record(Fact("dossier.updated", dossier.code, facts_of(dossier)))
    return "created" if known is None else "updated"


def _name(unit: Unit, dossier: Dossier, applicants: Applicants) -> None:
    """Who tells nothing of the name leaves it as it is known."""
    known = name = unit.records.applicant(dossier.code)
    if not may_be_named(dossier, unit.office.masked_names, unit.now):
        name = None
    elif dossier.code in applicants:
        name = applicants[dossier.code]
    if name != known:
        unit.records.name_applicant(dossier.code, name, unit.now)


def forget_applicants(unit: Unit) -> int:
    """Forget the names that may no longer be kept, all of them where names are switched off; how many."""
    forgotten = 0
    for code in unit.records.applicants():
        dossier = unit.records.dossier(code) if unit.office.masked_names else None
        if dossier is None or not may_be_named(dossier, unit.office.masked_names, unit.now):
            unit.records.name_applicant(code, None, unit.now)
            forgotten += 1
    return forgotten


def _problem(dossier: Dossier, applicant: str | None) -> str | None:
    if not CODE.fullmatch(dossier.code):
        return "not a dossier code such as 000.00.53.H48-240414-0001"
    if dossier.finished_at is not None and dossier.finished_at < dossier.received_at:
        return "finished before it was received"
    if applicant is not None and not is_masked_name(applicant):
        return "applicant_masked is not a family name with initials such as Phạm V. T."
    if any(holds_personal_number(text) for text in (dossier.field, dossier.not_digitised_reason, dossier.step) if text):
        return "a text holds a phone number, an ID number or an address of mail"
    return None
