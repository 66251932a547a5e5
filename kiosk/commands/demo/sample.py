"""The demonstration's office at its first start: a sample day before today, sample dossiers, counters that are open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from config.loading import load
from contract.dossiers import Channel, DossierStatus
from contract.tickets import CounterState
from kiosk.commands.demo.setup import DemoSetup
from kiosk.domain.dossier import Dossier
from kiosk.samples.ba_vi_2024 import UNIT_CODE

if TYPE_CHECKING:
    from kiosk.app import App

SAMPLE_FILE = "sample-until.txt"
SAMPLES = ("ba-vi-2024", "merged-2026")
SEED = 1
# Field, days since its receipt, days until its due date, status: what the TV shows at the first start.
IN_PROGRESS = (
    ("Hộ tịch", 1, 2, DossierStatus.RECEIVED),
    ("Chứng thực", 1, 1, DossierStatus.PROCESSING),
    ("Đất đai", 12, 8, DossierStatus.PROCESSING),
    ("Đất đai", 22, -1, DossierStatus.PROCESSING),
    ("Xây dựng", 4, 11, DossierStatus.RECEIVED),
    ("Hộ tịch", 2, 1, DossierStatus.PROCESSING),
    ("Bảo trợ xã hội", 3, 7, DossierStatus.PROCESSING),
    ("Chứng thực", 1, 1, DossierStatus.RECEIVED),
)


def sample_until(data: Path) -> str | None:
    """The sample day of this folder (YYYY-MM-DD), None before its first start."""
    with suppress(OSError):
        return (data / SAMPLE_FILE).read_text(encoding="utf-8").strip()
    return None


def create_demo_office(setup: DemoSetup, sample: str = SAMPLES[0]) -> str:
    """Database, sample day and dossiers at the first start, an administrator's token; returns the token.

    `sample`: one of SAMPLES.
    """
    from kiosk.bootstrap import build_app
    from kiosk.maintenance.initialise import create_office, create_token, follower_tokens
    from kiosk.samples import DatabaseInUse

    os.environ.update({key: value for key, value in setup.environment.items() if key.startswith("MOTCUA")})
    app = build_app(load(Path(setup.environment["MOTCUA_CONFIG"])))
    try:
        create_office(app)
        follower_tokens(app)
        with suppress(DatabaseInUse):
            fill(app, setup.data, sample)
            setup.environment["MOTCUA__OFFICE__SAMPLE_UNTIL"] = sample_until(setup.data) or ""
        return create_token(app, "admin", "demo-admin", None)
    finally:
        app.close()


def fill(app: App, data: Path, sample: str = SAMPLES[0]) -> None:
    """Raises DatabaseInUse where there are tickets or dossiers already."""
    from kiosk.samples.filling import put_ba_vi_2024, put_merged_2026
    from kiosk.samples.random_days import RandomDays, fill_random

    now = app.clock.now_ms()
    fill_random(app.store, RandomDays(1, None, SEED), now)
    today = app.office.hours.local(now).date()
    (data / SAMPLE_FILE).write_text((today - timedelta(days=1)).isoformat(), encoding="utf-8")
    put = put_merged_2026 if sample == "merged-2026" else put_ba_vi_2024
    put(app.store, [(one.code, one.field) for one in app.configuration.procedure], now)
    put_in_progress(app, today, now)
    open_counters(app, now)


def put_in_progress(app: App, today: date, now: int) -> None:
    """As the one-stop system would, in one transaction."""
    from kiosk.actions.dossiers import put_dossiers
    from kiosk.store.unit_of_work import Actor

    codes = {one.field: one.code for one in app.configuration.procedure}
    with app.store.unit(Actor("system", "sample"), now) as unit:
        put_dossiers(unit, list(_in_progress(today, codes, app)))


def _in_progress(today: date, codes: dict[str, str], app: App) -> Iterator[Dossier]:
    zone = app.office.hours.timezone
    for place, (field, ago, ahead, status) in enumerate(IN_PROGRESS):
        received = today - timedelta(days=ago)
        at, due = (
            round(datetime.combine(day, hour, zone).timestamp() * 1000)
            for day, hour in ((received, time(8, 30)), (today + timedelta(days=ahead), time(17)))
        )
        code = f"{UNIT_CODE}-{received:%y%m%d}-{9001 + place}"
        procedure = codes.get(field, next(iter(codes.values())))
        yield Dossier(code, procedure, field, Channel.ONLINE, status, at, due)


def open_counters(app: App, now: int) -> None:
    """So that the TV says "Sẵn sàng" and not "Quầy đóng" to who starts the demonstration."""
    from kiosk.actions import counters, days
    from kiosk.store.unit_of_work import Actor

    with app.store.unit(Actor("system", "sample"), now) as unit:
        days.ensure_today(unit)
        for counter in app.configuration.counter:
            counters.set_state(unit, counter.code, CounterState.OPEN)
