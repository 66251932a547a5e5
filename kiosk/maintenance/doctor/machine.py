"""The PC itself: its disk, its clock, the fonts of slips and screens."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.domain.office_clock import ClockDoubt
from kiosk.maintenance.doctor.results import CheckResult, PartReport
from kiosk.queries.clock import ClockView

MIB = 1024 * 1024
FULL_MIB, TIGHT_MIB = 200, 1000
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")  # there once systemd-timesyncd took the network's time
FONTS = {
    "slips": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    "screens": ("fontpkg_be_vietnam_pro", "BeVietnamPro-Bold.ttf"),
}
SAMPLE = "ẪỢẵỆữđ"


def check_disk(report: PartReport, folder: Path) -> CheckResult:
    free = shutil.disk_usage(folder).free // MIB
    todo = "Delete what does not belong on this disk ({folder}); the office needs {least} MiB at least."
    values = {"free": free, "folder": str(folder), "least": TIGHT_MIB}
    if free < FULL_MIB:
        return report.broken("Only {free} MiB of the disk are free.", todo, **values)
    if free < TIGHT_MIB:
        return report.look("Only {free} MiB of the disk are free.", todo, **values)
    return report.well("{free} MiB of the disk are free.", free=free)


def check_date(report: PartReport, view: ClockView, zone: str) -> CheckResult | None:
    """What the office makes of the machine's clock; None when it goes by it."""
    shown, machine = local(view.time, zone), local(view.machine_time, zone)
    if view.doubt is ClockDoubt.STARTED:
        return report.broken(
            "The machine was started without the time (it shows {machine}); nobody has said which day it is.",
            "Say it at a counter. Connect the network or set the clock; have the battery of its clock replaced.",
            machine=machine,
        )
    if view.doubt is ClockDoubt.JUMPED:
        return report.broken(
            "The machine's clock shows {machine}; the office goes by {shown}.",
            "Set the clock (timedatectl set-time), or confirm at a counter that it is right.",
            machine=machine,
            shown=shown,
        )
    if view.is_ahead:
        return report.broken(
            "The business date {date} has not come yet.",
            "Set the clock right; then, two persons together: motcua day reopen {today}.",
            date=view.business_date,
            today=datetime.fromtimestamp(view.time / 1000, ZoneInfo(zone)).date().isoformat(),
        )
    if view.is_given:
        return report.look(
            "The office goes by a time that a person gave ({shown}); the machine's clock shows {machine}.",
            "Connect the network or set the clock; have the battery of its clock replaced.",
            machine=machine,
            shown=shown,
        )
    return None


def check_clock(report: PartReport, now_ms: int, last_event_ms: int, zone: str, synchronised: Path) -> CheckResult:
    """`last_event_ms`: when the journal last recorded something; 0 when nothing is known."""
    shown = local(now_ms, zone)
    if now_ms < last_event_ms:
        return report.broken(
            "The clock shows {shown}, but something was recorded at {last} already.",
            "Set the clock (timedatectl set-time) or connect the network; then restart the service.",
            shown=shown,
            last=local(last_event_ms, zone),
        )
    if not synchronised.exists():
        return report.look(
            "The clock shows {shown}; nothing has confirmed it.",
            "Compare it with a watch; let systemd-timesyncd take the time from the network.",
            shown=shown,
        )
    return report.well("The clock shows {shown}, taken from the network.", shown=shown)


def check_fonts(report: PartReport) -> Iterator[CheckResult]:
    for use, (package, file) in FONTS.items():
        if not _draws(package, file):
            yield report.broken(
                "The font for {use} cannot be read ({package}).",
                "Install the product again: pip install .",
                use=report.say(use),
                package=package,
            )
            return
    yield report.well("The fonts of slips and screens have the Vietnamese letters.")


def _draws(package: str, file: str) -> bool:
    from PIL import ImageFont

    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return False
    try:
        font = ImageFont.truetype(str(Path(spec.origin).parent / "files" / file), 24)
    except OSError:
        return False
    missing = bytes(font.getmask("\U0010fffd"))
    return all(bytes(font.getmask(letter)) != missing for letter in SAMPLE)


def local(ms: int, zone: str) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(ZoneInfo(zone)).strftime("%H:%M %d/%m/%Y")
