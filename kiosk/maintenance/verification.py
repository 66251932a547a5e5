"""`motcua verify` and the doctor: the journal recounted against the tables and the reports of the product."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path

from config import places
from contract.told_error import ToldError
from kiosk.app import App
from kiosk.domain.office_facts import OfficePoints
from kiosk.domain.office_forms import OfficeForms
from kiosk.domain.service import Office
from kiosk.maintenance.backup import NotABackup
from kiosk.reports import forms as shipped_forms
from kiosk.reports.building import daily_report
from kiosk.reports.daily import daily_json
from kiosk.reports.dated_rules import CriteriaRules, NoForm, criteria_on
from kiosk.reports.day_figures import figures, figures_of_criteria, figures_of_dossiers, figures_of_index
from kiosk.reports.delays import delays
from kiosk.reports.evaluated import evaluated, groups_of_index
from kiosk.reports.fact_sources import GivenFacts, TableFacts, decided_with_answers
from kiosk.reports.facts import dossier_fact
from kiosk.reports.forms import checked_office_forms
from kiosk.reports.office_forms import FOLDER, LAW, FormsBroken, using
from kiosk.reports.office_points import FILE, PointsUnreadable, points_for, read_points
from kiosk.reports.periods import Period, range_of
from kiosk.store.store import Reading, Store
from kiosk.verify.law import Law
from kiosk.verify.periods import Beside
from kiosk.verify.recount import RecountResult, verify
from kiosk.verify.second import SecondProcess, second_process

NO_RECOUNT = "{file} is damaged, {count} differences: {first}; take an older backup"

# Why a file of the office was left out; what is wrong with it is told in the words of whoever reads it.
SHIPPED_RULES = "counted by the shipped rules: {problem}"
WITHOUT_POINTS = "the office's points were not recounted: {problem}"

SHIPPED = Path(shipped_forms.__file__).with_name(f"{LAW}.toml")
SELDOM = (100_000, 20, 100)  # objects more than there were, then rounds of the younger


def verify_store(store: Store, second: SecondProcess | None = None) -> RecountResult:
    """Recounts everything; a million events take about a quarter of a minute of the processor. What the office added to
    the rules and the points that it gave itself count, as in its reports; `unusable` names a file that cannot be used.

    `second`: of `helped`, which takes a part of it.
    """
    folder = places.home() / "reports"
    forms, points, unusable = _of_office(folder)
    own, given = folder / FOLDER / f"{LAW}.toml", folder / FILE
    law = Law(SHIPPED, None if forms is None else own, None if points is None else given)
    beside = Beside(law, dossier_figures, partial(criteria_figures, points=points or ()), delay_figures)
    with using(forms):
        result = verify(store, daily_figures, beside, second)
    result.unusable = unusable
    return result


def _of_office(folder: Path) -> tuple[OfficeForms | None, Sequence[OfficePoints] | None, list[ToldError]]:
    """What the office added, None where its file cannot be used, and what is wrong with the files."""
    unusable = []
    forms = points = None
    try:
        forms = checked_office_forms(folder)
    except FormsBroken as error:
        unusable.append(ToldError(SHIPPED_RULES, problem=error))
    try:
        points = read_points(folder)
    except PointsUnreadable as error:
        unusable.append(ToldError(WITHOUT_POINTS, problem=error))
    with using(forms):
        unusable += [ToldError(WITHOUT_POINTS, problem=error) for error in _too_many(points or ())]
    return forms, points, unusable


def _too_many(points: Sequence[OfficePoints]) -> Iterator[str]:
    """Why a report of the days of some points would be refused."""
    for period in sorted({Period(one.first, one.last) for one in points}, key=lambda one: (one.first, one.last)):
        try:
            with suppress(NoForm):
                points_for(points, period)
        except PointsUnreadable as error:
            yield str(error)


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

    with using(_of_office(places.home() / "reports")[0]):  # the other process goes on in here
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
    """Every measure of dossiers in each range, and the groups of the index, under its last day."""
    facts = [dossier_fact(dossier, office.hours.timezone) for dossier in reading.dossiers.all()]
    counted: dict[str, int | None] = {}
    for period in [range_of(first, last) for first, last in ranges]:
        decided, rules = decided_with_answers(reading, facts, period), _criteria(period.last)
        of_period = figures_of_dossiers(facts, decided, office.survey, period, rules)
        with suppress(NoForm):
            ratings = reading.statistics.ratings(period.first.isoformat(), period.last.isoformat())
            of_period |= figures_of_index(groups_of_index(facts, ratings, office.survey.levels, period))
        counted |= {f"{period.last}/{name}": value for name, value in of_period.items()}
    return counted


def criteria_figures(reading: Reading, office: Office, points: Sequence[OfficePoints]) -> dict[str, int | str | None]:
    """The nine criteria, their sum and its band, for all days that the office gave points for and has a report of."""
    periods = {Period(one.first, one.last) for one in points}
    facts = [dossier_fact(dossier, office.hours.timezone) for dossier in reading.dossiers.all()] if periods else []
    counted: dict[str, int | str | None] = {}
    for period in periods:
        with suppress(NoForm, PointsUnreadable):
            wrote = points_for(points, period)
            given = GivenFacts((), TableFacts(reading, office, period).ratings, (), (), facts)
            made = evaluated(given, period, office.survey.further, wrote)
            where = f"{period.first} to {period.last}"
            counted |= {f"{where}/{name}": value for name, value in figures_of_criteria(made).items()}
    return counted


def delay_figures(reading: Reading) -> dict[str, int | None]:
    """How far each follower is behind."""
    counted: dict[str, int | None] = {}
    for one in delays(reading):
        path = f"sync-delay/{one.follower}"
        counted |= {f"{path}/behind": one.behind, f"{path}/oldest_ms": one.oldest_ms}
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
        raise NotABackup(NO_RECOUNT, file=backup, count=result.differences, first=first)
