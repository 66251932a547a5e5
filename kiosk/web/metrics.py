"""Figures for Prometheus, as text; no personal data."""

from __future__ import annotations

from kiosk.store import statistics
from kiosk.store.devices import Access
from kiosk.web.api_followers import behind, lives
from kiosk.web.services import Services


def metrics_text(found: Services) -> str:
    """The exposition format, version 0.0.4."""
    office = found.office.code
    with found.store.reading() as reading:
        head = reading.glance().head
        waiting = statistics.waiting_by_service(reading.transaction, office)
        followers = Access(reading.transaction, office).followers()
        known = lives(reading)
    lines = [
        "# HELP motcua_journal_seq Position of the last event.",
        "# TYPE motcua_journal_seq counter",
        f"motcua_journal_seq {head.seq}",
        "# HELP motcua_streams Open live streams.",
        "# TYPE motcua_streams gauge",
        f"motcua_streams {found.feed.followers}",
        "# HELP motcua_waiting Waiting tickets by service.",
        "# TYPE motcua_waiting gauge",
        *(f'motcua_waiting{{service="{code}"}} {waiting.get(code, 0)}' for code in found.office.services),
        "# HELP motcua_follower_behind Events a follower has not confirmed.",
        "# TYPE motcua_follower_behind gauge",
        *(f'motcua_follower_behind{{name="{f.name}"}} {behind(f, known)}' for f in followers),
        "# HELP motcua_follower_ok 1 while everything known is delivered or on its way.",
        "# TYPE motcua_follower_ok gauge",
        *(f'motcua_follower_ok{{name="{f.name}"}} {int(f.state in {"ok", "sending"})}' for f in followers),
        "# HELP motcua_follower_since_seconds Since when the follower is in its state, in seconds since 1970.",
        "# TYPE motcua_follower_since_seconds gauge",
        *(f'motcua_follower_since_seconds{{name="{f.name}"}} {f.since // 1000}' for f in followers),
        "# HELP motcua_follower_refused Events that the receiver refused and that wait for a person.",
        "# TYPE motcua_follower_refused gauge",
        *(f'motcua_follower_refused{{name="{f.name}"}} {len(f.refused)}' for f in followers),
        "# HELP motcua_printer_ok 1 while the printer is known to be well.",
        "# TYPE motcua_printer_ok gauge",
        *(
            f'motcua_printer_ok{{name="{name}"}} {int(state.get("state") == "ok")}'
            for name, state in found.print_states.items()
        ),
    ]
    return "\n".join(lines) + "\n"
