"""Figures of ratings: how many of which level, and how many of those served gave one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

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
def rating_counts(ratings: Iterable[RatingFact], levels: Sequence[str]) -> RatingCounts:
    """Ratings by level with the share of each, and the share of the two best levels. Also by clerk, service and counter
    that were rated. The survey has one question.

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


@measure("response-rate")
def response_rate(ratings: int, served: int) -> int | None:
    """Ratings given for each hundred tickets served.

    Source: measures ratings and tickets.
    Unit: hundredths of a percent, half up; none when nobody was served.
    Period: business dates of ratings and tickets.
    Rules: own.
    """
    return rate_bp(ratings, served)
