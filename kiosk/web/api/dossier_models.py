"""Bodies and answers about dossiers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from contract.times import optional_rfc3339, to_rfc3339
from kiosk.actions.dossiers import RefusalRule
from kiosk.domain.dossier import Dossier, dossier_data
from kiosk.domain.dossier_change import APPLICANT
from kiosk.queries.dossiers import DossierSlice, PublicDossier
from kiosk.web.http.models import Body, Instant, ShortText, Timestamp


class DossierBody(Body):
    code: Annotated[str, Field(min_length=8, max_length=60)]
    procedure: Annotated[str, Field(max_length=60)]
    field: Annotated[str, Field(max_length=120)]
    channel: Annotated[int, Field(ge=1, le=4)]
    status: Annotated[int, Field(ge=1, le=10)]
    received_at: Instant
    due_at: Instant | None = None
    finished_at: Instant | None = None
    carried_over: bool = False
    digitised: bool = True
    not_digitised_reason: ShortText | None = None
    step: ShortText | None = None
    applicant_masked: Annotated[str, Field(max_length=30)] | None = None

    def to_dossier(self) -> Dossier:
        values = self.model_dump(exclude={APPLICANT, "code", "received_at", "due_at", "finished_at"})
        return Dossier(
            code="".join(self.code.split()).upper(),
            received_at=round(self.received_at.timestamp() * 1000),
            due_at=_ms(self.due_at),
            finished_at=_ms(self.finished_at),
            **values,
        )


class RefusedDossierAnswer(TypedDict):
    """`rule` is for programs and stays as it is; `reason` is for people, in Vietnamese."""

    code: str
    rule: RefusalRule
    reason: str


class PutDossiersAnswer(TypedDict):
    """`kept`: taken with the channel they are known with, since the one that was said was not there on their day."""

    created: int
    updated: int
    unchanged: int
    refused: list[RefusedDossierAnswer]
    kept: list[RefusedDossierAnswer]


class DossierAnswer(TypedDict):
    """A dossier as the office keeps it."""

    code: str
    procedure: str
    field: str
    channel: int
    status: int
    received_at: Timestamp
    due_at: Timestamp | None
    finished_at: Timestamp | None
    carried_over: bool
    digitised: bool
    not_digitised_reason: str | None
    step: str | None


class DossiersAnswer(TypedDict):
    """`next` goes into `after`; null at the end."""

    dossiers: list[DossierAnswer]
    next: str | None


class PublicDossierAnswer(TypedDict):
    code_masked: str
    field: str
    status: int
    step: str
    due_at: Timestamp | None
    finished_at: Timestamp | None
    received_at: Timestamp
    late: bool
    service: str | None


class CellProblemAnswer(TypedDict):
    sheet: str
    row: int
    column: str
    header: str
    message: str


class TableChangeAnswer(TypedDict):
    """`happens` and `told`: the change in words; the texts that follow: where the dossier stands then."""

    code: str
    kind: str
    goes_back: bool
    happens: str
    told: str
    field_text: str
    channel_text: str
    status_text: str
    received_text: str
    due_text: str
    finished_text: str


class TableAnswer(TypedDict):
    """`taken`: the office keeps what the table holds. `notes`: which sheets were read, what was supplied.

    `changes` and `problems`: the first 200 of each.
    """

    taken: bool
    counted: list[str]
    notes: list[str]
    changes: list[TableChangeAnswer]
    problem_count: int
    problems: list[CellProblemAnswer]


def dossiers_answer(batch: DossierSlice) -> DossiersAnswer:
    return {"dossiers": [DossierAnswer(**dossier_data(one)) for one in batch.dossiers], "next": batch.next}


def public_dossier_answer(dossier: PublicDossier) -> PublicDossierAnswer:
    return {
        "code_masked": dossier.code_masked,
        "field": dossier.field,
        "status": dossier.status,
        "step": dossier.step,
        "due_at": optional_rfc3339(dossier.due_at),
        "finished_at": optional_rfc3339(dossier.finished_at),
        "received_at": to_rfc3339(dossier.received_at),
        "late": dossier.late,
        "service": dossier.service,
    }


def _ms(value: datetime | None) -> int | None:
    return None if value is None else round(value.timestamp() * 1000)
