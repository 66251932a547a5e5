"""The national portal: signing in, asking seldom, reading only what may come in, and every way it answers badly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from config.loading import ConfigurationError
from kiosk.actions.dossiers import put_dossiers
from sync.connector import SyncError
from sync.portal.mapping import load_mapping
from sync.portal.watch import PAUSE_S
from sync.program import Program
from sync.simulator.onestop import OneStop
from sync.simulator.portal import MODES
from tests.pages.conftest import House, open_house
from tests.sync.exports import PEOPLE, ZONE, portal_item
from tests.sync.portal import UNIT, ba_vi, load, one_dossier, portal, section, stored, watch


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    yield from open_house(tmp_path)


def row(house: House) -> dict[str, str]:
    followers = house.send("GET", "/api/v1/followers", "admin")["followers"]
    return next(one for one in followers if one["name"] == "cong")


def asked(province: OneStop, service: str = "TraCuuHoSo") -> list[str]:
    return [about for name, about in province.portal.asked if name == service]


# the protocol
def test_one_session_serves_many_questions(province: OneStop) -> None:
    load(province, [one_dossier(n) for n in range(1, 6)])
    client = portal(province)
    codes = [one_dossier(n).code for n in range(1, 7)]
    assert [item and item["MaHoSo"] for item in map(client.dossier, codes)] == [*codes[:5], None]
    assert province.portal.sign_ins == 1


def test_a_session_that_the_portal_forgot_is_renewed_once(province: OneStop) -> None:
    load(province, [one_dossier()])
    now = [0.0]
    client = portal(province)
    client._monotonic = lambda: now[0]
    client.dossier(one_dossier().code)
    province.portal.forget_session()
    now[0] = 61.0
    assert client.dossier(one_dossier().code) is not None and province.portal.sign_ins == 2


def test_a_young_session_that_is_refused_is_no_reason_to_hammer_the_sign_in(province: OneStop) -> None:
    client = portal(province)
    client.dossier(one_dossier().code)
    for _ in range(5):
        province.portal.fail("refuse", 1)
        with pytest.raises(SyncError):
            client.dossier(one_dossier().code)
        client.dossier(one_dossier().code)
    assert province.portal.sign_ins <= 6


@pytest.mark.parametrize("wrong", [{"password": "khác"}, {"dstcode": "VN:GOV:OTHER"}, {"username": "ai đó"}])
def test_wrong_credentials_are_said_with_what_to_check(province: OneStop, wrong: dict[str, str]) -> None:
    with pytest.raises(SyncError, match="check username, password and dstcode") as refused:
        portal(province, **wrong).dossier(one_dossier().code)
    assert not refused.value.retryable


def test_the_catalogue_and_one_procedure_are_told(province: OneStop) -> None:
    load(province, [one_dossier()])
    client = portal(province)
    assert client.procedures() == [("1.001193", "Thủ tục 1.001193", "Hộ tịch")]
    assert client.procedure("1.001193") == client.procedures()[0]
    assert client.procedure("9.999999") is None


@pytest.mark.parametrize("mode", sorted(MODES - {"other"}))
def test_a_bad_answer_is_a_failure_and_repeats_nothing_of_it(province: OneStop, mode: str) -> None:
    load(province, [one_dossier()])
    client = portal(province)
    client.procedures()
    province.portal.fail(mode)
    with pytest.raises(SyncError) as failed:
        client.dossier(one_dossier().code)
    told = f"{failed.value} {failed.value.facts}"
    assert not any(trace in told for person in PEOPLE for trace in person.traces())
    assert client.dossier(one_dossier().code) is not None


def test_another_dossier_than_the_one_asked_for_is_no_answer(province: OneStop) -> None:
    load(province, [one_dossier(1), one_dossier(2)])
    client = portal(province)
    client.procedures()
    province.portal.fail("other")
    assert client.dossier(one_dossier(2).code) is None


def test_a_province_may_name_things_otherwise(tmp_path: Path) -> None:
    own = tmp_path / "mapping.toml"
    own.write_text('[dossier]\ncode = ["SO_HO_SO"]\n[status]\n"11" = 8\n', encoding="utf-8")
    cells = load_mapping(str(own)).cells({"so-ho-so": "X", "MaHoSo": "Y", "TRANGTHAIHOSO": 11, "ChuHoSo": "Z"})
    assert cells == {"code": "X", "status": 8}
    own.write_text("[hồ_sơ]\n", encoding="utf-8")
    with pytest.raises(ValueError):
        load_mapping(str(own))
    own.write_text("[dossiers]\n", encoding="utf-8")
    with pytest.raises(ValueError, match="there is no table dossiers"):
        load_mapping(str(own))


# following
def test_dossiers_of_today_are_found_by_their_running_numbers(house: House, province: OneStop) -> None:
    today = [one_dossier(n) for n in (1, 2, 4)]
    load(province, today)
    assert watch(house, province).exchange() == PAUSE_S
    assert stored(house.story) == today
    assert row(house)["detail"] == "đang theo dõi 3 hồ sơ trên Cổng Dịch vụ công quốc gia"


def test_a_second_minute_asks_nothing_that_was_just_answered(house: House, province: OneStop) -> None:
    load(province, [one_dossier(1)])
    follower = watch(house, province)
    follower.exchange()
    before = len(province.portal.asked)
    house.story.clock.passes(60)
    follower.exchange()
    assert len(province.portal.asked) == before


def test_progress_reaches_the_board_and_the_kiosk(house: House, province: OneStop) -> None:
    load(province, [one_dossier(1)])
    follower = watch(house, province)
    follower.exchange()
    load(province, [one_dossier(1, status=9, finished_at=house.story.clock.ms, step="ready")])
    house.story.clock.passes(3600)
    follower.exchange()
    shown = house.send("GET", "/api/v1/board", "board")["progress"]
    assert [(line["code_masked"], line["step"]) for line in shown] == [("•••240415-0001", "ready")]
    assert house.send("GET", f"/api/v1/dossiers/{one_dossier(1).code}", "kiosk")["step"] == "ready"


def test_a_handed_over_dossier_is_left_alone(house: House, province: OneStop) -> None:
    done = one_dossier(1, status=10, finished_at=house.story.clock.ms, step="returned")
    load(province, [done])
    follower = watch(house, province)
    follower.exchange()
    house.story.clock.passes(10 * 3600)
    follower.exchange()
    assert asked(province).count(done.code) == 1


def test_nothing_is_asked_at_night_and_again_in_the_morning(house: House, province: OneStop) -> None:
    house.story.clock.jumps_to("2024-04-15T21:00:00+07:00")
    load(province, [one_dossier(1)])
    follower = watch(house, province)
    follower.exchange()
    assert province.portal.asked == [] and province.portal.sign_ins == 0
    house.story.clock.jumps_to("2024-04-16T06:00:00+07:00")
    follower.exchange()
    assert stored(house.story) == [one_dossier(1)]


def test_no_more_is_asked_in_a_minute_than_allowed(house: House, province: OneStop) -> None:
    load(province, [one_dossier(n) for n in range(1, 30)])
    follower = watch(house, province, calls_per_minute=5, follow_since=date(2024, 4, 15))
    for minute in range(1, 8):
        follower.exchange()
        follower.exchange()
        assert len(asked(province)) == min(5 * minute, 29 + 2)
        house.story.clock.passes(60)
    assert len(stored(house.story)) == 29


def test_a_dossier_that_a_clerk_linked_is_asked_about_first(house: House, province: OneStop) -> None:
    follower = watch(house, province, discover=False)
    follower.exchange()
    elsewhere = one_dossier(7, code="H48.20.99-240401-0007")
    load(province, [elsewhere])
    ticket = house.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    house.send("POST", f"/api/v1/tickets/{ticket['id']}/dossiers", "counter", {"code": elsewhere.code}, "1")
    house.story.clock.passes(60)
    follower.exchange()
    assert stored(house.story) == [elsewhere] and asked(province) == [elsewhere.code]


def test_a_restart_goes_on_with_what_the_house_knows(house: House, province: OneStop) -> None:
    load(province, [one_dossier(n) for n in (1, 2)])
    watch(house, province).exchange()
    province.portal.asked.clear()
    load(province, [one_dossier(3)])
    again = watch(house, province)
    again.exchange()
    assert stored(house.story) == [one_dossier(n) for n in (1, 2, 3)]
    assert house.story.types().count("dossier.updated") == 3


def test_what_a_file_told_is_not_forgotten_by_the_portal(house: House, province: OneStop) -> None:
    """The portal has no word for a dossier carried over, nor for every reason."""
    known = one_dossier(1, carried_over=True, digitised=False, not_digitised_reason="Thiết bị quét hỏng")
    with house.story.unit() as unit:
        put_dossiers(unit, [known])
    news = replace(known, status=5, step="papers_asked")
    load(province, [replace(news, not_digitised_reason=None)])
    watch(house, province).exchange()
    assert stored(house.story) == [news]


def test_a_dossier_that_cannot_be_read_is_said_by_its_fields_and_the_rest_goes_on(
    house: House, province: OneStop
) -> None:
    load(province, [one_dossier(1), one_dossier(2)])
    province.portal.dossiers[one_dossier(1).code] |= {"TrangThaiHoSo": PEOPLE[3].name, "NgayTiepNhan": "?"}
    watch(house, province).exchange()
    assert stored(house.story) == [one_dossier(2)]
    assert row(house)["detail"] == "không đọc được 1 hồ sơ của Cổng; xem lại: Ngày tiếp nhận, Trạng thái"


def test_a_portal_that_fails_is_waited_for_in_words_and_nothing_is_lost(house: House, province: OneStop) -> None:
    load(province, [one_dossier(n) for n in (1, 2, 3)])
    follower = watch(house, province)
    province.portal.fail("429", 1)
    assert follower.exchange() == 120.0
    assert "mã lỗi 429" in str(row(house)["detail"])
    for mode in ("html", "endless", "refuse", "500"):
        house.story.clock.passes(60)
        follower.exchange()
        province.portal.fail(mode, 1)
    house.story.clock.passes(3600)
    for _ in range(6):
        follower.exchange()
        house.story.clock.passes(3600)
    assert stored(house.story) == [one_dossier(n) for n in (1, 2, 3)]
    assert row(house)["state"] == "ok"


def test_a_dossier_that_the_portal_refuses_holds_up_no_other(house: House, province: OneStop) -> None:
    load(province, [one_dossier(n) for n in (2, 3, 4)])
    follower = watch(house, province)
    follower.exchange()
    province.portal.refused.add(one_dossier(2).code)
    province.portal.load([portal_item(one_dossier(3, status=5), PEOPLE[0])])
    for _ in range(4):
        house.story.clock.passes(3600)
        follower.exchange()
    assert {one.code[-4:]: one.status for one in stored(house.story)} == {"0002": 4, "0003": 5, "0004": 4}
    assert row(house)["state"] == "ok"


def test_a_portal_that_answers_by_an_error_what_it_does_not_know_is_understood(
    province: OneStop, tmp_path: Path
) -> None:
    own = tmp_path / "mapping.toml"
    own.write_text('[answer]\nunknown = ["5"]\n', encoding="utf-8")
    province.portal.refused.add(one_dossier(1).code)
    client = portal(province)
    with pytest.raises(SyncError, match="refuses the question"):
        client.dossier(one_dossier(1).code)
    client._mapping = load_mapping(str(own))
    assert client.dossier(one_dossier(1).code) is None


def test_a_procedure_that_the_catalogue_leaves_out_is_asked_for_by_itself_once(
    house: House, province: OneStop, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = [one_dossier(n, procedure="7.777777", field="Việc lạ") for n in (1, 2)]
    load(province, strange)
    province.portal.procedures.clear()
    follower = watch(house, province)
    asked: list[str] = []

    def procedure(code: str) -> tuple[str, str, str]:
        asked.append(code)
        return code, "Cấp giấy chứng nhận", "Đất đai"

    monkeypatch.setattr(follower._portal, "procedure", procedure)
    follower.exchange()
    assert asked == ["7.777777"]
    assert [one.field for one in stored(house.story)] == ["Đất đai"] * 2


def test_a_portal_without_a_catalogue_is_followed_all_the_same(house: House, province: OneStop) -> None:
    load(province, [one_dossier(1)])
    follower = watch(house, province)
    province.portal.fail("refuse", 1)
    follower.exchange()
    assert stored(house.story) == [one_dossier(1)]


def test_the_carried_over_are_those_from_before_the_period(house: House, province: OneStop) -> None:
    load(province, [one_dossier(1, "2024-04-12"), one_dossier(1)])
    watch(house, province, counted_from=date(2024, 4, 15)).exchange()
    assert [one.carried_over for one in stored(house.story)] == [True, False]


# loading and configuring
def test_the_simulated_portal_is_loaded_and_spoilt_by_http(province: OneStop) -> None:
    import requests

    base = f"http://127.0.0.1:{province.port}/control/portal"
    item = portal_item(one_dossier(1), PEOPLE[0])
    assert requests.put(base, json={"dossiers": [item]}, timeout=5).json() == {"dossiers": 1, "procedures": 0}
    assert requests.post(f"{base}/fail", json={"mode": "nonsense"}, timeout=5).status_code == 400
    assert requests.post(f"{base}/fail", json={"mode": "html"}, timeout=5).json() == {"ok": True}
    client = portal(province)
    with pytest.raises(SyncError):
        client.dossier(one_dossier(1).code)
    assert client.dossier(one_dossier(1).code) == item


@pytest.mark.parametrize(
    ("connector", "word"),
    [
        ({"kind": "national_portal"}, "the national portal needs username"),
        ({"portal": {"username": "a", "password": "b", "dstcode": "c", "unit": UNIT}}, 'is for kind "national_portal"'),
        ({"kind": "national_portal", "portal": {"username": "a", "password": "b", "dstcode": "c d"}}, "dstcode"),
        ({"kind": "national_portal", "portal": {"username": "a", "password": "b", "unit": "?"}}, "unit"),
    ],
)  # fmt: skip
def test_a_half_configured_portal_is_told_before_the_start(connector: dict[str, object], word: str) -> None:
    import tomllib

    from config.loading import build, sample_text

    tables = tomllib.loads(sample_text())
    tables["sync"] = {"connector": [{"name": "cong", "url": "https://adapter.example.vn", **connector}]}
    with pytest.raises(ConfigurationError) as refused:
        build(tables, "sample")
    assert word in str(refused.value)


def test_ba_vi_is_followed_whole(house: House, province: OneStop) -> None:
    house.story.clock.jumps_to("2024-04-14T09:00:00+07:00")
    everything = ba_vi(house.story)
    load(province, everything)
    follower = watch(house, province, follow_since=date(2023, 12, 11), counted_from=date(2023, 12, 15))
    for _ in range(3):
        follower.exchange()
        house.story.clock.passes(60)
    assert stored(house.story) == everything


def program(house: House, province: OneStop, **more: object) -> Program:
    """`motcua sync` as it is configured, against this house."""
    asked = section(province.port, **more)
    configuration = house.story.house.configuration
    follower = configuration.sync.model_copy(
        update={"connector": [asked], "service_url": house.address, "token": house.story.token("sync")}
    )
    return Program(configuration.model_copy(update={"sync": follower}))


def test_the_agent_follows_a_configured_portal(
    house: House, province: OneStop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.portal.policy.may_ask", lambda hour: True)
    today = datetime.now(ZONE).date().isoformat()
    load(province, [one_dossier(1, today), one_dossier(2, today)])
    assert program(house, province).once() == 0
    assert stored(house.story) == [one_dossier(1, today), one_dossier(2, today)]


def test_a_mapping_that_cannot_be_read_stops_only_its_connector(
    house: House, province: OneStop, caplog: pytest.LogCaptureFixture
) -> None:
    assert program(house, province, mapping="/khong/co.toml").once() == 0
    assert 'connector "cong": ' in caplog.text and "/khong/co.toml" in caplog.text
