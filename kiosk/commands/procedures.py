"""`motcua procedures import`: the catalogue of procedures from a table of the portal or of the office."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.commands.common import add_config, configuration, fail, group
from kiosk.commands.traces import tell
from kiosk.i18n.catalogues import translate

if TYPE_CHECKING:
    from kiosk.dossiers.procedure_table import ProcedureTable

MOST_LINES = 200
TRIAL = "Nothing was changed: this was a trial (--dry-run)."
TAKEN = "A running service shows it once it is started again."


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    procedures = group(commands, "procedures", "administrative procedures: papers, times, fees")
    parser = procedures.add_parser(
        "import",
        help="take a table (XLSX, XLS, ODS, CSV, HTML), whole or not at all",
        epilog="example: motcua procedures import thu-tuc.xlsx --dry-run",
    )
    parser.add_argument("file", metavar="FILE.csv|.xlsx", type=Path)
    add_config(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")
    parser.add_argument("--confirmed", action="store_true", help="the office has checked every row")
    parser.set_defaults(run=_import)
    poster = procedures.add_parser(
        "poster",
        help="the wall poster (A3, PDF) of what holds today: papers, time, fee, counter",
        epilog="example: motcua procedures poster --to thu-tuc.pdf",
    )
    add_config(poster)
    poster.add_argument("--to", type=Path, default=Path("ap-phich-thu-tuc.pdf"), metavar="FILE")
    poster.set_defaults(run=_poster)


def _import(args: argparse.Namespace) -> int:
    from kiosk.dossiers.procedure_importer import ProcedureImporter
    from kiosk.dossiers.table_importer import UnreadableTable

    importer = ProcedureImporter(configuration(args))
    try:
        table = importer.read(args.file, args.confirmed)
        if table.problems:
            return _print_problems(table)
        if not args.dry_run:
            importer.take(table)
    except UnreadableTable as error:
        return fail(f"{args.file}: {error}")
    if not args.dry_run:
        tell(args, "procedures import", args.file.name)
    _print_changes(table)
    print("\n".join([*importer.sentences(table), translate(TRIAL if args.dry_run else TAKEN)]))
    return 0


def _print_problems(table: ProcedureTable) -> int:
    for one in table.problems[:MOST_LINES]:
        place = f"{one.sheet} {one.row}{one.column}".strip()
        print(f"{place} ({one.header}): {one.message}", file=sys.stderr)
    sentence = "{count} errors in the table; nothing was changed. Mend them and import again."
    return fail(translate(sentence, count=len(table.problems)))


def _print_changes(table: ProcedureTable) -> None:
    from kiosk.dossiers.procedure_importer import kind_text

    for one in table.differing()[:MOST_LINES]:
        print(f"{one.after.code}  {kind_text(one)}  {one.after.name}: {one.told}")


def _poster(args: argparse.Namespace) -> int:
    from contract.counter_runs import counter_runs
    from kiosk.clock import SystemClock
    from kiosk.reports.writers.procedures_pdf import PosterEntry, procedures_poster
    from kiosk.web.pages.assets import fonts

    office = configuration(args)
    now = datetime.fromtimestamp(SystemClock().now_ms() / 1000, ZoneInfo(office.office.timezone))
    today = now.date()
    entries = [
        PosterEntry(
            one.field,
            one.name,
            tuple(one.papers),
            one.time,
            one.fee,
            ", ".join(counter_runs([counter.code for counter in office.counter if one.service in counter.services])),
            one.certainty == "confirmed",
        )
        for one in office.procedure
        if (one.valid_from or today) <= today <= (one.valid_until or today)
    ]
    try:
        args.to.write_bytes(procedures_poster(office.office.name, entries, fonts()))
    except OSError as error:
        return fail(f"{args.to}: {error.strerror}")
    print(args.to)
    return 0
