"""What `motcua report` says of the office: as it is configured today, or as a report showed it that is made again."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from config import places
from contract.records import dataclass
from kiosk.bootstrap import build_office
from kiosk.i18n.catalogues import speak_to
from kiosk.maintenance.printed_settings import with_settings
from kiosk.reports.printed import PrintedFolder, PrintedReport
from kiosk.reports.word_template import WordTemplate, read_template
from kiosk.reports.wording import translate

if TYPE_CHECKING:
    from config.schema import Configuration
    from kiosk.app import App
    from kiosk.domain.service import Office
    from kiosk.reports.periods import Period
    from kiosk.reports.request import AsOf


@dataclass(frozen=True, slots=True)
class ReportBasis:
    """`remarks`: the file of then, None for today's; `template`: of the office, for a Word file."""

    configuration: Configuration
    office: Office
    remarks: Path | None
    template: WordTemplate | None

    @property
    def level_names(self) -> dict[str, str]:
        return {level.code: level.name for level in self.configuration.survey.levels}


def basis_of_today(app: App, report: str, kind: str) -> ReportBasis:
    """Raises TemplateBroken."""
    template = read_template(places.home() / "reports", report) if kind == "docx" else None
    return ReportBasis(app.configuration, app.office, None, template)


def basis_of_then(app: App, report: str, kind: str, period: Period, dated: date, place: AsOf) -> ReportBasis:
    """Of a report that is made again; today's where nothing was kept of it, as a line says. Raises TemplateBroken."""
    days = (period.first.isoformat(), period.last.isoformat(), dated.isoformat())
    printed, kept = PrintedReport(report, *days, place.epoch, place.seq), PrintedFolder(places.home() / "reports")
    settings = kept.settings(printed)
    if settings is None:
        remarks = kept.remarks(printed)
        _say("nothing is kept of what this report showed beside the journal; it has names and remarks of today")
        return replace(basis_of_today(app, report, kind), remarks=remarks)
    configuration = _as_it_was(app.configuration, settings)
    speak_to(configuration.office.folk)
    template = kept.template(printed) if kind == "docx" else None
    return ReportBasis(
        configuration,
        build_office(configuration),
        kept.remarks(printed),
        None if template is None else WordTemplate(*template),
    )


def _as_it_was(configuration: Configuration, settings: str) -> Configuration:
    """Sections that this version cannot read are today's, as a line says."""
    try:
        then, unread = with_settings(configuration, settings)
    except ValueError:
        then, unread = configuration, ["*"]
    if unread:
        sentence = "the names kept with this report cannot be read by this version; it has those of today"
        print(f"{translate(sentence)} ({', '.join(f'[{name}]' for name in unread)})", file=sys.stderr)
    return then


def _say(sentence: str) -> None:
    print(translate(sentence), file=sys.stderr)
