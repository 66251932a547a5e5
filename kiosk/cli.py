"""The command line `motcua`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from config.loading import ConfigurationError
from kiosk.commands.output import write_anything
from kiosk.commands.problems import sentence_for
from kiosk.commands.speech import fail

COMMANDS = (
    "demo",
    "serve",
    "configuration",
    "accounts",
    "administrators",
    "printers",
    "board",
    "screen",
    "signs",
    "sync",
    "bundles",
    "conformance",
    "reports",
    "samples",
    "schedule",
    "dossiers",
    "procedures",
    "languages",
    "voices",
    "backups",
    "doctor",
    "corrections",
    "day",
)
# What runs for months carries its own commands only: the others are 2 MiB of code that it never uses. What somebody
# waits for does the same: loading them takes a tenth of a second.
ALONE = {
    "serve": ("serve",),
    "board": ("board",),
    "sync": ("sync", "bundles", "conformance"),
    "report": ("reports",),
    "verify": ("reports",),
}


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """The parser of every command, or of one that stands ALONE. `command`: the first word of the command line."""
    parser = argparse.ArgumentParser(
        prog="motcua",
        description="Một Cửa Kiosk: queue, board, survey and figures of a one-stop office.",
        epilog="example: motcua demo",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in ALONE.get(command or "", COMMANDS):
        import_module(f"kiosk.commands.{name}").add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 ok, 1 failed, 2 wrong use."""
    write_anything()
    words = sys.argv[1:] if argv is None else argv
    args = build_parser(next(iter(words), None)).parse_args(words)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        return fail(sentence)


if __name__ == "__main__":
    sys.exit(main())
