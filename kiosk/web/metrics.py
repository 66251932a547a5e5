"""Figures for Prometheus, as text; no personal data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.store import statistics
from kiosk.store.devices import Access, Follower
from kiosk.store.store import Reading
from kiosk.web.delivery import FINE, behind, is_silent, lives
from kiosk.web.services import Services

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = dict[str, str]
Sample = tuple[Labels, int]


def metrics_text(found: Services) -> str:
    """The exposition format, version 0.0.4."""
    with found.store.reading() as reading:
        seq = reading.glance().head.seq
        waiting = statistics.waiting_by_service(reading.transaction, found.office.code)
        followers = list(_of_followers(found, reading))
    printers = found.print_states.items()
    families = [
        _family("motcua_journal_seq", "Position of the last event.", [({}, seq)], "counter"),
        _family("motcua_streams", "Open live streams.", [({}, found.feed.followers)]),
        _family("motcua_waiting", "Waiting tickets by service.",
                [({"service": code}, waiting.get(code, 0)) for code in found.office.services]),
        *followers,
        _family("motcua_printer_ok", "1 while the printer is known to be well.",
                [({"name": name}, int(state.get("state") == "ok")) for name, state in printers]),
    ]  # fmt: skip
    return "".join(families)


def _of_followers(found: Services, reading: Reading) -> Iterator[str]:
    known, now = lives(reading), found.clock.now_ms()
    followers = Access(reading.transaction, found.office.code).followers()

    def ok(one: Follower) -> bool:
        """A stick says nothing of itself between two journeys."""
        return one.state in FINE and (one.name == found.stick or not is_silent(reading, one, known, now))

    def each(values: Iterable[int]) -> list[Sample]:
        return [({"name": one.name}, value) for one, value in zip(followers, values, strict=True)]

    yield _family("motcua_follower_info", "The state of a follower, and why in its own words.",
                  [({"name": f.name, "state": f.state, "detail": f.detail or ""}, 1) for f in followers])  # fmt: skip
    yield _family("motcua_follower_behind", "Events a follower has not confirmed.",
                  each(behind(f, known) for f in followers))  # fmt: skip
    yield _family("motcua_follower_ok",
                  "1 while everything known is delivered or on its way; 0 also when events wait and nothing is heard.",
                  each(int(ok(f)) for f in followers))  # fmt: skip
    yield _family("motcua_follower_since_seconds", "Since when the follower is in its state, in seconds since 1970.",
                  each(f.since // 1000 for f in followers))  # fmt: skip
    yield _family("motcua_follower_updated_seconds", "When the follower was last heard, in seconds since 1970.",
                  each(f.updated_at // 1000 for f in followers))  # fmt: skip
    yield _family("motcua_follower_refused", "Events that the receiver refused and that wait for a person.",
                  each(len(f.refused) for f in followers))  # fmt: skip


def _family(name: str, help_text: str, samples: Iterable[Sample], kind: str = "gauge") -> str:
    lines = [f"# HELP {name} {help_text}", f"# TYPE {name} {kind}"]
    lines += [f"{name}{_braced(labels)} {value}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _braced(labels: Labels) -> str:
    return "{" + ",".join(f'{key}="{_escaped(value)}"' for key, value in labels.items()) + "}" if labels else ""


def _escaped(value: str) -> str:
    """As a label's value: backslash, quote and end of line are written with a backslash."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
