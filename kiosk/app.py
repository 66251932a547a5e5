"""What commands and workers are handed: configuration, office, store, clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING

from config.schema import Configuration
from contract.records import dataclass
from kiosk.clock import OfficeClock
from kiosk.domain.service import Office
from kiosk.domain.storage_checks import CheckOutcome
from kiosk.printing.health import PrinterHealthRegistry
from kiosk.printing.trials import TrialPrints
from kiosk.store.store import Store

if TYPE_CHECKING:
    from uuid_utils import UUID


def new_id() -> str:
    """UUIDv7."""
    return str(_uuid7()())


@cache
def _uuid7() -> Callable[[], UUID]:
    """Loaded by the first who needs one."""
    from uuid_utils import uuid7

    return uuid7


@dataclass
class App:
    """The parts every command may need."""

    configuration: Configuration
    office: Office
    store: Store
    clock: OfficeClock
    printer_health: PrinterHealthRegistry = field(default_factory=PrinterHealthRegistry)
    trials: TrialPrints = field(default_factory=TrialPrints)
    unnoted: dict[str, CheckOutcome] = field(default_factory=dict)  # by name, those that the state folder did not take

    def close(self) -> None:
        self.store.close()
