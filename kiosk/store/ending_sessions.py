"""What the sessions of clerks and of persons have in common: how they end, told to whoever remembers credentials."""

from __future__ import annotations

from typing import ClassVar

from kiosk.store.sql import OfficeTable, Statement

SESSION_LINE = "session"  # sessions outlive no restore, so that nothing of them has to be remembered


class EndingSessions(OfficeTable):
    """The token's hash is the key. The statements are of the table; each end is told once, if a row ended."""

    __slots__ = ()
    DELETE: ClassVar[Statement]
    END_ALL: ClassVar[Statement]
    PURGE: ClassVar[Statement]

    def remove(self, token_hash: str) -> None:
        self._end(self.DELETE, token_hash=token_hash)

    def end_all(self) -> None:
        self._end(self.END_ALL)

    def purge(self, before: int) -> int:
        """Forget sessions that ended before a moment (ms since 1970); how many."""
        return self._changed(self.PURGE, before=before)

    def _end(self, statement: Statement, **values: str) -> None:
        if self._changed(statement, **values):
            self._note_end(SESSION_LINE)
