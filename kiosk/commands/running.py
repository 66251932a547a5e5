"""`motcua serve`, `motcua demo`."""

from __future__ import annotations

import argparse
import sys

from kiosk.commands.common import add_config, configuration, fail


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser(
        "demo", help="a whole office on one machine with nothing attached", epilog="example: motcua demo --port 8080"
    )
    demo.add_argument("--port", type=int, default=8080)
    demo.add_argument("--headless", action="store_true", help="needs no screen: the TV is served as the page /board")
    demo.add_argument("--data", metavar="DIR", help="where the demonstration keeps its data between runs")
    demo.set_defaults(run=_demo)
    serve = commands.add_parser("serve", help="the kiosk service", epilog="example: motcua serve --config office.toml")
    add_config(serve)
    serve.set_defaults(run=_serve)


def _serve(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_house
    from kiosk.server import Service
    from kiosk.serving import InUse
    from kiosk.store.engine import DatabaseUnfit
    from kiosk.store.schema import is_current
    from kiosk.store.unit_of_work import NotInitialised

    try:
        house = build_house(configuration(args))
        if not is_current(house.store.writer):
            return fail("the database is not ready for this version; run motcua init with the same configuration")
        service = Service(house)
    except (NotInitialised, DatabaseUnfit) as error:
        return fail(str(error))
    try:
        port = service.start()
    except InUse as error:
        return fail(f"{error}; wait until it has ended and start again")
    except OSError as error:
        return fail(f"cannot listen on {house.configuration.server.bind}: {error.strerror}")
    print(f"motcua serve: {house.office.name}: http://127.0.0.1:{port}", file=sys.stderr, flush=True)
    service.run()
    return 0


def _demo(args: argparse.Namespace) -> int:
    from kiosk.demo import run_demo

    return run_demo(args.port, args.headless, args.data)
