"""Calls for the pages of clerks and administrators: the equipment around a counter, the state of the whole house."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from kiosk.domain.dossier import STEPS, Status
from kiosk.store.devices import Access, Follower
from kiosk.web.calls import Context, call
from kiosk.web.delivery import behind, is_silent, lives
from kiosk.web.models import AnyObject
from kiosk.web.shapes import moment

GONE_MS = 24 * 3600_000
LATEST = 60


@call("GET", "/api/v1/equipment", "counter admin", None, {200: AnyObject})
def equipment(context: Context) -> tuple[int, Any]:
    """Printers, the devices people look at and the followers of the journal, as they were last heard of.

    {"now", "last_seq", "printers": {name: state}, "devices": [{"name", "role", "counter", "state", "seen_at"}],
    "followers": [{"name", "line", "state", "since", "updated_at", "behind", "silent", "refused"}]}; `line` is true for
    a follower that carries the journal out of the office by itself, `refused` is a count.
    """
    found = context.services
    now = found.clock.now_ms()
    with found.store.reading() as reading:
        access = Access(reading.transaction, reading.office)
        known = [device for device in access.devices() if device.revoked_at is None]
        followers = access.followers()
        head = reading.glance().head
        known_lives = lives(reading)
        silent = {f.name for f in followers if is_silent(reading, f, known_lives, now)}
    screens = {device.name for device in known if device.role == "board"}
    return 200, {
        "now": moment(now),
        "last_seq": head.seq,
        "printers": found.print_states,
        "devices": [
            {"name": d.name, "role": d.role, "counter": d.counter, "state": d.state, "seen_at": moment(d.seen_at)}
            for d in known
            if d.seen_at is not None and now - d.seen_at < GONE_MS
        ],
        "followers": [
            {"name": f.name, "line": f.name != found.stick and not is_screen(f, screens), "state": f.state,
             "since": moment(f.since), "updated_at": moment(f.updated_at), "behind": behind(f, known_lives),
             "silent": f.name in silent, "refused": len(f.refused)}
            for f in followers
        ],
    }  # fmt: skip


def is_screen(follower: Follower, screens: set[str]) -> bool:
    """Whether a follower is a board of the waiting room and not a line out of the office."""
    return follower.name in screens or follower.name.startswith("board")


@call("GET", "/api/v1/admin/summary", "admin", None, {200: AnyObject})
def summary(context: Context) -> tuple[int, Any]:
    """The journal's latest events, newest first, and the dossiers by field and step.

    {"business_date", "epoch", "last_seq", "events": [event], "dossiers": {"total", "overdue", "by_field":
    {field: count}, "by_step": {step: count}}}.
    """
    found = context.services
    now = found.clock.now_ms()
    with found.store.reading() as reading:
        glance = reading.glance()
        entries = reading.journal(glance.head.epoch, max(0, glance.head.seq - LATEST), LATEST)
        dossiers = reading.records.dossiers()
    late = sum(1 for d in dossiers if d.finished_at is None and d.due_at is not None and d.due_at < now)
    return 200, {
        "business_date": glance.business_date, "epoch": glance.head.epoch, "last_seq": glance.head.seq,
        "events": [json.loads(entry.body) for entry in reversed(entries)],
        "dossiers": {
            "total": len(dossiers), "overdue": late,
            "by_field": dict(Counter(d.field for d in dossiers).most_common()),
            "by_step": dict(Counter(STEPS[Status(d.status)] for d in dossiers).most_common()),
        },
    }  # fmt: skip

