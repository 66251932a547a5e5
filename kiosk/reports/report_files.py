"""What the office writes for its reports, in the state folder: remarks and points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from threading import Lock

from contract.records import dataclass
from kiosk.domain.office_facts import OfficePoints
from kiosk.reports.office_points import add_points
from kiosk.reports.remarks import write_remarks


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """`folder`: of reports. Both raise RemarksUnreadable when it cannot be kept; who comes second waits for the first,
    so that nothing is lost between reading a file and putting it back.
    """

    folder: Path
    _one_at_a_time: Lock = field(default_factory=Lock, repr=False, compare=False)

    def keep_remarks(self, remarks: Mapping[str, Sequence[str]]) -> None:
        with self._one_at_a_time:
            write_remarks(self.folder, remarks)

    def keep_points(self, points: Sequence[OfficePoints]) -> None:
        """Raises NoForm beside it, when no rules were in force on their days."""
        with self._one_at_a_time:
            add_points(self.folder, points)
