"""`motcua printer status`, `motcua printer test`, `motcua simulate printer`."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration, group
from kiosk.commands.dialogue import words
from kiosk.commands.printer_trial import advice, run_test
from kiosk.commands.speech import cannot_listen, fail, warn

if TYPE_CHECKING:
    from ticket_printer.protocol.status import Status


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    printer = group(commands, "printer", "ask or try the slip printers")
    status = printer.add_parser(
        "status", help="ask every configured printer", epilog="example: motcua printer status --config office.toml"
    )
    add_config(status)
    status.set_defaults(run=_status)
    _add_test(printer)
    _add_simulator(group(commands, "simulate", "virtual devices"))


def _add_test(printer: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    test = printer.add_parser(
        "test",
        help="print a trial slip; at a terminal also find out what the printer tells and write its profile",
        epilog="example: motcua printer test --name hall --config office.toml",
    )
    add_config(test)
    test.add_argument("--name", help="only this printer")
    test.add_argument("--yes", action="store_true", help="all steps, asking nobody: what only eyes see stays as it is")
    test.add_argument("--wait", type=float, default=60.0, metavar="S", help="for what hands do (60; 0: nothing)")
    test.add_argument("--save", metavar="NAME", help="name of the profile (default: the printer's)")
    test.set_defaults(run=run_test)


def _add_simulator(simulate: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = simulate.add_parser(
        "printer",
        help="a virtual ESC/POS printer",
        epilog="example: motcua simulate printer --listen 127.0.0.1:9100 --paper-png papers --control 127.0.0.1:9101",
    )
    parser.add_argument("--listen", type=_address, metavar="HOST:PORT", help="TCP port of the printer")
    parser.add_argument("--pty", type=Path, metavar="PATH", help="also (or only) a serial line under this name")
    parser.add_argument("--paper-png", type=Path, metavar="DIR", help="each cut slip becomes a picture here")
    parser.add_argument("--baud", type=int, help="speed of the line; default: as fast as it comes")
    parser.add_argument("--control", type=_address, metavar="HOST:PORT", help='JSON lines such as {"paper": "out"}')
    parser.add_argument("--speed", type=float, default=150.0, metavar="MM_PER_S", help="of the paper (default 150)")
    parser.add_argument("--width", type=int, default=576, metavar="DOTS", help="576 (80 mm, default) or 384 (58 mm)")
    parser.add_argument("--presenter", action="store_true", help='slips stay in its mouth until {"take": true}')
    parser.add_argument("--xon", action="store_true", help="it says XOFF when it is full, XON when it has room again")
    parser.set_defaults(run=_simulate)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError(f'"{text}" is not HOST:PORT')
    return host, int(port)


def _status(args: argparse.Namespace) -> int:
    from kiosk.printing.slip_content import describe_mode
    from ticket_printer.delivery.driver import TicketPrinter

    well = True
    for section in configuration(args).printer:
        printer = TicketPrinter(section.url, section.profile, section.width_dots)
        status = printer.status()
        printer.close()
        print(f"{section.name}: {status.state} {status.reason or ''}".rstrip() + f": {_sentence(status)}")
        if printer.render_mode.kind != "raster":
            print(f"  {describe_mode(printer.render_mode)}")
        well = well and status.state == "OK"
    return 0 if well else 1


def _sentence(status: Status) -> str:
    if status.reason is not None:
        return advice(status.reason, status.reason)
    return words("Paper is running low.") if status.near_end else words("The printer is ready.")


def _simulate(args: argparse.Namespace) -> int:
    import signal

    from ticket_printer.simulator.printer import SimulatedPrinter

    if args.listen is None and args.pty is None:
        warn("motcua simulate printer: give --listen or --pty")
        return 2
    try:
        printer = SimulatedPrinter(
            listen=args.listen,
            paper_dir=args.paper_png,
            mm_per_s=args.speed,
            pty=args.pty,
            baud=args.baud,
            control=args.control,
            width_dots=args.width,
            presenter=args.presenter,
            xon=args.xon,
        )
    except OSError as error:
        if args.listen is not None and error.filename is None:
            return cannot_listen("{}:{}".format(*args.listen), error)
        return fail("cannot open the port: {problem}", problem=error)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    printer.start()
    place = "{}:{}".format(*printer.address) if args.listen else str(args.pty)
    print(f"motcua simulate printer: {place}", file=sys.stderr, flush=True)
    stopped.wait()
    printer.stop()
    return 0
