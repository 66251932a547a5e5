"""`motcua journal correct`: two persons say that an event is wrong; it stays, and what they say stands beside it."""

from __future__ import annotations

import argparse

from contract.reasons import REASONS
from kiosk.commands.common import add_config, configuration, group
from kiosk.commands.speech import fail, reason_of, say
from kiosk.commands.traces import office_time


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    journal = group(commands, "journal", "the events of the office")
    correct = journal.add_parser(
        "correct",
        help="say of an event that it is wrong; nothing is deleted and no figure changes",
        description="The line number stands on /admin/journal. Two persons prove who they are: an administrator "
        "or the head of the office with the password, and another of them or a clerk with the PIN.",
        epilog='example: motcua journal correct 1207 --reason mistake --administrator admin --second "Đinh Thị Lan"',
    )
    add_config(correct)
    correct.add_argument("seq", type=int, metavar="LINE")
    correct.add_argument("--reason", required=True, choices=REASONS)
    correct.add_argument("--administrator", required=True, metavar="NAME", help="or the head of the office")
    correct.add_argument("--second", required=True, metavar="NAME", help="another person, or a clerk")
    correct.add_argument(
        "--secrets-stdin", action="store_true", help="read password and PIN from standard input, a line each"
    )
    correct.set_defaults(run=_correct)


def _correct(args: argparse.Namespace) -> int:
    from kiosk.actions.corrections import correct_event
    from kiosk.actions.persons import require_decider
    from kiosk.bootstrap import open_app
    from kiosk.commands.day import proven_account
    from kiosk.domain.errors import DomainError
    from kiosk.store.unit_of_work import Actor

    app = open_app(configuration(args))
    try:
        with app.store.reading() as reading:
            role = require_decider(reading, args.administrator).role
        first, second = (proven_account(app, name, args.secrets_stdin) for name in (args.administrator, args.second))
        with app.store.unit(Actor(role, first, first), office_time(app)) as unit:
            kind = correct_event(unit, args.seq, args.reason, (first, second))
    except DomainError as error:
        return fail(reason_of(error))
    finally:
        app.close()
    say("event {seq} ({kind}) is noted as wrong", seq=args.seq, kind=kind)
    return 0
