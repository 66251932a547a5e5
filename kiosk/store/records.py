"""Ratings, free texts, dossiers, calls for help and remembered answers, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, insert, literal_column, select, update

from kiosk.domain.dossier import IN_PROGRESS, RESOLVED, Dossier
from kiosk.store.sql import Row, Statement, Transaction
from kiosk.store.tables import answers, dossiers, free_texts, help_calls, rating_tokens, ratings


def _literals(statuses: Iterable[int]) -> list[ColumnElement[int]]:
    """A list that stands in the text, since a compiled statement has a fixed number of parameters."""
    return [literal_column(str(int(status))) for status in sorted(statuses)]


_RATE = Statement(insert(ratings))
_r = ratings.c
_RATING = Statement(
    select(_r.id, _r.ticket, _r.level, _r.reasons, _r.stored_at, _r.device, _r.question).where(
        _r.office == bindparam("office"), _r.id == bindparam("id")
    )
)
_REASONS = Statement(
    update(ratings)
    .where(_r.office == bindparam("office"), _r.id == bindparam("rating"))
    .values(reasons=bindparam("reasons"))
)
_FREE_TEXT = Statement(insert(free_texts))
_f = free_texts.c
_APPLICANT = "applicant"  # a kind of free text: the masked name of whoever handed in a dossier
_APPLICANTS = Statement(
    select(_f.about, _f.text).where(_f.office == bindparam("office"), _f.kind == bindparam("of_kind"))
)
_APPLICANT_OF = Statement(select(_f.text).where(_f.office == bindparam("office"), _f.id == bindparam("of_id")))
_APPLICANT_FORGET = Statement(delete(free_texts).where(_f.office == bindparam("office"), _f.id == bindparam("of_id")))
_TOKEN_ADD = Statement(insert(rating_tokens))
_TOKEN = Statement(
    select(rating_tokens.c.ticket).where(
        rating_tokens.c.office == bindparam("office"), rating_tokens.c.token_hash == bindparam("token_hash")
    )
)
_d = dossiers.c
_DOSSIER_COLUMNS = [
    _d.code, _d.procedure, _d.field, _d.channel, _d.status, _d.received_at, _d.due_at, _d.finished_at,
    _d.carried_over, _d.digitised, _d.not_digitised_reason, _d.step,
]  # fmt: skip
_DOSSIER_NAMES = [column.name for column in _DOSSIER_COLUMNS]
_DOSSIER = Statement(select(*_DOSSIER_COLUMNS).where(_d.office == bindparam("office"), _d.code == bindparam("code")))
_DOSSIER_ADD = Statement(insert(dossiers))
_DOSSIER_SAVE = Statement(
    update(dossiers)
    .where(_d.office == bindparam("office"), _d.code == bindparam("of_code"))
    .values({name: bindparam(name) for name in [*_DOSSIER_NAMES[1:], "updated_at"]})
)
_DOSSIERS = Statement(select(*_DOSSIER_COLUMNS).where(_d.office == bindparam("office")).order_by(_d.code))
_DOSSIER_PAGE = Statement(
    select(*_DOSSIER_COLUMNS)
    .where(_d.office == bindparam("office"), _d.code > bindparam("after"))
    .order_by(_d.code)
    .limit(literal_column("500"))
)
_IN_PROGRESS = Statement(
    select(*_DOSSIER_COLUMNS)
    .where(_d.office == bindparam("office"), _d.status.in_(_literals(IN_PROGRESS)))
    .order_by(_d.due_at, _d.code)
    .limit(60)
)
_JUST_DECIDED = Statement(
    select(*_DOSSIER_COLUMNS)
    .where(_d.office == bindparam("office"), _d.status.in_(_literals(RESOLVED)), _d.finished_at >= bindparam("since"))
    .order_by(_d.finished_at.desc(), _d.code)
    .limit(20)
)
_HELP_ADD = Statement(insert(help_calls))
_h = help_calls.c
_HELP_OPEN = Statement(
    select(_h.id, _h.place, _h.device, _h.asked_at)
    .where(_h.office == bindparam("office"), _h.answered_at.is_(None))
    .order_by(_h.asked_at)
)
_HELP_ANSWER = Statement(
    update(help_calls)
    .where(_h.office == bindparam("office"), _h.id == bindparam("help"), _h.answered_at.is_(None))
    .values(answered_at=bindparam("answered_at"))
)
_a = answers.c
_ANSWER = Statement(
    select(_a.fingerprint, _a.status, _a.body).where(
        _a.office == bindparam("office"), _a.actor == bindparam("actor"), _a.key == bindparam("key")
    )
)
_ANSWER_ADD = Statement(insert(answers))
_ANSWER_PURGE = Statement(delete(answers).where(_a.office == bindparam("office"), _a.at < bindparam("before")))


def _dossier(row: Row) -> Dossier:
    values = dict(zip(_DOSSIER_NAMES, row, strict=True))
    values["carried_over"] = bool(values["carried_over"])
    values["digitised"] = bool(values["digitised"])
    return Dossier(**values)


class Records:
    """What happens around tickets, of one office inside one transaction."""

    def __init__(self, transaction: Transaction, office: str) -> None:
        self._transaction = transaction
        self._office = office

    def add_rating(self, **values: Any) -> None:
        _RATE.run(self._transaction, office=self._office, **{**values, "reasons": json.dumps(values["reasons"])})

    def rating(self, rating: str) -> dict[str, Any] | None:
        """id, ticket, level, reasons, stored_at, device, question; None when there is none."""
        row = _RATING.row(self._transaction, office=self._office, id=rating)
        if row is None:
            return None
        names = ("id", "ticket", "level", "reasons", "stored_at", "device", "question")
        return {**dict(zip(names, row, strict=True)), "reasons": json.loads(row[3])}

    def set_reasons(self, rating: str, reasons: list[str]) -> None:
        _REASONS.run(self._transaction, office=self._office, rating=rating, reasons=json.dumps(reasons))

    def add_free_text(self, **values: Any) -> None:
        """id, kind ("comment", "note", "applicant"), about, text, at: a table that can be purged."""
        _FREE_TEXT.run(self._transaction, office=self._office, **values)

    def applicant(self, code: str) -> str | None:
        """The masked name beside a dossier."""
        row = _APPLICANT_OF.row(self._transaction, office=self._office, of_id=f"{_APPLICANT}/{code}")
        return None if row is None else str(row[0])

    def applicants(self) -> dict[str, str]:
        """All masked names by code of dossier; looks through the whole table."""
        rows = _APPLICANTS.rows(self._transaction, office=self._office, of_kind=_APPLICANT)
        return {str(row[0]): str(row[1]) for row in rows}

    def name_applicant(self, code: str, name: str | None, at: int) -> None:
        """Beside the dossier, in the table that can be purged; None forgets it."""
        of_id = f"{_APPLICANT}/{code}"
        _APPLICANT_FORGET.run(self._transaction, office=self._office, of_id=of_id)
        if name is not None:
            self.add_free_text(id=of_id, kind=_APPLICANT, about=code, text=name, at=at)

    def add_rating_token(self, token_hash: str, ticket: str, at: int) -> None:
        _TOKEN_ADD.run(self._transaction, office=self._office, token_hash=token_hash, ticket=ticket, made_at=at)

    def ticket_of_rating_token(self, token_hash: str) -> str | None:
        row = _TOKEN.row(self._transaction, office=self._office, token_hash=token_hash)
        return None if row is None else str(row[0])

    def dossier(self, code: str) -> Dossier | None:
        row = _DOSSIER.row(self._transaction, office=self._office, code=code)
        return None if row is None else _dossier(row)

    def put_dossier(self, dossier: Dossier, at: int, new: bool) -> None:
        values = dict(zip(_DOSSIER_NAMES, astuple(dossier), strict=True))
        values |= {"carried_over": int(dossier.carried_over), "digitised": int(dossier.digitised), "updated_at": at}
        if new:
            _DOSSIER_ADD.run(self._transaction, office=self._office, **values)
        else:
            _DOSSIER_SAVE.run(self._transaction, office=self._office, of_code=dossier.code, **values)

    def dossiers(self) -> list[Dossier]:
        return [_dossier(row) for row in _DOSSIERS.rows(self._transaction, office=self._office)]

    def dossier_page(self, after: str) -> list[Dossier]:
        """The next 500 behind a code, by code."""
        return [_dossier(row) for row in _DOSSIER_PAGE.rows(self._transaction, office=self._office, after=after)]

    def public_dossiers(self, decided_since: int) -> list[Dossier]:
        """At most 80: in progress by due date, then those decided since a moment."""
        rows = [*_IN_PROGRESS.rows(self._transaction, office=self._office)]
        rows += _JUST_DECIDED.rows(self._transaction, office=self._office, since=decided_since)
        return [_dossier(row) for row in rows]

    def ask_help(self, help_id: str, place: str, device: str, at: int) -> None:
        _HELP_ADD.run(
            self._transaction, office=self._office, id=help_id, place=place, device=device, asked_at=at,
            answered_at=None,
        )  # fmt: skip

    def open_help(self) -> list[dict[str, Any]]:
        names = ("id", "where", "device", "asked_at")
        rows = _HELP_OPEN.rows(self._transaction, office=self._office)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def answer_help(self, help_id: str, at: int) -> bool:
        changed = _HELP_ANSWER.changed(self._transaction, office=self._office, help=help_id, answered_at=at)
        return changed == 1

    def remembered_answer(self, actor: str, key: str) -> tuple[str, int, str] | None:
        """(fingerprint, status, body) of the answer given to this key before."""
        row = _ANSWER.row(self._transaction, office=self._office, actor=actor, key=key)
        return None if row is None else (str(row[0]), int(row[1]), str(row[2]))

    def remember_answer(self, actor: str, key: str, fingerprint: str, status: int, body: str, at: int) -> None:
        _ANSWER_ADD.run(
            self._transaction, office=self._office, actor=actor, key=key, fingerprint=fingerprint, status=status,
            body=body, at=at,
        )  # fmt: skip

    def forget_answers(self, before: int) -> None:
        _ANSWER_PURGE.run(self._transaction, office=self._office, before=before)
