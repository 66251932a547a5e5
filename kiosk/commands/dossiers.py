"""`motcua dossiers import` from a table of the one-stop software; `motcua dossiers catalogue` against the portal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, fail, group

if TYPE_CHECKING:
    from config.schema import Configuration
    from kiosk.dossier_desk import DossierDesk
    from sync.dossiers.tables import Found

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
    catalogue = dossiers.add_parser(
        "catalogue", help="compare the configured procedures with those of the national portal",
        epilog="example: motcua dossiers catalogue --config office.toml",
    )  # fmt: skip
    add_config(catalogue)
    catalogue.set_defaults(run=_catalogue)


def _import(args: argparse.Namespace) -> int:
    from kiosk.dossier_desk import DossierDesk, UnreadableTable

    configured = configuration(args)
    desk = DossierDesk(configured)
    try:
        found = desk.read(args.file)
    except UnreadableTable as error:
        return fail(f"{args.file}: {error}")
    if found.problems:
        return _tell_problems(found)
    return _take(configured, desk, found, args.dry_run)


def _tell_problems(found: Found) -> int:
    from sync.wording import number, say

    for problem in found.problems[:MOST_PROBLEMS]:
        print(problem, file=sys.stderr)
    count = number(len(found.problems))
    return fail(say("{count} errors in the table; nothing was changed. Mend them and import again.", count=count))


def _take(configured: Configuration, desk: DossierDesk, found: Found, dry_run: bool) -> int:
    from kiosk.actions.dossier_tables import NotTaken, take_table
    from kiosk.bootstrap import build_house
    from kiosk.commands.dossier_table import change_table
    from kiosk.domain.dossier_change import changes
    from kiosk.store.unit_of_work import Actor
    from sync.wording import say

    house = build_house(configured)
    try:
        if dry_run:
            with house.store.reading() as reading:
                planned = changes(found.dossiers, reading.records.dossiers())
            last = say("Nothing was changed: this was a trial (--dry-run).")
            print(change_table(planned, desk) + "\n".join([*desk.counted(planned), last]))
            return 0
        with house.store.unit(Actor("system", "dossiers-import"), house.clock.now_ms()) as unit:
            made = take_table(unit, found.dossiers, unit.records.dossiers())
    except NotTaken as error:
        return fail("\n".join(f"{code}: {reason}" for code, reason in error.refused[:MOST_PROBLEMS]))
    finally:
        house.close()
    print("\n".join(desk.counted(made)))
    return 0


def _catalogue(args: argparse.Namespace) -> int:
    import time

    from kiosk.commands.dossier_table import comparison_table
    from sync.connector import SyncError
    from sync.portal.catalogue import compared
    from sync.portal.mapping import load_mapping
    from sync.portal.national_portal import NationalPortal
    from sync.wording import say

    configured = configuration(args)
    section = next((one for one in configured.sync.connector if one.portal is not None), None)
    if section is None or section.portal is None:
        return fail(say("no connector to the national portal is configured"))
    try:
        portal = NationalPortal(section, load_mapping(section.portal.mapping), time.monotonic)
        ours = [(one.code, one.name, one.field) for one in configured.procedure]
        print(comparison_table(compared(ours, portal.procedures())))
    except SyncError as error:
        return fail(say(error.reason, **error.facts))
    except (OSError, ValueError) as error:
        return fail(str(error))
    return 0
