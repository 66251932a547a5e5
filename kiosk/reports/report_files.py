"""What the office writes for its reports, in the state folder: remarks and points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from contract.records import dataclass
from kiosk.domain.office_facts import OfficePoints
from kiosk.reports.office_points import add_points
from kiosk.reports.remarks import write_remarks


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """`folder`: of reports. Both raise RemarksUnreadable when it cannot be kept."""

    folder: Path

    def keep_remarks(self, remarks: Mapping[str, Sequence[str]]) -> None:
        write_remarks(self.folder, remarks)

    def keep_points(self, points: Sequence[OfficePoints]) -> None:
        add_points(self.folder, points)
