"""`motcua dossiers import`: the progress of dossiers from a table that the one-stop software exported."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, fail, group

if TYPE_CHECKING:
    from config.schema import Configuration
    from sync.dossier_import import Found

MOST_PROBLEMS = 100


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    dossiers = group(commands, "dossiers", "progress of dossiers from the one-stop software")
    parser = dossiers.add_parser(
        "import", help="take a CSV or XLSX table, whole or not at all",
        epilog="example: motcua dossiers import ho-so-thang-4.xlsx --dry-run",
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE.csv|.xlsx", type=Path)
    add_config(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")
    parser.set_defaults(run=_import)


def _import(args: argparse.Namespace) -> int:
    from sync.dossier_edge import edge_for
    from sync.dossier_import import read_dossiers
    from sync.dossier_sheets import BadFile
    from sync.wording import say

    configured = configuration(args)
    try:
        found = read_dossiers(args.file, edge_for(configured))
    except BadFile as error:
        return fail(f"{args.file}: {say(error.reason, **error.facts)}")
    if found.problems:
        return _tell_problems(found)
    return _take(configured, found, args.dry_run)


def _tell_problems(found: Found) -> int:
    from sync.wording import number, say

    for problem in found.problems[:MOST_PROBLEMS]:
        print(problem, file=sys.stderr)
    count = number(len(found.problems))
    return fail(say("{count} errors in the table; nothing was changed. Mend them and import again.", count=count))


def _take(configured: Configuration, found: Found, dry_run: bool) -> int:
    from kiosk.bootstrap import build_house
    from kiosk.commands.dossier_table import summary, table
    from kiosk.dossier_taking import NotTaken, preview, take
    from kiosk.store.unit_of_work import Actor

    house = build_house(configured)
    try:
        if dry_run:
            planned = preview(house.store, found.dossiers)
            print(table(planned, house.office.hours.timezone) + summary(planned, dry_run=True))
            return 0
        made = take(house.store, found.dossiers, Actor("system", "dossiers-import"), house.clock.now_ms())
    except NotTaken as error:
        return fail("\n".join(f"{code}: {reason}" for code, reason in error.refused[:MOST_PROBLEMS]))
    finally:
        house.close()
    print(summary(made, dry_run=False))
    return 0
