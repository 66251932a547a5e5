"""`motcua sample`: an empty database is filled with data whose figures are known."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, group
from kiosk.commands.speech import fail, reason_of, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.app import App
    from kiosk.store.store import Store


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    samples = group(commands, "sample", "fill an empty database with data of known answers")
    ba_vi = samples.add_parser(
        "ba-vi-2024",
        help="the 681 dossiers of the report of xã Ba Vì, April 2024",
        epilog="example: motcua sample ba-vi-2024 --config office.toml",
    )
    add_config(ba_vi)
    ba_vi.set_defaults(run=_ba_vi)
    merged = samples.add_parser(
        "merged-2026",
        help="1,517 dossiers of a commune merged in 2025, first quarter of 2026",
        epilog="example: motcua sample merged-2026 --config office.toml",
    )
    add_config(merged)
    merged.set_defaults(run=_merged)
    random = samples.add_parser(
        "random",
        help="plausible days of tickets, calls, ratings and dossiers",
        epilog="example: motcua sample random --config office.toml --days 250 --dossiers 2000 --answers known.json",
    )
    add_config(random)
    random.add_argument("--days", type=_positive, help="open days before today (30, or as many as the events need)")
    random.add_argument("--events", type=_positive, help="stop after the day on which so many events are reached")
    random.add_argument("--dossiers", type=_positive, default=0, help="so many dossiers, received on these days (none)")
    random.add_argument("--answers", type=Path, metavar="FILE", help="write what reports must say of them, as JSON")
    random.add_argument("--seed", type=int, default=1, help="the same seed plays the same days")
    random.set_defaults(run=_random)


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f'"{text}" is not a whole number from 1')
    return int(text)


def _app(args: argparse.Namespace) -> App:
    from kiosk.bootstrap import open_app

    return open_app(configuration(args))


def _ba_vi(args: argparse.Namespace) -> int:
    from kiosk.samples.filling import fill_ba_vi_2024

    return _dossiers(args, fill_ba_vi_2024)


def _merged(args: argparse.Namespace) -> int:
    from kiosk.samples.filling import fill_merged_2026

    return _dossiers(args, fill_merged_2026)


def _dossiers(args: argparse.Namespace, fill: Callable[[Store, Sequence[tuple[str, str]], int], int]) -> int:
    from kiosk.samples import DatabaseInUse

    app = _app(args)
    try:
        pairs = [(procedure.code, procedure.field) for procedure in app.configuration.procedure]
        count = fill(app.store, pairs, app.clock.now_ms())
    except (DatabaseInUse, ValueError) as error:
        return fail(reason_of(error))
    finally:
        app.close()
    say("{count} dossiers", count=count)
    return 0


def _random(args: argparse.Namespace) -> int:
    from kiosk.samples import DatabaseInUse
    from kiosk.samples.known_answers import fill_known
    from kiosk.samples.random_days import RandomDays

    app = _app(args)
    try:
        pairs = [(procedure.code, procedure.field) for procedure in app.configuration.procedure]
        size = RandomDays.of(args.days, args.events, args.seed)
        known = fill_known(app.store, size, args.dossiers, pairs, app.clock.now_ms())
    except (DatabaseInUse, ValueError) as error:
        return fail(reason_of(error))
    finally:
        app.close()
    if args.answers is not None:
        args.answers.write_text(known.as_json(), encoding="utf-8")
    made = "{events} events, {dossiers} dossiers" if args.dossiers else "{events} events"
    say(made, events=known.events, dossiers=args.dossiers)
    return 0
