"""Facts for measures, from the tables or from the events of the journal: the same facts give the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from contract.events import DossierData
from contract.times import from_rfc3339
from kiosk.domain.dossier import Dossier
from kiosk.reports.measures.dossiers import DossierFact


def dossier_fact(dossier: Dossier, zone: ZoneInfo) -> DossierFact:
    """`zone`: where the office keeps its calendar."""
    return DossierFact(
        dossier.code,
        dossier.procedure,
        dossier.field,
        dossier.channel,
        dossier.status,
        _day(dossier.received_at, zone),
        _optional_day(dossier.due_at, zone),
        _optional_day(dossier.finished_at, zone),
        dossier.digitised,
        dossier.not_digitised_reason,
    )


def dossier_facts_of_events(events: Iterable[Mapping[str, object]], zone: ZoneInfo) -> list[DossierFact]:
    """Dossiers as the last `dossier.updated` of each left them, by code; other events say nothing of dossiers."""
    last = {str(event["subject"]): event["data"] for event in events if event["type"] == "dossier.updated"}
    return [_fact_of_data(cast(DossierData, last[code]), zone) for code in sorted(last)]


def _fact_of_data(data: DossierData, zone: ZoneInfo) -> DossierFact:
    return dossier_fact(
        Dossier(
            code=data["code"],
            procedure=data["procedure"],
            field=data["field"],
            channel=data["channel"],
            status=data["status"],
            received_at=from_rfc3339(data["received_at"]),
            due_at=_optional_ms(data["due_at"]),
            finished_at=_optional_ms(data["finished_at"]),
            carried_over=data["carried_over"],
            digitised=data["digitised"],
            not_digitised_reason=data["not_digitised_reason"],
        ),
        zone,
    )


def _optional_ms(text: str | None) -> int | None:
    return None if text is None else from_rfc3339(text)


def _day(ms: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(zone).date()


def _optional_day(ms: int | None, zone: ZoneInfo) -> date | None:
    return None if ms is None else _day(ms, zone)
