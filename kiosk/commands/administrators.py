"""`motcua admin`: persons who sign in with a password, and what each may do."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, group
from kiosk.commands.speech import fail, reason_of, warn, words
from kiosk.commands.traces import acting, trace
from kiosk.domain.persons import PERSON_ROLES

if TYPE_CHECKING:
    from kiosk.app import App
    from kiosk.store.unit_of_work import UnitOfWork


ROLES = (
    "admin: everything; head: reports, statistics, journal, alarms, clerks; technician: devices, printers, voices, "
    "sending; reader: reports and statistics with masked names"
)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    admin = group(commands, "admin", "persons who sign in with a password: roles, passwords, second factors")
    for name, text, run in (
        ("add", "one more person; the password is asked for or read from standard input", _add),
        ("role", "another role; every session of the person ends", _role),
        ("disable", "somebody who may not sign in for a while; every session ends", _disable),
        ("enable", "a disabled person may sign in again", _enable),
        ("set-password", "another password; every session of the person ends", _set_password),
        ("remove", "somebody who left; every session ends", _remove),
        ("totp", "a second factor: prints what the telephone's program reads; --off takes it away", _totp),
    ):
        more = " --role head" if name in {"add", "role"} else ""
        parser = admin.add_parser(name, help=text, epilog=f"example: motcua admin {name} chu-tich{more}")
        add_config(parser)
        parser.add_argument("name")
        parser.set_defaults(run=run)
        if more:
            usual = {"default": "admin"} if name == "add" else {"required": True}
            parser.add_argument("--role", choices=PERSON_ROLES, help=ROLES, **usual)
        if name == "totp":
            parser.add_argument("--off", action="store_true", help="the password alone is enough again")
    listing = admin.add_parser("list", help="list persons and their roles", epilog="example: motcua admin list")
    add_config(listing)
    listing.set_defaults(run=_list)


def read_password(name: str) -> str:
    """From the terminal or standard input. Raises ValueError when it is refused."""
    from kiosk.domain.weak_secrets import password_weakness

    password = getpass.getpass(words("Password: ")) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if weakness := password_weakness(password, name):
        raise ValueError(weakness)
    return password


def _opened(args: argparse.Namespace) -> App:
    from kiosk.bootstrap import open_app

    return open_app(configuration(args))


def _add(args: argparse.Namespace) -> int:
    from kiosk.actions.persons import add_person

    return _with_password(args, "admin add", lambda unit, hashed: add_person(unit, args.name, args.role, hashed))


def _set_password(args: argparse.Namespace) -> int:
    from kiosk.actions.persons import give_password

    return _with_password(args, "admin set-password", lambda unit, hashed: give_password(unit, args.name, hashed))


def _with_password(args: argparse.Namespace, act: str, change: Callable[[UnitOfWork, str], None]) -> int:
    from kiosk.store.credentials import hash_secret

    try:
        password_hash = hash_secret(read_password(args.name))
    except ValueError as error:
        return fail(reason_of(error))
    return _change(args, act, lambda unit: change(unit, password_hash))


def _role(args: argparse.Namespace) -> int:
    from kiosk.actions.persons import change_role, known_person

    def change(unit: UnitOfWork) -> None:
        change_role(unit, args.name, args.role, known_person(unit, args.name).disabled)

    return _change(args, f"admin role {args.role}", change)


def _disable(args: argparse.Namespace) -> int:
    return _set_disabled(args, True)


def _enable(args: argparse.Namespace) -> int:
    return _set_disabled(args, False)


def _set_disabled(args: argparse.Namespace, disabled: bool) -> int:
    from kiosk.actions.persons import change_role, known_person

    def change(unit: UnitOfWork) -> None:
        change_role(unit, args.name, known_person(unit, args.name).role, disabled)

    return _change(args, "admin disable" if disabled else "admin enable", change)


def _remove(args: argparse.Namespace) -> int:
    from kiosk.actions.persons import remove_person

    return _change(args, "admin remove", lambda unit: remove_person(unit, args.name))


def _change(args: argparse.Namespace, act: str, change: Callable[[UnitOfWork], None]) -> int:
    """`change` and its trace, in one transaction; a refusal is printed."""
    from kiosk.domain.errors import DomainError

    app = _opened(args)
    try:
        with acting(app) as unit:
            change(unit)
            trace(unit, act, args.name)
    except DomainError as error:
        return fail(reason_of(error))
    finally:
        app.close()
    return 0


def _totp(args: argparse.Namespace) -> int:
    from kiosk.actions.persons import drop_second_factor, give_second_factor
    from kiosk.domain.totp import new_totp_secret, totp_address

    if args.off:
        return _change(args, "admin totp --off", lambda unit: drop_second_factor(unit, args.name))
    secret = new_totp_secret()
    done = _change(args, "admin totp", lambda unit: give_second_factor(unit, args.name, secret))
    if done == 0:
        _show(totp_address(secret, configuration(args).office.name, args.name), secret)
    return done


def _show(address: str, secret: str) -> None:
    """As a picture for the telephone's camera where somebody looks, and as text."""
    if sys.stdout.isatty():
        import segno

        segno.make(address).terminal(compact=True)
    print(address)
    warn("or type into the telephone's program: {secret}", secret=secret)


def _list(args: argparse.Namespace) -> int:
    from kiosk.domain.name_order import name_key

    app = _opened(args)
    try:
        with app.store.reading() as reading:
            for one in sorted(reading.persons.all(), key=lambda person: name_key(person.name)):
                secret = "password and telephone" if one.has_second_factor else "password"
                print(f"{one.name}\t{one.role}\t{'disabled' if one.disabled else secret}")
    finally:
        app.close()
    return 0
