"""What followers tell of themselves, as administrators and Prometheus read it."""

from __future__ import annotations

import json
from typing import Any

from kiosk.founding import begin_epoch
from kiosk.store.devices import Access
from kiosk.web.api_followers import webhook_name
from tests.office import OfficeStory

URL = "https://example.org/hook"


def put(story: OfficeStory, name: str = "tinh", **more: Any) -> int:
    body = {"epoch": story.service.feed.epoch, "cursor": 1, "state": "ok", **more}
    return story.send("PUT", f"/api/v1/followers/{name}", "sync", body).status_code


def row(story: OfficeStory, name: str = "tinh") -> dict[str, Any]:
    followers = story.send("GET", "/api/v1/followers", "admin").json["followers"]
    return next(one for one in followers if one["name"] == name)


def refused(story: OfficeStory, *seqs: int, tried: int = 0) -> list[dict[str, Any]]:
    return [
        {"epoch": story.service.feed.epoch, "seq": seq, "code": "late", "reason": "trễ", "tried": tried} for seq in seqs
    ]


def ask(story: OfficeStory, name: str = "tinh", **body: Any) -> Any:
    return story.send("POST", f"/api/v1/followers/{name}/resend", "admin", body)


def test_a_request_to_send_again_stays_until_the_follower_tried(small_office: OfficeStory) -> None:
    put(small_office, refused=refused(small_office, 4, 7))
    epoch = small_office.service.feed.epoch
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
    assert ask(small_office, epoch=small_office.service.feed.epoch, seq=5).json["code"] == "unknown-follower"
    assert ask(small_office, "nobody").status_code == 404


def test_only_administrators_ask_and_forget(small_office: OfficeStory) -> None:
    put(small_office)
    for role in ("sync", "board", "kiosk", "counter"):
        assert small_office.send("POST", "/api/v1/followers/tinh/resend", role, {}).status_code == 403
        assert small_office.send("DELETE", "/api/v1/followers/tinh", role).status_code == 403


def test_a_webhook_that_was_removed_does_not_come_back(small_office: OfficeStory) -> None:
    name = webhook_name(URL)
    assert put(small_office, name) == 404
    store = small_office.house.store
    with store.raw_transaction() as transaction:
        Access(transaction, small_office.house.office.code).add_webhook(URL, "secret", 0)
    assert put(small_office, name) == 204
    assert row(small_office, name)["address"] == URL
    assert small_office.send("DELETE", f"/api/v1/followers/{name}", "admin").status_code == 403
    with store.raw_transaction() as transaction:
        Access(transaction, small_office.house.office.code).drop_webhook(URL)
    assert row(small_office, name)["configured"] is False
    assert small_office.send("DELETE", f"/api/v1/followers/{name}", "admin").status_code == 204
    assert put(small_office, name) == 404
    assert small_office.send("GET", "/api/v1/followers", "admin").json["followers"] == []


def test_what_a_follower_is_behind_counts_over_all_lives_of_the_database(small_office: OfficeStory) -> None:
    put(small_office, cursor=0)
    house = small_office.house
    first = small_office.service.feed.epoch
    before = len(small_office.events())
    second = begin_epoch(house)
    small_office.take_number()
    now = len(small_office.events())
    assert row(small_office)["behind"] == before + now
    put(small_office, epoch=first, cursor=before)
    assert row(small_office)["behind"] == now
    put(small_office, epoch=second, cursor=now)
    assert row(small_office)["behind"] == 0
    assert 'motcua_follower_behind{name="tinh"} 0' in small_office.send("GET", "/metrics", None).text


def test_prometheus_sees_a_line_that_is_down_and_what_was_refused(small_office: OfficeStory) -> None:
    put(small_office, state="waiting", detail="đang chờ", refused=refused(small_office, 4))
    text = small_office.send("GET", "/metrics", None).text
    assert 'motcua_follower_ok{name="tinh"} 0' in text and 'motcua_follower_refused{name="tinh"} 1' in text
    assert f'motcua_follower_since_seconds{{name="tinh"}} {small_office.clock.ms // 1000}' in text
    put(small_office, state="ok")
    assert 'motcua_follower_ok{name="tinh"} 1' in small_office.send("GET", "/metrics", None).text
