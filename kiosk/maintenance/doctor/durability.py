"""What the doctor sees of acknowledged actions: whether the log reaches the database, and whether numbers were lost."""

from __future__ import annotations

from pathlib import Path

from kiosk.app import App
from kiosk.domain.numbering import ticket_number
from kiosk.maintenance.doctor.results import CheckResult, PartReport
from kiosk.store.checkpoints import BEGUN_BYTES, LONGEST_S, MOST_BYTES

MIB = 1024 * 1024
CARE = "Look at journalctl -u motcua-kiosk and at the disk (smartctl -a), make a backup now: motcua backup."


def check_log(report: PartReport, database: Path) -> CheckResult | None:
    """None when the write-ahead log is moved into the database in time: each success changes the database file.

    A log that is merely begun has nothing to move, however old the file is.
    """
    log = database.with_name(database.name + "-wal")
    try:
        size, waits_s = log.stat().st_size, log.stat().st_mtime - database.stat().st_mtime
    except FileNotFoundError:
        return None
    if size > MOST_BYTES:
        text = "The write-ahead log of the database has {mib} MiB: it is not moved into the database."
        return report.broken(text, CARE, mib=size // MIB)
    if size > BEGUN_BYTES and waits_s > LONGEST_S:
        text = "The write-ahead log of the database was not moved into it for {minutes} minutes."
        return report.broken(text, CARE, minutes=int(waits_s // 60))
    return None


def check_lost_numbers(report: PartReport, app: App) -> CheckResult | None:
    """None when nothing was lost, or staff have seen to it."""
    with app.store.reading() as reading:
        notices = reading.lost_numbers.open()
    if not notices:
        return None
    ranges = [one for notice in notices for one in notice.lost.ranges]
    if not ranges:
        todo = "Clerks look at the queue, do again what is missing, and put the notice away."
        return report.look("The database lost the last actions before it was repaired; no number is among them.", todo)
    numbers = ", ".join(
        f"{ticket_number(one.letter, one.first)}-{ticket_number(one.letter, one.last)}" for one in ranges
    )
    todo = "Clerks let their holders back in line on the console, then put the notice away."
    return report.look("Numbers may be on paper that the database lost: {numbers}.", todo, numbers=numbers)
