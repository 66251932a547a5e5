"""Sessions of clerks at paired counters."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from kiosk.domain.accounts import ClerkSession
from kiosk.store.columns import OFFICE, big_integer, key, table, text_column
from kiosk.store.ending_sessions import EndingSessions
from kiosk.store.sql import Statement

sessions = table(
    "sessions",
    key("token_hash"),
    text_column("clerk"),
    text_column("counter"),
    text_column("device"),
    big_integer("expires_at"),
)
_s = sessions.c
_one = (_s.office == OFFICE, _s.token_hash == bindparam("token_hash"))
_GET = Statement(select(_s.clerk, _s.counter, _s.device, _s.expires_at).where(*_one))
_HELD = Statement(
    select(_s.clerk)
    .where(_s.office == OFFICE, _s.counter == bindparam("counter"), _s.clerk == bindparam("clerk"))
    .where(_s.expires_at >= bindparam("now"))
    .limit(1)
)
_COUNTERS_OF = Statement(select(_s.counter).where(_s.office == OFFICE, _s.device == bindparam("device")))
_INSERT = Statement(insert(sessions))
_DELETE = Statement(delete(sessions).where(*_one))
_END_AT = Statement(delete(sessions).where(_s.office == OFFICE, _s.counter == bindparam("counter")))
_END_OF_CLERK = Statement(delete(sessions).where(_s.office == OFFICE, _s.clerk == bindparam("clerk")))
_END_ALL = Statement(delete(sessions).where(_s.office == OFFICE))
_MOVE = Statement(
    update(sessions).where(_s.office == OFFICE, _s.device == bindparam("of_device")).values(device=bindparam("device"))
)
_END_OF = Statement(delete(sessions).where(_s.office == OFFICE, _s.device == bindparam("device")))
_PURGE = Statement(delete(sessions).where(_s.office == OFFICE, _s.expires_at < bindparam("before")))


class SessionTable(EndingSessions):
    """The sessions of one office; a cookie's hash is the key."""

    __slots__ = ()
    DELETE, END_ALL, PURGE = _DELETE, _END_ALL, _PURGE

    def get(self, token_hash: str) -> ClerkSession | None:
        """Also a session that has expired: the caller compares `expires_at`."""
        row = self._row(_GET, token_hash=token_hash)
        return None if row is None else ClerkSession(*row)

    def holds(self, counter: str, clerk: str, now: int) -> bool:
        """Whether a clerk (by id) has a session at a counter that has not ended; `now` in ms since 1970."""
        return self._row(_HELD, counter=counter, clerk=clerk, now=now) is not None

    def add(self, token_hash: str, clerk: str, counter: str, device: str, expires_at: int) -> None:
        """`expires_at` in ms since 1970."""
        self._run(_INSERT, token_hash=token_hash, clerk=clerk, counter=counter, device=device, expires_at=expires_at)

    def end_of(self, device: str) -> None:
        """Whoever signed in on a device has to do so again."""
        self._end(_END_OF, device=device)

    def counters_of(self, device: str) -> list[str]:
        """Where somebody signed in on a device."""
        return sorted({str(row[0]) for row in self._rows(_COUNTERS_OF, device=device)})

    def move(self, device: str, new_device: str) -> None:
        """The device has another name."""
        self._run(_MOVE, of_device=device, device=new_device)

    def end_of_clerk(self, clerk: str) -> None:
        """`clerk` is an id."""
        self._end(_END_OF_CLERK, clerk=clerk)

    def end_at(self, counter: str) -> None:
        """Whoever signed in at a counter."""
        self._end(_END_AT, counter=counter)
