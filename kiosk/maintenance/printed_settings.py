"""What reports take from the configuration, as text that is kept beside them, and a configuration with it again."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from config import places
from config.schema import Configuration
from kiosk.app import App
from kiosk.maintenance.check_outcomes import note_keeping
from kiosk.reports.report_files import ReportFiles

SECTIONS = ("office", "letter", "survey", "service", "counter", "priority", "officer")  # none has a secret


def settings_of(configuration: Configuration) -> str:
    """The same text for the same settings. Reports name no officer of the configuration, so neither does this."""
    plain = configuration.model_dump(mode="json", by_alias=True, include=set(SECTIONS))
    plain["officer"] = [one | {"name": one["position"], "photo": None} for one in plain["officer"]]
    plain["counter"] = [one | {"officer": ""} for one in plain["counter"]]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def with_settings(configuration: Configuration, text: str) -> tuple[Configuration, list[str]]:
    """The configuration as reports saw it then, and the sections that can't be read; these and the rest are today's.

    Raises ValueError if nothing of it can be read.
    """
    kept = json.loads(text)
    if not isinstance(kept, dict):
        raise ValueError("no sections")
    read: dict[str, object] = {}
    for name in set(SECTIONS) & set(kept):
        with suppress(ValueError):
            read[name] = _section(name, kept[name])
    return configuration.model_copy(update=read), [name for name in SECTIONS if name not in read]


def report_files(app: App) -> ReportFiles:
    """Of the state folder; the administrator is told when what reports show cannot be kept there."""
    folder, settings = places.home() / "reports", partial(settings_of, app.configuration)
    return ReportFiles(folder, settings, partial(note_keeping, app))


def _section(name: str, given: object) -> object:
    of_section: Any = Configuration.model_fields[name].annotation
    return TypeAdapter(of_section).validate_python(given)
