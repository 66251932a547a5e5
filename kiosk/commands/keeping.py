"""`motcua backup`, `motcua restore`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, fail

if TYPE_CHECKING:
    from config.schema import Configuration

POSTGRESQL = "this office runs on PostgreSQL; use pg_dump and pg_restore, then motcua restore --new-epoch"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    backup = commands.add_parser(
        "backup", help="a consistent copy while running", epilog="example: motcua backup --to /media/usb"
    )
    add_config(backup)
    backup.add_argument("--to", required=True, metavar="DIR", help="an existing folder")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore", help="take a backup back; a new epoch of the journal begins",
        epilog="example: motcua restore /media/usb/motcua-ba-vi-20240415-080500.db",
    )  # fmt: skip
    add_config(restore)
    restore.add_argument("file", nargs="?", metavar="FILE")
    restore.add_argument(
        "--new-epoch", action="store_true",
        help="keep the database as it is: for one that was copied from another machine or put back by other means",
    )  # fmt: skip
    restore.set_defaults(run=_restore)


def _backup(args: argparse.Namespace) -> int:
    from pysqlite3 import dbapi2 as sqlite3

    from kiosk.store.backup import copy_database

    found = configuration(args)
    database, folder = _database(found), Path(args.to)
    if database is None:
        return fail(POSTGRESQL)
    if not folder.is_dir():
        return fail(f"{folder} is not a folder; name one that exists")
    target = folder / f"motcua-{found.office.code}-{_stamp()}.db"
    try:
        copy_database(database, target)
    except (OSError, sqlite3.Error) as error:
        return fail(f"no backup was made: {error}")
    print(target)
    return 0


def _restore(args: argparse.Namespace) -> int:
    from config import places
    from kiosk.serving import InUse, nobody_serves

    found = configuration(args)
    if (args.file is None) is not args.new_epoch:
        return fail("name a backup, or give --new-epoch to keep the database as it is")
    try:
        with nobody_serves(places.home()):
            return _take_back(found, Path(args.file)) if args.file else _go_on(found)
    except InUse:
        return fail("the service is running; stop it first: systemctl stop motcua-kiosk motcua-sync motcua-board")


def _go_on(found: Configuration) -> int:
    print(f"epoch {_new_life(found)}")
    return 0


def _take_back(found: Configuration, backup: Path) -> int:
    from kiosk.store.backup import NotABackup, check_database, copy_database, put_in_place

    database = _database(found)
    if database is None:
        return fail(POSTGRESQL)
    try:
        check_database(backup, found.office.code)
    except NotABackup as error:
        return fail(str(error))
    fresh = database.with_name("restoring.db")
    copy_database(backup, fresh)
    epoch = _new_life(_at(found, fresh))
    aside = database.with_name(f"{database.name}.before-{_stamp()}")
    put_in_place(fresh, database, aside)
    print(f"epoch {epoch}; what was here before: {aside}")
    return 0


def _new_life(found: Configuration) -> str:
    from kiosk.bootstrap import build_house
    from kiosk.founding import begin_epoch
    from kiosk.store import schema

    house = build_house(found)
    try:
        schema.upgrade(house.store.writer)
        return begin_epoch(house)
    finally:
        house.close()


def _at(found: Configuration, database: Path) -> Configuration:
    url = f"sqlite:///{database}"
    return found.model_copy(update={"database": found.database.model_copy(update={"url": url})})


def _database(found: Configuration) -> Path | None:
    """The file; None on PostgreSQL."""
    from kiosk.bootstrap import database_url

    url = database_url(found)
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def _stamp() -> str:
    from kiosk.clock import SystemClock

    return datetime.fromtimestamp(SystemClock().now_ms() / 1000, UTC).strftime("%Y%m%d-%H%M%S")
