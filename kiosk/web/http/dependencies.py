"""What the web layer is given by the composition root."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Protocol

from flask import Flask, current_app

from contract.records import dataclass
from kiosk.actions.attempts import SecretCheck
from kiosk.clock import OfficeClock
from kiosk.domain.dossier_words import WordKind, WordMeaning
from kiosk.domain.followers import Upstream
from kiosk.domain.letterhead import Letterhead
from kiosk.domain.office_facts import OfficeFacts, OfficePoints
from kiosk.domain.office_files import OfficeFiles
from kiosk.domain.office_forms import OfficeForms
from kiosk.domain.print_job import PrintJob
from kiosk.domain.service import Office
from kiosk.domain.storage_checks import BackupFile, StorageChecks
from kiosk.domain.ticket import Ticket
from kiosk.jobs.code_reader import CodeReader
from kiosk.jobs.job import JobRunner
from kiosk.jobs.report_orders import ReportOrders
from kiosk.queries.estimates import Estimates
from kiosk.queries.public_configuration import PublicConfiguration
from kiosk.store.store import Store
from kiosk.web.http.auth import Authenticator
from kiosk.web.http.first_phones import FirstPhones
from kiosk.web.http.journal_stream import JournalStream
from kiosk.web.http.rates import Rates
from kiosk.web.http.traces import TokenGuesses
from kiosk.web.http.verifications import Verifications
from kiosk.web.http.voice_studio import VoiceStudio
from kiosk.web.http.wrong_tries import WrongTries


class TrialState(Protocol):
    """A trial slip: WAITING, or what became of it; `asked_at` in ms."""

    @property
    def asked_at(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str | None: ...


class TrialRequests(Protocol):
    """Where trial slips are asked for."""

    def request(self, printer: str, now: int) -> TrialState: ...
    def last(self, printer: str) -> TrialState | None: ...


class PrinterStates(Protocol):
    """How the printers are, as their print workers last knew it."""

    def names(self) -> list[str]: ...
    def is_ok(self, printer: str) -> bool: ...
    def prints_here(self, printer: str) -> bool: ...
    def set_slips_left(self, printer: str, slips: int) -> None: ...
    def shapes(self) -> Mapping[str, Mapping[str, object]]: ...


class FactsForReports(Protocol):
    """What a report says of the office; without `files` they are read for it."""

    def __call__(self, report: str, files: OfficeFiles | None = None) -> OfficeFacts: ...


class FormsForReports(Protocol):
    """Forms and rules of the office; without `files` they are read."""

    def __call__(self, files: OfficeFiles | None = None) -> OfficeForms: ...


class ReportKeeper(Protocol):
    """What the office writes for its reports, and what these showed."""

    def keep_remarks(self, remarks: Mapping[str, Sequence[str]]) -> None: ...

    def keep_points(self, points: Sequence[OfficePoints]) -> None: ...

    def read(self, report: str) -> OfficeFiles: ...

    def keep_printed(
        self, report: str, days: tuple[str, str], today: date, place: tuple[str, int], files: OfficeFiles
    ) -> str: ...


class DossierWords(Protocol):
    """What tables of dossiers may be worded like, and what the office taught. Both raise WordsRefused."""

    def meanings(self) -> Sequence[WordMeaning]: ...
    def keep(self, taught: Mapping[WordKind, Mapping[str, Sequence[str]]]) -> None: ...


@dataclass(frozen=True, slots=True)
class PageDocument:
    """An answer of `GET /page/…` as it is sent, plain or packed by gzip, and the ETag of its content."""

    text: str
    packed: bytes
    etag: str


@dataclass
class Dependencies:
    """`configuration`: the public part of it. `draw_slip` makes the PNG of a spooled slip.

    `authority`: the office's certificate authority in DER, if it has one.
    `pictures`: the folder of the TV's pictures; `portal_procedures`: the portal's catalogue as it was told last.
    `page_documents`: answers that were made once.
    `open_voices` is called once, by the first who asks for `voices`.
    """

    office: Office
    store: Store
    clock: OfficeClock
    stream: JournalStream
    authenticator: Authenticator
    same_secret: SecretCheck
    hash_secret: Callable[[str], str]
    authority: Callable[[], bytes | None]
    verifications: Verifications
    rates: Rates
    guesses: TokenGuesses
    refusals: TokenGuesses
    wrong_tries: WrongTries
    estimates: Estimates
    configuration: PublicConfiguration
    trials: TrialRequests
    draw_slip: Callable[[PrintJob, Ticket], bytes]
    pictures: Path
    portal_procedures: Path
    open_voices: Callable[[], VoiceStudio]
    letterhead: Callable[[date], Letterhead]
    office_facts: FactsForReports
    office_forms: FormsForReports
    report_files: ReportKeeper
    jobs: JobRunner
    code_reader: CodeReader
    dossier_words: DossierWords
    report_orders: ReportOrders
    public_url: str
    pair_loopback: bool
    trusted_hosts: frozenset[str]
    upstream: Upstream
    printer_health: PrinterStates
    storage_checks: Callable[[], StorageChecks]
    backups: Callable[[], Sequence[BackupFile]]
    first_phones: FirstPhones = field(default_factory=FirstPhones)
    page_documents: dict[str, PageDocument] = field(default_factory=dict)
    _voices: list[VoiceStudio] = field(default_factory=list, init=False)
    _opening: Lock = field(default_factory=Lock, init=False)

    @property
    def voices(self) -> VoiceStudio:
        with self._opening:
            if not self._voices:
                self._voices.append(self.open_voices())
            return self._voices[0]


def install(app: Flask, given: Dependencies) -> None:
    app.extensions["motcua"] = given


def dependencies() -> Dependencies:
    """Those of the application that answers the current request."""
    given: Dependencies = current_app.extensions["motcua"]
    return given
