"""What an office may configure, as pydantic models: unknown keys are errors, defaults are safe."""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, field_validator, model_validator

from config.base import Code, Day, Section, Text, TimeOfDay, composed
from config.filing import FilingSection
from config.followers import BoardSection, SyncSection
from config.keypad import KEYS, Keypad
from config.letter import LetterSection, ReportsSection
from config.patterns import FILE_NAME, FOLK, LANGUAGE, LETTER, ONE_LINE
from config.procedures import ProcedureSection
from config.schedule import ScheduleSection
from config.sentences import InvalidValue
from config.signs import with_signs
from config.slip_words import SlipWords
from config.survey import SurveySection
from config.voice import VoiceSection

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Shape = Literal["circle", "square", "triangle", "diamond", "star"]
Role = Literal["kiosk", "tablet", "counter", "board", "sync", "report", "admin"]


def _bind(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise InvalidValue("“{value}” is not ADDRESS:PORT; write for example 0.0.0.0:8080", value=value)
    return value


def _network(value: str) -> str:
    """Raises ValueError."""
    try:
        return str(ip_network(value, strict=False))
    except ValueError as error:
        raise InvalidValue(
            "“{value}” is no network; write an address, or a network as 10.0.0.0/24", value=value
        ) from error


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidValue("“{value}” is not a time zone; write for example Asia/Ho_Chi_Minh", value=value) from error
    return value


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise InvalidValue("“{value}” is not a colour; write for example #0B4F8A", value=value)
    return value


def _printer_url(value: str) -> str:
    if urlsplit(value).scheme not in {"serial", "tcp", "usb", "file", "cups"}:
        raise InvalidValue(
            "“{value}” is no address of a printer; begin with serial://, tcp://, usb://, file:// or cups://",
            value=value,
        )
    return value


def _database_url(value: str) -> str:
    if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise InvalidValue("is no address of a database; begin with sqlite:/// or postgresql+psycopg://")
    return value


Bind = Annotated[str, AfterValidator(_bind)]
Colour = Annotated[str, AfterValidator(_colour)]


class Hours(Section):
    """One row of the table of hours: the same session on several weekdays."""

    days: list[Weekday] = Field(min_length=1)
    opens: TimeOfDay = Field(alias="from")
    closes: TimeOfDay = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Hours:
        if self.opens >= self.closes:
            times = {"opens": f"{self.opens:%H:%M}", "closes": f"{self.closes:%H:%M}"}
            raise InvalidValue("“from” {opens} is not before “to” {closes}; mend one of them", **times)
        return self


class OfficeNamesSection(Section):
    """What the office is called on paper from a day on; what is left out stays as it is without this table."""

    since: Day = Field(alias="from")
    name: Text
    authority: Text | None = None
    superior: str | None = None
    signer: list[Text] | None = None
    addressees: list[Text] | None = None
    recipients: list[Text] | None = None
    source: Text


class OfficeSection(Section):
    code: Code
    name: Annotated[Text, Field(pattern=ONE_LINE)]  # one line: it becomes the subject of a mail
    authority: Text
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Ho_Chi_Minh"
    opening: Literal["hours", "always"] = "hours"
    hours: list[Hours] = Field(default=[])
    holidays: list[Day] = Field(default=[])
    seats: int = Field(default=15, ge=0, le=1000)
    waiting_promise_minutes: int = Field(default=15, ge=1, le=600)
    service_promise_minutes: int | None = Field(default=None, ge=1, le=600)
    folk: Annotated[Text, Field(pattern=FOLK)] = "bà con"
    languages: list[Annotated[str, Field(pattern=LANGUAGE)]] = Field(default=["vi"])
    legal_basis: str = ""
    logo: str = ""
    masked_names: list[Text] = Field(default=[])
    sample_until: Day | None = None
    names: list[OfficeNamesSection] = Field(default=[], max_length=20)

    @model_validator(mode="after")
    def _has_hours(self) -> OfficeSection:
        if self.opening == "hours" and not self.hours:
            raise InvalidValue(
                'opening = "hours" needs at least one [[office.hours]]; write one, or opening = "always"'
            )
        return self


class ServerSection(Section):
    bind: Bind = "127.0.0.1:8080"
    tls_bind: Bind | None = None
    staff_bind: Bind | None = None
    tls_certificate: str = ""  # with tls_key: one of the office's own
    tls_key: str = ""
    public_bind: Bind | None = None
    trusted_proxies: list[Annotated[str, AfterValidator(_network)]] = Field(default=[])
    public_url: str = Field(default="", max_length=40)
    threads: int = Field(default=40, ge=8, le=400)
    pair_loopback: bool = False
    second_factor: Literal["nobody", "administrators", "everybody"] = "nobody"  # who must have one, beside the password


class DatabaseSection(Section):
    url: Annotated[str, AfterValidator(_database_url)] = ""


class LimitsSection(Section):
    tickets_per_minute: int | None = Field(default=None, ge=1)
    lookups_per_5_minutes: int = Field(default=5, ge=1)
    clock_hold_minutes: int = Field(default=5, ge=1, le=24 * 60)


class CountersSection(Section):
    require_clerk: bool = False
    no_show_grace_minutes: int = Field(default=15, ge=0, le=24 * 60)
    priority_in_a_row: int = Field(default=2, ge=1, le=100)


class PrinterSection(Section):
    name: Code
    url: Annotated[str, AfterValidator(_printer_url)]
    profile: Code = "generic-80"
    width_dots: int | None = Field(default=None, ge=200, le=1000)
    kiosks: list[Code] = Field(default=[])
    fallback: Code | None = None


class OfficerSection(Section):
    """`photo`: a file of the folder "pictures" in the state folder, for the tablet of the counter."""

    name: Text
    position: Text
    field: Text
    photo: Annotated[str, Field(pattern=FILE_NAME)] | None = None


class ServiceSection(Section):
    """`shape`, `colour`, `tint` and `ink` may be left out: then `config.signs` gives them."""

    code: Code
    letter: Annotated[str, Field(pattern=LETTER)]
    name: Text
    hint: str = ""
    shape: Shape
    colour: Colour
    tint: Colour
    ink: Colour = "#FFFFFF"
    pictogram: Code
    fields: list[Text] = Field(default=[])
    sensitive: bool = False
    sensitive_fields: list[Text] = Field(default=[])
    daily_cap: int | None = Field(default=None, ge=1)
    replaces: list[Code] = Field(default=[])


class CounterSection(Section):
    code: Code
    name: Text
    services: list[Code] = Field(min_length=1)
    officer: str = ""
    direction: Literal["left", "up", "right"] = "right"
    replaces: list[Code] = Field(default=[])


class PrioritySection(Section):
    code: Code
    name: Text
    pictogram: Code


class DeviceSection(Section):
    name: Code
    role: Literal["kiosk", "tablet", "board", "counter"]
    place: str = ""
    counter: Code | None = None


class KioskSection(Section):
    """The touch kiosk. `start`: its first screen. `second_number` "ask": who takes another number right after one is
    asked first. `id_card_age`: read from the QR of an ID card only the year of birth, and let who is so old go first.
    `keypad`: codes of the keys up, down, choose, repeat, help as browsers name them (KeyboardEvent.code).
    `information`: names of kiosks that have no printer and give no numbers.
    """

    start: Literal["home", "services"] = "home"
    second_number: Literal["give", "ask"] = "give"
    id_card_age: Annotated[int, Field(ge=50, le=100)] | None = None
    keypad: Keypad = Field(default=list(KEYS))
    information: list[Code] = Field(default=[])


class NoticeSection(Section):
    id: Code
    text: Text
    language: str = "vi"


class Configuration(Section):
    """One office: the whole file."""

    secrets: str = ""
    office: OfficeSection
    server: ServerSection = ServerSection()
    database: DatabaseSection = DatabaseSection()
    limits: LimitsSection = LimitsSection()
    counters: CountersSection = CountersSection()
    board: BoardSection = BoardSection()
    voice: VoiceSection = VoiceSection()
    sync: SyncSection = SyncSection()
    printer: list[PrinterSection] = Field(default=[])
    letter: LetterSection = LetterSection()
    reports: ReportsSection = ReportsSection()
    schedule: ScheduleSection = ScheduleSection()
    filing: FilingSection = FilingSection()
    officer: list[OfficerSection] = Field(default=[])
    service: list[ServiceSection] = Field(min_length=1)
    counter: list[CounterSection] = Field(min_length=1)
    priority: list[PrioritySection] = Field(default=[])
    survey: SurveySection
    procedure: list[ProcedureSection] = Field(default=[])
    device: list[DeviceSection] = Field(default=[])
    notice: list[NoticeSection] = Field(default=[])
    kiosk: KioskSection = Field(default=KioskSection())
    slip_words: dict[str, SlipWords] = Field(default={})
    texts: dict[str, dict[str, Text]] = Field(default={})

    @model_validator(mode="before")
    @classmethod
    def _composed(cls, tables: Any) -> Any:
        return composed(tables)

    @field_validator("service", mode="before")
    @classmethod
    def _with_signs(cls, tables: Any) -> Any:
        """Signs by rule where the office wrote none; what is no list of tables is refused by its type."""
        if isinstance(tables, list) and all(isinstance(one, dict) for one in tables):
            return with_signs(tables)
        return tables
