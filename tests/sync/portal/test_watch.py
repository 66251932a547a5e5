"""Following dossiers at the national portal: asked seldom, put when changed, reported in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from kiosk.actions.dossiers import put_dossiers
from sync.dossiers.procedures import ProcedureEntry
from sync.errors import SyncError
from sync.portal.mapping import load_mapping
from sync.portal.watch import PAUSE_S
from sync.program import SyncProgram
from sync.simulator.onestop import OneStop
from tests.pages.conftest import RunningOffice, run_office
from tests.sync.exports import PEOPLE, ZONE, portal_item
from tests.sync.portal_office import ba_vi, load, one_dossier, portal, section, stored, watch


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    yield from run_office(tmp_path)


def row(running: RunningOffice) -> dict[str, str]:
    followers = running.send("GET", "/api/v1/followers", "admin")["followers"]
    return next(one for one in followers if one["name"] == "cong")


def asked(province: OneStop, service: str = "TraCuuHoSo") -> list[str]:
    return [about for name, about in province.portal.asked if name == service]


def test_dossiers_of_today_are_found_by_their_running_numbers(running: RunningOffice, province: OneStop) -> None:
    today = [one_dossier(n) for n in (1, 2, 4)]
    load(province, today)
    assert watch(running, province).run_once() == PAUSE_S
    assert stored(running.story) == today
    assert row(running)["detail"] == "đang theo dõi 3 hồ sơ trên Cổng Dịch vụ công quốc gia"


def test_a_second_minute_asks_nothing_that_was_just_answered(running: RunningOffice, province: OneStop) -> None:
    load(province, [one_dossier(1)])
    follower = watch(running, province)
    follower.run_once()
    before = len(province.portal.asked)
    running.story.clock.passes(60)
    follower.run_once()
    assert len(province.portal.asked) == before


def test_progress_reaches_the_board_and_the_kiosk(running: RunningOffice, province: OneStop) -> None:
    load(province, [one_dossier(1)])
    follower = watch(running, province)
    follower.run_once()
    load(province, [one_dossier(1, status=9, finished_at=running.story.clock.ms, step="ready")])
    running.story.clock.passes(3600)
    follower.run_once()
    shown = running.send("GET", "/api/v1/board", "board")["progress"]
    assert [(line["code_masked"], line["step"]) for line in shown] == [("•••240415-0001", "ready")]
    assert running.send("GET", f"/api/v1/dossiers/{one_dossier(1).code}", "kiosk")["step"] == "ready"


def test_a_handed_over_dossier_is_left_alone(running: RunningOffice, province: OneStop) -> None:
    done = one_dossier(1, status=10, finished_at=running.story.clock.ms, step="returned")
    load(province, [done])
    follower = watch(running, province)
    follower.run_once()
    running.story.clock.passes(10 * 3600)
    follower.run_once()
    assert asked(province).count(done.code) == 1


def test_nothing_is_asked_at_night_and_again_in_the_morning(running: RunningOffice, province: OneStop) -> None:
    running.story.clock.jumps_to("2024-04-15T21:00:00+07:00")
    load(province, [one_dossier(1)])
    follower = watch(running, province)
    follower.run_once()
    assert province.portal.asked == [] and province.portal.sign_ins == 0
    running.story.clock.jumps_to("2024-04-16T06:00:00+07:00")
    follower.run_once()
    assert stored(running.story) == [one_dossier(1)]


def test_no_more_is_asked_in_a_minute_than_allowed(running: RunningOffice, province: OneStop) -> None:
    load(province, [one_dossier(n) for n in range(1, 30)])
    follower = watch(running, province, calls_per_minute=5, follow_since=date(2024, 4, 15))
    for minute in range(1, 8):
        follower.run_once()
        follower.run_once()
        assert len(asked(province)) == min(5 * minute, 29 + 2)
        running.story.clock.passes(60)
    assert len(stored(running.story)) == 29


def test_a_dossier_that_a_clerk_linked_is_asked_about_first(running: RunningOffice, province: OneStop) -> None:
    follower = watch(running, province, discover=False)
    follower.run_once()
    elsewhere = one_dossier(7, code="H48.20.99-240401-0007")
    load(province, [elsewhere])
    ticket = running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/dossiers", "counter", {"code": elsewhere.code}, "1")
    running.story.clock.passes(60)
    follower.run_once()
    assert stored(running.story) == [elsewhere] and asked(province) == [elsewhere.code]


def test_a_restart_goes_on_with_what_the_service_knows(running: RunningOffice, province: OneStop) -> None:
    load(province, [one_dossier(n) for n in (1, 2)])
    watch(running, province).run_once()
    province.portal.asked.clear()
    load(province, [one_dossier(3)])
    again = watch(running, province)
    again.run_once()
    assert stored(running.story) == [one_dossier(n) for n in (1, 2, 3)]
    assert running.story.types().count("dossier.updated") == 3


def test_what_a_file_told_is_not_forgotten_by_the_portal(running: RunningOffice, province: OneStop) -> None:
    """The portal has no word for a dossier carried over, nor for every reason."""
    known = one_dossier(1, carried_over=True, digitised=False, not_digitised_reason="Thiết bị quét hỏng")
    with running.story.unit() as unit:
        put_dossiers(unit, [known])
    news = replace(known, status=5, step="papers_asked")
    load(province, [replace(news, not_digitised_reason=None)])
    watch(running, province).run_once()
    assert stored(running.story) == [news]


def test_a_dossier_that_cannot_be_read_is_said_by_its_fields_and_the_rest_goes_on(
    running: RunningOffice, province: OneStop
) -> None:
    load(province, [one_dossier(1), one_dossier(2)])
    province.portal.dossiers[one_dossier(1).code] |= {"TrangThaiHoSo": PEOPLE[3].name, "NgayTiepNhan": "?"}
    watch(running, province).run_once()
    assert stored(running.story) == [one_dossier(2)]
    assert row(running)["detail"] == "không đọc được 1 hồ sơ của Cổng; xem lại: Ngày tiếp nhận, Trạng thái"


def test_a_portal_that_fails_is_waited_for_in_words_and_nothing_is_lost(
    running: RunningOffice, province: OneStop
) -> None:
    load(province, [one_dossier(n) for n in (1, 2, 3)])
    follower = watch(running, province)
    province.portal.fail("429", 1)
    assert follower.run_once() == 120.0
    assert "mã lỗi 429" in str(row(running)["detail"])
    for mode in ("html", "endless", "refuse", "500"):
        running.story.clock.passes(60)
        follower.run_once()
        province.portal.fail(mode, 1)
    running.story.clock.passes(3600)
    for _ in range(6):
        follower.run_once()
        running.story.clock.passes(3600)
    assert stored(running.story) == [one_dossier(n) for n in (1, 2, 3)]
    assert row(running)["state"] == "ok"


def test_a_dossier_that_the_portal_refuses_holds_up_no_other(running: RunningOffice, province: OneStop) -> None:
    load(province, [one_dossier(n) for n in (2, 3, 4)])
    follower = watch(running, province)
    follower.run_once()
    province.portal.refused.add(one_dossier(2).code)
    province.portal.load([portal_item(one_dossier(3, status=5), PEOPLE[0])])
    for _ in range(4):
        running.story.clock.passes(3600)
        follower.run_once()
    assert {one.code[-4:]: one.status for one in stored(running.story)} == {"0002": 4, "0003": 5, "0004": 4}
    assert row(running)["state"] == "ok"


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
    running: RunningOffice, province: OneStop, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = [one_dossier(n, procedure="7.777777", field="Việc lạ") for n in (1, 2)]
    load(province, strange)
    province.portal.procedures.clear()
    follower = watch(running, province)
    asked: list[str] = []

    def procedure(code: str) -> ProcedureEntry:
        asked.append(code)
        return ProcedureEntry(code, "Cấp giấy chứng nhận", "Đất đai")

    monkeypatch.setattr(follower._portal, "procedure", procedure)
    follower.run_once()
    assert asked == ["7.777777"]
    assert [one.field for one in stored(running.story)] == ["Đất đai"] * 2


def test_a_portal_without_a_catalogue_is_followed_all_the_same(running: RunningOffice, province: OneStop) -> None:
    load(province, [one_dossier(1)])
    follower = watch(running, province)
    province.portal.fail("refuse", 1)
    follower.run_once()
    assert stored(running.story) == [one_dossier(1)]


def test_the_carried_over_are_those_from_before_the_period(running: RunningOffice, province: OneStop) -> None:
    load(province, [one_dossier(1, "2024-04-12"), one_dossier(1)])
    watch(running, province, counted_from=date(2024, 4, 15)).run_once()
    assert [one.carried_over for one in stored(running.story)] == [True, False]


# loading and configuring
def test_ba_vi_is_followed_whole(running: RunningOffice, province: OneStop) -> None:
    running.story.clock.jumps_to("2024-04-14T09:00:00+07:00")
    everything = ba_vi(running.story)
    load(province, everything)
    follower = watch(running, province, follow_since=date(2023, 12, 11), counted_from=date(2023, 12, 15))
    for _ in range(3):
        follower.run_once()
        running.story.clock.passes(60)
    assert stored(running.story) == everything


def program(running: RunningOffice, province: OneStop, **more: object) -> SyncProgram:
    """`motcua sync` as it is configured, against this running."""
    asked = section(province.port, **more)
    configuration = running.story.app.configuration
    follower = configuration.sync.model_copy(
        update={"connector": [asked], "service_url": running.address, "token": running.story.token("sync")}
    )
    return SyncProgram(configuration.model_copy(update={"sync": follower}))


def test_the_agent_follows_a_configured_portal(
    running: RunningOffice, province: OneStop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.portal.policy.may_ask", lambda hour: True)
    today = datetime.now(ZONE).date().isoformat()
    load(province, [one_dossier(1, today), one_dossier(2, today)])
    assert program(running, province).once() == 0
    assert stored(running.story) == [one_dossier(1, today), one_dossier(2, today)]


def test_a_mapping_that_cannot_be_read_stops_only_its_connector(
    running: RunningOffice, province: OneStop, caplog: pytest.LogCaptureFixture
) -> None:
    assert program(running, province, mapping="/khong/co.toml").once() == 0
    assert 'connector "cong": ' in caplog.text and "/khong/co.toml" in caplog.text
