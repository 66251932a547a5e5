"""`motcua token`, `motcua clerk`: devices and people."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import get_args

from config.schema import Role
from kiosk.commands.common import add_config, configuration, fail, group

PIN_DIGITS = range(4, 13)


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
    approve.set_defaults(run=_approve)
    _add_clerk_commands(commands)


def _add_clerk_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    clerk = group(commands, "clerk", "clerks and their PINs")
    for name, text, run in (
        ("add", "add a clerk; the PIN is asked for or read from standard input", _clerk_add),
        ("set-pin", "give a clerk a new PIN", _clerk_pin),
        ("disable", "a clerk who left", _clerk_disable),
    ):
        parser = clerk.add_parser(name, help=text, epilog=f'example: motcua clerk {name} "Đinh Thị Lan"')
        add_config(parser)
        parser.add_argument("name")
        parser.set_defaults(run=run)
    listing = clerk.add_parser("list", help="list clerks", epilog="example: motcua clerk list")
    add_config(listing)
    listing.set_defaults(run=_clerk_list)


def _create(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_house
    from kiosk.domain.errors import UnknownCounter
    from kiosk.founding import create_token

    house = build_house(configuration(args))
    try:
        print(create_token(house, args.role, args.name, args.counter))
    except UnknownCounter as error:
        return fail(str(error))
    finally:
        house.close()
    return 0


def _list(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_house
    from kiosk.store.devices import Access

    house = build_house(configuration(args))
    with house.store.reading() as reading:
        for device in Access(reading.transaction, reading.office).devices():
            state = "revoked" if device.revoked_at else device.state
            print(f"{device.name}\t{device.role}\t{device.counter or '-'}\t{state}")
    house.close()
    return 0


def _revoke(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_house
    from kiosk.store.devices import Access

    house = build_house(configuration(args))
    with house.store.raw_transaction() as transaction:
        done = Access(transaction, house.office.code).revoke(args.name, house.clock.now_ms())
    house.close()
    return 0 if done else fail(f'there is no device "{args.name}" with a valid token; see motcua token list')


def _approve(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_house
    from kiosk.store.devices import Access

    house = build_house(configuration(args))
    with house.store.raw_transaction() as transaction:
        done = Access(transaction, house.office.code).approve_pairing(args.code.upper(), house.clock.now_ms())
    house.close()
    return 0 if done else fail(f'no device waits with the code "{args.code}"')


def _read_pin() -> str | None:
    """From the terminal or standard input; None when it is not 4 to 12 digits."""
    pin = getpass.getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    return pin if pin.isdigit() and len(pin) in PIN_DIGITS else None


def _clerk_add(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_house, new_id
    from kiosk.store.credentials import hash_secret
    from kiosk.store.devices import Access

    pin = _read_pin()
    if pin is None:
        return fail("a PIN has 4 to 12 digits")
    house = build_house(configuration(args))
    with house.store.raw_transaction() as transaction:
        access = Access(transaction, house.office.code)
        known = any(clerk[1] == args.name for clerk in access.clerks())
        if not known:
            access.add_clerk(new_id(), args.name, hash_secret(pin))
    house.close()
    return fail(f'"{args.name}" exists already; use motcua clerk set-pin') if known else 0


def _clerk_pin(args: argparse.Namespace) -> int:
    from kiosk.store.credentials import hash_secret

    pin = _read_pin()
    return fail("a PIN has 4 to 12 digits") if pin is None else _change_clerk(args, hash_secret(pin), False)


def _clerk_disable(args: argparse.Namespace) -> int:
    return _change_clerk(args, "", True)


def _change_clerk(args: argparse.Namespace, pin_hash: str, disabled: bool) -> int:
    from kiosk.bootstrap import build_house
    from kiosk.store.devices import Access

    house = build_house(configuration(args))
    with house.store.raw_transaction() as transaction:
        access = Access(transaction, house.office.code)
        found = [clerk[0] for clerk in access.clerks() if args.name in clerk[:2]]
        done = any(access.set_clerk(clerk, pin_hash, disabled) for clerk in found)
    house.close()
    return 0 if done else fail(f'there is no clerk "{args.name}"; see motcua clerk list')


def _clerk_list(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_house
    from kiosk.store.devices import Access

    house = build_house(configuration(args))
    with house.store.reading() as reading:
        for clerk in Access(reading.transaction, reading.office).clerks():
            print(f"{clerk[0]}\t{clerk[1]}\t{'disabled' if clerk[3] else 'active'}")
    house.close()
    return 0
