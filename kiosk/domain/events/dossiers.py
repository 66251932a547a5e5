"""Dossiers as the one-stop system reported them."""

from __future__ import annotations

from typing import ClassVar

from contract.events import DossierData, EventType
from contract.records import dataclass
from kiosk.domain.dossier import Dossier, dossier_data


@dataclass(frozen=True, slots=True)
class DossierUpdated:
    """A dossier that is new or changed, as it stands now."""

    type: ClassVar[EventType] = EventType.DOSSIER_UPDATED
    dossier: Dossier

    @property
    def subject(self) -> str:
        return self.dossier.code

    def data(self) -> DossierData:
        return dossier_data(self.dossier)
