"""The tables. Every key starts with the office. Times are ms since 1970 UTC; flags are 0 or 1; lists are JSON.

Only Integer, BigInteger and Text are used, so that a row needs no conversion on its way from the driver.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


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


offices = Table(
    "offices", metadata, _key(), _text("epoch"), _moment("last_seq"), _text("last_hash"), _text("business_date"),
    _count("day_open"), _moment("next_arrival"), _moment("last_time"), _text("configured"),
)  # fmt: skip

epochs = Table(
    "epochs", metadata, _key(), _key("epoch"), _count("ordinal"), _moment("started_at"), _text("reason"),
    _moment("last_seq"), _text("last_hash"),
)  # fmt: skip

journal = Table(
    "journal", metadata, _key(), _key("epoch"),
    Column("seq", BigInteger, primary_key=True, autoincrement=False), _text("body"),
)  # fmt: skip

tickets = Table(
    "tickets", metadata, _key(), _key("id"), _text("number"), _text("service"), _text("issued_service"),
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
    "ix_tickets_open", tickets.c.office, tickets.c.business_date, tickets.c.state, tickets.c.arrival,
    sqlite_where=text("state IN ('CALLED', 'SERVING', 'ON_HOLD', 'NO_SHOW')"),
    postgresql_where=text("state IN ('CALLED', 'SERVING', 'ON_HOLD', 'NO_SHOW')"),
)  # fmt: skip
Index("ix_tickets_ended", tickets.c.office, tickets.c.business_date, tickets.c.issued_service, tickets.c.ended_at)
Index("ix_tickets_token", tickets.c.office, tickets.c.public_token)

number_series = Table("number_series", metadata, _key(), _key("business_date"), _key("letter"), _count("last"))

counters = Table(
    "counters", metadata, _key(), _key("code"), _text("state"), _maybe_text("clerk"), _maybe_text("current"),
    _maybe_text("last_served"), _count("priority_run"), _text("undo"), _moment("undo_at"),
)  # fmt: skip

print_jobs = Table(
    "print_jobs", metadata, _key(), _key("id"), _text("ticket"), _text("number"), _text("printer"), _count("ahead"),
    _count("marked"), _moment("created_at"), _text("state"), _maybe_text("reason"), _moment("updated_at"),
)  # fmt: skip
Index(
    "ix_print_jobs_waiting", print_jobs.c.office, print_jobs.c.printer, print_jobs.c.created_at,
    sqlite_where=text("state IN ('QUEUED', 'SENDING')"), postgresql_where=text("state IN ('QUEUED', 'SENDING')"),
)  # fmt: skip
Index("ix_print_jobs_ticket", print_jobs.c.office, print_jobs.c.ticket)

ratings = Table(
    "ratings", metadata, _key(), _key("id"), _text("ticket"), _maybe_text("counter"), _maybe_text("clerk"),
    _text("service"), _text("question"), _text("level"), _text("reasons"), _moment("tapped_at"),
    _moment("stored_at"), _text("business_date"), _text("device"), UniqueConstraint("office", "ticket"),
)  # fmt: skip
Index("ix_ratings_day", ratings.c.office, ratings.c.business_date)

free_texts = Table(
    "free_texts", metadata, _key(), _key("id"), _text("kind"), _text("about"), _text("text"), _moment("at"),
)  # fmt: skip

rating_tokens = Table(
    "rating_tokens", metadata, _key(), _key("token_hash"), _text("ticket"), _moment("made_at"),
)  # fmt: skip

dossiers = Table(
    "dossiers", metadata, _key(), _key("code"), _text("procedure"), _text("field"), _count("channel"),
    _count("status"), _moment("received_at"), _maybe_moment("due_at"), _maybe_moment("finished_at"),
    _count("carried_over"), _count("digitised"), _maybe_text("not_digitised_reason"), _maybe_text("step"),
    _moment("updated_at"),
)  # fmt: skip
Index("ix_dossiers_status", dossiers.c.office, dossiers.c.status, dossiers.c.due_at)

devices = Table(
    "devices", metadata, _key(), _key("name"), _text("role"), _maybe_text("counter"), _text("token_hash"),
    _moment("made_at"), _maybe_moment("expires_at"), _maybe_moment("revoked_at"), _maybe_moment("seen_at"),
    _text("state"), _text("report"), UniqueConstraint("token_hash"),
)  # fmt: skip

pairings = Table(
    "pairings", metadata, _key(), _key("code"), _text("role"), _text("name"), _maybe_text("counter"),
    _moment("made_at"), _maybe_moment("approved_at"), _count("tries"), _maybe_moment("collected_at"),
)  # fmt: skip

clerks = Table(
    "clerks", metadata, _key(), _key("id"), _text("name"), _text("pin_hash"), _count("disabled"),
)  # fmt: skip

pin_failures = Table(
    "pin_failures", metadata, _key(), _key("device"), _key("clerk"), _count("failures"), _moment("blocked_until"),
)  # fmt: skip

sessions = Table(
    "sessions", metadata, _key(), _key("token_hash"), _text("clerk"), _text("counter"), _text("device"),
    _moment("expires_at"),
)  # fmt: skip

administrators = Table("administrators", metadata, _key(), _key("name"), _text("password_hash"))

answers = Table(
    "answers", metadata, _key(), _key("actor"), _key("key"), _text("fingerprint"), _count("status"), _text("body"),
    _moment("at"),
)  # fmt: skip
Index("ix_answers_at", answers.c.office, answers.c.at)

followers = Table(
    "followers", metadata, _key(), _key("name"), _text("epoch"), _moment("cursor"), _text("state"),
    _maybe_text("detail"), _text("refused"), _moment("updated_at"), _moment("since"),
)  # fmt: skip

help_calls = Table(
    "help_calls", metadata, _key(), _key("id"), _text("place"), _text("device"), _moment("asked_at"),
    _maybe_moment("answered_at"),
)  # fmt: skip

webhooks = Table(
    "webhooks", metadata, _key(), _key("url"), _text("secret"), _moment("made_at"),
)  # fmt: skip
