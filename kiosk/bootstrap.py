"""The composition root: the only place that builds concrete objects from the configuration."""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from config import places
from config.schema import Configuration
from kiosk.clock import Clock, SystemClock
from kiosk.domain.calendar import DAYS, OpeningHours, Session
from kiosk.domain.service import CounterPlace, Office, Service
from kiosk.domain.survey import Survey
from kiosk.store.store import Store
from kiosk.trial_prints import Trials

log = logging.getLogger("kiosk")
EXIT_STORAGE = 70


def new_id() -> str:
    """UUIDv7."""
    from uuid_utils import uuid7

    return str(uuid7())


def build_office(configuration: Configuration) -> Office:
    """The office as the rules see it."""
    section, survey = configuration.office, configuration.survey
    sessions = tuple(
        Session(DAYS.index(day), hours.opens, hours.closes) for hours in section.hours for day in hours.days
    )
    hours = OpeningHours(
        ZoneInfo(section.timezone), sessions, frozenset(section.holidays), section.opening == "always"
    )  # fmt: skip
    return Office(
        code=section.code,
        name=section.name,
        services={
            s.code: Service(
                s.code, s.letter, s.name, tuple(s.fields), s.sensitive, s.daily_cap, tuple(s.sensitive_fields)
            )
            for s in configuration.service
        },
        counters={c.code: CounterPlace(c.code, c.name, tuple(c.services), c.officer) for c in configuration.counter},
        priorities=frozenset(priority.code for priority in configuration.priority),
        hours=hours,
        survey=Survey(
            survey.code, tuple(level.code for level in survey.levels),
            frozenset(reason.code for reason in survey.reasons), survey.window_minutes * 60_000,
        ),
        no_show_grace_ms=configuration.counters.no_show_grace_minutes * 60_000,
        priority_in_a_row=configuration.counters.priority_in_a_row,
        require_clerk=configuration.counters.require_clerk,
        languages=tuple(section.languages),
        printers=tuple(printer.name for printer in configuration.printer),
        masked_names=frozenset(section.masked_names),
        dispensers={kiosk: printer.name for printer in configuration.printer for kiosk in printer.kiosks},
        notices=tuple((notice.id, notice.text, notice.language) for notice in configuration.notice),
    )  # fmt: skip


def build_shown(configuration: Configuration) -> dict[str, Any]:
    """What pages and the TV show of the configuration: names, colours, shapes, wording; no address, no secret."""
    plain = configuration.model_dump(mode="json", by_alias=True)
    office = plain["office"]
    office["hours"] = [{**row, "from": row["from"][:5], "to": row["to"][:5]} for row in office["hours"]]
    return {
        "office": office,
        "services": plain["service"],
        "counters": plain["counter"],
        "priorities": plain["priority"],
        "survey": plain["survey"],
        "officers": plain["officer"],
        "notices": plain["notice"],
        "procedures": plain["procedure"],
        "public_url": configuration.server.public_url,
        "board": {name: plain["board"][name] for name in ("overdue_first", "procedures_page", "picture")},
    }


def database_url(configuration: Configuration) -> str:
    return configuration.database.url or f"sqlite:///{places.database_file()}"


@dataclass
class House:
    """The parts every command may need."""

    configuration: Configuration
    office: Office
    store: Store
    clock: Clock
    print_states: dict[str, dict[str, Any]] = field(default_factory=dict)
    trials: Trials = field(default_factory=Trials)

    def close(self) -> None:
        self.store.close()


def build_house(configuration: Configuration, clock: Clock | None = None) -> House:
    """Open the database of the configured office; the state folder is made when missing."""
    places.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    office = build_office(configuration)
    store = Store(database_url(configuration), office, new_id)
    return House(configuration, office, store, clock or SystemClock())


def fingerprint(configuration: Configuration) -> str:
    """Of what the office shows and follows; a change of it is an event."""
    text = json.dumps(build_shown(configuration), sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def exit_on_storage_failure(error: BaseException) -> None:
    """A failed write or fsync cannot be retried: the kernel may have dropped the pages. Restart into recovery."""
    log.critical("the storage failed: %s", error)
    sys.stderr.flush()
    os._exit(EXIT_STORAGE)


def trusted_hosts(configuration: Configuration) -> frozenset[str]:
    names = {socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"}
    public = configuration.server.public_url.partition("//")[2].partition("/")[0].partition(":")[0]
    return frozenset(names | ({public.lower()} if public else set()))
