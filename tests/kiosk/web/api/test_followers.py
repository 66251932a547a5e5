"""What followers tell of themselves, as administrators and Prometheus read it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from contract.followers import webhook_name
from kiosk.domain.followers import Upstream
from kiosk.maintenance.initialise import start_new_epoch
from kiosk.queries import followers
from sync.policy import RETRY_AFTER_CAP_S
from sync.program import FROZEN_S
from sync.report import REPEAT_S
from tests.office import OfficeStory

URL = "https://example.org/hook"


def put(story: OfficeStory, name: str = "tinh", **more: Any) -> int:
    body = {"epoch": story.service.stream.epoch, "cursor": 1, "state": "ok", **more}
    return story.send("PUT", f"/api/v1/followers/{name}", "sync", body).status_code


def row(story: OfficeStory, name: str = "tinh") -> dict[str, Any]:
    followers = story.send("GET", "/api/v1/followers", "admin").json["followers"]
    return next(one for one in followers if one["name"] == name)


def refused(story: OfficeStory, *seqs: int, tried: int = 0) -> list[dict[str, Any]]:
    return [
        {"epoch": story.service.stream.epoch, "seq": seq, "code": "late", "reason": "trễ", "tried": tried}
        for seq in seqs
    ]


def ask(story: OfficeStory, name: str = "tinh", **body: Any) -> Any:
    return story.send("POST", f"/api/v1/followers/{name}/resend", "admin", body)


def test_a_request_to_send_again_stays_until_the_follower_tried(small_office: OfficeStory) -> None:
    put(small_office, refused=refused(small_office, 4, 7))
    epoch = small_office.service.stream.epoch
    assert ask(small_office, epoch=epoch, seq=4).json == {"asked": 1}
    asked_at = row(small_office)["refused"][0]["again"]
    put(small_office, cursor=2, refused=refused(small_office, 4, 7))
    assert [r.get("again") for r in row(small_office)["refused"]] == [asked_at, None], "not yet tried"
    put(small_office, cursor=3, refused=refused(small_office, 4, tried=asked_at) + refused(small_office, 7))
    assert [r.get("again") for r in row(small_office)["refused"]] == [None, None], "refused once more"


def test_all_refused_events_can_be_asked_for_at_once(small_office: OfficeStory) -> None:
    put(small_office, refused=refused(small_office, 4, 7))
    assert ask(small_office).json == {"asked": 2}
    assert all("again" in r for r in row(small_office)["refused"])


def test_a_thousand_refused_events_find_room(small_office: OfficeStory) -> None:
    rows = [{**one, "reason": "ậ" * 200} for one in refused(small_office, *range(1, 1001))]
    body = json.dumps({"epoch": "e1", "cursor": 1, "state": "ok", "refused": rows}, ensure_ascii=False).encode()
    assert small_office.send("PUT", "/api/v1/followers/tinh", "sync", body).status_code == 204
    assert len(row(small_office)["refused"]) == 1000


def test_what_was_not_refused_cannot_be_asked_for(small_office: OfficeStory) -> None:
    put(small_office, refused=refused(small_office, 4))
    assert ask(small_office, epoch=small_office.service.stream.epoch, seq=5).json["code"] == "unknown-follower"
    assert ask(small_office, "nobody").status_code == 404


def test_only_administrators_ask_and_forget(small_office: OfficeStory) -> None:
    put(small_office)
    for role in ("sync", "board", "kiosk", "counter"):
        assert small_office.send("POST", "/api/v1/followers/tinh/resend", role, {}).status_code == 403
        assert small_office.send("DELETE", "/api/v1/followers/tinh", role).status_code == 403


def test_a_webhook_that_was_removed_does_not_come_back(small_office: OfficeStory) -> None:
    name = webhook_name(URL)
    assert put(small_office, name) == 404
    store = small_office.app.store
    with store.writing() as tables:
        tables.webhooks.add(URL, "secret", 0)
    assert put(small_office, name) == 204
    assert row(small_office, name)["address"] == URL
    assert small_office.send("DELETE", f"/api/v1/followers/{name}", "admin").status_code == 403
    with store.writing() as tables:
        tables.webhooks.remove(URL)
    assert row(small_office, name)["configured"] is False
    assert small_office.send("DELETE", f"/api/v1/followers/{name}", "admin").status_code == 204
    assert put(small_office, name) == 404
    assert small_office.send("GET", "/api/v1/followers", "admin").json["followers"] == []


def test_what_a_follower_is_behind_counts_over_all_lives_of_the_database(small_office: OfficeStory) -> None:
    put(small_office, cursor=0)
    app = small_office.app
    first = small_office.service.stream.epoch
    before = len(small_office.events())
    second = start_new_epoch(app)
    small_office.take_number()
    now = len(small_office.events())
    assert row(small_office)["behind"] == before + now
    put(small_office, epoch=first, cursor=before)
    assert row(small_office)["behind"] == now
    put(small_office, epoch=second, cursor=now)
    assert row(small_office)["behind"] == 0
    assert 'motcua_follower_behind{name="tinh"} 0' in small_office.send("GET", "/metrics", None).text


def test_a_stick_is_configured_and_keeps_its_place(small_office: OfficeStory) -> None:
    put(small_office, "usb", state="waiting", detail="đã chép đến sự kiện 2 ra USB", refused=refused(small_office, 1))
    found = row(small_office, "usb")
    assert (found["kind"], found["configured"], found["silent"]) == ("bundle", True, False)
    answer = small_office.send("DELETE", "/api/v1/followers/usb", "admin")
    assert (answer.status_code, answer.json["code"]) == (409, "by-stick")
    assert "USB" in answer.json["title"] and "[sync.bundle] follower" in answer.json["detail"]
    assert row(small_office, "usb")["cursor"] == 1


def test_nobody_is_asked_to_send_again_what_only_a_line_can_send_again(small_office: OfficeStory) -> None:
    put(small_office, "usb", refused=refused(small_office, 1))
    answer = ask(small_office, "usb")
    assert (answer.status_code, answer.json["code"]) == (409, "by-stick")
    assert "again" not in row(small_office, "usb")["refused"][0], "a mark would never be taken back"


def test_a_stick_under_another_name_frees_the_old_one(small_office: OfficeStory) -> None:
    put(small_office, "usb")
    given = small_office.service.dependencies
    given.upstream = Upstream(given.upstream.connectors, "the-usb")
    assert (row(small_office, "usb")["kind"], row(small_office, "usb")["configured"]) == ("other", False)
    assert small_office.send("DELETE", "/api/v1/followers/usb", "admin").status_code == 204


def test_a_stick_on_its_way_is_no_line_that_is_down(small_office: OfficeStory) -> None:
    put(small_office, "usb", state="waiting")
    put(small_office)
    found = small_office.send("GET", "/api/v1/equipment", "counter").json["followers"]
    assert {one["name"]: one["line"] for one in found} == {"tinh": True, "usb": False}


DAYS_3 = 3 * 24 * 3600


def samples(story: OfficeStory) -> dict[str, int]:
    """The figures by name and labels; every line must be of the text format and every family declared once."""
    answer = story.send("GET", "/metrics", None)
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8" and answer.text.endswith("\n")
    found: dict[str, int] = {}
    declared: list[str] = []
    for line in answer.text.split("\n")[:-1]:
        if line.startswith("# HELP "):
            declared.append(line.split()[2])
        elif line.startswith("# TYPE "):
            assert line.split()[2:] in ([declared[-1], "gauge"], [declared[-1], "counter"])
        else:
            label = r'[a-z]+="(?:[^"\\]|\\[\\"n])*"'
            match = re.fullmatch(rf"([a-z_]+)((?:\{{{label}(?:,{label})*\}})?) (\d+)", line)
            assert match and match[1] == declared[-1], line
            found[match[1] + match[2]] = int(match[3])
    assert len(declared) == len(set(declared))
    return found


def test_prometheus_reads_why_a_line_waits_whatever_stands_in_the_words(small_office: OfficeStory) -> None:
    put(small_office, "tinh", state="waiting", detail='đang chờ 1.204 sự kiện từ 09:12, "C:\\x"\nkhông trả lời')
    found = samples(small_office)
    words = r"đang chờ 1.204 sự kiện từ 09:12, \"C:\\x\"\nkhông trả lời"
    assert found[f'motcua_follower_info{{name="tinh",state="waiting",detail="{words}"}}'] == 1
    assert found['motcua_follower_updated_seconds{name="tinh"}'] == small_office.clock.ms // 1000


@pytest.mark.parametrize("state", ["ok", "sending"])
def test_a_follower_that_died_is_not_well_although_its_last_word_was(small_office: OfficeStory, state: str) -> None:
    small_office.take_number()
    put(small_office, state=state)
    small_office.clock.passes(DAYS_3)
    found = samples(small_office)
    assert found['motcua_follower_ok{name="tinh"}'] == 0 and row(small_office)["silent"] is True
    assert found['motcua_follower_updated_seconds{name="tinh"}'] == small_office.clock.ms // 1000 - DAYS_3
    put(small_office, state=state)
    assert samples(small_office)['motcua_follower_ok{name="tinh"}'] == 1


def test_a_follower_with_nothing_to_send_may_be_still(small_office: OfficeStory) -> None:
    put(small_office)
    small_office.take_number()
    put(small_office, cursor=len(small_office.events()))
    small_office.clock.passes(DAYS_3)
    assert samples(small_office)['motcua_follower_ok{name="tinh"}'] == 1
    small_office.take_number()
    assert samples(small_office)['motcua_follower_ok{name="tinh"}'] == 1, "the first event after a holiday just came"
    small_office.clock.passes(3600)
    assert samples(small_office)['motcua_follower_ok{name="tinh"}'] == 0


def test_a_stick_between_two_journeys_is_well(small_office: OfficeStory) -> None:
    small_office.take_number()
    put(small_office, "usb")
    small_office.clock.passes(DAYS_3)
    assert samples(small_office)['motcua_follower_ok{name="usb"}'] == 1


def test_a_follower_that_lives_is_never_taken_for_dead() -> None:
    assert followers.SILENT_MS >= (FROZEN_S + REPEAT_S) * 1000
    assert followers.SILENT_AFTER_FAILURE_MS >= (FROZEN_S + REPEAT_S + RETRY_AFTER_CAP_S) * 1000


def test_prometheus_sees_a_line_that_is_down_and_what_was_refused(small_office: OfficeStory) -> None:
    put(small_office, state="waiting", detail="đang chờ", refused=refused(small_office, 4))
    text = small_office.send("GET", "/metrics", None).text
    assert 'motcua_follower_ok{name="tinh"} 0' in text and 'motcua_follower_refused{name="tinh"} 1' in text
    assert f'motcua_follower_since_seconds{{name="tinh"}} {small_office.clock.ms // 1000}' in text
    put(small_office, state="ok")
    assert 'motcua_follower_ok{name="tinh"} 1' in small_office.send("GET", "/metrics", None).text
