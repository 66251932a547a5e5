"""What is counted beyond a business date: dossiers, criteria, the index and followers, compared with the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from kiosk.domain.dossier import Dossier
from kiosk.domain.service import Office
from kiosk.store.store import Reading
from kiosk.verify.chain import canonical
from kiosk.verify.criteria import Answers, Found, count_criteria
from kiosk.verify.dossier_answers import AnswerOfVisit, answers_of, count_answers
from kiosk.verify.dossiers import DossierLine, count_dossiers, line_of, years_of
from kiosk.verify.figures import Figures, differing
from kiosk.verify.followers import count_delays
from kiosk.verify.law import Law, Range
from kiosk.verify.replay import TicketEvents, ms

TIMES = ("received_at", "due_at", "finished_at")


class Beside(NamedTuple):
    """What the reports say of periods. `dossiers`: of ranges of dates; `criteria`: of the days that the office gave
    points for; `delays`: of followers. `law`: the files that they count by.
    """

    law: Law
    dossiers: Callable[[Reading, Office, list[Range]], Mapping[str, int | None]]
    criteria: Callable[[Reading, Office], Mapping[str, int | str | None]]
    delays: Callable[[Reading], Mapping[str, int | None]]


class Periods:
    """Keeps a digest and a line for each dossier, and the answers of citizens by day."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._answers = Answers(office.survey.levels)
        self._of_dossiers: list[AnswerOfVisit] = []
        self._digests: dict[str, bytes] = {}
        self._lines: dict[str, DossierLine] = {}

    @property
    def dossiers(self) -> int:
        return len(self._digests)

    def take_dossier(self, event: dict[str, Any]) -> None:
        """The last `dossier.updated` of each counts."""
        self._digests[event["subject"]] = _digest(event["data"])
        self._lines[event["subject"]] = line_of(event["data"], self._office.hours.local)

    def take_day(self, day: str, tickets: Mapping[str, TicketEvents]) -> None:
        """The ratings of the tickets of a business date."""
        self._answers.take(day, tickets.values())
        self._of_dossiers += answers_of(day, tickets.values(), self._office.survey.further)

    def compare_rows(self, reading: Reading) -> Iterator[str]:
        """What differs between the dossiers of the table and of the journal."""
        rows = {dossier.code: _digest_row(dossier) for dossier in reading.dossiers.all()}
        for code in sorted(rows.keys() | self._digests.keys()):
            if rows.get(code) != self._digests.get(code):
                yield f"dossier {code}: the table differs from its last dossier.updated"

    def compare_figures(
        self, reading: Reading, beside: Beside, events: Mapping[str, int]
    ) -> Iterator[tuple[list[str], int]]:
        """What differs, and how many figures were compared, part by part: damage that one meets hides nothing of
        those before. `events`: the last position of each epoch, in order.
        """
        years = years_of(self._lines.values())
        dossiers = count_dossiers(self._lines.values(), years, beside.law.criteria)
        dossiers |= count_answers(self._lines, self._of_dossiers, years, beside.law.criteria)
        dossiers |= self._index(dossiers, years, beside.law)
        yield differing("dossiers up to ", beside.dossiers(reading, self._office, years), dossiers), len(dossiers)
        criteria = self._criteria(beside.law)
        yield differing("criteria ", beside.criteria(reading, self._office), criteria), len(criteria)
        delays = count_delays(reading, events)
        yield differing("", beside.delays(reading), delays), len(delays)

    def _criteria(self, law: Law) -> Found:
        found: Found = {}
        lines = list(self._lines.values())
        for days, given in law.given().items():
            rule = law.criteria(days[1])
            if rule is None or max(given.values(), default=0) > 10 * rule.best:
                continue
            answers, questions = self._answers.between(days), self._office.survey.further
            made = count_criteria(lines, answers, questions, days, rule, given)
            found |= {f"{days[0]} to {days[1]}/{name}": value for name, value in made.items()}
        return found

    def _index(self, dossiers: Figures, years: Sequence[Range], law: Law) -> Figures:
        """Groups of Quyết định 766/QĐ-TTg: what counts, of how many."""
        figures: Figures = {}
        for days in years:
            for group, most in law.index_groups(days[1]).items():
                part, whole = self._part(group, dossiers, days)
                path = f"{days[1]}/index-766/{group}"
                figures |= {f"{path}/most_points": most, f"{path}/part": part, f"{path}/counted": whole}
        return figures

    def _part(self, group: str, dossiers: Figures, days: Range) -> tuple[int | None, int | None]:
        def of(*names: str) -> int:
            return sum(dossiers[f"{days[1]}/{name}"] or 0 for name in names)

        if group == "satisfaction":
            return self._answers.satisfied(days)
        if group == "progress":
            return of("early", "on_time", "open_in_time"), of("received")
        if group == "online":
            return of("online"), of("online", "in_person")
        return (of("digitised"), of("received")) if group == "digitisation" else (None, None)


def _digest(facts: dict[str, Any]) -> bytes:
    times = {name: None if facts[name] is None else ms(facts[name]) for name in TIMES}
    return sha256(canonical({**facts, **times}).encode()).digest()


def _digest_row(dossier: Dossier) -> bytes:
    names = type(dossier).__dataclass_fields__
    return sha256(canonical({name: getattr(dossier, name) for name in names}).encode()).digest()
