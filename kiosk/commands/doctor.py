"""`motcua doctor`."""

from __future__ import annotations

import argparse

from kiosk.commands.common import add_config, configuration


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    doctor = commands.add_parser(
        "doctor", help="check the machine, the data and the devices, and say what to do",
        epilog="example: motcua doctor --config office.toml",
    )  # fmt: skip
    add_config(doctor)
    doctor.add_argument("--language", choices=("vi", "en"), default="vi", help="of what is said (default vi)")
    doctor.set_defaults(run=_doctor)


def _doctor(args: argparse.Namespace) -> int:
    from kiosk.doctor.examination import examine
    from kiosk.doctor.findings import Mark, Report

    marks = []
    for finding in examine(configuration(args), args.language):
        print(f"{finding.mark.value} {finding.part}: {finding.text}", flush=True)
        if finding.todo:
            print(f"    → {finding.todo}")
        marks.append(finding.mark)
    report = Report("", args.language)
    broken, look = marks.count(Mark.BROKEN), marks.count(Mark.LOOK)
    print(report.say("{broken} broken, {look} to look at, {well} well.", broken=broken, look=look,
                     well=marks.count(Mark.WELL)))  # fmt: skip
    return 1 if broken else 0
