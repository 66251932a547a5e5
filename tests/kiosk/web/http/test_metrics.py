"""Figures for Prometheus: right, escaped, and without personal data."""

from __future__ import annotations

import pytest

from kiosk.domain.followers import FollowerStatus
from kiosk.web.http.metrics import _escaped, _family
from tests.office import OfficeStory


def samples(office: OfficeStory) -> dict[str, str]:
    lines = office.send("GET", "/metrics", None).text.splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_the_waiting_are_counted_by_service(small_office: OfficeStory) -> None:
    for service in ("HT", "HT", "DD"):
        small_office.take_number(service)
    small_office.call_next("1")
    found = samples(small_office)
    waiting = {code: found[f'motcua_waiting{{service="{code}"}}'] for code in ("HT", "DD", "VX", "VP", "KQ")}
    assert waiting == {"HT": "1", "DD": "1", "VX": "0", "VP": "0", "KQ": "0"}
    assert found["motcua_journal_seq"] == str(small_office.events()[-1]["seq"])
    assert found["motcua_streams"] == "0"


@pytest.mark.parametrize(
    ("state", "cursor_at_end", "hours", "ok"),
    [
        ("ok", True, 0, "1"),
        ("sending", False, 0, "1"),
        ("waiting", True, 0, "0"),
        ("ok", False, 1, "0"),
        ("ok", True, 1, "1"),
    ],
)
def test_a_follower_is_well_while_it_delivers_and_is_heard(
    small_office: OfficeStory, state: str, cursor_at_end: bool, hours: int, ok: str
) -> None:
    assert small_office.service, "it notes the configuration before anything is counted"
    small_office.take_number()
    last = small_office.events()[-1]
    now = small_office.clock.now_ms()
    with small_office.app.store.writing() as tables:
        cursor = last["seq"] if cursor_at_end else 0
        tables.followers.put(FollowerStatus("tinh", last["epoch"], cursor, state, "…", [], now, now))
    small_office.clock.passes(hours * 3600)
    found = samples(small_office)
    assert found['motcua_follower_ok{name="tinh"}'] == ok
    assert found['motcua_follower_behind{name="tinh"}'] == ("0" if cursor_at_end else str(last["seq"]))
    assert found['motcua_follower_updated_seconds{name="tinh"}'] == str(now // 1000)


@pytest.mark.parametrize(
    ("value", "escaped"), [("plain", "plain"), ('say "x"', 'say \\"x\\"'), ("a\\b", "a\\\\b"), ("a\nb", "a\\nb")]
)
def test_a_label_may_hold_any_text(value: str, escaped: str) -> None:
    assert _escaped(value) == escaped


def test_a_family_has_its_help_and_its_type() -> None:
    text = _family("motcua_x", "What it is.", [({}, 1), ({"a": "1", "b": "2"}, 3)], "counter")
    assert text == '# HELP motcua_x What it is.\n# TYPE motcua_x counter\nmotcua_x 1\nmotcua_x{a="1",b="2"} 3\n'


def test_no_person_and_no_number_stands_in_the_figures(small_office: OfficeStory) -> None:
    small_office.take_number("HT", "disabled")
    small_office.call_next("1")
    text = small_office.send("GET", "/metrics", None).text
    assert "A001" not in text and "disabled" not in text and "counter-" not in text
