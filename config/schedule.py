"""The tables of reports that are made by themselves: when, and where they go."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from config.base import LOOPBACK, Section
from config.patterns import CODE, REPORT_FORMAT
from config.sentences import InvalidValue


def _address(value: str) -> str:
    name, at, host = value.partition("@")
    if not (name and at and "." in host and value.isascii() and value.isprintable()) or set(value) & set(' ,;<>"'):
        raise InvalidValue("“{value}” is not an address of mail; write for example vanphong@xabavi.gov.vn", value=value)
    return value


MailAddress = Annotated[str, AfterValidator(_address)]
Every = Literal[
    "day",
    "week",
    "month",
    "quarter",
    "half-year",
    "nine-months",
    "year",
    "calendar-month",
    "calendar-quarter",
    "calendar-year",
]


class MailSection(Section):
    """The server that takes outgoing mail. Unencrypted only to this very machine."""

    host: str = ""
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = ""
    sender: MailAddress | None = None

    @model_validator(mode="after")
    def _agrees(self) -> MailSection:
        if self.security == "none" and self.host and self.host not in LOOPBACK:
            raise InvalidValue('security = "none" is for 127.0.0.1 only; write "starttls" or "tls"')
        if bool(self.username) != bool(self.password):
            raise InvalidValue("username and password go together; write both or none")
        return self


class ScheduledReportSection(Section):
    """A report of each period that ended, into a folder, by mail, or both."""

    name: Annotated[str, Field(pattern=CODE)]
    format: Annotated[str, Field(pattern=REPORT_FORMAT)]
    every: Every
    folder: str = ""
    to: list[MailAddress] = Field(default=[], max_length=20)

    @model_validator(mode="after")
    def _goes_somewhere(self) -> ScheduledReportSection:
        if not self.folder and not self.to:
            raise InvalidValue("name a folder, or addresses of mail in to")
        return self


class ScheduleSection(Section):
    mail: MailSection = MailSection()
    report: list[ScheduledReportSection] = Field(default=[], max_length=50)

    @model_validator(mode="after")
    def _mail_is_known(self) -> ScheduleSection:
        if any(one.to for one in self.report) and not (self.mail.host and self.mail.sender):
            raise InvalidValue("a report goes by mail: fill host and sender in [schedule.mail]")
        return self
