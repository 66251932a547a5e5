"""Ratings, and the one-time tokens by which a phone may give one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import Index, UniqueConstraint, bindparam, delete, insert, select, update

from kiosk.domain.rating import Rating
from kiosk.store.columns import OFFICE, big_integer, key, optional_text, table, text_column
from kiosk.store.failures import stored_json
from kiosk.store.sql import OfficeTable, Statement

ratings = table(
    "ratings",
    key("id"),
    text_column("ticket"),
    optional_text("counter"),
    optional_text("clerk"),
    text_column("service"),
    text_column("question"),
    text_column("level"),
    text_column("reasons"),
    big_integer("tapped_at"),
    big_integer("stored_at"),
    text_column("business_date"),
    text_column("device"),
    UniqueConstraint("office", "ticket"),
)
_r = ratings.c
Index("ix_ratings_day", _r.office, _r.business_date)
further_answers = table(
    "further_answers", key("rating"), key("question"), text_column("choice"), text_column("business_date")
)
_f = further_answers.c
Index("ix_further_answers_day", _f.office, _f.business_date)
rating_tokens = table("rating_tokens", key("token_hash"), text_column("ticket"), big_integer("made_at"))
_t = rating_tokens.c

_NAMES = tuple(Rating.__dataclass_fields__)
_GET = Statement(select(*(_r[name] for name in _NAMES)).where(_r.office == OFFICE, _r.id == bindparam("id")))
_INSERT = Statement(insert(ratings))
_FURTHER_INSERT = Statement(insert(further_answers))
_SET_REASONS = Statement(
    update(ratings).where(_r.office == OFFICE, _r.id == bindparam("rating")).values(reasons=bindparam("reasons"))
)
_TOKEN = Statement(
    select(_t.ticket).where(
        _t.office == OFFICE, _t.token_hash == bindparam("token_hash"), _t.made_at >= bindparam("since")
    )
)
_TOKENS_PURGE = Statement(delete(rating_tokens).where(_t.office == OFFICE, _t.made_at < bindparam("before")))
_TOKEN_INSERT = Statement(insert(rating_tokens))


class RatingTable(OfficeTable):
    """The ratings of one office: at most one a ticket."""

    __slots__ = ()

    def add(self, rating: Rating) -> None:
        self._run(_INSERT, **{**asdict(rating), "reasons": json.dumps(rating.reasons)})

    def add_further(self, rating_id: str, answers: Mapping[str, str], business_date: str) -> None:
        """Choices by question, of the survey's second page; the date is the ticket's."""
        for question, choice in answers.items():
            self._run(_FURTHER_INSERT, rating=rating_id, question=question, choice=choice, business_date=business_date)

    def get(self, rating_id: str) -> Rating | None:
        row = self._row(_GET, id=rating_id)
        if row is None:
            return None
        values = dict(zip(_NAMES, row, strict=True))
        return Rating(**{**values, "reasons": tuple(stored_json(values["reasons"]))})

    def set_reasons(self, rating_id: str, reasons: list[str]) -> None:
        self._run(_SET_REASONS, rating=rating_id, reasons=json.dumps(reasons))

    def add_token(self, token_hash: str, ticket: str, at: int) -> None:
        self._run(_TOKEN_INSERT, token_hash=token_hash, ticket=ticket, made_at=at)

    def ticket_of_token(self, token_hash: str, since: int = 0) -> str | None:
        """None for a token that there is not, or that was made before `since` (ms since 1970)."""
        row = self._row(_TOKEN, token_hash=token_hash, since=since)
        return None if row is None else str(row[0])

    def purge_tokens(self, before: int) -> int:
        """Forget one-time tokens made before a moment (ms since 1970); how many."""
        return self._changed(_TOKENS_PURGE, before=before)
