"""Persons who sign in with a password: their roles, the hashes of their passwords, their second factors."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from kiosk.domain.accounts import SecondFactor
from kiosk.domain.persons import ADMINISTRATOR, Person, PersonRole
from kiosk.store.columns import OFFICE, integer, key, optional_big_integer, optional_text, table, text_column
from kiosk.store.ended_file import again, secret_line, standing_line
from kiosk.store.sql import OfficeTable, Row, Statement

persons = table(
    "persons",
    key("name"),
    text_column("role"),
    integer("disabled"),
    text_column("password_hash"),
    optional_text("totp_secret"),
    optional_big_integer("totp_step"),
)
_p = persons.c
_named = (_p.office == OFFICE, _p.name == bindparam("name"))
_one = (_p.office == OFFICE, _p.name == bindparam("of_name"))
_fields = select(_p.name, _p.role, _p.disabled, _p.totp_secret)
_ALL = Statement(_fields.where(_p.office == OFFICE).order_by(_p.name))
_GET = Statement(_fields.where(*_named))
_HASH = Statement(select(_p.password_hash).where(*_named))
_INSERT = Statement(insert(persons))
_SET_PASSWORD = Statement(update(persons).where(*_one).values(password_hash=bindparam("password_hash")))
_SET_ROLE = Statement(
    update(persons).where(*_one).values(role=bindparam("role_given"), disabled=bindparam("is_disabled"))
)
_FACTOR = Statement(select(_p.totp_secret, _p.totp_step).where(*_named))
_SET_FACTOR = Statement(
    update(persons).where(*_one).values(totp_secret=bindparam("totp_secret"), totp_step=bindparam("totp_step"))
)
_DELETE = Statement(delete(persons).where(*_one))


class PersonTable(OfficeTable):
    """The persons of one office, but for clerks, who have a PIN."""

    __slots__ = ()

    def all(self) -> list[Person]:
        """By name, disabled ones as well."""
        return [_person(row) for row in self._rows(_ALL)]

    def get(self, name: str) -> Person | None:
        row = self._row(_GET, name=name)
        return None if row is None else _person(row)

    def password_hash(self, name: str) -> str | None:
        """Also that of a disabled person."""
        row = self._row(_HASH, name=name)
        return None if row is None else str(row[0])

    def add(self, name: str, password_hash: str, role: PersonRole = ADMINISTRATOR) -> None:
        without_telephone = dict.fromkeys(("totp_secret", "totp_step"))
        self._run(_INSERT, name=name, role=role, disabled=0, password_hash=password_hash, **without_telephone)

    def set_role(self, name: str, role: PersonRole, disabled: bool) -> bool:
        """False when there is nobody of that name. The role before is over when it is another, or none."""
        before, secret_hash = self.get(name), self.password_hash(name)
        if before is not None and secret_hash and (before.role, before.disabled) != (role, disabled):
            if not before.disabled:
                self._note_end(standing_line(before.role, secret_hash))
            if not disabled:
                self._note_end(again(standing_line(role, secret_hash)))
        return self._changed(_SET_ROLE, of_name=name, role_given=role, is_disabled=int(disabled)) == 1

    def set_password(self, name: str, password_hash: str) -> bool:
        """False when there is nobody of that name."""
        self._note_password(name)
        return self._changed(_SET_PASSWORD, of_name=name, password_hash=password_hash) == 1

    def remove(self, name: str) -> bool:
        """False when there is nobody of that name."""
        self._note_password(name)
        return self._changed(_DELETE, of_name=name) == 1

    def second_factor(self, name: str) -> SecondFactor | None:
        """None when there is none, or nobody of that name."""
        row = self._row(_FACTOR, name=name)
        return None if row is None or row[0] is None else SecondFactor(row[0], row[1] or 0)

    def set_second_factor(self, name: str, factor: SecondFactor | None) -> bool:
        """False when there is nobody of that name. The telephone before is over when it is another."""
        before = self.second_factor(name)
        secret, step = factor or (None, None)
        if before is not None and before.secret != secret:
            self._note_end(secret_line(before.secret))
        return self._changed(_SET_FACTOR, of_name=name, totp_secret=secret, totp_step=step) == 1

    def _note_password(self, name: str) -> None:
        if before := self.password_hash(name):
            self._note_end(secret_line(before))


def _person(row: Row) -> Person:
    return Person(row[0], row[1], bool(row[2]), row[3] is not None)
