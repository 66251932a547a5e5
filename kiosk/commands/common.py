"""What commands share."""

from __future__ import annotations

import argparse
import getpass
import os
from contextlib import suppress
from pathlib import Path

from config.loading import ConfigProblem, ConfigurationError, load
from config.schema import Configuration
from config.sentences import sentence

NO_CONFIGURATION = "name a configuration with --config FILE or MOTCUA_CONFIG; motcua config sample prints one"


def add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", help="configuration file (else $MOTCUA_CONFIG)")


def configuration(args: argparse.Namespace) -> Configuration:
    """Raises ConfigurationError, also when no file is named."""
    path = args.config or os.environ.get("MOTCUA_CONFIG")
    if not path:
        raise ConfigurationError([ConfigProblem("motcua", "--config", sentence(NO_CONFIGURATION))])
    return load(Path(path))


def group(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str = ""
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """The sub-commands of a named group; the first caller creates the group."""
    parser = commands.choices.get(name) if commands.choices else None
    if parser is None:
        parser = commands.add_parser(name, help=text or f"{name} …", description=text or None)
        parsers = parser.add_subparsers(metavar="COMMAND", required=True)
        parser.set_defaults(subcommands=parsers)
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser] = parser.get_default("subcommands")
    return subcommands


def operator() -> str | None:
    """The login name of who runs the command, also behind sudo; for the journal. None where the system has no name."""
    with suppress(KeyError, OSError):  # a user without an entry
        return os.environ.get("SUDO_USER") or getpass.getuser()
    return None
