"""`motcua procedures import`: the catalogue of procedures from a table of the portal or of the office."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.commands.common import add_config, configuration, group
from kiosk.commands.speech import fail, reason_of
from kiosk.commands.traces import tell
from kiosk.i18n.catalogues import translate

if TYPE_CHECKING:
    from config.schema import Configuration
    from kiosk.dossiers.procedure_table import ProcedureTable

MOST_LINES = 200
TRIAL = "Nothing was changed: this was a trial (--dry-run)."
NOTHING_TOLD = "the portal names no procedure"
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
    parser.add_argument("--whole", action="store_true", help="a whole catalogue: what it does not have ends")
    parser.set_defaults(run=_import)
    fetch = procedures.add_parser(
        "fetch",
        help="take the national portal's catalogue over the line; shows first what is new, changed, ended",
        epilog="example: motcua procedures fetch --dry-run",
    )
    add_config(fetch)
    fetch.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")
    fetch.set_defaults(run=_fetch)
    poster = procedures.add_parser(
        "poster",
        help="the wall poster (A3, PDF) of what holds today: papers, time, fee, counter",
        epilog="example: motcua procedures poster --to thu-tuc.pdf",
    )
    add_config(poster)
    poster.add_argument("--to", type=Path, default=Path("ap-phich-thu-tuc.pdf"), metavar="FILE")
    poster.set_defaults(run=_poster)


def _import(args: argparse.Namespace) -> int:
    return _take(args, configuration(args), args.file, args.file.name, args.whole)


def _fetch(args: argparse.Namespace) -> int:
    from sync.dossiers.office_sanitizer import sanitizer_for
    from sync.errors import SyncError
    from sync.portal.catalogue_table import catalogue_table
    from sync.portal.national_portal import configured_portal
    from sync.wording import translate as sentence

    configured = configuration(args)
    try:
        portal = configured_portal(configured.sync.connector)
        table = catalogue_table(sanitizer_for(configured).procedure_rows(portal.procedure_rows()))
    except SyncError as error:
        return fail(sentence(error.reason, **error.facts))
    except (OSError, ValueError) as error:
        return fail(str(error))
    if not table:
        return fail(translate(NOTHING_TOLD))
    args.confirmed = False
    return _take(args, configured, table.encode(), portal.name, is_whole=True)


def _take(args: argparse.Namespace, configured: Configuration, source: Path | bytes, named: str, is_whole: bool) -> int:
    from kiosk.dossiers.procedure_importer import ProcedureImporter
    from kiosk.dossiers.table_importer import UnreadableTable

    importer = ProcedureImporter(configured)
    try:
        table = importer.read(source, args.confirmed, _today(configured) if is_whole else None)
        if table.problems:
            return _print_problems(table)
        if not args.dry_run:
            importer.take(table)
    except UnreadableTable as error:
        return fail(f"{named}: {error}")
    if not args.dry_run:
        tell(args, "procedures import", named)
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


def _today(configured: Configuration) -> date:
    from kiosk.clock import SystemClock

    return datetime.fromtimestamp(SystemClock().now_ms() / 1000, ZoneInfo(configured.office.timezone)).date()


def _poster(args: argparse.Namespace) -> int:
    from kiosk.commands.signs import sign_of
    from kiosk.reports.writers.procedures_pdf import PosterEntry, procedures_poster
    from kiosk.web.pages.assets import fonts

    office = configuration(args)
    today = _today(office)
    signs = {service.code: sign_of(service, office) for service in office.service}
    address = f"{office.server.public_url}/procedures" if office.server.public_url else ""
    entries = [
        PosterEntry(
            signs[one.service],
            one.field,
            one.name,
            tuple(one.papers),
            one.time,
            one.fee,
            one.certainty == "confirmed",
        )
        for one in office.procedure
        if (one.valid_from or today) <= today <= (one.valid_until or today)
    ]
    try:
        args.to.write_bytes(procedures_poster(office.office.name, entries, fonts(), address))
    except OSError as error:
        return fail(reason_of(error))
    print(args.to)
    return 0
