"""The schema: what the migrations make is what the statements are written for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine

from kiosk.store import answers, dossiers, print_spool, ratings, schema, tickets
from kiosk.store.columns import metadata
from kiosk.store.engine import open_writer


def statements(engine: Engine) -> list[Any]:
    """Those that make tables and indexes, without those of the migrations themselves and without quotation marks."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master").fetchall()
    return sorted((" ".join(str(row[1]).replace('"', "").split()), row[0]) for row in rows if "alembic" not in row[0])


def test_the_migrations_make_the_tables_that_the_statements_know(empty_database_url: str) -> None:
    engine = open_writer(empty_database_url)
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_keys_and_indexes_are_the_same_word_for_word_on_sqlite(tmp_path: Path) -> None:
    by_migration, by_metadata = (open_writer(f"sqlite:///{tmp_path / name}") for name in ("a.db", "b.db"))
    schema.upgrade(by_migration)
    metadata.create_all(by_metadata)
    assert statements(by_migration) == statements(by_metadata)
    by_migration.dispose()
    by_metadata.dispose()


def test_the_newest_revision_is_the_one_that_the_service_asks_for() -> None:
    settings = Config()
    settings.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(settings).get_current_head() == schema.HEAD == "0007"


def migrate(engine: Engine, direction: Callable[[Config, str], None], revision: str) -> None:
    settings = Config()
    settings.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        direction(settings, revision)


def rows(engine: Engine, question: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(question)]


ADMINISTRATORS = """INSERT INTO administrators (office, name, password_hash, totp_secret, totp_step)
VALUES ('ba-vi', 'mai', 'hash of mai', NULL, NULL), ('ba-vi', 'bao', 'hash of bao', 'SECRET', 7)"""
DEVICE = """INSERT INTO devices (office, name, role, token_hash, made_at, expires_at, state, report)
VALUES ('ba-vi', '{name}', 'admin', 'hash of {name}', 1, {expires}, 'new', '{{}}')"""


def test_whoever_administered_goes_on_as_administrator_on_both_databases(empty_database_url: str) -> None:
    engine = open_writer(empty_database_url)
    migrate(engine, command.upgrade, "0004")
    with engine.begin() as connection:
        connection.exec_driver_sql(ADMINISTRATORS)
        connection.exec_driver_sql(DEVICE.format(name="admin-1234abcd", expires="99"))
        connection.exec_driver_sql(DEVICE.format(name="admin-of-a-program", expires="NULL"))
    schema.upgrade(engine)
    people = "SELECT name, role, disabled, password_hash, totp_secret, totp_step FROM persons ORDER BY name"
    mai, bao = ("mai", "admin", 0, "hash of mai", None, None), ("bao", "admin", 0, "hash of bao", "SECRET", 7)
    assert rows(engine, people) == [bao, mai]
    assert rows(engine, "SELECT name FROM devices") == [("admin-of-a-program",)], "sessions are no devices any more"
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE persons SET role = 'head' WHERE name = 'bao'")
    migrate(engine, command.downgrade, "0004")
    assert rows(engine, "SELECT name, password_hash FROM administrators") == [("mai", "hash of mai")]
    engine.dispose()


def test_an_empty_database_has_no_revision_and_is_not_current(tmp_path: Path) -> None:
    engine = open_writer(f"sqlite:///{tmp_path / 'x.db'}")
    assert schema.revision(engine) is None
    assert not schema.is_current(engine)
    schema.upgrade(engine)
    assert schema.revision(engine) == "0007"
    assert schema.is_current(engine)
    engine.dispose()


def test_another_revision_is_not_current(tmp_path: Path) -> None:
    engine = open_writer(f"sqlite:///{tmp_path / 'x.db'}")
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert (schema.revision(engine), schema.is_current(engine)) == ("0000", False)
    engine.dispose()


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    engine = open_writer(f"sqlite:///{tmp_path / 'x.db'}")
    schema.upgrade(engine)
    before = statements(engine)
    schema.upgrade(engine)
    assert statements(engine) == before
    engine.dispose()


def test_what_the_first_migration_makes_it_takes_away(tmp_path: Path) -> None:
    engine = open_writer(f"sqlite:///{tmp_path / 'x.db'}")
    schema.upgrade(engine)
    migrate(engine, command.downgrade, "base")
    assert statements(engine) == []
    engine.dispose()


def test_a_database_that_does_not_answer_says_why_in_one_line(tmp_path: Path) -> None:
    missing = create_engine(f"sqlite:///{tmp_path / 'no folder' / 'x.db'}")
    reason = schema.unreachable(missing)
    assert reason is not None and "unable to open database file" in reason and "\n" not in reason
    there = open_writer(f"sqlite:///{tmp_path / 'x.db'}")
    assert schema.unreachable(there) is None
    there.dispose()


# table → its indexes; which question each serves stands in test_query_plans
INDEXES = {
    "answers": {"ix_answers_at"},
    "dossiers": {"ix_dossiers_status"},
    "print_jobs": {"ix_print_jobs_waiting", "ix_print_jobs_ticket"},
    "ratings": {"ix_ratings_day"},
    "tickets": {"ix_tickets_waiting", "ix_tickets_aside", "ix_tickets_token"},
}


def test_every_table_has_the_indexes_of_its_questions() -> None:
    tables = (answers.answers, dossiers.dossiers, print_spool.print_jobs, ratings.ratings, tickets.tickets)
    assert {table.name: {str(index.name) for index in table.indexes} for table in tables} == INDEXES
