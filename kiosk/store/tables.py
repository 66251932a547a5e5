"""Every table of one office, each reached in one way, by the unit of work and by a reading alike."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, overload

from kiosk.store.answers import AnswerTable
from kiosk.store.clerks import ClerkTable
from kiosk.store.corrections import CorrectionTable
from kiosk.store.counters import CounterTable
from kiosk.store.devices import DeviceTable
from kiosk.store.dossiers import DossierTable
from kiosk.store.epochs import EpochTable
from kiosk.store.followers import FollowerTable
from kiosk.store.free_texts import FreeTextTable
from kiosk.store.help_requests import HelpRequestTable
from kiosk.store.journal import JournalTable
from kiosk.store.lost_numbers import LostNumbersTable
from kiosk.store.office_state import OfficeStateTable
from kiosk.store.pairings import PairingTable
from kiosk.store.paper_rolls import PaperRollTable
from kiosk.store.person_sessions import PersonSessionTable
from kiosk.store.persons import PersonTable
from kiosk.store.pin_failures import PinFailureTable
from kiosk.store.print_spool import PrintSpool
from kiosk.store.ratings import RatingTable
from kiosk.store.sessions import SessionTable
from kiosk.store.slip_history import SlipHistory
from kiosk.store.sql import OfficeTable, Transaction
from kiosk.store.statistics import Statistics
from kiosk.store.tickets import TicketTable
from kiosk.store.time_shift import TimeShift
from kiosk.store.webhooks import WebhookTable

T = TypeVar("T", bound=OfficeTable)


class _Family(Generic[T]):
    """A table family, made for the transaction at its first use and kept in the instance."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind

    def __set_name__(self, owner: type[OfficeTables], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, tables: None, owner: Any) -> _Family[T]: ...
    @overload
    def __get__(self, tables: OfficeTables, owner: Any) -> T: ...
    def __get__(self, tables: OfficeTables | None, owner: Any) -> T | _Family[T]:
        if tables is None:
            return self
        family = self._kind(tables.transaction, tables.office_code)
        tables.__dict__[self._name] = family
        return family


class OfficeTables:
    """The table families of one office inside one transaction."""

    def __init__(self, transaction: Transaction, office_code: str) -> None:
        self.transaction = transaction
        self.office_code = office_code

    answers = _Family(AnswerTable)
    clerks = _Family(ClerkTable)
    corrections = _Family(CorrectionTable)
    counters = _Family(CounterTable)
    devices = _Family(DeviceTable)
    dossiers = _Family(DossierTable)
    epochs = _Family(EpochTable)
    followers = _Family(FollowerTable)
    free_texts = _Family(FreeTextTable)
    help_requests = _Family(HelpRequestTable)
    journal = _Family(JournalTable)
    lost_numbers = _Family(LostNumbersTable)
    office_state = _Family(OfficeStateTable)
    pairings = _Family(PairingTable)
    paper_rolls = _Family(PaperRollTable)
    person_sessions = _Family(PersonSessionTable)
    persons = _Family(PersonTable)
    pin_failures = _Family(PinFailureTable)
    ratings = _Family(RatingTable)
    sessions = _Family(SessionTable)
    slip_history = _Family(SlipHistory)
    spool = _Family(PrintSpool)
    statistics = _Family(Statistics)
    tickets = _Family(TicketTable)
    time_shift = _Family(TimeShift)
    webhooks = _Family(WebhookTable)
