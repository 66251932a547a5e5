"""Figures of ratings: how many of which level, and how many of those served gave one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from contract.records import dataclass
from kiosk.reports.measures.arithmetic import rate_bp
from kiosk.reports.measures.registry import measure

BEST_LEVELS = 2


@dataclass(frozen=True, slots=True)
class RatingFact:
    """`is_late`: it lay on a device for more than a day before it came. `further`: (question, choice) of the survey's
    second page, by question.
    """

    level: str
    service: str
    counter: str | None
    clerk: str | None
    business_date: str
    is_late: bool = False
    further: tuple[tuple[str, str], ...] = ()


class WithLevel(Protocol):
    """A rating as far as its level goes: a fact, or the row of a table."""

    @property
    def level(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LevelCount:
    """`share_bp` of all ratings, in hundredths of a percent."""

    level: str
    count: int
    share_bp: int | None


@dataclass(frozen=True, slots=True)
class RatingCounts:
    """`levels` best first; one that is no longer configured stands behind. `satisfied_bp`: the two best of all."""

    count: int
    levels: tuple[LevelCount, ...]
    satisfied_bp: int | None


@measure("ratings")
def rating_counts(ratings: Iterable[WithLevel], levels: Sequence[str]) -> RatingCounts:
    """Ratings by level with the share of each, and the share of the two best levels. Also by clerk, service and counter
    that were rated. Questions of the second page: measure further-answers.

    Source: rating.submitted, at most one a ticket.
    Unit: ratings; shares in hundredths of a percent, half up.
    Period: business date of the rating.
    Rules: levels of the survey, three or five, stored as they were given.
    """
    given = Counter(fact.level for fact in ratings)
    count = given.total()
    order = [*levels, *sorted(set(given) - set(levels))]
    rows = tuple(LevelCount(level, given[level], rate_bp(given[level], count)) for level in order)
    return RatingCounts(count, rows, rate_bp(sum(given[level] for level in levels[:BEST_LEVELS]), count))


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """`share_bp` of those who answered the question, in hundredths of a percent."""

    question: str
    choice: str
    count: int
    share_bp: int | None


@measure("further-answers")
def further_answers(ratings: Iterable[RatingFact], questions: Mapping[str, Sequence[str]]) -> tuple[ChoiceCount, ...]:
    """Answers to each question of the survey's second page by choice, with the share of each among those who answered
    that question. `questions`: choices by question, best first; a choice or question that is no longer configured
    stands behind the others by its code.

    Source: rating.submitted: further.
    Unit: answers; shares in hundredths of a percent, half up.
    Period: business date of the rating.
    Rules: own; which criterion of Thông tư 01/2018/TT-VPCP a question belongs to, the office's survey says.
    """
    given = Counter(answer for fact in ratings for answer in fact.further)
    kept = {question: () for question, _ in sorted(given) if question not in questions}
    rows = []
    for question, choices in {**questions, **kept}.items():
        others = sorted(choice for code, choice in given if code == question and choice not in choices)
        counts = {choice: given[question, choice] for choice in (*choices, *others)}
        answered = sum(counts.values())
        rows += [ChoiceCount(question, choice, n, rate_bp(n, answered)) for choice, n in counts.items()]
    return tuple(rows)


@measure("response-rate")
def response_rate(ratings: int, served: int) -> int | None:
    """Ratings given for each hundred tickets served.

    Source: measures ratings and tickets.
    Unit: hundredths of a percent, half up; none when nobody was served.
    Period: business dates of ratings and tickets.
    Rules: own.
    """
    return rate_bp(ratings, served)
