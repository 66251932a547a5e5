"""`motcua verify` and the doctor: the journal recounted against the tables and the reports of the product."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kiosk.app import App
from kiosk.domain.service import Office
from kiosk.maintenance.backup import NotABackup
from kiosk.reports.building import daily_report
from kiosk.reports.daily import daily_json
from kiosk.reports.dated_rules import CriteriaRules, NoForm, criteria_on
from kiosk.reports.day_figures import figures, figures_of_dossiers
from kiosk.reports.fact_sources import TableFacts, decided_with_answers
from kiosk.reports.facts import dossier_fact
from kiosk.reports.periods import range_of
from kiosk.store.store import Reading, Store
from kiosk.verify.recount import RecountResult, verify
from kiosk.verify.second import SecondProcess, second_process

SELDOM = (100_000, 20, 100)  # objects more than there were, then rounds of the younger


def verify_store(store: Store, second: SecondProcess | None = None) -> RecountResult:
    """Recounts everything; a million events take about a quarter of a minute of the processor.

    `second`: of `helped`, which takes a part of it.
    """
    return verify(store, daily_figures, dossier_figures, second)


@contextmanager
def helped(open_app: Callable[[], App]) -> Iterator[SecondProcess | None]:
    """For a process that has not opened the database yet: another that helps it to verify, where that helps."""

    @contextmanager
    def opened() -> Iterator[Store]:
        app = open_app()
        try:
            yield app.store
        finally:
            app.close()

    second = second_process(opened, daily_figures)
    try:
        yield second
    finally:
        if second is not None:
            second.close()


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """For a process that does nothing else while it recounts: the events of a few days that it holds make no circles,
    and the search for circles among them would be a sixth of its time.
    """
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def daily_figures(reading: Reading, office: Office, first: str, last: str) -> dict[str, object]:
    """The daily report as the product publishes it, in JSON, and every measure under "measures"."""
    facts = TableFacts(reading, office, range_of(first, last))
    report = daily_json(daily_report(reading.statistics, office, first, last, rows=facts.visits))
    return {**report, "measures": figures(facts, office.survey, office.promises, _criteria(date.fromisoformat(last)))}


def dossier_figures(reading: Reading, office: Office, ranges: list[tuple[str, str]]) -> dict[str, int | None]:
    """Every measure of dossiers in each range, under its last day."""
    facts = [dossier_fact(dossier, office.hours.timezone) for dossier in reading.dossiers.all()]
    counted: dict[str, int | None] = {}
    for period in (range_of(first, last) for first, last in ranges):
        decided, rules = decided_with_answers(reading, facts, period), _criteria(period.last)
        of_period = figures_of_dossiers(facts, decided, office.survey, period, rules)
        counted |= {f"{period.last}/{name}": value for name, value in of_period.items()}
    return counted


def _criteria(day: date) -> CriteriaRules | None:
    """None when none were in force."""
    try:
        return criteria_on(day)
    except NoForm:
        return None


def check_recount(store: Store, backup: Path) -> None:
    """Raises NotABackup when the journal of a copy of `backup` does not recount: chain, tickets and figures."""
    result = verify_store(store)
    if result.differences:
        first = "; ".join(result.listed[:3])
        raise NotABackup(f"{backup} is damaged, {result.differences} differences: {first}; take an older backup")
