"""`motcua signs`: what hangs over the counters and on the wall, to print."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration
from kiosk.commands.speech import fail, reason_of

if TYPE_CHECKING:
    from config.schema import Configuration, ServiceSection
    from kiosk.reports.writers.signs_pdf import CounterSign
    from kiosk.reports.writers.wall_paper import ServiceSign

PICTURE_DOTS = 600
NOT_WRITTEN = "{file}: {problem}; or name another place with --to FOLDER or --out FILE.pdf"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "signs",
        help="the counters' signs (A4) and the wall poster of services (A3) as PDF",
        epilog="example: motcua signs --config office.toml --to bang-hieu",
    )
    add_config(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to write them (else here)")
    where.add_argument("--out", type=Path, metavar="FILE.pdf", help="one file with all of them")
    parser.set_defaults(run=_signs)


def _signs(args: argparse.Namespace) -> int:
    from kiosk.reports.writers.signs_pdf import counter_signs, poster, signs_and_poster
    from kiosk.web.pages.assets import fonts

    office = configuration(args)
    counters, services = signs_of(office)
    name = office.office.name
    if args.out is not None:
        made = {args.out: signs_and_poster(name, counters, services, fonts())}
    else:
        made = {
            args.to / "bang-quay.pdf": counter_signs(name, counters, fonts()),
            args.to / "ap-phich-dich-vu.pdf": poster(name, services, fonts()),
        }
    for path, data in made.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            return fail(NOT_WRITTEN, file=path, problem=reason_of(OSError(error.errno, error.strerror)))
        print(path)
    return 0


def signs_of(office: Configuration) -> tuple[list[CounterSign], list[ServiceSign]]:
    """The signs in the order of the configuration."""
    from kiosk.reports.writers.signs_pdf import CounterSign

    signs = {one.code: sign_of(one, office) for one in office.service}
    counters = [CounterSign(one.code, one.name, tuple(signs[code] for code in one.services)) for one in office.counter]
    return counters, list(signs.values())


def sign_of(service: ServiceSection, office: Configuration) -> ServiceSign:
    from kiosk.reports.writers.wall_paper import ServiceSign
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
