"""`motcua dossiers import` from a table of the one-stop software; `motcua dossiers catalogue` against the portal."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.commands.common import add_config, configuration, group, operator
from kiosk.commands.speech import fail
from kiosk.commands.traces import office_time

if TYPE_CHECKING:
    from config.schema import Configuration
    from kiosk.dossiers.table_importer import DossierTableImporter
    from kiosk.worker.dossier_tables import TableTaker
    from sync.dossiers.tables import TableContents

MOST_ERRORS = 100


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    dossiers = group(commands, "dossiers", "progress of dossiers from the one-stop software")
    parser = dossiers.add_parser(
        "import",
        help="take a table (XLSX, XLS, ODS, CSV, HTML), whole or not at all",
        epilog="example: motcua dossiers import ho-so-thang-4.xlsx --dry-run",
    )
    parser.add_argument("file", metavar="FILE.csv|.xlsx", type=Path)
    add_config(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")
    parser.set_defaults(run=_import)
    catalogue = dossiers.add_parser(
        "catalogue",
        help="compare the configured procedures with those of the national portal",
        epilog="example: motcua dossiers catalogue --config office.toml",
    )
    add_config(catalogue)
    catalogue.set_defaults(run=_catalogue)


def _import(args: argparse.Namespace) -> int:
    from kiosk.dossiers.table_importer import DossierTableImporter, UnreadableTable

    configured = configuration(args)
    importer = DossierTableImporter(configured)
    with ExitStack() as opened:
        taker = cache(lambda: _taker(configured, opened))  # a file that cannot be read asks for no database
        try:
            contents = importer.read(args.file, _today(configured), lambda code, day: taker().knows(code, day))
        except UnreadableTable as error:
            return fail(f"{args.file}: {error}")
        return _print_errors(contents) if contents.errors else _take(taker(), importer, contents, args.dry_run)


def _taker(configured: Configuration, opened: ExitStack) -> TableTaker:
    from kiosk.bootstrap import open_app
    from kiosk.store.unit_of_work import Actor
    from kiosk.worker.dossier_tables import TableTaker

    app = open_app(configured)
    opened.callback(app.close)
    return TableTaker(app, Actor("system", "dossiers-import", operator()), office_time(app))


def _today(configured: Configuration) -> date:
    from kiosk.clock import SystemClock

    return datetime.fromtimestamp(SystemClock().now_ms() / 1000, ZoneInfo(configured.office.timezone)).date()


def _print_errors(contents: TableContents) -> int:
    from sync.wording import grouped, translate

    for error in contents.errors[:MOST_ERRORS]:
        print(error, file=sys.stderr)
    count = grouped(len(contents.errors))
    return fail(translate("{count} errors in the table; nothing was changed. Mend them and import again.", count=count))


def _take(taker: TableTaker, importer: DossierTableImporter, contents: TableContents, dry_run: bool) -> int:
    from kiosk.actions.dossier_tables import TableRefused
    from kiosk.commands.dossier_table import change_table
    from sync.wording import translate

    try:
        if dry_run:
            planned = taker.planned(contents)
            last = translate("Nothing was changed: this was a trial (--dry-run).")
            print(
                change_table(planned, importer) + "\n".join([*contents.notes, *importer.count_sentences(planned), last])
            )
            return 0
        made = taker.take(contents)
    except TableRefused as error:
        return fail("\n".join(importer.refusal_text(error.refused)))
    print("\n".join([*contents.notes, *importer.count_sentences(made)]))
    return 0


def _catalogue(args: argparse.Namespace) -> int:
    from kiosk.commands.dossier_table import comparison_table
    from sync.dossiers.procedures import ProcedureEntry
    from sync.errors import SyncError
    from sync.portal.catalogue import compare_procedures
    from sync.portal.national_portal import configured_portal
    from sync.wording import translate

    configured = configuration(args)
    try:
        portal = configured_portal(configured.sync.connector)
        ours = [ProcedureEntry(one.code, one.name, one.field) for one in configured.procedure]
        print(comparison_table(compare_procedures(ours, portal.procedures())))
    except SyncError as error:
        return fail(translate(error.reason, **error.facts))
    except (OSError, ValueError) as error:
        return fail(str(error))
    return 0
