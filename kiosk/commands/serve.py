"""`motcua serve`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration
from kiosk.commands.requirements import told_left_behind, unusable, warn_of_exposures
from kiosk.commands.speech import cannot_listen, fail

if TYPE_CHECKING:
    from config.schema import Configuration
    from kiosk.clock import MachineClock


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("serve", help="the kiosk service", epilog="example: motcua serve --config office.toml")
    add_config(parser)
    parser.set_defaults(run=_serve)


def _serve(args: argparse.Namespace) -> int:
    return serve(configuration(args), args.config)


def serve(settings: Configuration, config: str | None, machine: MachineClock | None = None) -> int:
    """Until SIGTERM or SIGINT. `config`: the file as it was named; `machine`: another clock than this machine's."""
    from kiosk.bootstrap import open_app
    from kiosk.maintenance.start_check import begin_apart, check_at_start, publish

    if missing := list(unusable(settings)):
        return fail("\n".join(missing))
    warn_of_exposures(settings)
    outcome = begin_apart(lambda: open_app(settings, machine))
    # While the database is looked through, what serves it is loaded.
    from kiosk.domain.storage_checks import CheckOutcome
    from kiosk.domain.successors import PeopleLeftBehind
    from kiosk.maintenance.check_outcomes import STARTED, note_outcome
    from kiosk.maintenance.service_lock import InUse
    from kiosk.maintenance.whole_check import WholeCheck
    from kiosk.server import Server
    from kiosk.web.listeners import NotListening

    checked = outcome()
    app = open_app(settings, machine)
    is_whole = check_at_start(app) if checked is None else publish(app, checked)
    if not is_whole:
        app.store.health.is_checking = True
        note_outcome(STARTED, CheckOutcome(app.clock.now_ms(), True, ""))
    try:
        server = Server(app)
        port = server.start()
    except PeopleLeftBehind as error:
        return fail("\n".join(told_left_behind(error.problems)))
    except InUse as error:
        return fail("{problem}; wait until it has ended and start again", problem=error)
    except NotListening as error:
        return cannot_listen(error.bind, error.error)
    print(f"motcua serve: {app.office.name}: {_addresses(settings, port)}", file=sys.stderr, flush=True)
    check = WholeCheck(config, server.whole_check_ended)
    if not is_whole:
        check.start()
    server.run()
    check.stop()
    return 0


def _addresses(settings: Configuration, port: int) -> str:
    """Where it listens; `port` of `bind`."""
    from config.base import staff_scheme

    server, addresses = settings.server, [f"http://127.0.0.1:{port}"]
    if server.tls_bind:
        addresses.append(f"https://{server.tls_bind}")
    if server.staff_bind:
        addresses.append(f"staff: {staff_scheme(server.staff_bind)}://{server.staff_bind}")
    return " and ".join(addresses)
