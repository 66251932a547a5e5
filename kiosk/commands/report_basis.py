"""What `motcua report` says of the office: as it is configured today, or as a report showed it that is made again."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from config import places
from contract.records import dataclass
from kiosk.bootstrap import build_office, office_forms
from kiosk.domain.office_files import OfficeFile, OfficeFiles
from kiosk.domain.office_forms import OfficeForms
from kiosk.i18n.catalogues import speak_to
from kiosk.maintenance.printed_settings import report_files, with_settings
from kiosk.reports.delays import SHOWN_BY as DELAYED
from kiosk.reports.forms import checked_forms_in
from kiosk.reports.office_files import points_file, read_file, remarks_file
from kiosk.reports.office_forms import FormsBroken, form_files
from kiosk.reports.office_points import GIVEN_FOR, PointsUnreadable, write_points_template
from kiosk.reports.printed import PrintedFolder, PrintedReport
from kiosk.reports.remarks import SHOWN_BY, RemarksUnreadable, write_template
from kiosk.reports.word_template import WordTemplate, template_file, template_in
from kiosk.reports.wording import translate

if TYPE_CHECKING:
    from config.schema import Configuration
    from kiosk.app import App
    from kiosk.domain.service import Office

WRITE_REMARKS = "write the office's own remarks into {file}, then make the report again"
GIVE_POINTS = "write the points that the office gives itself into {file}, then make the report again"
NOTHING_KEPT = "nothing is kept of the names, forms and rules that this report had; it has those of today"
NO_NAMES = "nothing is kept of the names that this report had; it has those of today"
NO_REMARKS = "nothing is kept of the remarks that this report had; it has those of today"
NO_POINTS = "nothing is kept of the points that this report had; it has those given up to the day on it"
NO_DELAYS = "nothing is kept of how far the journal's followers were behind in this report; it leaves them out"
NO_RULES = "nothing is kept of the office's own forms and rules that this report had; it has those of today"
NO_TEMPLATE = "nothing is kept of the office's own template that this report had; it has that of today"
UNREAD_RULES = "the forms and rules kept with this report cannot be read by this version; it has those of today"


@dataclass(frozen=True, slots=True)
class ReportBasis:
    """`files`: what the office wrote for it; `forms`: theirs; `points_until`: later points are left out."""

    configuration: Configuration
    office: Office
    files: OfficeFiles
    forms: OfficeForms
    points_until: date | None = None

    @property
    def level_names(self) -> dict[str, str]:
        return {level.code: level.name for level in self.configuration.survey.levels}

    def template(self, kind: str) -> WordTemplate | None:
        """Of the office, for a Word file. Raises TemplateBroken."""
        return template_in(self.files.template) if kind == "docx" else None


@dataclass(frozen=True, slots=True)
class RequestAgain:
    """Which report is made again, in which format."""

    printed: PrintedReport
    kind: str


def begin_files(report: str) -> None:
    """The first time a file is made for the remarks of a report, or its points; none in a folder that takes nothing."""
    begin, sentence = (write_points_template, GIVE_POINTS) if report in GIVEN_FOR else (write_template, WRITE_REMARKS)
    with suppress(OSError):
        if (made := begin(places.home() / "reports")) is not None:
            print(translate(sentence, file=made), file=sys.stderr)


def basis_of_today(app: App, report: str) -> ReportBasis:
    """Raises FormsBroken, RemarksUnreadable."""
    files = report_files(app).read(report)
    return ReportBasis(app.configuration, app.office, files, office_forms(files))


def basis_of_then(app: App, request: RequestAgain) -> ReportBasis:
    """Of a report that is made again; what was not kept of it is today's, as a line for each says.

    Of today's files just those are read: a broken one stops no report that has its own. Raises FormsBroken,
    RemarksUnreadable.
    """
    folder, printed = places.home() / "reports", request.printed
    kept = PrintedFolder(folder)
    settings, has_points = kept.settings(printed), kept.points(printed) is not None
    if settings is None:
        configuration, office = app.configuration, app.office
    else:
        configuration = _as_it_was(app.configuration, settings)
        speak_to(configuration.office.folk)
        office = build_office(configuration)
    template = _template_then(kept, printed, folder) if request.kind == "docx" else OfficeFile(folder, b"")
    forms, read = _forms_then(kept, printed, folder, has_names=settings is not None)
    report = printed.report
    remarks = _words_then(report in SHOWN_BY, kept.remarks(printed), RemarksUnreadable, NO_REMARKS)
    points = _words_then(report in GIVEN_FOR, kept.points(printed), PointsUnreadable, NO_POINTS)
    words = remarks or remarks_file(folder, report), points or points_file(folder, report)
    files = OfficeFiles(*words, template, forms, _delays_then(kept, printed))
    given_until = date.fromisoformat(printed.dated) if printed.report in GIVEN_FOR and not has_points else None
    return ReportBasis(configuration, office, files, read, given_until)


def _words_then(is_shown: bool, path: Path | None, broken: type[ValueError], sentence: str) -> OfficeFile | None:
    """The office's words as they were kept; None, and a sentence where it shows them, for those of today.

    Raises `broken`.
    """
    if is_shown and path is not None:
        return read_file(path, broken)
    _say(sentence if is_shown else "")
    return None


def _delays_then(kept: PrintedFolder, printed: PrintedReport) -> bytes:
    delays = kept.delays(printed) if printed.report in DELAYED else b""
    _say(NO_DELAYS if delays is None else "")
    return delays or b""


def _template_then(kept: PrintedFolder, printed: PrintedReport, folder: Path) -> OfficeFile:
    try:
        path, data = kept.template(printed) or (folder, b"")
    except LookupError:
        today = template_file(folder, printed.report)
        is_told = today.data or today.fault or kept.is_lost("template", printed)
        _say(NO_TEMPLATE if is_told else "")
        return today
    return OfficeFile(path, data)


def _forms_then(
    kept: PrintedFolder, printed: PrintedReport, folder: Path, has_names: bool
) -> tuple[Mapping[str, OfficeFile], OfficeForms]:
    """The files, and what stands in them; says what of names and forms is today's. Raises FormsBroken."""
    forms = kept.forms(printed)
    if forms is not None:
        _say("" if has_names else NO_NAMES)
        try:
            return forms, checked_forms_in(forms)
        except FormsBroken:
            _say(UNREAD_RULES)
    today = form_files(folder)
    if forms is None and not has_names:
        _say(NOTHING_KEPT)
    elif forms is None and (today or kept.is_lost("rules", printed)):
        _say(NO_RULES)
    return today, checked_forms_in(today)


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
    if sentence:
        print(translate(sentence), file=sys.stderr)
