"""`motcua voice build|check|export|import`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from config import places
from display_board.voices import archive
from display_board.voices.packs import PackError, PackFolder
from display_board.voices.phrases import SYNTHETIC, is_of_calls
from display_board.voices.synthesis import Built, Synthesiser, build
from kiosk.commands.common import add_config, configuration, fail, group
from kiosk.commands.traces import tell

if TYPE_CHECKING:
    from kiosk.voices.library import VoiceLibrary


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    voices = group(commands, "voice", "the voices that call numbers")
    parser = voices.add_parser(
        "build", help="make the synthetic packs; recorded phrases stay", epilog="example: motcua voice build"
    )
    add_config(parser)
    parser.add_argument("--language", action="append", choices=SYNTHETIC, help="only this one (may stand twice)")
    parser.add_argument("--calls", action="store_true", help="only what a call on the TV needs, without the pages")
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


def _library(args: argparse.Namespace) -> VoiceLibrary:
    from kiosk.voices.library import VoiceLibrary
    from kiosk.web.pages.sentences import citizens_sentences

    return VoiceLibrary(places.home() / "voices", configuration(args), citizens_sentences)


def _build(args: argparse.Namespace) -> int:
    library = _library(args)
    try:
        for language in args.language or SYNTHETIC:
            phrases = library.phrases(language)
            if args.calls:
                phrases = {key: words for key, words in phrases.items() if is_of_calls(key)}
            made, done = 0, Built(0, 0, len(phrases))
            while done.left:
                done = build(_shelf(), language, phrases, Synthesiser())
                made += done.made
            print(f"{language}: {made} phrases made, {done.kept} recorded ones kept")
            tell(args, "voice build", language)
    except PackError as error:
        return fail(str(error))
    return 0


def _check(args: argparse.Namespace) -> int:
    from kiosk.i18n.catalogues import translate
    from kiosk.voices.problems import problems
    from kiosk.web.pages.sentences import citizens_sentences

    texts = problems(places.home() / "voices", configuration(args), shown=citizens_sentences)
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
