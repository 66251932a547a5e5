"""What a dossier may say by the day on which it was received: dated rules of `receipt_rules.toml`, each with a source.

Tables, calls and connectors ask the same question, and people read the same answer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from contract.records import dataclass
from contract.wording import translate

FILE = "receipt_rules.toml"
ONLY_FROM = "“{name}” is there only for dossiers received from {first} on ({source})"
ONLY_UP_TO = "“{name}” is there only for dossiers received up to {last} ({source})"
STAYS = "{rule}; this one is known already, and its channel stays as it is kept"
NOT_YET = (
    "“{name}” is there only for dossiers received from {first} on ({source}), and this one was received on {received}; "
    "mend the channel or the day of receipt"
)
NO_LONGER = (
    "“{name}” is there only for dossiers received up to {last} ({source}), and this one was received on {received}; "
    "mend the channel or the day of receipt"
)


@dataclass(frozen=True, slots=True)
class ReceiptRule:
    """`value` of `field` may be said of dossiers received from `since` to the day before `until` (None: no bound)."""

    field: str
    value: object
    name: str
    since: date | None
    until: date | None
    source: str

    def is_in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def about(self, received: date) -> str:
        """What it says to a dossier of that day, for people."""
        if self.since is not None and received < self.since:
            return translate(ONLY_FROM, name=self.name, first=_written(self.since), source=self.source)
        return translate(ONLY_UP_TO, name=self.name, last=_written(self._last(received)), source=self.source)

    def stays(self, received: date) -> str:
        """What becomes of a known dossier of that day that is said to break it, for people."""
        return translate(STAYS, rule=self.about(received))

    def told(self, received: date) -> str:
        """Why a dossier of that day breaks it and what to do, for people."""
        if self.since is not None and received < self.since:
            return translate(NOT_YET, name=self.name, first=_written(self.since), source=self.source, **_of(received))
        last = _written(self._last(received))
        return translate(NO_LONGER, name=self.name, last=last, source=self.source, **_of(received))

    def _last(self, received: date) -> date:
        return received if self.until is None else date.fromordinal(self.until.toordinal() - 1)


def broken_rule(
    stated: Mapping[str, object], received: date, rules: Iterable[ReceiptRule] | None = None
) -> ReceiptRule | None:
    """The rule that forbids what is said of a dossier received on a local day; None when nothing does.

    Where a value has several rules, one that is in force is enough.
    """
    known = tuple(receipt_rules() if rules is None else rules)
    for field, value in stated.items():
        of_value = [rule for rule in known if (rule.field, rule.value) == (field, value)]
        if of_value and not any(rule.is_in_force(received) for rule in of_value):
            return of_value[-1]
    return None


@cache
def receipt_rules() -> tuple[ReceiptRule, ...]:
    """Those of the file, in its order."""
    tables = tomllib.loads(files("contract").joinpath(FILE).read_text(encoding="utf-8"))["rule"]
    return tuple(
        ReceiptRule(one["field"], one["value"], one["name"], one.get("from"), one.get("to"), one["source"])
        for one in tables
    )


def _of(received: date) -> dict[str, str]:
    return {"received": _written(received)}


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
