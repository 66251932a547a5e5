"""Calls of the dashboard for what a figure was counted from: a page of tickets, ratings or dossiers.

What makes a list is loaded by the first call; lists of many days are made by a process of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kiosk.domain.errors import BadRequest
from kiosk.i18n.catalogues import catalogue
from kiosk.jobs.job import Job
from kiosk.reports.standings import STANDINGS, SUMS
from kiosk.web.api.made_apart import QUICK_DAYS, made_apart
from kiosk.web.api.statistics import DAYS, MANY, READERS, WITHOUT_NAMES, iso_days, period_asked
from kiosk.web.api.statistics_models import (
    CountedDossiersAnswer,
    CountedRatingsAnswer,
    CountedTicketsAnswer,
    counted_dossiers_answer,
    counted_ratings_answer,
    counted_tickets_answer,
)
from kiosk.web.http.calls import Context, call

if TYPE_CHECKING:
    from kiosk.reports.drill_down import Choice, ListPage

TEXT = {"type": "string", "maxLength": 120}
OFFSET = {"offset": {"type": "integer", "minimum": 0}}
YES, KEPT, TIMED, RANKS = ("yes", "no"), ("kept", "missed"), ("waiting", "service"), ("median", "p90", "most")
OF_RATINGS = ("counter", "clerk", "level", "question", "answer")
WANTED_STANDINGS = (*STANDINGS, *SUMS, "received")
Row = TypeVar("Row")


def _one_of(names: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(names)}


@call(
    "GET",
    "/api/v1/statistics/tickets",
    READERS,
    None,
    {200: CountedTicketsAnswer, **MANY},
    query={
        **DAYS,
        **OFFSET,
        **dict.fromkeys(("hour", "weekday", "present", "service", "counter", "clerk", "outcome"), TEXT),
        "timed": _one_of(TIMED),
        "promise": _one_of(KEPT),
        "begin": _one_of(RANKS),
    },
    operation_id="statistics_get_tickets",
    masked_for=WITHOUT_NAMES,
)
def get_tickets(context: Context) -> tuple[int, CountedTicketsAnswer]:
    """The tickets that a figure was counted from; at most 500 are listed, `count` says how many there are.

    `present`: an hour in which they waited. `timed`: those that have this time, the longest first, the tickets that
    median, 90th percentile and greatest value were read off marked; `promise`: of them those that kept the office's
    promise, or missed it; `begin`: the page that has this figure's ticket.
    """
    from kiosk.reports.drill_down import CountedTicket, TicketChoice

    query = context.query
    kept = _among(context, "promise", KEPT)
    choice = TicketChoice(
        hour=_number(context, "hour", 23),
        weekday=_number(context, "weekday", 6),
        present=_number(context, "present", 23),
        service=query.get("service"),
        counter=query.get("counter"),
        clerk=query.get("clerk"),
        outcome=query.get("outcome"),
        timed=cast(Any, _among(context, "timed", TIMED)),
        kept=None if kept is None else kept == "kept",
        begin=_among(context, "begin", RANKS),
        offset=_offset(context),
    )
    return 200, counted_tickets_answer(_page(context, choice, CountedTicket), context.dependencies.office)


@call(
    "GET",
    "/api/v1/statistics/ratings",
    READERS,
    None,
    {200: CountedRatingsAnswer, **MANY},
    query={**DAYS, **OFFSET, **dict.fromkeys(OF_RATINGS, TEXT), "satisfied": _one_of(YES)},
    operation_id="statistics_get_ratings",
    masked_for=WITHOUT_NAMES,
)
def get_ratings(context: Context) -> tuple[int, CountedRatingsAnswer]:
    """The ratings that a figure was counted from, without what could name a citizen; at most 500 are listed.

    `satisfied`: those of the two best levels, or the others. `question`: those that answered it on the second page,
    by `answer` when that is given.
    """
    from kiosk.reports.drill_down import CountedRating, RatingChoice

    query = context.query
    word = _among(context, "satisfied", YES)
    satisfied = None if word is None else word == "yes"
    wanted = {name: query.get(name) for name in OF_RATINGS}
    choice = RatingChoice(**wanted, satisfied=satisfied, offset=_offset(context))
    levels = context.dependencies.configuration["survey"]["levels"]
    names = {level["code"]: level["name"] for level in levels}
    return 200, counted_ratings_answer(_page(context, choice, CountedRating), names)


@call(
    "GET",
    "/api/v1/statistics/dossiers",
    READERS,
    None,
    {200: CountedDossiersAnswer, **MANY},
    query={**DAYS, **OFFSET, "field": TEXT, "standing": _one_of(WANTED_STANDINGS)},
    operation_id="statistics_get_dossiers",
    masked_for=WITHOUT_NAMES,
)
def get_dossiers(context: Context) -> tuple[int, CountedDossiersAnswer]:
    """The dossiers that a figure was counted from; at most 500 are listed, `count` says how many there are."""
    from kiosk.reports.drill_down import CountedDossier, DossierChoice

    standing = _among(context, "standing", WANTED_STANDINGS)
    choice = DossierChoice(context.query.get("field"), standing, _offset(context))
    return 200, counted_dossiers_answer(_page(context, choice, CountedDossier), catalogue("reports").translate)


def _page(context: Context[Any], choice: Choice, row: type[Row]) -> ListPage[Row]:
    """Raises BadRequest, TooMany."""
    from kiosk.reports.drill_down import CHOICES, ListPage, rows_behind

    period = period_asked(context)
    if period.days <= QUICK_DAYS:
        with context.reading() as reading:
            return rows_behind(reading, context.dependencies.office, period, choice, context.masks_names)
    name = next(name for name, kind in CHOICES.items() if isinstance(choice, kind))
    request = {"days": iso_days(period), "list": name, "choice": asdict(choice), "masked": context.masks_names}
    values = made_apart(context, Job("dashboard-list", request)).values
    return ListPage(values["count"], values["offset"], [row(**one) for one in values["rows"]])


def _number(context: Context[Any], name: str, most: int) -> int | None:
    """Raises BadRequest."""
    text = context.query.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and int(text) <= most):
        raise BadRequest(f"{name} is a whole number from 0 to {most}")
    return int(text)


def _offset(context: Context[Any]) -> int:
    """Raises BadRequest."""
    return _number(context, "offset", 10**9) or 0


def _among(context: Context[Any], name: str, words: tuple[str, ...]) -> str | None:
    """Raises BadRequest."""
    word = context.query.get(name)
    if word is not None and word not in words:
        raise BadRequest(f"{name} is one of {', '.join(words)}")
    return word
