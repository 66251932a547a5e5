"""Reading what the office wrote for a report, before it is made; each part has the errors of its own room."""

from __future__ import annotations

from pathlib import Path

from kiosk.domain.office_files import OfficeFile, OfficeFiles
from kiosk.i18n.system_words import refusal_of_system
from kiosk.reports.wording import translate


def read_file(path: Path, refused: type[Exception]) -> OfficeFile:
    """Empty when there is none. Raises `refused` with what the machine says of it."""
    try:
        return OfficeFile(path, path.read_bytes())
    except FileNotFoundError:
        return OfficeFile(path, b"")
    except OSError as error:
        sentence = "{file}: cannot be read ({problem}); put it there again"
        raise refused(translate(sentence, file=path, problem=refusal_of_system(error))) from error


def text_in(file: OfficeFile, refused: type[Exception]) -> str:
    """Raises `refused`."""
    try:
        return file.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refused(translate("{file}: it is no UTF-8; save it as UTF-8 again", file=file.path)) from error


def read_office_files(reports: Path, report: str) -> OfficeFiles:
    """What a report takes of the folder of reports. Raises FormsBroken, RemarksUnreadable."""
    from kiosk.reports.office_forms import form_files
    from kiosk.reports.word_template import template_file

    remarks, points = remarks_file(reports, report), points_file(reports, report)
    return OfficeFiles(remarks, points, template_file(reports, report), form_files(reports))


def read_words(reports: Path, report: str) -> OfficeFiles:
    """Just remarks and points, of a report that shows some. Raises RemarksUnreadable."""
    return OfficeFiles(remarks_file(reports, report), points_file(reports, report), OfficeFile(reports, b""), {})


def remarks_file(reports: Path, report: str) -> OfficeFile:
    """Empty for a report that shows none. Raises RemarksUnreadable."""
    from kiosk.reports.remarks import FILE, SHOWN_BY, RemarksUnreadable

    path = reports / FILE
    return read_file(path, RemarksUnreadable) if report in SHOWN_BY else OfficeFile(path, b"")


def points_file(reports: Path, report: str) -> OfficeFile:
    """Empty for a report that they do not count in. Raises PointsUnreadable."""
    from kiosk.reports.office_points import FILE, GIVEN_FOR, PointsUnreadable

    path = reports / FILE
    return read_file(path, PointsUnreadable) if report in GIVEN_FOR else OfficeFile(path, b"")
