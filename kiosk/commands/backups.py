"""`motcua backup`, `motcua restore`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration
from kiosk.commands.speech import fail, reason_of, say
from kiosk.commands.traces import tell

if TYPE_CHECKING:
    from config.schema import Configuration
    from kiosk.app import App

POSTGRESQL = "this office runs on PostgreSQL; use pg_dump and pg_restore, then motcua restore --new-epoch"
RUNNING = "the service is running; stop it first: systemctl stop motcua-kiosk motcua-sync motcua-board"
NO_LETTER = "no service has the letter {letter}; letters: {letters}"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    backup = commands.add_parser(
        "backup", help="a consistent copy while running", epilog="example: motcua backup --to /media/usb"
    )
    add_config(backup)
    backup.add_argument("--to", required=True, metavar="DIR", help="an existing folder")
    backup.add_argument(
        "--keep",
        type=_positive,
        metavar="N",
        help="delete the oldest there beyond N sound ones (else all stay)",
    )
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore",
        help="take a backup back; a new epoch of the journal begins",
        epilog="example: motcua restore /media/usb/motcua-ba-vi-20240415-080500.db",
    )
    add_config(restore)
    restore.add_argument("file", nargs="?", metavar="FILE")
    restore.add_argument(
        "--new-epoch",
        action="store_true",
        help="keep the database as it is: for one that was copied from another machine or put back by other means, "
        "and where a receiver holds another history (motcua doctor)",
    )
    restore.add_argument(
        "--last-number",
        action="append",
        default=[],
        metavar="A057",
        help="the highest number of a letter given today, when the database that is replaced does not know it",
    )
    restore.add_argument(
        "--accept-damage", action="store_true", help="take a backup although its journal does not recount"
    )
    restore.add_argument(
        "--unsigned", action="store_true", help="take a backup without a valid signature; say first who had it in hands"
    )
    restore.set_defaults(run=_restore)


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f'"{text}" is not a whole number from 1')
    return int(text)


def _backup(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import database_file
    from kiosk.clock import SystemClock
    from kiosk.maintenance.backup_making import NoBackup, make_backup

    settings = configuration(args)
    database, folder = database_file(settings), Path(args.to)
    if database is None:
        return fail(POSTGRESQL)
    if not folder.is_dir():
        return fail("{folder} is not a folder; name one that exists", folder=folder)
    try:
        target = make_backup(database, folder, settings.office.code, SystemClock().now_ms, args.keep)
    except NoBackup as error:
        return fail("no backup was made: {problem}", problem=error)
    print(target)
    tell(args, "backup", target.name)
    return 0


def _restore(args: argparse.Namespace) -> int:
    from config import places
    from contract.told_error import ToldError
    from kiosk.maintenance.service_lock import InUse, nobody_serves

    settings = configuration(args)
    if (args.file is None) is not args.new_epoch:
        return fail("name a backup, or give --new-epoch to keep the database as it is")
    try:
        last_numbers = _last_numbers(settings, args.last_number)
        with nobody_serves(places.home()):
            if args.file is None:
                return _keep_database(settings, last_numbers)
            return _restore_file(settings, Path(args.file), last_numbers, args)
    except InUse:
        return fail(RUNNING)
    except (ToldError, ValueError) as error:
        return fail(reason_of(error))


def _keep_database(settings: Configuration, last_numbers: dict[str, int]) -> int:
    from kiosk.commands.restoring import begin_epoch, keep_database, record_end

    with _app(settings) as app:
        known = keep_database(app)
        epoch = begin_epoch(app, known, last_numbers, ask=sys.stdin.isatty())
        record_end(app)
    say("epoch {epoch}", epoch=epoch)
    return 0


def _restore_file(settings: Configuration, backup: Path, last_numbers: dict[str, int], args: argparse.Namespace) -> int:
    from kiosk.bootstrap import database_file
    from kiosk.commands.restoring import begin_epoch, bring_state_files, check_origin, known_before, record_end
    from kiosk.maintenance.backup import check_checksum, check_database, copy_database, put_in_place
    from kiosk.maintenance.backup_signature import check_shape
    from kiosk.maintenance.verification import check_recount
    from kiosk.store.columns import metadata

    database = database_file(settings)
    if database is None:
        return fail(POSTGRESQL)
    check_database(backup, settings.office.code)
    fresh = database.with_name("restoring.db")
    copy_database(backup, fresh)
    check_shape(fresh, frozenset(metadata.tables))
    with _app(_at(settings, fresh)) as app:
        if not args.accept_damage:
            check_recount(app.store, backup)
            check_checksum(backup)
        check_origin(settings.office.code, backup, database, args.unsigned or args.accept_damage)
        epoch = begin_epoch(app, known_before(app, database), last_numbers, ask=sys.stdin.isatty())
    aside = database.with_name(f"{database.name}.before-{_stamp()}")
    put_in_place(fresh, database, aside)
    with _app(settings) as app:
        record_end(app)
    say("epoch {epoch}; what was here before: {aside}", epoch=epoch, aside=aside)
    bring_state_files(settings.office.code, backup, args.unsigned or args.accept_damage)
    return 0


def _last_numbers(settings: Configuration, numbers: list[str]) -> dict[str, int]:
    """The highest number of each letter as typed: A057, A=57. Raises ToldError, ValueError."""
    from contract.told_error import ToldError
    from kiosk.domain.numbering import parse_number

    last_numbers = dict(parse_number(text.replace("=", "")) for text in numbers)
    letters = {service.letter for service in settings.service}
    if unknown := sorted(last_numbers.keys() - letters):
        raise ToldError(NO_LETTER, letter=unknown[0], letters=", ".join(sorted(letters)))
    return last_numbers


@contextmanager
def _app(settings: Configuration) -> Iterator[App]:
    from kiosk.bootstrap import build_app
    from kiosk.store import schema

    app = build_app(settings)
    try:
        schema.upgrade(app.store.writer)
        yield app
    finally:
        app.close()


def _at(settings: Configuration, database: Path) -> Configuration:
    url = f"sqlite:///{database}"
    return settings.model_copy(update={"database": settings.database.model_copy(update={"url": url})})


def _stamp() -> str:
    from kiosk.clock import SystemClock

    return datetime.fromtimestamp(SystemClock().now_ms() / 1000, UTC).strftime("%Y%m%d-%H%M%S")
