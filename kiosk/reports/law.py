"""What the law calls things and how it counts, chosen by a day: data in `forms/law.toml`, each with its source."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from contract.records import dataclass
from kiosk.reports.document import Cell, Document, DocumentSection, Paragraph
from kiosk.reports.forms import form_of, no_form, written
from kiosk.reports.periods import Period


@dataclass(frozen=True, slots=True)
class Rule:
    """In force from `since` to the day before `until` (None: still).

    `by_receipt`: the day of a dossier's receipt chooses it, not the end of a period.
    """

    key: str
    since: date
    until: date | None
    value: str
    source: str
    by_receipt: bool = False

    def is_in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def rule_on(key: str, day: date) -> Rule:
    """Raises NoForm when nothing was in force."""
    for rule in rules():
        if rule.key == key and rule.is_in_force(day):
            return rule
    raise no_form(key, day)


@cache
def rules() -> tuple[Rule, ...]:
    text = files("kiosk.reports.forms").joinpath("law.toml").read_text(encoding="utf-8")
    return tuple(
        Rule(one["key"], one["from"], one.get("to"), one["value"], one["source"], one.get("by") == "receipt")
        for one in tomllib.loads(text)["rule"]
    )


def legal_basis(office: str, period: Period) -> Document:
    """Every rule in force on a day of the period. Raises NoForm."""
    form = form_of("legal-basis", period.last)
    there = [one for one in rules() if one.value and one.since <= period.last and _end(one, period) >= period.first]
    subjects = form.words["subjects"]
    cells: list[dict[str, Cell]] = [
        {
            "subject": subjects[one.key],
            "rule": one.value,
            "from": written(one.since),
            "to": form.words["still"] if one.until is None else written(one.until - timedelta(days=1)),
            "source": one.source,
        }
        for one in there
    ]
    blocks = (Paragraph(form.words["opening"]), form.table_of("rules", cells))
    return form.document(office, period, sections=[DocumentSection("", blocks)])


def _end(rule: Rule, period: Period) -> date:
    return period.last if rule.until is None else rule.until - timedelta(days=1)
