"""What is kept for reports in the state folder: remarks and points that the office writes, and what reports showed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from threading import Lock

from contract.records import dataclass
from kiosk.domain.office_facts import OfficePoints
from kiosk.domain.office_files import OfficeFiles
from kiosk.reports.office_files import read_office_files
from kiosk.reports.office_points import add_points
from kiosk.reports.remarks import write_remarks


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """`folder`: of reports; `settings`: of the office, as text; `told` hears after each report why what it showed could
    not be kept, or an empty text. Remarks and points raise RemarksUnreadable when they cannot be kept; who comes second
    waits for the first, so that nothing is lost between reading and putting back.
    """

    folder: Path
    settings: Callable[[], str] = str
    told: Callable[[str], object] = str
    _one_at_a_time: Lock = field(default_factory=Lock, repr=False, compare=False)

    def keep_remarks(self, remarks: Mapping[str, Sequence[str]]) -> None:
        with self._one_at_a_time:
            write_remarks(self.folder, remarks)

    def keep_points(self, points: Sequence[OfficePoints]) -> None:
        """Raises NoForm beside it, when no rules were in force on their days."""
        with self._one_at_a_time:
            add_points(self.folder, points)

    def read(self, report: str) -> OfficeFiles:
        """What a report is made from, and then kept with. Raises FormsBroken, RemarksUnreadable."""
        return read_office_files(self.folder, report)

    def keep_printed(
        self,
        report: str,
        days: tuple[str, str],
        today: date,
        place: tuple[str, int],
        files: OfficeFiles,
        dated: date | None = None,
    ) -> str:
        """What a report made today showed. `days`: ISO dates; `place`: epoch and seq of the journal behind it; `dated`:
        the day on it, where that is another.

        A folder that takes nothing holds no report up: then it is a sentence for whoever has the report, else empty.
        """
        from kiosk.reports.printed import NotKept, PrintedFolder, PrintedReport

        printed, warning = PrintedReport(report, *days, (dated or today).isoformat(), *place), ""
        with self._one_at_a_time:
            try:
                PrintedFolder(self.folder).keep(printed, self.settings(), files, today)
            except NotKept as error:
                warning = str(error)
            self.told(warning)
        return warning
