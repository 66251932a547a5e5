"""Reports about devices, people and the groups of the index 766."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from contract.catalogues import grouped
from kiosk.domain.office_facts import OfficeFacts
from kiosk.reports.dated_rules import source_with
from kiosk.reports.document import Cell, Document, DocumentSection, Duration, Paragraph, Rate
from kiosk.reports.evaluated import groups_of_index
from kiosk.reports.fact_sources import PeriodFacts
from kiosk.reports.forms import form_of
from kiosk.reports.measures.equipment import Delay, device_figures
from kiosk.reports.periods import Period


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


def index_report(facts: PeriodFacts, levels: Sequence[str], office: str, period: Period) -> Document:
    """Raises NoForm."""
    form = form_of("index-766", period.last)
    groups = groups_of_index(facts.dossiers, facts.ratings, levels, period)
    rows: list[dict[str, Cell]] = [
        {
            "number": number,
            "group": form.words.get(group.name, group.name),
            "most_points": group.most_points,
            "part": group.part,
            "counted": group.counted,
            "rate_bp": Rate(group.rate_bp),
        }
        for number, group in enumerate(groups, start=1)
    ]
    sections = [DocumentSection("", (Paragraph(form.words["opening"]), form.table_of("groups", rows)))]
    made_of = source_with(form.source, "index", period.last)
    return replace(form.document(office, period, sections=sections), source=made_of)


def _counted(reasons: Counter[str]) -> list[dict[str, Cell]]:
    return [{"reason": reason, "count": count} for reason, count in sorted(reasons.items())]
