"""The tables. Every key starts with the office. Times are ms since 1970 UTC; flags are 0 or 1; lists are JSON.

Only Integer, BigInteger and Text are used, so that a row needs no conversion on its way from the driver.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *columns: Column[Any] | UniqueConstraint) -> Table:
    """On SQLite a table is its primary key's tree and nothing beside it: fewer pages to write at each commit."""
    return Table(name, metadata, *columns, sqlite_with_rowid=False)


def _key(name: str = "office") -> Column[str]:
    return Column(name, Text, primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _maybe_text(name: str) -> Column[str]:
    return Column(name, Text, nullable=True)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _moment(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _maybe_moment(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=True)


offices = _table(
    "offices", _key(), _text("epoch"), _moment("last_seq"), _text("last_hash"), _text("business_date"),
    _count("day_open"), _moment("next_arrival"), _moment("last_time"), _text("configured"),
)  # fmt: skip

epochs = _table(
    "epochs", _key(), _key("epoch"), _count("ordinal"), _moment("started_at"), _text("reason"),
    _moment("last_seq"), _text("last_hash"),
)  # fmt: skip

journal = _table(
    "journal", _key(), _key("epoch"),
    Column("seq", BigInteger, primary_key=True, autoincrement=False), _text("body"),
)  # fmt: skip

tickets = _table(
    "tickets", _key(), _key("id"), _text("number"), _text("service"), _text("issued_service"),
    _text("state"), _text("business_date"), _moment("arrival"), _moment("issued_at"), _text("pool"),
    _maybe_text("priority"), _text("language"), _text("issued_by"), _text("public_token"), _maybe_text("counter"),
    _maybe_text("clerk"), _count("calls"), _maybe_moment("first_called_at"), _maybe_moment("called_at"),
    _maybe_moment("serving_at"), _maybe_moment("ended_at"), _count("rated"), _maybe_text("reason"), _text("kept"),
    _text("dossiers"), _text("print_state"), _maybe_text("print_reason"), _count("version"),
    UniqueConstraint("office", "business_date", "number"),
)  # fmt: skip
Index(
    "ix_tickets_waiting", tickets.c.office, tickets.c.pool, tickets.c.priority, tickets.c.arrival,
    sqlite_where=text("state = 'WAITING'"), postgresql_where=text("state = 'WAITING'"),
)  # fmt: skip
Index(
    "ix_tickets_aside", tickets.c.office, tickets.c.business_date, tickets.c.state, tickets.c.arrival,
    sqlite_where=text("state IN ('ON_HOLD', 'NO_SHOW')"),
    postgresql_where=text("state IN ('ON_HOLD', 'NO_SHOW')"),
)  # fmt: skip
Index("ix_tickets_token", tickets.c.office, tickets.c.public_token)

number_series = _table("number_series", _key(), _key("business_date"), _key("letter"), _count("last"))

counters = _table(
    "counters", _key(), _key("code"), _text("state"), _maybe_text("clerk"), _maybe_text("current"),
    _maybe_text("last_served"), _count("priority_run"), _text("undo"), _moment("undo_at"),
)  # fmt: skip

print_jobs = _table(
    "print_jobs", _key(), _key("id"), _text("ticket"), _text("number"), _text("printer"), _count("ahead"),
    _count("marked"), _moment("created_at"), _text("state"), _maybe_text("reason"), _moment("updated_at"),
)  # fmt: skip
Index(
    "ix_print_jobs_waiting", print_jobs.c.office, print_jobs.c.printer, print_jobs.c.created_at,
    sqlite_where=text("state IN ('QUEUED', 'SENDING')"), postgresql_where=text("state IN ('QUEUED', 'SENDING')"),
)  # fmt: skip
Index("ix_print_jobs_ticket", print_jobs.c.office, print_jobs.c.ticket)

paper_rolls = _table(
    "paper_rolls", _key(), _key("printer"), _count("capacity"), _count("used"),
    Column("warned_at", Integer, nullable=True), _count("reserve"), _count("ended"), _moment("changed_at"),
)  # fmt: skip

ratings = _table(
    "ratings", _key(), _key("id"), _text("ticket"), _maybe_text("counter"), _maybe_text("clerk"),
    _text("service"), _text("question"), _text("level"), _text("reasons"), _moment("tapped_at"),
    _moment("stored_at"), _text("business_date"), _text("device"), UniqueConstraint("office", "ticket"),
)  # fmt: skip
Index("ix_ratings_day", ratings.c.office, ratings.c.business_date)

free_texts = _table(
    "free_texts", _key(), _key("id"), _text("kind"), _text("about"), _text("text"), _moment("at"),
)  # fmt: skip

rating_tokens = _table(
    "rating_tokens", _key(), _key("token_hash"), _text("ticket"), _moment("made_at"),
)  # fmt: skip

dossiers = _table(
    "dossiers", _key(), _key("code"), _text("procedure"), _text("field"), _count("channel"),
    _count("status"), _moment("received_at"), _maybe_moment("due_at"), _maybe_moment("finished_at"),
    _count("carried_over"), _count("digitised"), _maybe_text("not_digitised_reason"), _maybe_text("step"),
    _moment("updated_at"),
)  # fmt: skip
Index("ix_dossiers_status", dossiers.c.office, dossiers.c.status, dossiers.c.due_at)

devices = _table(
    "devices", _key(), _key("name"), _text("role"), _maybe_text("counter"), _text("token_hash"),
    _moment("made_at"), _maybe_moment("expires_at"), _maybe_moment("revoked_at"), _maybe_moment("seen_at"),
    _text("state"), _text("report"), UniqueConstraint("token_hash"),
)  # fmt: skip

pairings = _table(
    "pairings", _key(), _key("code"), _text("role"), _text("name"), _maybe_text("counter"),
    _moment("made_at"), _maybe_moment("approved_at"), _count("tries"), _maybe_moment("collected_at"),
)  # fmt: skip

clerks = _table(
    "clerks", _key(), _key("id"), _text("name"), _text("pin_hash"), _count("disabled"),
)  # fmt: skip

pin_failures = _table(
    "pin_failures", _key(), _key("device"), _key("clerk"), _count("failures"), _moment("blocked_until"),
)  # fmt: skip

sessions = _table(
    "sessions", _key(), _key("token_hash"), _text("clerk"), _text("counter"), _text("device"),
    _moment("expires_at"),
)  # fmt: skip

administrators = _table("administrators", _key(), _key("name"), _text("password_hash"))

answers = _table(
    "answers", _key(), _key("actor"), _key("key"), _text("fingerprint"), _count("status"), _text("body"),
    _moment("at"),
)  # fmt: skip
Index("ix_answers_at", answers.c.office, answers.c.at)

followers = _table(
    "followers", _key(), _key("name"), _text("epoch"), _moment("cursor"), _text("state"),
    _maybe_text("detail"), _text("refused"), _moment("updated_at"), _moment("since"),
)  # fmt: skip

help_calls = _table(
    "help_calls", _key(), _key("id"), _text("place"), _text("device"), _moment("asked_at"),
    _maybe_moment("answered_at"),
)  # fmt: skip

webhooks = _table(
    "webhooks", _key(), _key("url"), _text("secret"), _moment("made_at"),
)  # fmt: skip
