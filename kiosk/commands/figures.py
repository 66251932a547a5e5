"""`motcua report`, `motcua verify`, `motcua sample`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, fail, group

if TYPE_CHECKING:
    from kiosk.bootstrap import House


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _add_report(commands)
    verify = commands.add_parser(
        "verify", help="recount every figure from the journal, check numbers and the hash chain",
        epilog="example: motcua verify --config office.toml",
    )  # fmt: skip
    add_config(verify)
    verify.set_defaults(run=_verify)
    _add_samples(commands)


def _add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    report = commands.add_parser(
        "report", help="make a report; `motcua report list` names them",
        epilog="example: motcua report daily --from 2024-04-01 --to 2024-04-14 --format html --out april.html",
    )  # fmt: skip
    add_config(report)
    report.add_argument("name", help='name of the report, or "list"')
    report.add_argument("--from", dest="first", metavar="DATE", help="first business date, for example 2024-04-01")
    report.add_argument("--to", dest="last", metavar="DATE", help="last business date, included")
    report.add_argument("--format", dest="kind", default="json", metavar="FORMAT", help="json (default), csv, html")
    report.add_argument("--out", metavar="FILE", help="write to a file instead of standard output")
    report.set_defaults(run=_report)


def _add_samples(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    samples = group(commands, "sample", "fill an empty database with data of known answers")
    ba_vi = samples.add_parser(
        "ba-vi-2024", help="the 681 dossiers of the report of xã Ba Vì, April 2024",
        epilog="example: motcua sample ba-vi-2024 --config office.toml",
    )  # fmt: skip
    add_config(ba_vi)
    ba_vi.set_defaults(run=_ba_vi)
    random = samples.add_parser(
        "random", help="plausible days of tickets, calls and ratings",
        epilog="example: motcua sample random --config office.toml --days 30 --seed 1",
    )  # fmt: skip
    add_config(random)
    random.add_argument("--days", type=_positive, help="open days before today (30, or as many as the events need)")
    random.add_argument("--events", type=_positive, help="stop after the day on which so many events are reached")
    random.add_argument("--seed", type=int, default=1, help="the same seed plays the same days")
    random.set_defaults(run=_random)


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f'"{text}" is not a whole number from 1')
    return int(text)


def _house(args: argparse.Namespace) -> House:
    from kiosk.bootstrap import build_house

    return build_house(configuration(args))


def _report(args: argparse.Namespace) -> int:
    from kiosk.reports import catalogue

    if args.name == "list":
        print("\n".join(f"{name}: {text} ({', '.join(catalogue.TYPES)})" for name, text in catalogue.REPORTS.items()))
        return 0
    try:
        catalogue.check_wish(args.name, args.kind)
        if args.first is None or args.last is None:
            raise ValueError("name the days with --from DATE --to DATE")
        catalogue.check_range(args.first, args.last)
    except (catalogue.NoSuchReport, ValueError) as error:
        fail(str(error))
        return 2
    return _make_report(args)


def _make_report(args: argparse.Namespace) -> int:
    from kiosk.reports import catalogue

    house = _house(args)
    try:
        with house.store.reading() as reading:
            figures = catalogue.daily_figures(reading.transaction, house.office, args.first, args.last)
    finally:
        house.close()
    names = {level.code: level.name for level in house.configuration.survey.levels}
    data = catalogue.rendered(figures, args.kind, names).encode()
    if args.out is None:
        sys.stdout.buffer.write(data)
        return 0
    try:
        Path(args.out).write_bytes(data)
    except OSError as error:
        return fail(f"cannot write {args.out}: {error.strerror}")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from kiosk.recount.recount import verify

    house = _house(args)
    try:
        found = verify(house.store)
    finally:
        house.close()
    print("\n".join(found.listed), end="\n" if found.listed else "")
    if found.differences > len(found.listed):
        print(f"… and {found.differences - len(found.listed)} more")
    print(
        f"{found.differences} differences; checked {found.events} events in {found.epochs} epochs, "
        f"{found.tickets} tickets and {found.figures} figures of {found.days} days, {found.ratings} ratings, "
        f"{found.dossiers} dossiers"
    )
    return 1 if found.differences else 0


def _ba_vi(args: argparse.Namespace) -> int:
    from kiosk.samples import DatabaseInUse
    from kiosk.samples.filling import fill_ba_vi_2024

    house = _house(args)
    try:
        pairs = [(procedure.code, procedure.field) for procedure in house.configuration.procedure]
        count = fill_ba_vi_2024(house.store, pairs, house.clock.now_ms())
    except (DatabaseInUse, ValueError) as error:
        return fail(str(error))
    finally:
        house.close()
    print(f"{count} dossiers")
    return 0


def _random(args: argparse.Namespace) -> int:
    from kiosk.samples import DatabaseInUse
    from kiosk.samples.random_days import Wanted, fill_random

    house = _house(args)
    try:
        count = fill_random(house.store, Wanted.of(args.days, args.events, args.seed), house.clock.now_ms())
    except DatabaseInUse as error:
        return fail(str(error))
    finally:
        house.close()
    print(f"{count} events")
    return 0
