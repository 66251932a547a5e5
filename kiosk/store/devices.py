"""Devices and their tokens, pairing, clerks, sessions, administrators, followers: who may call, as rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, insert, select, update

from kiosk.store.sql import Row, Statement, Transaction
from kiosk.store.tables import administrators, clerks, devices, followers, pairings, pin_failures, sessions, webhooks

_d = devices.c
_office: BindParameter[str] = bindparam("office")
_DEVICE_COLUMNS = [
    _d.name, _d.role, _d.counter, _d.made_at, _d.expires_at, _d.revoked_at, _d.seen_at, _d.state, _d.report
]  # fmt: skip
_BY_TOKEN = Statement(
    select(*_DEVICE_COLUMNS).where(
        _d.office == _office, _d.token_hash == bindparam("token_hash"), _d.revoked_at.is_(None)
    )
)
_BY_NAME = Statement(select(*_DEVICE_COLUMNS).where(_d.office == _office, _d.name == bindparam("name")))
_ALL = Statement(select(*_DEVICE_COLUMNS).where(_d.office == _office).order_by(_d.role, _d.name))
_ADD = Statement(insert(devices))
_DROP = Statement(delete(devices).where(_d.office == _office, _d.name == bindparam("name")))
_REVOKE = Statement(
    update(devices)
    .where(_d.office == _office, _d.name == bindparam("of_name"), _d.revoked_at.is_(None))
    .values(revoked_at=bindparam("revoked_at"))
)
_SEEN = Statement(
    update(devices)
    .where(_d.office == _office, _d.name == bindparam("of_name"))
    .values(seen_at=bindparam("seen_at"), state=bindparam("state"), report=bindparam("report"))
)
_p = pairings.c
_PAIR_ADD = Statement(insert(pairings))
_PAIR = Statement(
    select(_p.code, _p.role, _p.name, _p.counter, _p.made_at, _p.approved_at, _p.tries, _p.collected_at).where(
        _p.office == _office, _p.code == bindparam("code")
    )
)
_PAIRS = Statement(
    select(_p.code, _p.role, _p.name, _p.counter, _p.made_at, _p.approved_at, _p.tries, _p.collected_at)
    .where(_p.office == _office, _p.approved_at.is_(None), _p.made_at > bindparam("since"))
    .order_by(_p.made_at)
)
_PAIR_APPROVE = Statement(
    update(pairings)
    .where(_p.office == _office, _p.code == bindparam("of_code"), _p.approved_at.is_(None))
    .values(approved_at=bindparam("approved_at"))
)
_PAIR_COLLECT = Statement(
    update(pairings)
    .where(_p.office == _office, _p.code == bindparam("of_code"), _p.collected_at.is_(None))
    .values(collected_at=bindparam("collected_at"))
)
_PAIR_PURGE = Statement(delete(pairings).where(_p.office == _office, _p.made_at < bindparam("before")))
_c = clerks.c
_CLERK_ADD = Statement(insert(clerks))
_CLERKS = Statement(select(_c.id, _c.name, _c.pin_hash, _c.disabled).where(_c.office == _office).order_by(_c.name))
_CLERK_SET = Statement(
    update(clerks)
    .where(_c.office == _office, _c.id == bindparam("clerk"))
    .values(pin_hash=bindparam("pin_hash"), disabled=bindparam("disabled"))
)
_f = pin_failures.c
_FAILURES = Statement(
    select(_f.failures, _f.blocked_until).where(
        _f.office == _office, _f.device == bindparam("device"), _f.clerk == bindparam("clerk")
    )
)
_FAILURES_ADD = Statement(insert(pin_failures))
_FAILURES_DROP = Statement(
    delete(pin_failures).where(_f.office == _office, _f.device == bindparam("device"), _f.clerk == bindparam("clerk"))
)
_s = sessions.c
_SESSION_ADD = Statement(insert(sessions))
_SESSION = Statement(
    select(_s.clerk, _s.counter, _s.device, _s.expires_at).where(
        _s.office == _office, _s.token_hash == bindparam("token_hash")
    )
)
_SESSION_DROP = Statement(delete(sessions).where(_s.office == _office, _s.token_hash == bindparam("token_hash")))
_m = administrators.c
_ADMIN_ADD = Statement(insert(administrators))
_ADMIN = Statement(select(_m.password_hash).where(_m.office == _office, _m.name == bindparam("name")))
_ADMINS = Statement(select(_m.name).where(_m.office == _office))
_w = followers.c
_FOLLOWERS = Statement(
    select(_w.name, _w.epoch, _w.cursor, _w.state, _w.detail, _w.refused, _w.updated_at, _w.since)
    .where(_w.office == _office)
    .order_by(_w.name)
)
_FOLLOWER_DROP = Statement(delete(followers).where(_w.office == _office, _w.name == bindparam("name")))
_FOLLOWER_ADD = Statement(insert(followers))
_h = webhooks.c
_HOOKS = Statement(select(_h.url, _h.secret).where(_h.office == _office).order_by(_h.made_at))
_HOOK_ADD = Statement(insert(webhooks))
_HOOK_DROP = Statement(delete(webhooks).where(_h.office == _office, _h.url == bindparam("url")))


@dataclass(frozen=True, slots=True)
class Device:
    """What holds a token. `state` is "new", "online", "offline" or "fault"; `report` its last heartbeat, as JSON."""

    name: str
    role: str
    counter: str | None
    made_at: int
    expires_at: int | None
    revoked_at: int | None
    seen_at: int | None
    state: str
    report: str


@dataclass(frozen=True, slots=True)
class Pairing:
    code: str
    role: str
    name: str
    counter: str | None
    made_at: int
    approved_at: int | None
    tries: int
    collected_at: int | None


@dataclass(frozen=True, slots=True)
class Follower:
    """A reader of the journal; `since` is when it entered its state."""

    name: str
    epoch: str
    cursor: int
    state: str
    detail: str | None
    refused: list[Any]
    updated_at: int
    since: int


class Access:
    """Accounts and devices of one office inside one transaction, reading or writing."""

    def __init__(self, transaction: Transaction, office: str) -> None:
        self._transaction = transaction
        self._office = office

    def device_by_token(self, token_hash: str) -> Device | None:
        row = self._row(_BY_TOKEN, token_hash=token_hash)
        return None if row is None else Device(*row)

    def device(self, name: str) -> Device | None:
        row = self._row(_BY_NAME, name=name)
        return None if row is None else Device(*row)

    def devices(self) -> list[Device]:
        return [Device(*row) for row in _ALL.rows(self._transaction, office=self._office)]

    def add_device(
        self, name: str, role: str, counter: str | None, token_hash: str, at: int, expires_at: int | None = None
    ) -> None:
        """A device of that name that exists is replaced: its old token ends."""
        self._run(_DROP, name=name)
        self._run(
            _ADD, name=name, role=role, counter=counter, token_hash=token_hash, made_at=at, expires_at=expires_at,
            revoked_at=None, seen_at=None, state="new", report="{}",
        )  # fmt: skip

    def revoke(self, name: str, at: int) -> bool:
        return _REVOKE.changed(self._transaction, office=self._office, of_name=name, revoked_at=at) == 1

    def seen(self, name: str, at: int | None, state: str, report: str) -> None:
        self._run(_SEEN, of_name=name, seen_at=at, state=state, report=report)

    def add_pairing(self, code: str, role: str, name: str, counter: str | None, at: int, approved: bool) -> None:
        self._run(_PAIR_PURGE, before=at - 24 * 3600_000)
        self._run(
            _PAIR_ADD, code=code, role=role, name=name, counter=counter, made_at=at,
            approved_at=at if approved else None, tries=0, collected_at=None,
        )  # fmt: skip

    def pairing(self, code: str) -> Pairing | None:
        row = self._row(_PAIR, code=code)
        return None if row is None else Pairing(*row)

    def pairings(self, since: int) -> list[Pairing]:
        return [Pairing(*row) for row in _PAIRS.rows(self._transaction, office=self._office, since=since)]

    def approve_pairing(self, code: str, at: int) -> bool:
        return _PAIR_APPROVE.changed(self._transaction, office=self._office, of_code=code, approved_at=at) == 1

    def collect_pairing(self, code: str, at: int) -> bool:
        return _PAIR_COLLECT.changed(self._transaction, office=self._office, of_code=code, collected_at=at) == 1

    def clerks(self) -> list[tuple[str, str, str, bool]]:
        """(id, name, PIN hash, disabled)."""
        rows = _CLERKS.rows(self._transaction, office=self._office)
        return [(row[0], row[1], row[2], bool(row[3])) for row in rows]

    def add_clerk(self, clerk: str, name: str, pin_hash: str) -> None:
        self._run(_CLERK_ADD, id=clerk, name=name, pin_hash=pin_hash, disabled=0)

    def set_clerk(self, clerk: str, pin_hash: str, disabled: bool) -> bool:
        changed = _CLERK_SET.changed(
            self._transaction, office=self._office, clerk=clerk, pin_hash=pin_hash, disabled=int(disabled)
        )
        return changed == 1

    def pin_failures(self, device: str, clerk: str) -> tuple[int, int]:
        """(failures, blocked until)."""
        row = self._row(_FAILURES, device=device, clerk=clerk)
        return (0, 0) if row is None else (row[0], row[1])

    def set_pin_failures(self, device: str, clerk: str, failures: int, blocked_until: int) -> None:
        self._run(_FAILURES_DROP, device=device, clerk=clerk)
        if failures:
            self._run(_FAILURES_ADD, device=device, clerk=clerk, failures=failures, blocked_until=blocked_until)

    def add_session(self, token_hash: str, clerk: str, counter: str, device: str, expires_at: int) -> None:
        self._run(
            _SESSION_ADD, token_hash=token_hash, clerk=clerk, counter=counter, device=device, expires_at=expires_at
        )  # fmt: skip

    def session(self, token_hash: str) -> tuple[str, str, str, int] | None:
        """(clerk, counter, device, expires_at)."""
        row = self._row(_SESSION, token_hash=token_hash)
        return None if row is None else (row[0], row[1], row[2], row[3])

    def drop_session(self, token_hash: str) -> None:
        self._run(_SESSION_DROP, token_hash=token_hash)

    def administrators(self) -> list[str]:
        return [row[0] for row in _ADMINS.rows(self._transaction, office=self._office)]

    def administrator_hash(self, name: str) -> str | None:
        row = self._row(_ADMIN, name=name)
        return None if row is None else str(row[0])

    def add_administrator(self, name: str, password_hash: str) -> None:
        self._run(_ADMIN_ADD, name=name, password_hash=password_hash)

    def followers(self) -> list[Follower]:
        rows = _FOLLOWERS.rows(self._transaction, office=self._office)
        return [Follower(r[0], r[1], r[2], r[3], r[4], json.loads(r[5]), r[6], r[7]) for r in rows]

    def put_follower(self, follower: Follower) -> None:
        self._run(_FOLLOWER_DROP, name=follower.name)
        self._run(
            _FOLLOWER_ADD, name=follower.name, epoch=follower.epoch, cursor=follower.cursor, state=follower.state,
            detail=follower.detail, refused=json.dumps(follower.refused, ensure_ascii=False),
            updated_at=follower.updated_at, since=follower.since,
        )  # fmt: skip

    def drop_follower(self, name: str) -> None:
        self._run(_FOLLOWER_DROP, name=name)

    def webhooks(self) -> list[tuple[str, str]]:
        """(url, secret)."""
        return [(row[0], row[1]) for row in _HOOKS.rows(self._transaction, office=self._office)]

    def add_webhook(self, url: str, secret: str, at: int) -> None:
        self._run(_HOOK_ADD, url=url, secret=secret, made_at=at)

    def drop_webhook(self, url: str) -> bool:
        return _HOOK_DROP.changed(self._transaction, office=self._office, url=url) == 1

    def _row(self, statement: Statement, **values: Any) -> Row | None:
        return statement.row(self._transaction, office=self._office, **values)

    def _run(self, statement: Statement, **values: Any) -> None:
        statement.run(self._transaction, office=self._office, **values)
