"""`motcua schedule run`: reports that are made by themselves; called by a timer of the system."""

from __future__ import annotations

import argparse
import sys

from kiosk.commands.common import add_config, configuration, group


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    schedule = group(commands, "schedule", "reports that are made by themselves ([[schedule.report]])")
    run = schedule.add_parser(
        "run",
        help="make and deliver each report whose period has ended; what fails is tried again by the next run",
        epilog="example: motcua schedule run --config office.toml",
    )
    add_config(run)
    run.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import open_app
    from kiosk.reports.wording import translate
    from kiosk.worker.schedule import run_schedule

    app = open_app(configuration(args))
    failed = 0
    try:
        for due, reason, warning in run_schedule(app):
            failed += bool(reason)
            print(f"{due.file_name}: {reason or translate('delivered')}", file=sys.stderr if reason else sys.stdout)
            if warning:
                print(f"{due.file_name}: {warning}", file=sys.stderr)
    finally:
        app.close()
    return 1 if failed else 0
