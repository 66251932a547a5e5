"""A dossier has four forms on its way; a call's body, an event and an answer have no field of their own."""

from __future__ import annotations

from dataclasses import fields

from contract.dossiers import FIELDS, DossierInput, DossierProgress
from contract.events import DossierData
from kiosk.domain.dossier import Dossier
from kiosk.web.api.board_models import DossierProgressAnswer
from kiosk.web.api.dossier_models import DossierAnswer, DossierBody


def test_what_is_put_kept_told_by_events_and_answered_has_the_same_fields() -> None:
    assert set(DossierBody.model_fields) == set(DossierInput.__annotations__)
    assert [one.name for one in fields(Dossier)] == list(FIELDS)
    assert list(DossierData.__annotations__) == list(DossierAnswer.__annotations__) == list(FIELDS)


def test_the_snapshot_has_the_fields_of_what_stands_on_the_tv() -> None:
    shown = [one.name for one in fields(DossierProgress)]
    assert [*list(DossierProgressAnswer.__annotations__)[:-1], "name"] == shown
    assert list(DossierProgressAnswer.__annotations__)[-1] == "name_masked"
