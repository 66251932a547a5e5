"""Devices and the hashes of their tokens."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint, bindparam, delete, insert, select, update

from kiosk.domain.accounts import RegisteredDevice
from kiosk.store.columns import OFFICE, big_integer, key, optional_big_integer, optional_text, table, text_column
from kiosk.store.ended_file import token_line
from kiosk.store.sql import OfficeTable, Statement

devices = table(
    "devices",
    key("name"),
    text_column("role"),
    optional_text("counter"),
    text_column("token_hash"),
    big_integer("made_at"),
    optional_big_integer("expires_at"),
    optional_big_integer("revoked_at"),
    optional_big_integer("seen_at"),
    text_column("state"),
    text_column("report"),
    UniqueConstraint("token_hash"),
)
_d = devices.c
_FIELDS = [_d[name] for name in RegisteredDevice._fields]
_own = select(*_FIELDS).where(_d.office == OFFICE)
_BY_TOKEN = Statement(_own.where(_d.token_hash == bindparam("token_hash"), _d.revoked_at.is_(None)))
_BY_NAME = Statement(_own.where(_d.name == bindparam("name")))
_ALL = Statement(_own.order_by(_d.role, _d.name))
_TOKENS = Statement(select(_d.name, _d.token_hash).where(_d.office == OFFICE, _d.revoked_at.is_(None)))
_TOKEN_OF = Statement(
    select(_d.token_hash).where(_d.office == OFFICE, _d.name == bindparam("name"), _d.revoked_at.is_(None))
)
_INSERT = Statement(insert(devices))
_DELETE = Statement(delete(devices).where(_d.office == OFFICE, _d.name == bindparam("name")))
_change = update(devices).where(_d.office == OFFICE, _d.name == bindparam("of_name"))
_REVOKE = Statement(_change.where(_d.revoked_at.is_(None)).values(revoked_at=bindparam("revoked_at")))
_RENAME = Statement(_change.values(name=bindparam("new_name")))
_SET_STATE = Statement(
    _change.values(seen_at=bindparam("seen_at"), state=bindparam("state"), report=bindparam("report"))
)


class DeviceTable(OfficeTable):
    """What holds a token in one office."""

    __slots__ = ()

    def by_token(self, token_hash: str) -> RegisteredDevice | None:
        """The device of a token that was not revoked."""
        row = self._row(_BY_TOKEN, token_hash=token_hash)
        return None if row is None else RegisteredDevice._make(row)

    def get(self, name: str) -> RegisteredDevice | None:
        row = self._row(_BY_NAME, name=name)
        return None if row is None else RegisteredDevice._make(row)

    def all(self) -> list[RegisteredDevice]:
        """By role and name, revoked ones as well."""
        return [RegisteredDevice._make(row) for row in self._rows(_ALL)]

    def add(
        self, name: str, role: str, counter: str | None, token_hash: str, at: int, expires_at: int | None = None
    ) -> None:
        """A device of that name that exists is replaced: its old token ends."""
        device = RegisteredDevice(name, role, counter, at, expires_at, None, None, "new", "{}")
        self._note_token(name)
        self._run(_DELETE, name=name)
        self._run(_INSERT, token_hash=token_hash, **device._asdict())

    def revoke(self, name: str, at: int) -> bool:
        """End a device's token; False when there is no such device or its token ended before."""
        self._note_token(name)
        return self._changed(_REVOKE, of_name=name, revoked_at=at) == 1

    def remove(self, name: str) -> bool:
        """False when there is no such device."""
        self._note_token(name)
        return self._changed(_DELETE, name=name) == 1

    def rename(self, name: str, new_name: str) -> bool:
        """The token stays. False when there is no such device."""
        return self._changed(_RENAME, of_name=name, new_name=new_name) == 1

    def valid_tokens(self) -> list[tuple[str, str]]:
        """Names and hashes of tokens that were not revoked."""
        return [(row[0], row[1]) for row in self._rows(_TOKENS)]

    def _note_token(self, name: str) -> None:
        if row := self._row(_TOKEN_OF, name=name):
            self._note_end(token_line(row[0]))

    def set_state(self, name: str, seen_at: int | None, state: str, report: str) -> None:
        """`state` is "online", "offline" or "fault"; `report` is the last heartbeat as JSON."""
        self._run(_SET_STATE, of_name=name, seen_at=seen_at, state=state, report=report)
