"""`motcua sync`, `motcua webhook`, `motcua simulate onestop`."""

from __future__ import annotations

import argparse
import sys

from contract.followers import webhook_name
from kiosk.commands import bundles
from kiosk.commands.common import add_config, configuration, group
from kiosk.commands.speech import cannot_listen, fail
from kiosk.commands.traces import acting, trace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    sync = commands.add_parser(
        "sync",
        help="follow the journal and talk to the one-stop system",
        epilog="example: motcua sync --config office.toml --once",
    )
    add_config(sync)
    sync.add_argument("--once", action="store_true", help="drain and exit; 1 when anything is left")
    sync.set_defaults(run=_sync, subcommands=sync.add_subparsers(metavar="COMMAND", required=False))
    hooks = group(commands, "webhook", "signed webhooks, each a follower of its own")
    for name, run, text in (
        ("add", _add, "deliver every event to this address; prints the secret once"),
        ("remove", _remove, "deliver no more to this address"),
    ):
        parser = hooks.add_parser(name, help=text, epilog=f"example: motcua webhook {name} https://example.org/hook")
        parser.add_argument("url", metavar="URL")
        add_config(parser)
        parser.set_defaults(run=run)
    listing = hooks.add_parser("list", help="the addresses", epilog="example: motcua webhook list")
    add_config(listing)
    listing.set_defaults(run=_list)
    _add_simulator(group(commands, "simulate", "virtual devices"))


def _add_simulator(simulators: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = simulators.add_parser(
        "onestop",
        help="a simulated one-stop system, with faults by HTTP",
        epilog="example: motcua simulate onestop --listen 127.0.0.1:9200 --data ./onestop",
    )
    parser.add_argument("--listen", default="127.0.0.1:9200", metavar="ADDRESS:PORT")
    parser.add_argument("--data", metavar="DIR", help="where it keeps what arrived (else in memory)")
    parser.add_argument("--tls", default="", metavar="ADDRESS:PORT", help="HTTPS too; its authority: /control/ca.pem")
    parser.add_argument("--token", default="", help="demand this bearer token")
    parser.add_argument("--hmac-secret", default="", help="demand X-Signature made with this secret")
    bundles.add_receiver_options(parser)
    parser.set_defaults(run=_onestop)


def _sync(args: argparse.Namespace) -> int:
    from sync.program import run

    return run(configuration(args), args.once)


def _add(args: argparse.Namespace) -> int:
    from pydantic import TypeAdapter, ValidationError

    from config.base import UpstreamUrl
    from config.sentences import sentence_of
    from kiosk.bootstrap import open_app
    from kiosk.domain.tokens import new_token

    try:
        url = TypeAdapter[str](UpstreamUrl).validate_python(args.url)
    except ValidationError as error:
        return fail(f"URL: {sentence_of(dict(error.errors()[0]))}")
    secret = new_token()
    app = open_app(configuration(args))
    with acting(app) as unit:
        webhooks = any(hook.url == url for hook in unit.webhooks.all())
        if not webhooks:
            unit.webhooks.add(url, secret, app.clock.now_ms())
            trace(unit, "webhook add", webhook_name(url))
    app.close()
    if webhooks:
        return fail("{url} is a webhook already; remove it first to get a new secret", url=url)
    print(secret)
    return 0


def _remove(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import open_app

    app = open_app(configuration(args))
    with acting(app) as unit:
        done = unit.webhooks.remove(args.url)
        unit.followers.remove(webhook_name(args.url))
        if done:
            trace(unit, "webhook remove", webhook_name(args.url))
    app.close()
    return 0 if done else fail("{url} is not a webhook; see motcua webhook list", url=args.url)


def _list(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import open_app

    app = open_app(configuration(args))
    with app.store.reading() as reading:
        for url, _ in reading.webhooks.all():
            print(url)
    app.close()
    return 0


def _onestop(args: argparse.Namespace) -> int:
    import signal
    import threading
    from pathlib import Path

    if bundles.wants_bundles(args):
        return bundles.receive(args)
    from sync.simulator.onestop import OneStop, serve

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    places = [f"http://{args.listen}/", *([f"https://{args.tls}/"] if args.tls else [])]
    print("motcua simulate onestop:", *places, file=sys.stderr, flush=True)
    simulator = OneStop(Path(args.data) if args.data else None, args.token, args.hmac_secret)
    try:
        return serve(simulator, args.listen, args.tls, stopped)
    except OSError as error:
        return cannot_listen(", ".join(filter(None, (args.listen, args.tls))), error)
