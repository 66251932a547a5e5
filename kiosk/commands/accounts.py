"""`motcua token`, `motcua clerk`: devices and people."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import get_args

from config.schema import Role
from kiosk.commands.common import add_config, configuration, group
from kiosk.commands.speech import fail, reason_of, say, warn, words
from kiosk.commands.traces import acting, trace

NO_DEVICE = "there is no device “{name}” with a valid token; see motcua token list"
NOT_WAITING = "no device waits with the code “{code}”; look at its screen, and ask for a new one after ten minutes"
NO_PLACE = "{problem}; give it by --name"
CLERK_EXISTS = "“{name}” exists already; use motcua clerk set-pin"
NO_CLERK = "there is no clerk “{name}”; see motcua clerk list"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    token = group(commands, "token", "tokens of devices")
    create = token.add_parser(
        "create", help="print a new token, once", epilog="example: motcua token create --role kiosk --name hall"
    )
    add_config(create)
    create.add_argument("--role", required=True, choices=get_args(Role))
    create.add_argument("--name", required=True)
    create.add_argument("--counter", help="the counter a tablet or counter PC belongs to")
    create.set_defaults(run=_create)
    listing = token.add_parser("list", help="list devices", epilog="example: motcua token list")
    add_config(listing)
    listing.set_defaults(run=_list)
    revoke = token.add_parser("revoke", help="end a device's token", epilog="example: motcua token revoke hall")
    add_config(revoke)
    revoke.add_argument("name")
    revoke.set_defaults(run=_revoke)
    approve = token.add_parser("approve", help="approve a pairing", epilog="example: motcua token approve BCDFGHJK")
    add_config(approve)
    approve.add_argument("code")
    approve.add_argument("--name", help="the place that it takes, such as kiosk-2; what was paired there ends")
    approve.set_defaults(run=_approve)
    _add_clerk_commands(commands)


def _add_clerk_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    clerk = group(commands, "clerk", "clerks and their PINs")
    for name, text, run in (
        ("add", "add a clerk; the PIN is asked for or read from standard input", _clerk_add),
        ("set-pin", "give a clerk a new PIN; whoever is signed in has to sign in again", _clerk_pin),
        ("disable", "a clerk who left; whoever is signed in is signed out", _clerk_disable),
        ("enable", "a clerk who came back, with a new PIN", _clerk_enable),
    ):
        parser = clerk.add_parser(name, help=text, epilog=f'example: motcua clerk {name} "Đinh Thị Lan"')
        add_config(parser)
        parser.add_argument("name")
        parser.set_defaults(run=run)
    listing = clerk.add_parser("list", help="list clerks", epilog="example: motcua clerk list")
    add_config(listing)
    listing.set_defaults(run=_clerk_list)


def _create(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import open_app
    from kiosk.domain.errors import UnknownCounter
    from kiosk.maintenance.initialise import create_token

    app = open_app(configuration(args))
    try:
        token = create_token(app, args.role, args.name, args.counter)
        with acting(app) as unit:
            trace(unit, "token create", f"{args.name} ({args.role})")
        print(token)
    except UnknownCounter as error:
        return fail(reason_of(error))
    finally:
        app.close()
    return 0


def _list(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import open_app

    app = open_app(configuration(args))
    with app.store.reading() as reading:
        for device in reading.devices.all():
            state = "revoked" if device.revoked_at else device.state
            print(f"{device.name}\t{device.role}\t{device.counter or '-'}\t{state}")
    app.close()
    return 0


def _revoke(args: argparse.Namespace) -> int:
    from kiosk.actions.credentials import end_device
    from kiosk.bootstrap import open_app

    app = open_app(configuration(args))
    with acting(app) as unit:
        done = end_device(unit, args.name, app.clock.now_ms())
        if done:
            trace(unit, "token revoke", args.name)
    app.close()
    return 0 if done else fail(NO_DEVICE, name=args.name)


def _approve(args: argparse.Namespace) -> int:
    from kiosk.actions.pairing import approve_pairing
    from kiosk.bootstrap import open_app
    from kiosk.domain.errors import BadRequest, UnknownPairing

    app = open_app(configuration(args))
    try:
        with acting(app) as unit:
            asked = unit.pairings.get(args.code.upper())
            approve_pairing(unit, app.office, args.code, args.name, app.clock.now_ms())
            trace(unit, "token approve", args.name or (asked.name if asked else ""))
    except UnknownPairing:
        return fail(NOT_WAITING, code=args.code)
    except BadRequest as error:
        return fail(NO_PLACE, problem=reason_of(error))
    finally:
        app.close()
    if asked is not None:
        place = asked.address or words("this machine")
        say(
            "{role} {name} at {place} may collect its token", role=asked.role, name=args.name or asked.name, place=place
        )
    return 0


def _read_pin() -> str:
    """From the terminal or standard input. Raises ValueError when it is refused."""
    from kiosk.domain.weak_secrets import pin_weakness

    pin = getpass.getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if weakness := pin_weakness(pin):
        raise ValueError(weakness)
    return pin


def _clerk_add(args: argparse.Namespace) -> int:
    from kiosk.app import new_id
    from kiosk.bootstrap import open_app
    from kiosk.store.credentials import hash_secret

    try:
        pin = _read_pin()
    except ValueError as error:
        return fail(reason_of(error))
    app = open_app(configuration(args))
    with acting(app) as unit:
        clerks = any(clerk.name == args.name for clerk in unit.clerks.all())
        if not clerks:
            clerk_id = new_id()
            unit.clerks.add(clerk_id, args.name, hash_secret(pin))
            trace(unit, "clerk add", clerk_id)
    app.close()
    return fail(CLERK_EXISTS, name=args.name) if clerks else 0


def _clerk_pin(args: argparse.Namespace) -> int:
    return _give_pin(args, None)


def _clerk_enable(args: argparse.Namespace) -> int:
    return _give_pin(args, False)


def _give_pin(args: argparse.Namespace, disabled: bool | None) -> int:
    from kiosk.store.credentials import hash_secret

    try:
        pin_hash = hash_secret(_read_pin())
    except ValueError as error:
        return fail(reason_of(error))
    return _change_clerk(args, pin_hash, disabled)


def _clerk_disable(args: argparse.Namespace) -> int:
    return _change_clerk(args, "", True)


def _change_clerk(args: argparse.Namespace, pin_hash: str, disabled: bool | None) -> int:
    """`disabled` None: as the clerk was."""
    from kiosk.actions.credentials import set_pin
    from kiosk.bootstrap import open_app

    app = open_app(configuration(args))
    try:
        with acting(app) as unit:
            clerks = [clerk for clerk in unit.clerks.all() if args.name in {clerk.id, clerk.name}]
            for clerk in clerks:
                set_pin(unit, clerk, pin_hash, clerk.disabled if disabled is None else disabled)
                trace(unit, {None: "clerk set-pin", True: "clerk disable", False: "clerk enable"}[disabled], clerk.id)
    finally:
        app.close()
    if not clerks:
        return fail(NO_CLERK, name=args.name)
    if disabled is None and any(clerk.disabled for clerk in clerks):
        warn("“{name}” stays disabled; use motcua clerk enable", name=args.name)
    return 0


def _clerk_list(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import open_app
    from kiosk.domain.name_order import name_key

    app = open_app(configuration(args))
    with app.store.reading() as reading:
        for clerk in sorted(reading.clerks.all(), key=lambda clerk: name_key(clerk.name)):
            print(f"{clerk.id}\t{clerk.name}\t{'disabled' if clerk.disabled else 'active'}")
    app.close()
    return 0
