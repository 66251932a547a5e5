"""Reports about devices, people, the nine criteria and the groups of the index 766."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from contract.catalogues import grouped
from kiosk.domain.office_facts import OfficeFacts
from kiosk.reports.dated_rules import criteria_on
from kiosk.reports.document import Cell, Document, DocumentSection, Duration, Paragraph, Rate, Table
from kiosk.reports.fact_sources import PeriodFacts
from kiosk.reports.forms import Form, form_of
from kiosk.reports.measures.dossiers import resolution
from kiosk.reports.measures.equipment import Delay, device_figures
from kiosk.reports.measures.evaluation import DossierScore, index_groups, online_score, online_share, time_scores
from kiosk.reports.measures.ratings import BEST_LEVELS, rating_counts
from kiosk.reports.periods import Period
from kiosk.reports.writers.text_cells import percent

CRITERIA_OF_A_DOSSIER = (2, 3, 4, 6, 7)


def devices_report(facts: PeriodFacts, delays: Sequence[Delay], office: str, period: Period) -> Document:
    """Raises NoForm."""
    form = form_of("devices", period.last)
    rows = device_figures(facts.device_spells)
    spells = facts.device_spells
    opening = form.words["opening"].format(
        faults=grouped(sum(one.faults for one in rows)),
        silences=grouped(sum(one.silences for one in rows)),
        open=grouped(sum(one.open for one in rows)),
    )
    cells: list[dict[str, Cell]] = [
        {
            "device": one.device,
            "kind": form.words["kinds"].get(one.kind, one.kind),
            "faults": one.faults,
            "silences": one.silences,
            "down_ms": Duration(one.down_ms),
            "open": one.open,
        }
        for one in rows
    ]
    reasons = Counter(spell.reason or form.words["unnamed"] for spell in spells)
    late: list[dict[str, Cell]] = [
        {"follower": one.follower, "behind": one.behind, "oldest_ms": Duration(one.oldest_ms)} for one in delays
    ]
    sections = [
        DocumentSection("", (Paragraph(opening if rows else form.words["no_faults"]),)),
        *([DocumentSection(form.words["faults"], (form.table_of("devices", cells),))] if rows else []),
        *([DocumentSection(form.words["reasons"], (form.table_of("reasons", _counted(reasons)),))] if spells else []),
        DocumentSection(
            form.words["delay"],
            (form.table_of("delay", late),) if late else (Paragraph(form.words["no_followers"]),),
        ),
    ]
    return form.document(office, period, sections=sections)


def staff_report(about: OfficeFacts, period: Period) -> Document:
    """Who is the office's own and who was sent is not known here: those cells are left open. Raises NoForm."""
    form = form_of("staff", period.last)
    people = f"{len(about.officers):02d}"
    whole: dict[str, Cell] = {
        "number": "1",
        "office": about.office,
        "people": people,
        "own": "",
        "sent": "",
        "remark": "",
    }
    level: dict[str, Cell] = {**dict.fromkeys(whole, ""), "office": form.words["level"]}
    places = Counter(about.officers)
    listed: list[dict[str, Cell]] = [
        {"number": number, "position": position, "field": field, "people": f"{count:02d}"}
        for number, ((position, field), count) in enumerate(places.items(), start=1)
    ]
    total: dict[str, Cell] = {"number": "", "position": form.total, "field": "", "people": people}
    sections = [
        DocumentSection("", (form.table_of("people", [level, whole]),)),
        DocumentSection("", (Paragraph(form.words["list"], strong=True), form.table_of("list", listed, [total]))),
    ]
    return form.document(about.office, period, sections=sections)


def evaluation_report(facts: PeriodFacts, levels: Sequence[str], office: str, period: Period) -> Document:
    """Mẫu 2, and Mẫu 1 as an annex; points that only people can give are left open. Raises NoForm."""
    form = form_of("evaluation", period.last)
    rules, scores = criteria_on(period.last), time_scores(facts.dossiers, period)
    known: dict[int, str] = {}
    if scores:
        known[1] = _average(sum(score.points for score in scores), len(scores))
    ninth = online_score(online_share(facts.dossiers, period), resolution(facts.dossiers, period).late, rules)
    if ninth is not None:
        known[9] = str(ninth)
    rows: list[dict[str, Cell]] = [
        {"number": number, "criterion": name, "most": rules.most_points, "own": known.get(number, ""), "checked": ""}
        for number, name in enumerate(form.words["criteria"], start=1)
    ]
    total: dict[str, Cell] = {
        "number": "",
        "criterion": form.total,
        "most": rules.most_points * len(rows),
        "own": "",
        "checked": "",
    }
    rated = rating_counts(facts.ratings, levels)
    satisfied = form.words["satisfied"].format(count=grouped(rated.count), rate=percent(rated.satisfied_bp))
    texts = (form.words["open"], form.words["bands"].format(bands=rules.bands_in_words), satisfied)
    sections = [
        DocumentSection("", (Paragraph(form.words["unit"], strong=True), form.table_of("unit", rows, [total]))),
        DocumentSection("", tuple(map(Paragraph, texts))),
        *(
            [DocumentSection(form.words["dossiers"], (_of_dossiers(form, scores, known[1]),), annex=True)]
            if scores
            else []
        ),
    ]
    return form.document(office, period, sections=sections)


def index_report(facts: PeriodFacts, levels: Sequence[str], office: str, period: Period) -> Document:
    """Raises NoForm."""
    form = form_of("index-766", period.last)
    rated = rating_counts(facts.ratings, levels)
    best = {one.level for one in rated.levels if one.level in levels[:BEST_LEVELS]}
    satisfied = (sum(one.count for one in rated.levels if one.level in best), rated.count)
    groups = index_groups(facts.dossiers, satisfied, period)
    rows: list[dict[str, Cell]] = [
        {
            "number": number,
            "group": form.words[group.name],
            "most_points": group.most_points,
            "part": group.part,
            "counted": group.counted,
            "rate_bp": Rate(group.rate_bp),
        }
        for number, group in enumerate(groups, start=1)
    ]
    sections = [DocumentSection("", (Paragraph(form.words["opening"]), form.table_of("groups", rows)))]
    return form.document(office, period, sections=sections)


def _of_dossiers(form: Form, scores: Sequence[DossierScore], average: str) -> Table:
    open_cells: dict[str, Cell] = {f"criterion_{number}": "" for number in CRITERIA_OF_A_DOSSIER}
    rows: list[dict[str, Cell]] = [
        {
            "number": number,
            "dossier": score.code,
            "field": score.field,
            "criterion_1": score.points,
            **open_cells,
            "total": "",
            "band": "",
        }
        for number, score in enumerate(scores, start=1)
    ]
    last: dict[str, Cell] = {**dict.fromkeys(rows[0], ""), "dossier": form.words["average"], "criterion_1": average}
    return form.table_of("dossiers", rows, [last])


def _average(points: int, count: int) -> str:
    """To one decimal, half up."""
    tenths = (20 * points + count) // (2 * count)
    return f"{tenths // 10},{tenths % 10}"


def _counted(reasons: Counter[str]) -> list[dict[str, Cell]]:
    return [{"reason": reason, "count": count} for reason, count in sorted(reasons.items())]
