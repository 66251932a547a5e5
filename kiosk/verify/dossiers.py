"""Figures of dossiers counted plainly from the last `dossier.updated` of each, for every year of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from kiosk.verify.figures import Figures, share
from kiosk.verify.replay import ms

Range = tuple[str, str]  # ISO dates, both included
UNCOUNTED, FINAL, WITHDRAWN, IN_WORK, ONLINE = (1, 3), (9, 10), 7, (2, 4), (2, 4)


class DossierLine(NamedTuple):
    """Of one dossier; local dates as ISO text."""

    status: int
    channel: int
    procedure: str
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
        day("received_at"),
        day("due_at"),
        day("finished_at"),
        data["digitised"],
    )


def years_of(lines: Iterable[DossierLine]) -> list[Range]:
    """From 15 December to 14 December, every one in which a dossier was received."""
    years = {int(line.received[:4]) + (line.received[5:] > "12-14") for line in lines}
    return [(date(year - 1, 12, 15).isoformat(), date(year, 12, 14).isoformat()) for year in sorted(years)]


def count_dossiers(lines: Iterable[DossierLine], ranges: Iterable[Range]) -> Figures:
    """Paths such as "2024-12-14/resolved"."""
    figures: Figures = {}
    counted = [line for line in lines if line.status not in UNCOUNTED]
    for first, last in ranges:
        figures |= {f"{last}/{name}": value for name, value in _count(counted, first, last).items()}
    return figures


def _count(lines: list[DossierLine], first: str, last: str) -> Figures:
    over = [line for line in lines if line.received < first and not _ended_by(line, first, included=False)]
    new = [line for line in lines if first <= line.received <= last]
    ended = [line for line in (*over, *new) if _ended_by(line, last)]
    still = [line for line in (*over, *new) if not _ended_by(line, last)]
    withdrawn = [line for line in ended if line.status == WITHDRAWN]
    decided = [line for line in ended if line.status != WITHDRAWN]
    early = [line for line in decided if line.due and line.ended < line.due]
    late = [line for line in decided if line.due and line.ended > line.due]
    overdue = [line for line in still if line.due and line.due < last and line.status in (*IN_WORK, *FINAL, WITHDRAWN)]
    online = [line for line in new if line.channel in ONLINE]
    whole, on_time = len(over) + len(new), len(ended) - len(early) - len(late)
    missing = [line for line in (*over, *new) if not line.digitised]
    return {
        "received": whole,
        "online": len(online),
        "in_person": len(new) - len(online),
        "carried_over": len(over),
        "resolved": len(ended),
        "early": len(early),
        "on_time": on_time,
        "late": len(late),
        "open": len(still),
        "open_in_time": len(still) - len(overdue),
        "open_overdue": len(overdue),
        "withdrawn": len(withdrawn),
        "of_resolved": share(len(ended) - len(late), len(ended)),
        "of_received": share(whole - len(late) - len(overdue), whole),
        "digitised": whole - len(missing),
        "online_bp": share(len(online), len(new)),
        "procedures_bp": share(len({line.procedure for line in online}), len({line.procedure for line in new})),
        **_criteria(lines, first, last, new, online, len(late)),
    }


def _criteria(
    lines: list[DossierLine], first: str, last: str, new: list[DossierLine], online: list[DossierLine], late: int
) -> Figures:
    """Of Thông tư 01/2018/TT-VPCP, in force since 23/11/2018."""
    if last < "2018-11-23":
        return {"criterion_1_points": 0, "criterion_9": None}
    decided = [line for line in lines if line.status in FINAL and first <= line.ended <= last]
    early = sum(bool(line.due) and line.ended < line.due for line in decided)
    kept = sum(not line.due or line.ended == line.due for line in decided)
    kinds = {line.procedure for line in new}
    reached = {line.procedure for line in online}
    ninth = None
    if new:
        far, wide = (share(len(online), len(new)) or 0), (share(len(reached), len(kinds)) or 0)
        ninth = 0 if late or far < 1500 else 2 if far >= 3000 and wide >= 2000 else 1
    return {"criterion_1_points": 2 * early + kept, "criterion_9": ninth}


def _ended_by(line: DossierLine, day: str, included: bool = True) -> bool:
    if line.status not in (*FINAL, WITHDRAWN) or not line.ended:
        return False
    return line.ended <= day if included else line.ended < day
