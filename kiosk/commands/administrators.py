"""`motcua admin`: the people who administer the office."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, fail, group
from kiosk.commands.traces import acting, trace

if TYPE_CHECKING:
    from kiosk.app import App


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    admin = group(commands, "admin", "administrators, their passwords and second factors")
    for name, text, run in (
        ("add", "one more administrator; the password is asked for or read from standard input", _add),
        ("set-password", "another password; every session of the administrator ends", _set_password),
        ("remove", "an administrator who left; every session ends", _remove),
        ("totp", "a second factor: prints what the telephone's program reads; --off takes it away", _totp),
    ):
        parser = admin.add_parser(name, help=text, epilog=f"example: motcua admin {name} chu-tich")
        add_config(parser)
        parser.add_argument("name")
        parser.set_defaults(run=run)
        if name == "totp":
            parser.add_argument("--off", action="store_true", help="the password alone is enough again")
    listing = admin.add_parser("list", help="list administrators", epilog="example: motcua admin list")
    add_config(listing)
    listing.set_defaults(run=_list)


def read_password(name: str) -> str:
    """From the terminal or standard input. Raises ValueError when it is refused."""
    from kiosk.domain.weak_secrets import password_weakness

    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if weakness := password_weakness(password, name):
        raise ValueError(weakness)
    return password


def _opened(args: argparse.Namespace) -> App:
    from kiosk.bootstrap import open_app

    return open_app(configuration(args))


def _add(args: argparse.Namespace) -> int:
    from kiosk.store.credentials import hash_secret

    try:
        password_hash = hash_secret(read_password(args.name))
    except ValueError as error:
        return fail(str(error))
    app = _opened(args)
    try:
        with acting(app) as unit:
            if args.name in unit.administrators.names():
                return fail(f'"{args.name}" exists already; use motcua admin set-password')
            unit.administrators.add(args.name, password_hash)
            trace(unit, "admin add", args.name)
    finally:
        app.close()
    return 0


def _set_password(args: argparse.Namespace) -> int:
    from kiosk.actions.credentials import end_administrator
    from kiosk.store.credentials import hash_secret

    try:
        password_hash = hash_secret(read_password(args.name))
    except ValueError as error:
        return fail(str(error))
    app = _opened(args)
    try:
        with acting(app) as unit:
            if not unit.administrators.set_password(args.name, password_hash):
                return _unknown(args.name)
            end_administrator(unit, args.name, app.clock.now_ms())
            trace(unit, "admin set-password", args.name)
    finally:
        app.close()
    return 0


def _remove(args: argparse.Namespace) -> int:
    from kiosk.actions.credentials import end_administrator

    app = _opened(args)
    try:
        with acting(app) as unit:
            names = unit.administrators.names()
            if args.name not in names:
                return _unknown(args.name)
            if len(names) == 1:
                return fail(f'"{args.name}" is the only administrator; add another one first: motcua admin add')
            unit.administrators.remove(args.name)
            end_administrator(unit, args.name, app.clock.now_ms())
            trace(unit, "admin remove", args.name)
    finally:
        app.close()
    return 0


def _totp(args: argparse.Namespace) -> int:
    from kiosk.actions.credentials import end_administrator
    from kiosk.domain.accounts import SecondFactor
    from kiosk.domain.totp import new_totp_secret, totp_address

    secret = new_totp_secret()
    app = _opened(args)
    try:
        with acting(app) as unit:
            factor = None if args.off else SecondFactor(secret, 0)
            if not unit.administrators.set_second_factor(args.name, factor):
                return _unknown(args.name)
            end_administrator(unit, args.name, app.clock.now_ms())
            trace(unit, "admin totp --off" if args.off else "admin totp", args.name)
        if not args.off:
            _show(totp_address(secret, app.office.name, args.name), secret)
    finally:
        app.close()
    return 0


def _show(address: str, secret: str) -> None:
    """As a picture for the telephone's camera where somebody looks, and as text."""
    if sys.stdout.isatty():
        import segno

        segno.make(address).terminal(compact=True)
    print(address)
    print(f"or type into the telephone's program: {secret}", file=sys.stderr)


def _list(args: argparse.Namespace) -> int:
    app = _opened(args)
    try:
        with app.store.reading() as reading:
            for name in reading.administrators.names():
                factor = reading.administrators.second_factor(name)
                print(f"{name}\t{'password' if factor is None else 'password and telephone'}")
    finally:
        app.close()
    return 0


def _unknown(name: str) -> int:
    return fail(f'there is no administrator "{name}"; see motcua admin list')
