"""What commands and workers are handed: configuration, office, store, clock."""

from __future__ import annotations

from dataclasses import field

from config.schema import Configuration
from contract.records import dataclass
from kiosk.clock import OfficeClock
from kiosk.domain.service import Office
from kiosk.printing.health import PrinterHealthRegistry
from kiosk.printing.trials import TrialPrints
from kiosk.store.store import Store


def new_id() -> str:
    """UUIDv7."""
    from uuid_utils import uuid7

    return str(uuid7())


@dataclass
class App:
    """The parts every command may need."""

    configuration: Configuration
    office: Office
    store: Store
    clock: OfficeClock
    printer_health: PrinterHealthRegistry = field(default_factory=PrinterHealthRegistry)
    trials: TrialPrints = field(default_factory=TrialPrints)

    def close(self) -> None:
        self.store.close()
