"""`motcua voice build|check|export|import`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from config import places
from display_board.voices import archive
from display_board.voices.packs import PackError, PackFolder
from display_board.voices.phrases import SYNTHETIC, is_of_calls
from display_board.voices.piper import Piper
from display_board.voices.synthesis import ENGINES, PIPER, Machine, build, machine_for
from kiosk.commands.common import add_config, configuration, group
from kiosk.commands.speech import fail, reason_of, say, warn
from kiosk.commands.traces import tell

MADE = "{voice}: {made} phrases made, {kept} recorded ones kept, by {speaker}"
TAKEN = "{voice}: {count} phrases, {speaker} ({licence})"

if TYPE_CHECKING:
    from kiosk.voices.library import VoiceLibrary


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    voices = group(commands, "voice", "the voices that call numbers")
    parser = voices.add_parser(
        "build",
        help="make the synthetic packs; recorded phrases stay",
        epilog="example: motcua voice build --engine piper --model vi_VN-vais1000-medium.onnx",
    )
    add_config(parser)
    parser.add_argument("--language", action="append", choices=SYNTHETIC, help="only this one (may stand twice)")
    parser.add_argument("--calls", action="store_true", help="only what a call on the TV needs, without the pages")
    parser.add_argument("--engine", choices=ENGINES, help="default: piper for the language of its model, else espeak")
    parser.add_argument("--model", metavar="FILE.onnx", help="of piper (default: [voice] model)")
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
    library, voice = _library(args), configuration(args).voice
    model = args.model or voice.model
    engine = args.engine or (PIPER if args.model else None)
    try:
        for language in args.language or _spoken_by(engine, model):
            phrases = library.phrases(language)
            if args.calls:
                phrases = {key: words for key, words in phrases.items() if is_of_calls(key)}
            machine = machine_for(language, model, voice.piper, engine)
            made, kept = _build_all(language, phrases, machine)
            say(MADE, voice=language, made=made, kept=kept, speaker=machine.speaker(language))
            tell(args, "voice build", language)
    except PackError as error:
        return fail(reason_of(error))
    return 0


def _spoken_by(engine: str | None, model: str) -> tuple[str, ...]:
    """What is built when no language is named: piper knows the one of its model."""
    return (Piper(model).language,) if engine == PIPER else SYNTHETIC


def _build_all(language: str, phrases: Mapping[str, str], machine: Machine) -> tuple[int, int]:
    """How many were made, and how many recorded ones were kept. Raises PackError."""
    made = 0
    while True:
        done = build(_shelf(), language, phrases, machine)
        made += done.made
        if not done.left:
            return made, done.kept


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
        return fail(reason_of(error))
    warn("{file}: {count} bytes", file=args.to, count=len(data))
    tell(args, "voice export", args.language)
    return 0


def _import(args: argparse.Namespace) -> int:
    try:
        with args.file.open("rb") as file:
            pack = archive.install(_shelf(), file.read(archive.MOST_BYTES + 1))
    except (PackError, OSError) as error:
        return fail(reason_of(error))
    say(TAKEN, voice=pack.language, count=len(pack.clips), speaker=pack.speaker, licence=pack.licence)
    tell(args, "voice import", pack.language)
    return 0
