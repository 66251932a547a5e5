"""Requests of devices to be paired with the office."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from kiosk.domain.accounts import PairingRequest
from kiosk.store.columns import (
    OFFICE,
    big_integer,
    integer,
    key,
    optional_big_integer,
    optional_text,
    table,
    text_column,
)
from kiosk.store.sql import OfficeTable, Statement

KEPT_MS = 24 * 3600_000

pairings = table(
    "pairings",
    key("code"),
    text_column("role"),
    text_column("name"),
    optional_text("counter"),
    big_integer("made_at"),
    optional_big_integer("approved_at"),
    integer("tries"),
    optional_big_integer("collected_at"),
    optional_text("secret_hash"),
    optional_text("address"),
)
_p = pairings.c
_own = select(*(_p[name] for name in PairingRequest._fields)).where(_p.office == OFFICE)
_GET = Statement(_own.where(_p.code == bindparam("code")))
_BY_SECRET = Statement(_own.where(_p.secret_hash == bindparam("secret_hash")))
_REMOVE = Statement(delete(pairings).where(_p.office == OFFICE, _p.code == bindparam("code")))
_WAITING = Statement(_own.where(_p.approved_at.is_(None), _p.made_at > bindparam("since")).order_by(_p.made_at))
_INSERT = Statement(insert(pairings))
_change = update(pairings).where(_p.office == OFFICE, _p.code == bindparam("of_code"))
_APPROVE = Statement(
    _change.where(_p.approved_at.is_(None)).values(name=bindparam("name"), approved_at=bindparam("approved_at"))
)
_COLLECT = Statement(_change.where(_p.collected_at.is_(None)).values(collected_at=bindparam("collected_at")))
_PURGE = Statement(delete(pairings).where(_p.office == OFFICE, _p.made_at < bindparam("before")))


class PairingTable(OfficeTable):
    """The pairing requests of one office; they are kept for a day."""

    __slots__ = ()

    def get(self, code: str) -> PairingRequest | None:
        row = self._row(_GET, code=code)
        return None if row is None else PairingRequest._make(row)

    def by_secret(self, secret_hash: str) -> PairingRequest | None:
        row = self._row(_BY_SECRET, secret_hash=secret_hash)
        return None if row is None else PairingRequest._make(row)

    def remove(self, code: str) -> None:
        self._run(_REMOVE, code=code)

    def waiting(self, since: int) -> list[PairingRequest]:
        """Made after `since` (ms since 1970) and not approved yet, oldest first."""
        return [PairingRequest._make(row) for row in self._rows(_WAITING, since=since)]

    def add(self, request: PairingRequest) -> None:
        """Also forgets requests older than a day."""
        self._run(_PURGE, before=request.made_at - KEPT_MS)
        self._run(_INSERT, **request._asdict())

    def approve(self, code: str, name: str, at: int) -> bool:
        """The device gets `name`. False when nobody waits with this code."""
        return self._changed(_APPROVE, of_code=code, name=name, approved_at=at) == 1

    def collect(self, code: str, at: int) -> bool:
        """Claim the one right to collect the token; False when it was collected before."""
        return self._changed(_COLLECT, of_code=code, collected_at=at) == 1

    def purge(self, before: int) -> int:
        """Forget requests made before a moment (ms since 1970); how many."""
        return self._changed(_PURGE, before=before)
