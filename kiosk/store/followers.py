"""How far each follower of the journal is, and how it fares."""

from __future__ import annotations

import json

from sqlalchemy import bindparam, delete, insert, select

from kiosk.domain.followers import FollowerStatus
from kiosk.store.columns import OFFICE, big_integer, key, optional_text, table, text_column
from kiosk.store.failures import stored_json
from kiosk.store.sql import OfficeTable, Statement

followers = table(
    "followers",
    key("name"),
    text_column("epoch"),
    big_integer("cursor"),
    text_column("state"),
    optional_text("detail"),
    text_column("refused"),
    big_integer("updated_at"),
    big_integer("since"),
)
_f = followers.c
_ALL = Statement(
    select(_f.name, _f.epoch, _f.cursor, _f.state, _f.detail, _f.refused, _f.updated_at, _f.since)
    .where(_f.office == OFFICE)
    .order_by(_f.name)
)
_INSERT = Statement(insert(followers))
_DELETE = Statement(delete(followers).where(_f.office == OFFICE, _f.name == bindparam("name")))


class FollowerTable(OfficeTable):
    """The followers of one office."""

    __slots__ = ()

    def all(self) -> list[FollowerStatus]:
        """By name."""
        return [
            FollowerStatus(name, epoch, cursor, state, detail, stored_json(refused), updated_at, since)
            for name, epoch, cursor, state, detail, refused, updated_at, since in self._rows(_ALL)
        ]

    def put(self, follower: FollowerStatus) -> None:
        """Replace what was said of the follower before."""
        self.remove(follower.name)
        self._run(
            _INSERT,
            name=follower.name,
            epoch=follower.epoch,
            cursor=follower.cursor,
            state=follower.state,
            detail=follower.detail,
            refused=json.dumps(follower.refused, ensure_ascii=False),
            updated_at=follower.updated_at,
            since=follower.since,
        )

    def remove(self, name: str) -> None:
        self._run(_DELETE, name=name)
