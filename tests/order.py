"""The order of the suite's files: long ones first, so that no worker is left alone with one at the end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

# More than twenty seconds each on an otherwise idle machine. Those that mostly wait (printers on slow lines, voices)
# alternate with those that keep a processor busy (browsers, the fuzzing of the description).
LONG = (
    "ticket_printer/delivery/test_driver_on_bad_lines.py",
    "kiosk/web/http/test_openapi.py",
    "ticket_printer/delivery/test_power_failures.py",
    "pages/test_own_pages_fit.py",
    "e2e/test_voice.py",
    "pages/test_large_letters.py",
    "ticket_printer/delivery/test_driver_faults.py",
    "pages/test_admin_tables.py",
    "pages/test_tablet_page.py",
    "pages/test_statistics_page.py",
    "pages/test_spoken_remark.py",
    "soak/test_sync_kills.py",
    "pages/test_presenter_pages.py",
)
TESTS = Path(__file__).parent
_PLACES = {TESTS / name: place for place, name in enumerate(LONG)}


def long_first(files: Iterable[Path]) -> list[int]:
    """The places of `files` in the order in which they run; all others stay as they are."""
    known = [_PLACES.get(file, len(LONG)) for file in files]
    return sorted(range(len(known)), key=known.__getitem__)
