"""Figures of dossiers counted plainly from the last `dossier.updated` of each, for every year of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from kiosk.verify.figures import Figures, share
from kiosk.verify.law import CriteriaRule, Range
from kiosk.verify.replay import ms

UNCOUNTED, FINAL, WITHDRAWN, IN_WORK, ONLINE = (1, 3), (9, 10), 7, (2, 4), (2, 4)


class DossierLine(NamedTuple):
    """Of one dossier; local dates as ISO text."""

    status: int
    channel: int
    procedure: str
    field: str
    received: str
    due: str
    ended: str
    digitised: bool


def line_of(data: dict[str, Any], local: Callable[[int], datetime]) -> DossierLine:
    def day(name: str) -> str:
        return "" if data[name] is None else local(ms(data[name])).date().isoformat()

    return DossierLine(
        data["status"],
        data["channel"],
        data["procedure"],
        data["field"],
        day("received_at"),
        day("due_at"),
        day("finished_at"),
        data["digitised"],
    )


def years_of(lines: Iterable[DossierLine]) -> list[Range]:
    """From 15 December to 14 December, every one in which a dossier was received."""
    years = {int(line.received[:4]) + (line.received[5:] > "12-14") for line in lines}
    return [(date(year - 1, 12, 15).isoformat(), date(year, 12, 14).isoformat()) for year in sorted(years)]


def count_dossiers(
    lines: Iterable[DossierLine], ranges: Iterable[Range], rule_on: Callable[[str], CriteriaRule | None]
) -> Figures:
    """Paths such as "2024-12-14/resolved" and "2024-12-14/field/Hộ tịch/resolved"; `rule_on`: of the criteria."""
    figures: Figures = {}
    counted = [line for line in lines if line.status not in UNCOUNTED]
    for first, last in ranges:
        figures |= {f"{last}/{name}": value for name, value in _count(counted, first, last, rule_on(last)).items()}
    return figures


def _count(lines: list[DossierLine], first: str, last: str, rule: CriteriaRule | None) -> Figures:
    over = [line for line in lines if line.received < first and not _ended_by(line, first, included=False)]
    new = [line for line in lines if first <= line.received <= last]
    row = _row(over, new, last)
    whole, ended, late = row["received"], row["resolved"], row["late"]
    online = [line for line in new if line.channel in ONLINE]
    figures: Figures = {
        **row,
        "of_resolved": share(ended - late, ended),
        "of_received": share(whole - late - row["open_overdue"], whole),
        "digitised": len([line for line in (*over, *new) if line.digitised]),
        "online_bp": share(len(online), len(new)),
        "procedures_bp": share(len({line.procedure for line in online}), len({line.procedure for line in new})),
        "criterion_1_points": 0 if rule is None else points_of_time(lines, first, last, rule.best)[0],
        "criterion_9": None if rule is None else _ninth(new, late, rule),
    }
    for field in {line.field for line in (*over, *new)}:
        of_field = _row(
            [line for line in over if line.field == field], [line for line in new if line.field == field], last
        )
        figures |= {f"field/{field}/{name}": value for name, value in of_field.items()}
    return figures


def _row(over: list[DossierLine], new: list[DossierLine], last: str) -> dict[str, int]:
    ended = [line for line in (*over, *new) if _ended_by(line, last)]
    still = [line for line in (*over, *new) if not _ended_by(line, last)]
    withdrawn = [line for line in ended if line.status == WITHDRAWN]
    decided = [line for line in ended if line.status != WITHDRAWN]
    early = [line for line in decided if line.due and line.ended < line.due]
    late = [line for line in decided if line.due and line.ended > line.due]
    overdue = [line for line in still if line.due and line.due < last and line.status in (*IN_WORK, *FINAL, WITHDRAWN)]
    online = [line for line in new if line.channel in ONLINE]
    return {
        "received": len(over) + len(new),
        "online": len(online),
        "in_person": len(new) - len(online),
        "carried_over": len(over),
        "resolved": len(ended),
        "early": len(early),
        "on_time": len(ended) - len(early) - len(late),
        "late": len(late),
        "open": len(still),
        "open_in_time": len(still) - len(overdue),
        "open_overdue": len(overdue),
        "withdrawn": len(withdrawn),
    }


def points_of_time(lines: Iterable[DossierLine], first: str, last: str, best: int) -> tuple[int, int]:
    """Of criterion 1: points of the dossiers decided in a range, and how many those are."""
    decided = [line for line in lines if line.status in FINAL and line.ended and first <= line.ended <= last]
    early = sum(bool(line.due) and line.ended < line.due for line in decided)
    kept = sum(not line.due or line.ended == line.due for line in decided)
    return best * early + kept, len(decided)


def _ninth(new: list[DossierLine], late: int, rule: CriteriaRule) -> int | None:
    """Points of criterion 9; None when no dossier was received."""
    if not new:
        return None
    online = [line for line in new if line.channel in ONLINE]
    far = share(len(online), len(new)) or 0
    wide = share(len({line.procedure for line in online}), len({line.procedure for line in new})) or 0
    if late or far < rule.half:
        return 0
    return rule.best if far >= rule.full and wide >= rule.wide else 1


def _ended_by(line: DossierLine, day: str, included: bool = True) -> bool:
    if line.status not in (*FINAL, WITHDRAWN) or not line.ended:
        return False
    return line.ended <= day if included else line.ended < day
