"""What stands in an office's folder of reports, read as a report reads it."""

from __future__ import annotations

from pathlib import Path

from kiosk.domain.office_forms import OfficeForms
from kiosk.reports.office_files import read_file
from kiosk.reports.office_forms import form_files, forms_in
from kiosk.reports.remarks import FILE, RemarksUnreadable, remarks_in


def read_remarks(folder: Path, kept: Path | None = None) -> dict[str, list[str]]:
    """`kept`: a file of a report that was made."""
    return remarks_in(read_file(kept or folder / FILE, RemarksUnreadable))


def read_office_forms(folder: Path) -> OfficeForms:
    return forms_in(form_files(folder))
