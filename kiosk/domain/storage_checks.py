"""What the last check of the database and the last backup came to."""

from __future__ import annotations

from contract.records import dataclass

CHECK_MS = 26 * 3600_000  # a check and a backup a day, and two hours for a machine that was off


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """`at`: when it ended, in ms since 1970; `detail`: what was looked at, or the first thing that is wrong.

    `epoch` of the journal that was looked at; empty when it could not be read. `unusable`: why it could not be counted
    by the office's own rules, in Vietnamese; the data may be well all the same.
    """

    at: int
    ok: bool
    detail: str
    epoch: str = ""
    unusable: tuple[str, ...] = ()

    def is_late(self, now: int) -> bool:
        """`now` in ms since 1970. What a clock noted that was ahead says nothing of today either."""
        return abs(now - self.at) > CHECK_MS


@dataclass(frozen=True, slots=True)
class BackupFile:
    """`made_at` in ms since 1970, `size` in bytes; `whole`: checksum and signature lie beside the file."""

    name: str
    made_at: int
    size: int
    whole: bool


@dataclass(frozen=True, slots=True)
class StorageChecks:
    """The last check of the whole database and the last backup; None when there was none.

    `reports`: whether what the last report showed could be kept; None where it always could.
    """

    verified: CheckOutcome | None
    backup: CheckOutcome | None
    reports: CheckOutcome | None = None
