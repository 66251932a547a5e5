"""`motcua sync key`, `export`, `import`; bundles at `motcua simulate onestop`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.commands.common import configuration, group
from kiosk.commands.speech import fail, warn
from kiosk.commands.traces import tell


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    sync = group(commands, "sync")
    key = sync.add_parser(
        "key", help="print the public key that the one-stop side registers", epilog="example: motcua sync key"
    )
    _add_config(key)
    key.set_defaults(run=_key)
    export = sync.add_parser(
        "export",
        help="events for the one-stop side onto a USB stick, when the line is dead",
        epilog="example: motcua sync export --to /media/usb",
    )
    _add_config(export)
    export.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="FILE",
        help="a file, or the folder of the stick; a run that broke off goes on where it stopped",
    )
    export.set_defaults(run=_export)
    import_ = sync.add_parser(
        "import",
        help="the one-stop side's answer from the stick: receipts and progress of dossiers",
        epilog="example: motcua sync import /media/usb",
    )
    _add_config(import_)
    import_.add_argument("file", type=Path, metavar="FILE", help="an answer, or the folder of the stick")
    import_.set_defaults(run=_import)


def _add_config(parser: argparse.ArgumentParser) -> None:
    """As for `motcua sync` itself, before the command's name or behind it."""
    parser.add_argument("--config", metavar="FILE", default=argparse.SUPPRESS, help="configuration file")


def add_receiver_options(parser: argparse.ArgumentParser) -> None:
    """The one-stop side of bundles; with any of these options the command does that and ends."""
    parser.add_argument("--register", action="append", default=[], metavar="OFFICE=KEY", help="believe this key")
    parser.add_argument("--read-bundle", action="append", default=[], type=Path, metavar="FILE", help="read a bundle")
    parser.add_argument("--answer", metavar="OFFICE", help="write the answer for this office")
    parser.add_argument("--to", type=Path, default=Path(), metavar="DIR", help="where the answer goes")


def wants_bundles(args: argparse.Namespace) -> bool:
    return bool(args.register or args.read_bundle or args.answer)


def receive(args: argparse.Namespace) -> int:
    """Register, read, answer, in this order; 1 when a bundle was refused."""
    from sync.bundles.program import FAILURES, error_text
    from sync.receiver.bundle_receiver import BundleReceiver
    from sync.receiver.store import ReceiverStore

    if not args.data:
        return fail("bundles are read into --data DIR; name the folder of the simulated one-stop system")
    receiver = BundleReceiver(ReceiverStore(Path(args.data)), Path(args.data))
    refused = False
    try:
        for pair in args.register:
            receiver.register(*map(str.strip, pair.partition("=")[::2]))
        for path in args.read_bundle:
            result = receiver.read(path)
            refused = refused or not result.taken
            print(f"{path.name}: {result.reason}", file=sys.stdout if result.taken else sys.stderr)
        if args.answer:
            print(receiver.write_answer(args.answer, args.to))
        warn("key: {key}", key=receiver.signer.public)
    except FAILURES as error:
        return fail(error_text(error))
    return 1 if refused else 0


def _key(args: argparse.Namespace) -> int:
    from sync.bundles.format.keys import InvalidKey, fingerprint
    from sync.bundles.program import BundleExchange, error_text

    try:
        public = BundleExchange(configuration(args), print).signer().public
    except (InvalidKey, OSError) as error:
        return fail(error_text(error))
    tell(args, "sync key", fingerprint(public))
    print(public)
    warn("fingerprint: {fingerprint}", fingerprint=fingerprint(public))
    return 0


def _export(args: argparse.Namespace) -> int:
    from sync.bundles.program import FAILURES, BundleExchange, error_text

    try:
        BundleExchange(configuration(args), _print).export(args.to)
    except FAILURES as error:
        return fail(error_text(error))
    tell(args, "sync export", args.to.name)
    return 0


def _import(args: argparse.Namespace) -> int:
    from sync.bundles.program import FAILURES, BundleExchange, error_text

    try:
        BundleExchange(configuration(args), _print).import_answer(args.file)
    except FAILURES as error:
        return fail(error_text(error))
    tell(args, "sync import", args.file.name)
    return 0


def _print(line: str) -> None:
    print(line, flush=True)
