"""`motcua board`."""

from __future__ import annotations

import argparse
import math
import os
from pathlib import Path

from contract.followers import board_name
from kiosk.commands.common import add_config, configuration
from kiosk.commands.speech import fail, reason_of


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "board", help="the TV of the waiting room", epilog="example: motcua board --config office.toml --headless"
    )
    add_config(parser)
    parser.add_argument("--headless", action="store_true", help="needs neither a screen nor a loudspeaker")
    parser.add_argument("--snapshot", type=Path, metavar="FILE.png", help="write what the screen shows, then end")
    parser.add_argument("--seconds", type=_seconds, metavar="N", help="end after so many seconds")
    parser.set_defaults(run=_board)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not (math.isfinite(seconds) and seconds >= 0):
        raise ValueError(text)
    return seconds


def _board(args: argparse.Namespace) -> int:
    from config import places

    office = configuration(args)
    token = places.follower_token(office.board.token, "board")
    if not token:
        return fail("the board has no token; run motcua init on this machine or set [board] token")
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from display_board.program import BoardOptions, run
    from kiosk.commands.service_client import board_clients

    name = office.board.name or next((device.name for device in office.device if device.role == "board"), "board")
    address = places.follower_address(office.board.service_url, office.server.bind)
    options = BoardOptions(
        address,
        board_clients(address, token),
        board_name(name),
        office.board.width,
        office.board.height,
        office.board.voice,
        places.home() / "voices",
        places.home() / "pictures",
        args.headless,
        args.snapshot,
        args.seconds,
    )
    try:
        return run(options)
    except OSError as error:
        return fail(reason_of(error))
