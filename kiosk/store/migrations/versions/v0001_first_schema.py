"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TYPES = {"text": sa.Text, "int": sa.Integer, "bigint": sa.BigInteger}
FAMILIES = (
    ("offices", "epochs", "journal"),
    ("tickets", "number_series", "counters"),
    ("print_jobs", "paper_rolls"),
    ("ratings", "rating_tokens", "free_texts"),
    ("dossiers",),
    ("devices", "pairings", "followers", "webhooks"),
    ("administrators", "clerks", "pin_failures", "sessions"),
    ("answers", "help_calls"),
)


def upgrade() -> None:
    _create_offices()
    _create_queue()
    _create_printing()
    _create_ratings()
    _create_dossiers()
    _create_devices()
    _create_people()
    _create_calls()


def downgrade() -> None:
    for family in FAMILIES:
        for name in family:
            op.drop_table(name)


def _create_offices() -> None:
    _create_table(
        "offices",
        [],
        "epoch text, last_seq bigint, last_hash text, business_date text, day_open int, next_arrival bigint, "
        "last_time bigint, configured text",
    )
    _create_table(
        "epochs",
        ["epoch"],
        "epoch text, ordinal int, started_at bigint, reason text, last_seq bigint, last_hash text",
    )
    _create_table(
        "journal",
        ["epoch", "seq"],
        "epoch text, seq bigint, body text",
    )


def _create_queue() -> None:
    _create_table(
        "tickets",
        ["id"],
        "id text, number text, service text, issued_service text, state text, business_date text, arrival "
        "bigint, issued_at bigint, pool text, priority text null, language text, issued_by text, public_token "
        "text, counter text null, clerk text null, calls int, first_called_at bigint null, called_at bigint "
        "null, serving_at bigint null, ended_at bigint null, rated int, reason text null, kept text, dossiers "
        "text, print_state text, print_reason text null, version int",
        unique=["office", "business_date", "number"],
    )
    _create_index(
        "ix_tickets_aside",
        "tickets",
        ["office", "business_date", "state", "arrival"],
        "state IN ('ON_HOLD', 'NO_SHOW')",
    )
    _create_index("ix_tickets_token", "tickets", ["office", "public_token"])
    _create_index("ix_tickets_waiting", "tickets", ["office", "pool", "priority", "arrival"], "state = 'WAITING'")
    _create_table(
        "number_series",
        ["business_date", "letter"],
        "business_date text, letter text, last int",
    )
    _create_table(
        "counters",
        ["code"],
        "code text, state text, clerk text null, current text null, last_served text null, priority_run int, "
        "undo text, undo_at bigint",
    )


def _create_printing() -> None:
    _create_table(
        "print_jobs",
        ["id"],
        "id text, ticket text, number text, printer text, ahead int, marked int, created_at bigint, state "
        "text, reason text null, updated_at bigint",
    )
    _create_index("ix_print_jobs_ticket", "print_jobs", ["office", "ticket"])
    _create_index(
        "ix_print_jobs_waiting", "print_jobs", ["office", "printer", "created_at"], "state IN ('QUEUED', 'SENDING')"
    )
    _create_table(
        "paper_rolls",
        ["printer"],
        "printer text, capacity int, used int, warned_at int null, reserve int, ended int, changed_at bigint",
    )


def _create_ratings() -> None:
    _create_table(
        "ratings",
        ["id"],
        "id text, ticket text, counter text null, clerk text null, service text, question text, level text, "
        "reasons text, tapped_at bigint, stored_at bigint, business_date text, device text",
        unique=["office", "ticket"],
    )
    _create_index("ix_ratings_day", "ratings", ["office", "business_date"])
    _create_table(
        "rating_tokens",
        ["token_hash"],
        "token_hash text, ticket text, made_at bigint",
    )
    _create_table(
        "free_texts",
        ["id"],
        "id text, kind text, about text, text text, at bigint",
    )


def _create_dossiers() -> None:
    _create_table(
        "dossiers",
        ["code"],
        "code text, procedure text, field text, channel int, status int, received_at bigint, due_at bigint "
        "null, finished_at bigint null, carried_over int, digitised int, not_digitised_reason text null, step "
        "text null, updated_at bigint",
    )
    _create_index("ix_dossiers_status", "dossiers", ["office", "status", "due_at"])


def _create_devices() -> None:
    _create_table(
        "devices",
        ["name"],
        "name text, role text, counter text null, token_hash text, made_at bigint, expires_at bigint null, "
        "revoked_at bigint null, seen_at bigint null, state text, report text",
        unique=["token_hash"],
    )
    _create_table(
        "pairings",
        ["code"],
        "code text, role text, name text, counter text null, made_at bigint, approved_at bigint null, tries "
        "int, collected_at bigint null",
    )
    _create_table(
        "followers",
        ["name"],
        "name text, epoch text, cursor bigint, state text, detail text null, refused text, updated_at bigint, "
        "since bigint",
    )
    _create_table(
        "webhooks",
        ["url"],
        "url text, secret text, made_at bigint",
    )


def _create_people() -> None:
    _create_table(
        "administrators",
        ["name"],
        "name text, password_hash text",
    )
    _create_table(
        "clerks",
        ["id"],
        "id text, name text, pin_hash text, disabled int",
    )
    _create_table(
        "pin_failures",
        ["device", "clerk"],
        "device text, clerk text, failures int, blocked_until bigint",
    )
    _create_table(
        "sessions",
        ["token_hash"],
        "token_hash text, clerk text, counter text, device text, expires_at bigint",
    )


def _create_calls() -> None:
    _create_table(
        "answers",
        ["actor", "key"],
        "actor text, key text, fingerprint text, status int, body text, at bigint",
    )
    _create_index("ix_answers_at", "answers", ["office", "at"])
    _create_table(
        "help_calls",
        ["id"],
        "id text, place text, device text, asked_at bigint, answered_at bigint null",
    )


def _create_table(name: str, key: list[str], columns: str, unique: list[str] | None = None) -> None:
    """Its primary key is the office, then `key`; `columns` are "name type" or "name type null", with commas between."""
    parts: list[sa.schema.SchemaItem] = [_column(text) for text in ["office text", *columns.split(", ")]]
    parts.append(sa.PrimaryKeyConstraint("office", *key, name=op.f(f"pk_{name}")))
    if unique:
        parts.append(sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}")))
    op.create_table(name, *parts, sqlite_with_rowid=False)


def _column(text: str) -> sa.Column[str | int]:
    name, kind, *null = text.split()
    return sa.Column(name, TYPES[kind](), autoincrement=False, nullable=bool(null))


def _create_index(name: str, table: str, columns: list[str], where: str | None = None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
