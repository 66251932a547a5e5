"""Administrators and the hashes of their passwords."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from kiosk.domain.accounts import SecondFactor
from kiosk.store.columns import OFFICE, key, optional_big_integer, optional_text, table, text_column
from kiosk.store.ended_file import secret_line
from kiosk.store.sql import OfficeTable, Statement

administrators = table(
    "administrators",
    key("name"),
    text_column("password_hash"),
    optional_text("totp_secret"),
    optional_big_integer("totp_step"),
)
_a = administrators.c
_HASH = Statement(select(_a.password_hash).where(_a.office == OFFICE, _a.name == bindparam("name")))
_NAMES = Statement(select(_a.name).where(_a.office == OFFICE).order_by(_a.name))
_INSERT = Statement(insert(administrators))
_one = (_a.office == OFFICE, _a.name == bindparam("of_name"))
_SET = Statement(update(administrators).where(*_one).values(password_hash=bindparam("password_hash")))
_FACTOR = Statement(select(_a.totp_secret, _a.totp_step).where(_a.office == OFFICE, _a.name == bindparam("name")))
_SET_FACTOR = Statement(
    update(administrators).where(*_one).values(totp_secret=bindparam("totp_secret"), totp_step=bindparam("totp_step"))
)
_DELETE = Statement(delete(administrators).where(*_one))


class AdministratorTable(OfficeTable):
    """The administrators of one office."""

    __slots__ = ()

    def names(self) -> list[str]:
        return [row[0] for row in self._rows(_NAMES)]

    def password_hash(self, name: str) -> str | None:
        row = self._row(_HASH, name=name)
        return None if row is None else str(row[0])

    def add(self, name: str, password_hash: str) -> None:
        self._run(_INSERT, name=name, password_hash=password_hash, totp_secret=None, totp_step=None)

    def set_password(self, name: str, password_hash: str) -> bool:
        """False when there is no administrator of that name."""
        self._note_password(name)
        return self._changed(_SET, of_name=name, password_hash=password_hash) == 1

    def remove(self, name: str) -> bool:
        """False when there is no administrator of that name."""
        self._note_password(name)
        return self._changed(_DELETE, of_name=name) == 1

    def second_factor(self, name: str) -> SecondFactor | None:
        """None when there is none, or no such administrator."""
        row = self._row(_FACTOR, name=name)
        return None if row is None or row[0] is None else SecondFactor(row[0], row[1] or 0)

    def set_second_factor(self, name: str, factor: SecondFactor | None) -> bool:
        """False when there is no administrator of that name."""
        secret, step = factor or (None, None)
        return self._changed(_SET_FACTOR, of_name=name, totp_secret=secret, totp_step=step) == 1

    def _note_password(self, name: str) -> None:
        if before := self.password_hash(name):
            self._note_end(secret_line(before))
