"""`motcua day reopen`: a day that a wrong clock closed is worked on again."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import date
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, group
from kiosk.commands.speech import fail, reason_of, say

if TYPE_CHECKING:
    from kiosk.app import App

WRONG_USE = 2


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    days = group(commands, "day", "business dates")
    reopen = days.add_parser(
        "reopen",
        help="take back a day that a wrong clock closed; set the machine's clock right first",
        description="Whoever waited, was called or was served goes on where the close came. Two persons prove who they "
        "are: an administrator or the head of the office with the password, another person or a clerk with the PIN.",
        epilog='example: motcua day reopen 2024-04-15 --administrator admin --second "Đinh Thị Lan"',
    )
    add_config(reopen)
    reopen.add_argument("date", metavar="DATE", help="today, such as 2024-04-15")
    reopen.add_argument("--administrator", required=True, metavar="NAME", help="or the head of the office")
    reopen.add_argument("--second", required=True, metavar="NAME", help="another person, or a clerk")
    reopen.add_argument(
        "--secrets-stdin", action="store_true", help="read password and PIN from standard input, a line each"
    )
    reopen.set_defaults(run=_reopen)


def _reopen(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import open_app

    try:
        day = date.fromisoformat(args.date).isoformat()
    except ValueError:
        fail("“{date}” is not a date such as 2024-04-15", date=args.date)
        return WRONG_USE
    if args.administrator == args.second:
        return fail("name two different persons")
    app = open_app(configuration(args))
    try:
        return _reopen_day(app, day, args)
    finally:
        app.close()


def _reopen_day(app: App, day: str, args: argparse.Namespace) -> int:
    from kiosk.actions.persons import require_decider
    from kiosk.actions.reopening import reopen_day
    from kiosk.domain.errors import DomainError
    from kiosk.store.unit_of_work import Actor

    try:
        with app.store.reading() as reading:
            role = require_decider(reading, args.administrator).role
        accounts = [proven_account(app, name, args.secrets_stdin) for name in (args.administrator, args.second)]
        if accounts[0] == accounts[1]:
            return fail("name two different persons")
        machine = app.clock.machine
        with app.store.unit(Actor(role, accounts[0], accounts[0]), app.clock.now_ms()) as unit:
            people = (accounts[0], accounts[1])
            count = reopen_day(unit, day, people, machine.look(), machine.built_ms())
    except DomainError as error:
        return fail(reason_of(error))
    say("{day} is open again; {count} tickets go on where they were", day=day, count=count)
    return 0


def proven_account(app: App, name: str, from_stdin: bool) -> str:
    """Whoever types the secret of that name. Raises Unauthorized, TooMany."""
    from kiosk.actions.attempts import forgive
    from kiosk.actions.sign_in import begin_proof
    from kiosk.domain.errors import Unauthorized
    from kiosk.store.credentials import same_secret

    secret = sys.stdin.readline().rstrip("\n") if from_stdin else getpass.getpass(f"{name}: ")
    with app.store.writing() as tables:
        attempt = begin_proof(tables, name, app.clock.now_ms())
    if not same_secret(attempt.secret_hash, secret) or attempt.account is None:
        raise Unauthorized(f"this is not the password or the PIN of {name}; nothing was changed", name=name)
    with app.store.writing() as tables:
        forgive(tables, attempt)
    return attempt.account
