"""`motcua doctor`."""

from __future__ import annotations

import argparse

from kiosk.commands.common import add_config, configuration


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    doctor = commands.add_parser(
        "doctor",
        help="check the machine, the data and the devices, and say what to do",
        epilog="example: motcua doctor --config office.toml",
    )
    add_config(doctor)
    doctor.add_argument("--language", choices=("vi", "en"), default="vi", help="of what is said (default vi)")
    doctor.set_defaults(run=_doctor)


def _doctor(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_app, database_url
    from kiosk.maintenance.doctor.examination import examine
    from kiosk.maintenance.doctor.results import Mark, PartReport

    marks = []
    office = configuration(args)
    for result in examine(office, args.language, database_url(office), lambda: build_app(office)):
        print(f"{result.mark.value} {result.part}: {result.text}", flush=True)
        if result.todo:
            print(f"    → {result.todo}")
        marks.append(result.mark)
    report = PartReport("", args.language)
    broken, look = marks.count(Mark.BROKEN), marks.count(Mark.LOOK)
    print(
        report.say(
            "{broken} broken, {look} to look at, {well} well.", broken=broken, look=look, well=marks.count(Mark.WELL)
        )
    )
    return 1 if broken else 0
