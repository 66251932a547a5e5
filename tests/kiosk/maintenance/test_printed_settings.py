"""What is kept of the configuration beside reports names no officer, and is read section by section."""

from __future__ import annotations

import json
from pathlib import Path

from config.loading import load
from kiosk.maintenance.printed_settings import settings_of, with_settings


def test_no_officer_of_the_office_stands_in_it(sample_file: Path) -> None:
    configuration = load(sample_file)
    names = {one.name for one in configuration.officer} | {one.officer for one in configuration.counter} - {""}
    assert names
    text = settings_of(configuration)
    assert {name for name in names if name in text} == set()


def test_a_section_that_cannot_be_read_is_todays_and_the_others_are_of_then(sample_file: Path) -> None:
    configuration = load(sample_file)
    kept = json.loads(settings_of(configuration))
    kept["office"]["authority"] = "UBND xã khác"
    kept["letter"] = {"of a later version": 1}
    del kept["survey"]
    then, unread = with_settings(configuration, json.dumps(kept))
    assert unread == ["letter", "survey"]
    assert then.office.authority == "UBND xã khác"
    assert (then.letter, then.survey) == (configuration.letter, configuration.survey)
