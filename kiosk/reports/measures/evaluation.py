"""Criteria of Thông tư 01/2018/TT-VPCP that dossiers say, and groups of Quyết định 766/QĐ-TTg where known.

Criteria that citizens answer, and the nine together: `criteria.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contract.dossiers import ONLINE_CHANNELS
from contract.records import dataclass
from kiosk.reports.dated_rules import CriteriaRules, criteria_on, index_groups_on
from kiosk.reports.measures.arithmetic import rate_bp
from kiosk.reports.measures.dossiers import (
    DossierFact,
    digitisation,
    has_result_in,
    on_time_rates,
    resolution,
)
from kiosk.reports.measures.registry import measure
from kiosk.reports.periods import Period

EQUAL, LONGER = 1, 0


@dataclass(frozen=True, slots=True)
class DossierScore:
    """`points` of criterion 1 of a dossier that was resolved in the period."""

    code: str
    field: str
    points: int


@dataclass(frozen=True, slots=True)
class OnlineShare:
    """Of the dossiers received in the period itself, and of the procedures that they were for."""

    received: int
    online: int
    share_bp: int | None
    procedures: int
    online_procedures: int
    procedures_bp: int | None


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """`rate_bp` in hundredths of a percent of `counted`; None where the office's data cannot say."""

    name: str
    most_points: int
    part: int | None
    counted: int | None

    @property
    def rate_bp(self) -> int | None:
        return None if self.part is None or self.counted is None else rate_bp(self.part, self.counted)


@measure("criterion-1")
def time_scores(facts: Iterable[DossierFact], period: Period) -> tuple[DossierScore, ...]:
    """Criterion 1, the time taken: 2 points for a dossier resolved before its due day, 1 on it or without one, 0 after.

    Source: dossier.updated: day of the end, due day.
    Unit: points, whole.
    Period: the dossier's end lies in it.
    Rules: Thông tư 01/2018/TT-VPCP, criterion 1; withdrawn dossiers have no score.
    """
    scored, most = [fact for fact in facts if has_result_in(fact, period)], criteria_on(period.last).most_points
    return tuple(DossierScore(fact.code, fact.field, _time_points(fact, most)) for fact in scored)


@measure("online-share")
def online_share(facts: Iterable[DossierFact], period: Period) -> OnlineShare:
    """Dossiers received online of all received in the period, those carried over left out; and procedures that had an
    online dossier of those that had any.

    Source: dossier.updated: channel, procedure, day of receipt.
    Unit: dossiers, procedures; shares in hundredths of a percent, half up.
    Period: day of receipt.
    Rules: KenhThucHien 2 and VNeID (4) are online; statuses 1 and 3 never count.
    """
    new = [fact for fact in facts if fact.is_counted and fact.received in period]
    online = [fact for fact in new if fact.channel in ONLINE_CHANNELS]
    kinds, online_kinds = {fact.procedure for fact in new}, {fact.procedure for fact in online}
    return OnlineShare(
        len(new),
        len(online),
        rate_bp(len(online), len(new)),
        len(kinds),
        len(online_kinds),
        rate_bp(len(online_kinds), len(kinds)),
    )


@measure("criterion-9")
def online_score(share: OnlineShare, late: int, rules: CriteriaRules) -> int | None:
    """Criterion 9, online services: 2 points from 30 % of dossiers and 20 % of procedures online with none late; 1 from
    15 % of dossiers with none late; otherwise 0. None without a dossier.

    Source: measures online-share and resolution.
    Unit: points, whole.
    Period: that of its sources.
    Rules: Thông tư 01/2018/TT-VPCP, criterion 9 (`criteria` of the dated rules); procedures are those that had a
    dossier.
    """
    if share.share_bp is None or share.procedures_bp is None:
        return None
    if late or share.share_bp < rules.online_half_bp:
        return 0
    is_full = share.share_bp >= rules.online_full_bp and share.procedures_bp >= rules.procedures_full_bp
    return rules.most_points if is_full else 1


@measure("index-766")
def index_groups(facts: Sequence[DossierFact], satisfied: tuple[int, int], period: Period) -> tuple[IndexGroup, ...]:
    """The six groups of the index with their greatest points, and the rate that stands for a group where this office's
    data know it: progress (in time of those received), online dossiers, satisfaction (two best levels), digitised
    results. Publication and online payment are not known here. Points are not given: the table of points is the
    province's.

    Source: dossier.updated; rating.submitted (`satisfied`: how many of how many).
    Unit: hundredths of a percent, half up.
    Period: calendar quarter as a rule.
    Rules: Quyết định 766/QĐ-TTg; progress = (early + on time + open in time) / received.
    """
    row, online, results = resolution(facts, period), online_share(facts, period), digitisation(facts, period)
    in_time = row.early + row.on_time + row.open_in_time
    assert IndexGroup("", 0, in_time, row.received).rate_bp == on_time_rates(row).of_received
    known = {
        "progress": (in_time, row.received),
        "online": (online.online, online.received),
        "satisfaction": satisfied,
        "digitisation": (results.counted - len(results.missing), results.counted),
    }
    return tuple(
        IndexGroup(name, points, *known.get(name, (None, None))) for name, points in index_groups_on(period.last)
    )


def _time_points(fact: DossierFact, most: int) -> int:
    if fact.due is None or fact.ended is None or fact.ended == fact.due:
        return EQUAL
    return most if fact.ended < fact.due else LONGER
