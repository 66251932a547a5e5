"""What is asked for when a report is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.records import dataclass
from kiosk.domain.letterhead import Letterhead
from kiosk.domain.office_facts import OfficeFacts
from kiosk.domain.office_forms import OfficeForms
from kiosk.reports.periods import Period

if TYPE_CHECKING:
    from kiosk.reports.measures.equipment import Delay
    from kiosk.reports.word_template import WordTemplate


class NoSuchReport(Exception):
    """The name or the format is not one of those there are; the message lists them."""


class TemplateBroken(ValueError):
    """The template can't be used; the message names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """A position of the journal: a report is made from what was known there, from events alone."""

    epoch: str
    seq: int


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """`level_names`: words of the survey's levels by code, best first; `letter`: who issues it.

    `about`: what the narrative report says of the office; `digitised`: its own range for digitisation.
    `masked`: officers by family name and initials only. `template`: of the office, for docx.
    `as_template`: instead of the report a .docx with tags to begin with. `forms`: of the office, beside the shipped.
    `delays`: of followers, None: as they are now, or unknown at an earlier position.
    """

    name: str
    kind: str
    period: Period
    level_names: dict[str, str]
    letter: Letterhead | None = None
    about: OfficeFacts | None = None
    digitised: Period | None = None
    as_of: AsOf | None = None
    template: WordTemplate | None = None
    as_template: bool = False
    masked: bool = False
    forms: OfficeForms | None = None
    delays: tuple[Delay, ...] | None = None
