"""The progress of dossiers as the one-stop system reports it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypedDict

from contract.dossiers import CODE, holds_personal_number, is_masked_name
from contract.receipt_rules import ReceiptRule, broken_rule
from contract.records import dataclass
from contract.wording import translate
from kiosk.domain.dossier import Dossier, may_be_named
from kiosk.domain.events.dossiers import DossierUpdated

if TYPE_CHECKING:
    from datetime import date

    from kiosk.actions.ports import Unit
    from kiosk.domain.service import Office

BAD_CODE = "not a dossier code; write it as 000.00.53.H48-240414-0001"
END_BEFORE = "finished before it was received; mend the day that is wrong"
NOT_MASKED = "applicant_masked is not a family name with initials; write it as Phạm V. T."
PERSONAL = "a text holds a phone number, an ID number or an address of mail; take it out"
Applicants = Mapping[str, str | None]  # masked names by code; None: there is none
NOBODY: Applicants = {}
Outcome = Literal["created", "updated", "unchanged"]


RefusalRule = Literal["bad-code", "end-before-receipt", "name-not-masked", "personal-data", "not-in-force"]


class DossierRefused(TypedDict):
    """`rule` is for programs, `reason` for people."""

    code: str
    rule: RefusalRule
    reason: str


@dataclass(frozen=True, slots=True)
class Refusal:
    rule: RefusalRule
    reason: str


class DossiersPut(TypedDict):
    """How many became what, and those that were refused, each with its reason.

    `kept`: those that were taken with the channel they are known with, since the one that was said cannot be.
    """

    created: int
    updated: int
    unchanged: int
    refused: list[DossierRefused]
    kept: list[DossierRefused]


def put_dossiers(unit: Unit, dossiers: Iterable[Dossier], applicants: Applicants = NOBODY) -> DossiersPut:
    """Create, update or leave each; what cannot be taken is refused by itself and the rest goes on.

    Names are kept where the office switched them on, apart from the dossiers and from every event.
    """
    answer: DossiersPut = {"created": 0, "updated": 0, "unchanged": 0, "refused": [], "kept": []}
    for reported in dossiers:
        name = applicants.get(reported.code) if unit.office.masked_names else None
        stored = unit.dossiers.get(reported.code)
        dossier, stays = _with_known_channel(reported, stored, unit.office)
        refusal = refusal_of(dossier, stored, name, unit.office)
        if refusal is not None:
            answer["refused"].append({"code": dossier.code, "rule": refusal.rule, "reason": refusal.reason})
            continue
        answer[_put(unit, dossier, stored)] += 1
        if stays:
            answer["kept"].append({"code": dossier.code, "rule": "not-in-force", "reason": stays})
        if unit.office.masked_names:
            _keep_name(unit, dossier, applicants)
    return answer


def _put(unit: Unit, dossier: Dossier, stored: Dossier | None) -> Outcome:
    if stored == dossier:
        return "unchanged"
    unit.dossiers.put(dossier, unit.now, new=stored is None)
    unit.record(DossierUpdated(dossier))
    return "created" if stored is None else "updated"


def _keep_name(unit: Unit, dossier: Dossier, applicants: Applicants) -> None:
    """A report that leaves the name out leaves it as it is stored."""
    stored = name = unit.free_texts.applicant(dossier.code)
    if not may_be_named(dossier, unit.office.masked_names, unit.now):
        name = None
    elif dossier.code in applicants:
        name = applicants[dossier.code]
    if name != stored:
        unit.free_texts.set_applicant(dossier.code, name, unit.now)


def forget_applicants(unit: Unit) -> int:
    """Forget the names that may no longer be kept, all of them where names are switched off; how many."""
    forgotten = 0
    for code in unit.free_texts.applicants():
        dossier = unit.dossiers.get(code) if unit.office.masked_names else None
        if dossier is None or not may_be_named(dossier, unit.office.masked_names, unit.now):
            unit.free_texts.set_applicant(code, None, unit.now)
            forgotten += 1
    return forgotten


def refusal_of(dossier: Dossier, stored: Dossier | None, applicant: str | None, office: Office) -> Refusal | None:
    """Why the rules refuse a dossier; None when they take it.

    `stored`: as it is known. What was taken before a rule was there does not keep its progress out.
    """
    if not CODE.fullmatch(dossier.code):
        return Refusal("bad-code", translate(BAD_CODE))
    if dossier.finished_at is not None and dossier.finished_at < dossier.received_at:
        return Refusal("end-before-receipt", translate(END_BEFORE))
    if applicant is not None and not is_masked_name(applicant):
        return Refusal("name-not-masked", translate(NOT_MASKED))
    if any(holds_personal_number(text) for text in (dossier.field, dossier.not_digitised_reason, dossier.step) if text):
        return Refusal("personal-data", translate(PERSONAL))
    received, rule = _receipt(dossier, office)
    if rule is None or (stored and stored.channel == dossier.channel and is_received_on(stored, received, office)):
        return None
    return Refusal("not-in-force", rule.told(received))


def is_received_on(stored: Dossier | None, day: date, office: Office) -> bool:
    """Whether a dossier is known, and was received on that local day: then its channel is what the office knows."""
    return stored is not None and office.hours.local(stored.received_at).date() == day


def _with_known_channel(reported: Dossier, stored: Dossier | None, office: Office) -> tuple[Dossier, str]:
    """With the channel that is known where the one that is said was not there on its day; a sentence says so."""
    received, rule = _receipt(reported, office)
    if rule is None or stored is None or not is_received_on(stored, received, office):
        return reported, ""
    return replace(reported, channel=stored.channel), "" if stored.channel == reported.channel else rule.stays(received)


def _receipt(dossier: Dossier, office: Office) -> tuple[date, ReceiptRule | None]:
    """The local day of receipt, and the rule of that day which the dossier breaks."""
    received = office.hours.local(dossier.received_at).date()
    return received, broken_rule({"channel": dossier.channel}, received)
