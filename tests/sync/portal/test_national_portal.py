"""The portal's protocol: sessions, questions, and every way it answers badly."""

from __future__ import annotations

import pytest

from sync.errors import SyncError
from sync.simulator.onestop import OneStop
from sync.simulator.portal import MODES
from tests.sync.exports import PEOPLE
from tests.sync.portal_office import load, one_dossier, portal


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
