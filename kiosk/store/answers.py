"""Answers to calls with an idempotency key, so that a repeated call gets the same one."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Index, bindparam, delete, insert, select

from kiosk.store.columns import OFFICE, big_integer, integer, key, table, text_column
from kiosk.store.sql import OfficeTable, Statement

answers = table(
    "answers",
    key("actor"),
    key("key"),
    text_column("fingerprint"),
    integer("status"),
    text_column("body"),
    big_integer("at"),
)
_a = answers.c
Index("ix_answers_at", _a.office, _a.at)
_GET = Statement(
    select(_a.fingerprint, _a.status, _a.body).where(
        _a.office == OFFICE, _a.actor == bindparam("actor"), _a.key == bindparam("key")
    )
)
_INSERT = Statement(insert(answers))
_PURGE = Statement(delete(answers).where(_a.office == OFFICE, _a.at < bindparam("before")))


class RememberedAnswer(NamedTuple):
    """What was answered before; `fingerprint` is that of the call's body."""

    fingerprint: str
    status: int
    body: str


class AnswerTable(OfficeTable):
    """The remembered answers of one office."""

    __slots__ = ()

    def get(self, actor: str, key: str) -> RememberedAnswer | None:
        row = self._row(_GET, actor=actor, key=key)
        return None if row is None else RememberedAnswer._make(row)

    def add(self, actor: str, key: str, answer: RememberedAnswer, at: int) -> None:
        """`at` in ms since 1970."""
        self._run(_INSERT, actor=actor, key=key, at=at, **answer._asdict())

    def purge(self, before: int) -> int:
        """Forget answers given before a moment (ms since 1970); how many."""
        return self._changed(_PURGE, before=before)
