"""One business date compared: numbers without gap, ticket rows, ratings, and every figure of the daily report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from kiosk.domain.service import Office
from kiosk.recount.figures import count, flatten
from kiosk.recount.fold import Story, Told, tell
from kiosk.reports.catalogue import daily_figures
from kiosk.store import statistics

ROW = (
    "id", "number", "issued_service", "service", "state", "business_date", "issued_at", "counter", "clerk",
    "first_called_at", "serving_at", "ended_at", "calls", "priority", "rated", "dossiers",
)  # fmt: skip


def compare_day(transaction: Any, office: Office, day: str, stories: dict[str, Story]) -> tuple[list[str], int]:
    """What differs on a business date, and how many figures were compared."""
    told = {ticket: tell(story.events) for ticket, story in stories.items()}
    wrong = [*check_numbers(day, stories)]
    wrong += _rows(transaction, office.code, day, stories, told)
    wrong += _ratings(transaction, office.code, day, stories)
    given = [data for story in stories.values() for data in story.ratings]
    mine = count(list(told.values()), given, office.survey.levels, _hour_of(office))
    theirs = flatten(daily_figures(transaction, office, day, day))
    for path in sorted(mine.keys() | theirs.keys()):
        if mine.get(path, "missing") != theirs.get(path, "missing"):
            left, right = theirs.get(path, "missing"), mine.get(path, "missing")
            wrong.append(f"{day} {path}: the report says {left}, the journal {right}")
    return wrong, len(mine)


def check_numbers(day: str, stories: dict[str, Story]) -> Iterable[str]:
    """1..n for each letter; a number may be missing only when one written on paper stands above it."""
    series: dict[str, dict[int, bool]] = {}
    for story in stories.values():
        data = story.events[0]["data"]
        letter, ordinal = data["number"][0], int(data["number"][1:])
        known = series.setdefault(letter, {})
        if ordinal in known:
            yield f"{day}: number {data['number']} was given twice"
        known[ordinal] = bool(data["on_paper"])
    for letter, known in series.items():
        paper = max((ordinal for ordinal, on_paper in known.items() if on_paper), default=0)
        for ordinal in range(1, max(known) + 1):
            if ordinal not in known and ordinal > paper:
                yield f"{day}: number {letter}{ordinal:03d} is missing"


def _rows(
    transaction: Any, office: str, day: str, stories: dict[str, Story], told: dict[str, Told]
) -> Iterable[str]:  # fmt: skip
    rows = {row[0]: dict(zip(ROW, row, strict=True)) for row in statistics.ticket_rows(transaction, office, day, day)}
    for ticket in stories.keys() - rows.keys():
        yield f"{day}: ticket {told[ticket].number} ({ticket}) has no row"
    for ticket in rows.keys() - stories.keys():
        yield f"{day}: ticket {rows[ticket]['number']} ({ticket}) has a row but no event"
    for ticket in sorted(stories.keys() & rows.keys()):
        row, tale = rows[ticket], told[ticket]
        row["dossiers"], rated = json.loads(row["dossiers"]), int(bool(stories[ticket].ratings))
        for name in ROW[1:]:
            said = rated if name == "rated" else day if name == "business_date" else getattr(tale, name)
            if said != row[name]:
                yield f"{day}: ticket {tale.number}: {name} is {row[name]!r} in the table, {said!r} by the journal"


def _ratings(transaction: Any, office: str, day: str, stories: dict[str, Story]) -> Iterable[str]:
    table = sorted(tuple(row) for row in statistics.rated_tickets(transaction, office, day, day))
    told = sorted(
        (ticket, next(iter(data["answers"].values())), data["counter"], data["clerk"], data["service"])
        for ticket, story in stories.items()
        for data in story.ratings
    )
    for ticket in {row[0] for row in {*table} ^ {*told}}:
        yield f"{day}: the rating of ticket {ticket} differs between table and journal"
    yield from (f"{day}: ticket {t} was rated {len(s.ratings)} times" for t, s in stories.items() if len(s.ratings) > 1)


def _hour_of(office: Office) -> Callable[[int], int]:
    return lambda ms: office.hours.local(ms).hour
