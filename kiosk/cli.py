"""The command line `motcua`."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib import import_module

from config.loading import ConfigurationError

ROOMS = (
    "running", "setup", "accounts", "printers", "board", "syncing", "bundles", "conformance", "figures", "dossiers",
    "voice", "keeping", "doctor",
)  # fmt: skip


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="motcua", description="Một Cửa Kiosk: queue, board, survey and figures of a one-stop office.",
        epilog="example: motcua demo",
    )  # fmt: skip
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for room in ROOMS:
        import_module(f"kiosk.commands.{room}").add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 ok, 1 failed, 2 wrong use."""
    args = build_parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        return int(args.run(args))
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
