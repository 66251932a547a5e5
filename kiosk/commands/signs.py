"""`motcua signs`: what hangs over the counters and on the wall, to print."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, fail

if TYPE_CHECKING:
    from config.schema import Configuration, ServiceSection
    from kiosk.reports.writers.signs_pdf import CounterSign, ServiceSign

PICTURE_DOTS = 600


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "signs",
        help="the counters' signs (A4) and the wall poster of services (A3) as PDF",
        epilog="example: motcua signs --config office.toml --to bang-hieu",
    )
    add_config(parser)
    parser.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to write them (else here)")
    parser.set_defaults(run=_signs)


def _signs(args: argparse.Namespace) -> int:
    from kiosk.reports.writers.signs_pdf import counter_signs, poster
    from kiosk.web.pages.assets import fonts

    office = configuration(args)
    counters, services = signs_of(office)
    made = {
        "bang-quay.pdf": counter_signs(office.office.name, counters, fonts()),
        "ap-phich-dich-vu.pdf": poster(office.office.name, services, fonts()),
    }
    try:
        args.to.mkdir(parents=True, exist_ok=True)
        for name, data in made.items():
            (args.to / name).write_bytes(data)
            print(args.to / name)
    except OSError as error:
        return fail(f"{args.to}: {error.strerror}; name a folder that can be written with --to")
    return 0


def signs_of(office: Configuration) -> tuple[list[CounterSign], list[ServiceSign]]:
    """The signs in the order of the configuration."""
    from kiosk.reports.writers.signs_pdf import CounterSign

    signs = {one.code: _sign(one, office) for one in office.service}
    counters = [CounterSign(one.code, one.name, tuple(signs[code] for code in one.services)) for one in office.counter]
    return counters, list(signs.values())


def _sign(service: ServiceSection, office: Configuration) -> ServiceSign:
    from kiosk.reports.writers.signs_pdf import ServiceSign
    from ticket_printer.rendering.pictograms import pictogram

    return ServiceSign(
        letter=service.letter,
        name=service.name,
        hint=service.hint,
        shape=service.shape,
        colour=service.colour,
        ink=service.ink,
        picture=pictogram(service.pictogram, PICTURE_DOTS),
        counters=tuple(one.code for one in office.counter if service.code in one.services),
    )
