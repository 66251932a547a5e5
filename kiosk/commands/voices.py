"""`motcua voice build|check|export|import`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from config import places
from display_board.voices import archive
from display_board.voices.packs import PackError, PackFolder
from display_board.voices.phrases import SYNTHETIC
from display_board.voices.synthesis import Synthesiser, build
from kiosk.commands.common import add_config, configuration, fail, group
from kiosk.commands.traces import tell


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    voices = group(commands, "voice", "the voices that call numbers")
    parser = voices.add_parser(
        "build", help="make the synthetic packs; recorded phrases stay", epilog="example: motcua voice build"
    )
    add_config(parser)
    parser.add_argument("--language", action="append", choices=SYNTHETIC, help="only this one (may stand twice)")
    parser.set_defaults(run=_build)
    parser = voices.add_parser(
        "check", help="what is missing, damaged or out of date", epilog="example: motcua voice check"
    )
    add_config(parser)
    parser.set_defaults(run=_check)
    parser = voices.add_parser(
        "export",
        help="a pack as one file, for another commune",
        epilog="example: motcua voice export hre --to giong-hre.zip",
    )
    add_config(parser)
    parser.add_argument("language")
    parser.add_argument("--to", type=Path, required=True, metavar="FILE.zip")
    parser.set_defaults(run=_export)
    parser = voices.add_parser(
        "import", help="use a pack from a file", epilog="example: motcua voice import giong-hre.zip"
    )
    add_config(parser)
    parser.add_argument("file", type=Path, metavar="FILE.zip")
    parser.set_defaults(run=_import)


def _shelf() -> PackFolder:
    return PackFolder(places.home() / "voices")


def _build(args: argparse.Namespace) -> int:
    from kiosk.voices.library import manner_of

    manner = manner_of(configuration(args))
    try:
        for language in args.language or SYNTHETIC:
            made, kept = build(_shelf(), language, manner, Synthesiser())
            print(f"{language}: {made} phrases made, {kept} recorded ones kept")
            tell(args, "voice build", language)
    except PackError as error:
        return fail(str(error))
    return 0


def _check(args: argparse.Namespace) -> int:
    from kiosk.i18n.catalogues import translate
    from kiosk.voices.library import problems

    texts = problems(places.home() / "voices", configuration(args))
    print("\n".join(texts) if texts else translate("Every voice is complete."))
    return 1 if texts else 0


def _export(args: argparse.Namespace) -> int:
    try:
        data = archive.export(_shelf(), args.language)
        args.to.write_bytes(data)
    except (PackError, OSError) as error:
        return fail(str(error))
    print(f"{args.to}: {len(data)} bytes", file=sys.stderr)
    tell(args, "voice export", args.language)
    return 0


def _import(args: argparse.Namespace) -> int:
    try:
        with args.file.open("rb") as file:
            pack = archive.install(_shelf(), file.read(archive.MOST_BYTES + 1))
    except (PackError, OSError) as error:
        return fail(str(error))
    print(f"{pack.language}: {len(pack.clips)} phrases, {pack.speaker} ({pack.licence})")
    tell(args, "voice import", pack.language)
    return 0
