"""What commands share."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from config.loading import ConfigurationError, Problem, load
from config.schema import Configuration


def add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", help="configuration file (else $MOTCUA_CONFIG)")


def configuration(args: argparse.Namespace) -> Configuration:
    """Raises ConfigurationError, also when no file is named."""
    path = args.config or os.environ.get("MOTCUA_CONFIG")
    if not path:
        hint = "name one with --config FILE or MOTCUA_CONFIG; motcua config sample prints one"
        raise ConfigurationError([Problem("motcua", "--config", hint)])
    return load(Path(path))


def group(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str = ""
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """The sub-commands of a named group; the first caller creates the group."""
    parser = commands.choices.get(name) if commands.choices else None
    if parser is None:
        parser = commands.add_parser(name, help=text or f"{name} …", description=text or None)
        found = parser.add_subparsers(metavar="COMMAND", required=True)
        parser.set_defaults(subcommands=found)
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser] = parser.get_default("subcommands")
    return subcommands


def fail(message: str) -> int:
    """Say on standard error why a command failed; returns the exit code."""
    print(f"motcua: {message}", file=sys.stderr)
    return 1
