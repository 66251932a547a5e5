"""What the law calls things and how it counts, chosen by a day: data in `forms/law.toml`, each with its source.

An office adds rules and forms of its own as files (see `office_forms`); they come before the shipped ones.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from contract.records import dataclass
from kiosk.reports.office_forms import forms_of_office
from kiosk.reports.wording import translate

TEXTS = frozenset({"key", "from", "to", "value", "source", "by"})


class NoForm(LookupError):
    """No form of a report was in force at the end of the period; the message names the report and the day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """In force from `since` to the day before `until` (None: still). `figures`: what it counts with, by name.

    `by_receipt`: the day of a dossier's receipt chooses it, not the end of a period.
    """

    key: str
    since: date
    until: date | None
    value: str
    source: str
    by_receipt: bool
    figures: Mapping[str, Any]

    def is_in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class CriteriaRules:
    """The nine criteria: points of one at its best, bands by their least sum in tenths of a point, the highest first,
    shares of the ninth in hundredths of a percent.
    """

    most_points: int
    bands: tuple[tuple[int, str], ...]
    bands_in_words: str
    online_full_bp: int
    online_half_bp: int
    procedures_full_bp: int

    def band_of(self, tenths: int) -> str:
        """The name of the highest band whose least sum is reached by a sum in tenths of a point, else of the lowest."""
        return next((name for least, name in self.bands if tenths >= least), self.bands[-1][1])


def rule_on(key: str, day: date) -> Rule:
    """Raises NoForm when nothing was in force."""
    for rule in rules():
        if rule.key == key and rule.is_in_force(day):
            return rule
    raise no_form(key, day)


def source_with(form: str, key: str, day: date) -> str:
    """The source of a form, and of the rule that it is counted by where that is another paper. Raises NoForm."""
    own = rule_on(key, day).source
    return form if own in form else f"{form}; {own}"


def criteria_on(day: date) -> CriteriaRules:
    """Raises NoForm."""
    figures = rule_on("criteria", day).figures
    bands = sorted(((round(10 * least), str(name)) for least, name in figures["bands"]), reverse=True)
    return CriteriaRules(
        figures["most_points"],
        tuple(bands),
        figures["bands_in_words"],
        figures["online_full_bp"],
        figures["online_half_bp"],
        figures["procedures_full_bp"],
    )


def index_groups_on(day: date) -> tuple[tuple[str, int], ...]:
    """The groups of the index and their greatest points. Raises NoForm."""
    return tuple((str(name), int(points)) for name, points in rule_on("index", day).figures["groups"])


def cut_day_on(day: date) -> int:
    """On which day of a month a period of reports ends that ends in the month of this day. Raises NoForm."""
    return int(rule_on("periods", day).figures["cut_day"])


def rules() -> tuple[Rule, ...]:
    """Those of the office and the shipped ones, which end where one of the office begins."""
    own = tuple(map(_rule, forms_of_office().rules))
    return (*own, *_up_to(own, _shipped())) if own else _shipped()


def _up_to(own: Iterable[Rule], shipped: Iterable[Rule]) -> Iterator[Rule]:
    begins: dict[str, date] = {}
    for rule in own:
        begins[rule.key] = min(rule.since, begins.get(rule.key, rule.since))
    for rule in shipped:
        begin = begins.get(rule.key)
        if begin is None or (rule.until is not None and rule.until <= begin):
            yield rule
        elif rule.since < begin:
            yield replace(rule, until=begin)


@cache
def _shipped() -> tuple[Rule, ...]:
    text = files("kiosk.reports.forms").joinpath("law.toml").read_text(encoding="utf-8")
    return tuple(map(_rule, tomllib.loads(text)["rule"]))


def _rule(one: Mapping[str, Any]) -> Rule:
    figures = {name: value for name, value in one.items() if name not in TEXTS}
    return Rule(
        one["key"], one["from"], one.get("to"), one["value"], one["source"], one.get("by") == "receipt", figures
    )


def no_form(report: str, day: date) -> NoForm:
    """What to say when no form of a report was in force on a day."""
    sentence = "no form of {report} was in force on {day}; choose a later period"
    return NoForm(translate(sentence, report=report, day=written(day)))


def written(day: date) -> str:
    """As in documents: 14/04/2024."""
    return f"{day:%d/%m/%Y}"
