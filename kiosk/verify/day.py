"""One business date compared: numbers without gap, ticket rows, ratings, and every figure of the daily report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from kiosk.domain.service import Office
from kiosk.store.statistics import Statistics, TicketRow
from kiosk.verify.figures import count, differing, flatten
from kiosk.verify.measures import count_measures
from kiosk.verify.replay import TicketEvents, TicketReplay, replay

NO_SERVICE_MS = 500  # nobody begins and ends a service so fast by hand
MOST_NAMED = 20
QUARTER_MS = 900_000  # no time zone differs from another by less

BESIDE = ("business_date", "rated", "dossiers")
PLAIN = tuple(name for name in TicketRow._fields if name not in ("id", *BESIDE))
DATE_AT = TicketRow._fields.index("business_date")  # the id stands first, the other two of BESIDE last
_plain = attrgetter(*PLAIN)

LostRange = tuple[str, int, int]  # letter, first and last number, both included


def compare_day(
    statistics: Statistics,
    office: Office,
    day: str,
    tickets: dict[str, TicketEvents],
    report: dict[str, Any],
    lost: Sequence[LostRange] = (),
    others: Sequence[dict[str, Any]] = (),
    best: int | None = None,
) -> tuple[list[str], int, list[str]]:
    """What differs on a business date, how many figures were compared, and remarks on what is strange and right.

    `report`: the daily report of that date. `lost`: numbers that an event says are missing.
    `others`: what happened to counters, devices and the clock. `best`: of the criteria in force, see `count_measures`.
    """
    replayed = {ticket: replay(ticket_events.events) for ticket, ticket_events in tickets.items()}
    wrong = [*check_numbers(day, tickets, lost), *_tables(statistics, day, tickets, replayed)]
    given = [data for ticket_events in tickets.values() for data in ticket_events.ratings]
    levels, local = office.survey.levels, _by_quarters(office.hours.local)
    recounted = count(list(replayed.values()), given, levels, lambda ms: local(ms).hour)
    whole = [(one, replayed[ticket]) for ticket, one in tickets.items()]
    measures = count_measures(whole, list(others), levels, local, office.promises, office.survey.further, best)
    recounted |= {f"measures/{path}": value for path, value in measures.items()}
    wrong += differing(f"{day} ", flatten(report), recounted)
    return wrong, len(recounted), [*remarks_on_service_times(day, replayed.values())]


def remarks_on_service_times(day: str, tickets: Iterable[TicketReplay]) -> Iterable[str]:
    """A remark with the tickets of a day whose service took no time: once a key began and ended it in one touch."""
    at_once = [ticket for ticket in tickets if _has_no_service_time(ticket)]
    numbers = [ticket.number for ticket in sorted(at_once, key=lambda ticket: ticket.issued_at)]
    if numbers:
        more = f" and {len(numbers) - MOST_NAMED} more" if len(numbers) > MOST_NAMED else ""
        yield f"{day}: {len(numbers)} tickets were served in no time: {', '.join(numbers[:MOST_NAMED])}{more}"


def _has_no_service_time(ticket: TicketReplay) -> bool:
    if ticket.state != "COMPLETED" or ticket.ended_at is None or ticket.serving_at is None:
        return False
    return ticket.ended_at - ticket.serving_at < NO_SERVICE_MS


def compare_tables(statistics: Statistics, day: str, tickets: dict[str, TicketEvents]) -> list[str]:
    """What differs between the events of a business date and its rows of tickets and ratings."""
    return _tables(statistics, day, tickets, {ticket: replay(one.events) for ticket, one in tickets.items()})


def _tables(
    statistics: Statistics, day: str, tickets: dict[str, TicketEvents], replayed: dict[str, TicketReplay]
) -> list[str]:
    return [*_rows(statistics, day, tickets, replayed), *_ratings(statistics, day, tickets)]


def check_numbers(day: str, tickets: dict[str, TicketEvents], lost: Sequence[LostRange] = ()) -> Iterable[str]:
    """1..n for each letter; a number may be missing only when one written on paper stands above it, or when it is one
    of those that an event tells as lost, or below numbers that were given before the date was known: those went on
    behind the day before.
    """
    series: dict[str, dict[int, bool]] = {}
    for ticket_events in tickets.values():
        data = ticket_events.events[0]["data"]
        letter, ordinal = data["number"][0], int(data["number"][1:])
        given = series.setdefault(letter, {})
        if ordinal in given:
            yield f"{day}: number {data['number']} was given twice"
        given[ordinal] = bool(data["on_paper"]) or ticket_events.is_redated
    for letter, given in series.items():
        paper = max((ordinal for ordinal, on_paper in given.items() if on_paper), default=0)
        for ordinal in range(1, max(given) + 1):
            if ordinal in given or ordinal <= paper:
                continue
            if not any(letter == of and first <= ordinal <= last for of, first, last in lost):
                yield f"{day}: number {letter}{ordinal:03d} is missing"


def _rows(
    statistics: Statistics, day: str, tickets: dict[str, TicketEvents], replayed: dict[str, TicketReplay]
) -> Iterable[str]:
    rows = {row.id: row for row in statistics.tickets(day, day)}
    for ticket in tickets.keys() - rows.keys():
        yield f"{day}: ticket {replayed[ticket].number} ({ticket}) has no row"
    for ticket in rows.keys() - tickets.keys():
        yield f"{day}: ticket {rows[ticket].number} ({ticket}) has a row but no event"
    for ticket, ticket_now in replayed.items():
        if (row := rows.get(ticket)) is None:
            continue
        beside = (day, int(bool(tickets[ticket].ratings)), ticket_now.dossiers)
        linked = [] if row.dossiers == "[]" else json.loads(row.dossiers)
        stored = (row.business_date, row.rated, linked)
        plain, now = row[1:DATE_AT] + row[DATE_AT + 1 : -2], _plain(ticket_now)
        if plain == now and stored == beside:
            continue
        pairs = zip((*PLAIN, *BESIDE), (*plain, *stored), (*now, *beside), strict=True)
        for name, kept, expected in pairs:
            if kept != expected:
                where = f"{day}: ticket {ticket_now.number}"
                yield f"{where}: {name} is {kept!r} in the table, {expected!r} by the journal"


def _ratings(statistics: Statistics, day: str, tickets: dict[str, TicketEvents]) -> Iterable[str]:
    table = sorted(tuple(row) for row in statistics.rated_tickets(day, day))
    journaled = sorted(
        (ticket, next(iter(data["answers"].values())), data["counter"], data["clerk"], data["service"])
        for ticket, ticket_events in tickets.items()
        for data in ticket_events.ratings
    )
    for ticket in {row[0] for row in {*table} ^ {*journaled}}:
        yield f"{day}: the rating of ticket {ticket} differs between table and journal"
    further = {
        (data["rating"], question, choice)
        for ticket_events in tickets.values()
        for data in ticket_events.ratings
        for question, choice in data.get("further", {}).items()
    }
    for rating in {row[0] for row in {tuple(row) for row in statistics.further_answers(day, day)} ^ further}:
        yield f"{day}: the further answers of rating {rating} differ between table and journal"
    yield from (f"{day}: ticket {t} was rated {len(s.ratings)} times" for t, s in tickets.items() if len(s.ratings) > 1)


def _by_quarters(local: Callable[[int], datetime]) -> Callable[[int], datetime]:
    """`local` at the beginning of the quarter of an hour, which many tickets of a day share."""
    quarters = cache(lambda quarter: local(quarter * QUARTER_MS))
    return lambda ms: quarters(ms // QUARTER_MS)
