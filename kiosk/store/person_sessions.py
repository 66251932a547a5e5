"""Sessions of persons who signed in with a password, each in a browser."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, delete, insert, select

from kiosk.domain.persons import PersonSession
from kiosk.store.columns import OFFICE, big_integer, key, table, text_column
from kiosk.store.ending_sessions import EndingSessions
from kiosk.store.persons import persons
from kiosk.store.sql import Statement

person_sessions = table(
    "person_sessions",
    key("token_hash"),
    text_column("person"),
    text_column("browser"),
    big_integer("made_at"),
    big_integer("expires_at"),
)
_s = person_sessions.c
_own = (
    select(_s.person, persons.c.role, _s.browser, _s.made_at, _s.expires_at, persons.c.totp_secret.is_not(None))
    .join(persons, and_(persons.c.office == _s.office, persons.c.name == _s.person))
    .where(_s.office == OFFICE, persons.c.disabled == 0)
)
_GET = Statement(_own.where(_s.token_hash == bindparam("token_hash")))
_ALL = Statement(_own.order_by(_s.made_at, _s.browser))
_INSERT = Statement(insert(person_sessions))
_DELETE = Statement(delete(person_sessions).where(_s.office == OFFICE, _s.token_hash == bindparam("token_hash")))
_END_OF = Statement(
    delete(person_sessions)
    .where(_s.office == OFFICE, _s.person == bindparam("person"))
    .where(_s.token_hash != bindparam("kept"))
)
_END_ALL = Statement(delete(person_sessions).where(_s.office == OFFICE))
_PURGE = Statement(delete(person_sessions).where(_s.office == OFFICE, _s.expires_at < bindparam("before")))


class PersonSessionTable(EndingSessions):
    """The sessions of one office; the token's hash is the key. Nobody's session shows once the person is disabled."""

    __slots__ = ()
    DELETE, END_ALL, PURGE = _DELETE, _END_ALL, _PURGE

    def get(self, token_hash: str) -> PersonSession | None:
        """Also a session that has expired: the caller compares `expires_at`."""
        row = self._row(_GET, token_hash=token_hash)
        return None if row is None else PersonSession(*row)

    def all(self) -> list[PersonSession]:
        """The oldest first, expired ones as well."""
        return [PersonSession(*row) for row in self._rows(_ALL)]

    def add(self, token_hash: str, person: str, browser: str, at: int, expires_at: int) -> None:
        """Times in ms since 1970."""
        values = {"person": person, "browser": browser, "made_at": at, "expires_at": expires_at}
        self._run(_INSERT, token_hash=token_hash, **values)

    def end_of(self, person: str, kept: str = "") -> None:
        """Whoever signed in as this person, wherever; but for one session, by its token's hash."""
        self._end(_END_OF, person=person, kept=kept)
