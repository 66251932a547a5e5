"""`motcua config`, `motcua init`."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, fail, group

if TYPE_CHECKING:
    from config.schema import Configuration
    from kiosk.bootstrap import House


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    config = group(commands, "config", "print the sample configuration, check a configuration")
    sample = config.add_parser("sample", help="print the sample", epilog="example: motcua config sample > office.toml")
    sample.set_defaults(run=_sample)
    check = config.add_parser(
        "check", help="report every problem at once", epilog="example: motcua config check --config office.toml"
    )
    add_config(check)
    check.set_defaults(run=_check)
    init = commands.add_parser(
        "init", help="create or upgrade the database", epilog="example: motcua init --config office.toml"
    )
    add_config(init)
    init.add_argument("--admin-name", help="name of the first administrator (asked for when there is none yet)")
    init.add_argument("--admin-password-stdin", action="store_true", help="read the password from standard input")
    init.set_defaults(run=_init)


def _sample(_args: argparse.Namespace) -> int:
    from config.loading import sample_text

    sys.stdout.write(sample_text())
    return 0


def _check(args: argparse.Namespace) -> int:
    found = configuration(args)
    wrong = list(_unusable(found))
    if wrong:
        return fail("\n".join(wrong))
    print(f"ok: {found.office.name}: {len(found.service)} services, {len(found.counter)} counters")
    return 0


def _unusable(found: Configuration) -> Iterator[str]:
    """What the file names and this machine does not have: profiles of printers, a portal's mapping of names."""
    from sync.portal.mapping import load_mapping
    from ticket_printer.errors import PrinterError
    from ticket_printer.profiles import profile

    for i, printer in enumerate(found.printer):
        try:
            profile(printer.profile)
        except PrinterError as error:
            yield f"printer[{i}].profile: {error}"
    for i, connector in enumerate(found.sync.connector):
        try:
            load_mapping(connector.portal.mapping if connector.portal else "")
        except (OSError, ValueError) as error:
            yield f"sync.connector[{i}].portal.mapping: {error}"


def _init(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_house
    from kiosk.founding import follower_tokens, found_database, has_administrator

    house = build_house(configuration(args))
    try:
        found_database(house)
        follower_tokens(house)
        if not has_administrator(house) and not _first_administrator(house, args):
            return fail("the database is ready, but it has no administrator; give --admin-name and a password")
    finally:
        house.close()
    print(f"ready: {house.store.writer.url.render_as_string(hide_password=True)}")
    return 0


def _first_administrator(house: House, args: argparse.Namespace) -> bool:
    from kiosk.founding import add_administrator

    name, password = args.admin_name, ""
    if args.admin_password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty():
        name = name or input("Administrator's name: ").strip()
        password = getpass.getpass("Password: ")
    if not name or not password:
        return False
    add_administrator(house, name, password)
    return True
