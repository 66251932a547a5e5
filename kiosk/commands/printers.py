"""`motcua printer status`, `motcua printer test`, `motcua simulate printer`."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, fail, group

if TYPE_CHECKING:
    from ticket_printer.driver import Outcome
    from ticket_printer.status import Status

ADVICE = {
    "paper_out": "Out of paper: put in a new roll and close the cover.",
    "cover_open": "The cover is open: close it.",
    "cutter": "The cutter is stuck: switch off, clear the paper, switch on.",
    "overheat": "The print head is hot: wait a few minutes.",
    "offline": "The printer is offline: press its button or switch it off and on.",
    "no_answer": "The printer does not answer: check power and cable.",
    "unreachable": "The printer cannot be reached: check power, cable and address.",
    "no_proof": "Sent, but this printer cannot prove that it printed: look at the paper.",
    "deadline": "The printer did not finish in time.",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    printer = group(commands, "printer", "ask or try the slip printers")
    status = printer.add_parser(
        "status", help="ask every configured printer", epilog="example: motcua printer status --config office.toml"
    )
    add_config(status)
    status.set_defaults(run=_status)
    test = printer.add_parser(
        "test", help="print a slip that is no ticket", epilog="example: motcua printer test --config office.toml"
    )
    add_config(test)
    test.add_argument("--name", help="only this printer")
    test.set_defaults(run=_test)
    _add_simulator(group(commands, "simulate", "virtual devices"))


def _add_simulator(simulate: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = simulate.add_parser(
        "printer", help="a virtual ESC/POS printer",
        epilog="example: motcua simulate printer --listen 127.0.0.1:9100 --paper-png papers --control 127.0.0.1:9101",
    )  # fmt: skip
    parser.add_argument("--listen", type=_address, metavar="HOST:PORT", help="TCP port of the printer")
    parser.add_argument("--pty", type=Path, metavar="PATH", help="also (or only) a serial line under this name")
    parser.add_argument("--paper-png", type=Path, metavar="DIR", help="each cut slip becomes a picture here")
    parser.add_argument("--baud", type=int, help="speed of the line; default: as fast as it comes")
    parser.add_argument("--control", type=_address, metavar="HOST:PORT", help='JSON lines such as {"paper": "out"}')
    parser.add_argument("--speed", type=float, default=150.0, metavar="MM_PER_S", help="of the paper (default 150)")
    parser.add_argument("--width", type=int, default=576, metavar="DOTS", help="576 (80 mm, default) or 384 (58 mm)")
    parser.set_defaults(run=_simulate)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError(f'"{text}" is not HOST:PORT')
    return host, int(port)


def _status(args: argparse.Namespace) -> int:
    from ticket_printer.driver import TicketPrinter

    well = True
    for section in configuration(args).printer:
        printer = TicketPrinter(section.url, section.profile, section.width_dots)
        found = printer.status()
        printer.close()
        print(f"{section.name}: {found.state} {found.reason or ''}".rstrip() + f": {_said(found)}")
        well = well and found.state == "OK"
    return 0 if well else 1


def _said(found: Status | Outcome) -> str:
    from kiosk.slip_text import said

    if found.reason is not None:
        return said(ADVICE.get(found.reason, found.reason))
    return said("Paper is running low.") if getattr(found, "near_end", False) else said("The printer is ready.")


def _test(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_office
    from kiosk.clock import SystemClock
    from kiosk.slip_text import said, trial_slip
    from ticket_printer.driver import TicketPrinter

    known = configuration(args)
    chosen = [section for section in known.printer if args.name in {None, section.name}]
    if not chosen:
        return fail(f'there is no [[printer]] "{args.name}"' if args.name else "no [[printer]] is configured")
    failed = False
    for section in chosen:
        printer = TicketPrinter(section.url, section.profile, section.width_dots)
        slip = trial_slip(known, build_office(known), SystemClock().now_ms(), printer.width)
        outcome = printer.print(slip, 0)
        printer.close()
        done = outcome.state == "PRINTED"
        print(said("Printed: {printer}").format(printer=section.name) if done else f"{section.name}: {_said(outcome)}")
        failed = failed or not (done or outcome.reason == "no_proof")
    return 1 if failed else 0


def _simulate(args: argparse.Namespace) -> int:
    import signal

    from ticket_printer.simulator import SimulatedPrinter

    if args.listen is None and args.pty is None:
        print("motcua simulate printer: give --listen or --pty", file=sys.stderr)
        return 2
    try:
        printer = SimulatedPrinter(
            listen=args.listen, paper_dir=args.paper_png, mm_per_s=args.speed, pty=args.pty, baud=args.baud,
            control=args.control, width_dots=args.width,
        )  # fmt: skip
    except OSError as error:
        return fail(f"cannot open the port: {error.strerror}")
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    printer.start()
    place = "{}:{}".format(*printer.address) if args.listen else str(args.pty)
    print(f"motcua simulate printer: {place}", file=sys.stderr, flush=True)
    stopped.wait()
    printer.stop()
    return 0
