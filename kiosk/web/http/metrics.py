"""Figures for Prometheus, as text; no personal data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.domain.followers import FollowerStatus
from kiosk.domain.lost_numbers import LostNumbersNotice
from kiosk.domain.storage_checks import StorageChecks
from kiosk.queries.clock import ClockView, read_clock
from kiosk.queries.followers import FINE, behind, epochs_of, is_silent
from kiosk.store.failures import StorageFault
from kiosk.store.store import Reading
from kiosk.web.http.dependencies import Dependencies

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = dict[str, str]
Sample = tuple[Labels, int]


def metrics_text(given: Dependencies) -> str:
    """The exposition format, version 0.0.4."""
    with given.store.reading() as reading:
        seq = reading.state.head.seq
        waiting = reading.statistics.waiting_by_service()
        followers = list(_of_followers(given, reading))
        clock = read_clock(reading, given.office, given.clock)
        lost = list(_lost_numbers(reading.lost_numbers.open()))
    faults = given.store.health.faults
    printers = given.printer_health
    families = [
        _family("motcua_journal_seq", "Position of the last event.", [({}, seq)], "counter"),
        *_of_clock(clock),
        _family("motcua_streams", "Open live streams.", [({}, given.stream.followers)]),
        _family(
            "motcua_waiting",
            "Waiting tickets by service.",
            [({"service": code}, waiting.get(code, 0)) for code in given.office.services],
        ),
        _family("motcua_seats", "Seats of the waiting room.", [({}, given.configuration["office"]["seats"])]),
        *followers,
        _family(
            "motcua_storage_fault",
            "1 while the storage has this fault; the service is not ready then.",
            [({"fault": fault}, int(fault in faults)) for fault in StorageFault],
        ),
        *_of_checks(given.storage_checks(), given.store.health.is_checking),
        *lost,
        _family(
            "motcua_printer_ok",
            "1 while the printer is known to be well.",
            [({"name": name}, int(printers.is_ok(name))) for name in printers.names()],
        ),
        _family(
            "motcua_printer_here",
            "1 where this process prints; 0 while another service of the same state folder does.",
            [({"name": name}, int(printers.prints_here(name))) for name in printers.names()],
        ),
    ]
    return "".join(families)


def _of_checks(checks: StorageChecks, is_checking: bool) -> Iterator[str]:
    text = "1 while the whole database is checked behind the start, and no report is made."
    yield _family("motcua_storage_checking", text, [({}, int(is_checking))])
    outcomes = [("verify", checks.verified), ("backup", checks.backup)]
    done = [({"name": name}, outcome) for name, outcome in outcomes if outcome is not None]
    kept = [] if checks.reports is None else [({"name": "reports"}, int(checks.reports.ok))]
    yield _family(
        "motcua_check_ok",
        "1 when the last check of the whole database, the last backup, or keeping what a report showed, was well.",
        [*((labels, int(outcome.ok)) for labels, outcome in done), *kept],
    )
    yield _family(
        "motcua_check_seconds",
        "When that check or backup ended, in seconds since 1970.",
        [(labels, outcome.at // 1000) for labels, outcome in done],
    )


def _of_clock(clock: ClockView) -> Iterator[str]:
    trusted, ahead = int(clock.is_trusted), (clock.machine_time - clock.time) // 1000
    yield _family("motcua_clock_trusted", "1 while date and time of the office are not in doubt.", [({}, trusted)])
    yield _family("motcua_clock_ahead_seconds", "The machine's clock minus the office's time.", [({}, ahead)])


def _lost_numbers(notices: list[LostNumbersNotice]) -> Iterator[str]:
    ranges = [one for notice in notices for one in notice.lost.ranges]
    text = "Numbers that may be on paper and that the journal lacks, until staff dismiss the notice."
    yield _family("motcua_lost_numbers", text, [({}, sum(one.last - one.first + 1 for one in ranges))])
    text = "How often the database was found without what it had acknowledged, until staff dismiss the notice."
    yield _family("motcua_lost_notices", text, [({}, len(notices))])


def _of_followers(given: Dependencies, reading: Reading) -> Iterator[str]:
    epochs, now = epochs_of(reading), given.clock.now_ms()
    followers = reading.followers.all()

    def ok(one: FollowerStatus) -> bool:
        """A stick says nothing of itself between two journeys."""
        return one.state in FINE and (one.name == given.upstream.bundle or not is_silent(reading, one, epochs, now))

    def each(values: Iterable[int]) -> list[Sample]:
        return [({"name": one.name}, value) for one, value in zip(followers, values, strict=True)]

    yield _family(
        "motcua_follower_info",
        "The state of a follower, and why in its own words.",
        [({"name": f.name, "state": f.state, "detail": f.detail or ""}, 1) for f in followers],
    )
    yield _family(
        "motcua_follower_behind", "Events a follower has not confirmed.", each(behind(f, epochs) for f in followers)
    )
    yield _family(
        "motcua_follower_ok",
        "1 while everything known is delivered or on its way; 0 also when events wait and nothing is heard.",
        each(int(ok(f)) for f in followers),
    )
    yield _family(
        "motcua_follower_since_seconds",
        "Since when the follower is in its state, in seconds since 1970.",
        each(f.since // 1000 for f in followers),
    )
    yield _family(
        "motcua_follower_updated_seconds",
        "When the follower was last heard, in seconds since 1970.",
        each(f.updated_at // 1000 for f in followers),
    )
    yield _family(
        "motcua_follower_refused",
        "Events that the receiver refused and that wait for a person.",
        each(len(f.refused) for f in followers),
    )


def _family(name: str, help_text: str, samples: Iterable[Sample], kind: str = "gauge") -> str:
    lines = [f"# HELP {name} {help_text}", f"# TYPE {name} {kind}"]
    lines += [f"{name}{_braced(labels)} {value}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _braced(labels: Labels) -> str:
    return "{" + ",".join(f'{key}="{_escaped(value)}"' for key, value in labels.items()) + "}" if labels else ""


def _escaped(value: str) -> str:
    """As a label's value: backslash, quote and end of line are written with a backslash."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
