"""People who administer: their passwords change, their telephones count, and they come and go."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.domain.totp import totp_code
from kiosk.store.credentials import hash_secret
from tests.office import OfficeStory

OLD, NEW = "the old password", "mua xuân ở Ba Vì"
Command = Callable[..., int]


@pytest.fixture
def office(home: Path, sample_file: Path) -> Iterator[OfficeStory]:
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    with story.app.store.writing() as tables:
        tables.persons.add("chief", hash_secret(OLD))
    yield story
    story.close()


@pytest.fixture
def command(office: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> Command:
    """On the machine of the service, by its clock."""
    monkeypatch.setattr("kiosk.bootstrap.SystemClock", lambda: office.clock)

    def run(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        return main(["admin", *arguments])

    return run


def sign_in(office: OfficeStory, password: str, name: str = "chief", code: str = "") -> str | int:
    """The token, or the status of the refusal."""
    answer = office.send("POST", "/api/v1/admin/session", None, {"name": name, "password": password, "code": code})
    return str(answer.json["token"]) if answer.status_code == 200 else answer.status_code


def change(office: OfficeStory, token: str, password: str, new: str) -> int:
    body = {"password": password, "new_password": new}
    return office.send("PUT", "/api/v1/admin/password", None, body, Authorization=f"Bearer {token}").status_code


def test_an_administrator_changes_his_password_and_every_session_of_his_ends(office: OfficeStory) -> None:
    token, other = sign_in(office, OLD), sign_in(office, OLD)
    assert change(office, str(token), OLD, NEW) == 204
    for ended in (token, other):
        assert office.send("GET", "/api/v1/clerks", None, Authorization=f"Bearer {ended}").status_code == 401
    assert sign_in(office, OLD) == 401
    assert isinstance(sign_in(office, NEW), str)


@pytest.mark.parametrize(("password", "new", "status"), [("wrong", NEW, 401), (OLD, "12345678", 400)])
def test_a_wrong_present_one_or_a_weak_new_one_changes_nothing(
    office: OfficeStory, password: str, new: str, status: int
) -> None:
    token = str(sign_in(office, OLD))
    assert change(office, token, password, new) == status
    assert isinstance(sign_in(office, OLD), str)


def test_a_token_of_no_person_changes_no_password(office: OfficeStory) -> None:
    assert change(office, office.token("admin"), OLD, NEW) == 403


def test_administrators_are_added_and_removed_but_never_the_last(
    office: OfficeStory, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("remove", "chief") == 1
    assert "quản trị viên duy nhất" in capsys.readouterr().err
    assert command("add", "deputy", typed="short\n") == 1
    assert "ít nhất 8 ký tự" in capsys.readouterr().err
    assert command("add", "deputy", typed=f"{NEW}\n") == 0
    assert command("add", "deputy", typed=f"{NEW}\n") == 1
    token = sign_in(office, NEW, "deputy")
    assert command("remove", "deputy") == 0
    office.clock.passes(1.5)
    assert office.send("GET", "/api/v1/clerks", None, Authorization=f"Bearer {token}").status_code == 401
    assert sign_in(office, NEW, "deputy") == 401
    assert command("remove", "deputy") == 1


def test_a_password_given_at_the_machine_ends_the_sessions_of_before(office: OfficeStory, command: Command) -> None:
    token = sign_in(office, OLD)
    assert command("set-password", "chief", typed=f"{NEW}\n") == 0
    office.clock.passes(1.5)
    assert office.send("GET", "/api/v1/clerks", None, Authorization=f"Bearer {token}").status_code == 401
    assert isinstance(sign_in(office, NEW), str)
    assert command("set-password", "nobody", typed=f"{NEW}\n") == 1


def test_with_a_telephone_the_password_alone_is_not_enough_and_a_code_is_good_once(
    office: OfficeStory, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("totp", "chief") == 0
    secret = capsys.readouterr().out.partition("secret=")[2].partition("&")[0].strip()
    code = totp_code(secret, office.clock.now_ms() // 30_000)
    assert [sign_in(office, OLD), sign_in(office, OLD, code="000000")] == [401, 401]
    assert isinstance(sign_in(office, OLD, code=f"{code[:3]} {code[3:]}"), str)
    assert sign_in(office, OLD, code=code) == 401
    assert command("list") == 0
    assert capsys.readouterr().out == "chief\tadmin\tpassword and telephone\n"
    assert command("totp", "chief", "--off") == 0
    assert isinstance(sign_in(office, OLD), str)


def test_signing_out_ends_the_session_in_the_service_and_no_other(office: OfficeStory) -> None:
    token, other = str(sign_in(office, OLD)), str(sign_in(office, OLD))
    assert office.send("DELETE", "/api/v1/admin/session", None, Authorization=f"Bearer {token}").status_code == 204
    assert office.send("GET", "/api/v1/clerks", None, Authorization=f"Bearer {token}").status_code == 401
    assert office.send("GET", "/api/v1/clerks", None, Authorization=f"Bearer {other}").status_code == 200


def test_a_programs_token_is_not_ended_by_signing_out(office: OfficeStory) -> None:
    assert office.send("DELETE", "/api/v1/admin/session", "admin").status_code == 204
    assert office.send("GET", "/api/v1/clerks", "admin").status_code == 200


def test_at_the_machine_persons_get_roles_and_are_disabled(
    office: OfficeStory, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("add", "bao", "--role", "head", typed=f"{NEW}\n") == 0
    token = sign_in(office, NEW, "bao")
    bearer = {"Authorization": f"Bearer {token}"}
    assert office.send("GET", "/api/v1/staff", None, **bearer).status_code == 200
    assert command("role", "bao", "--role", "technician") == 0
    office.clock.passes(1.5)
    assert office.send("GET", "/api/v1/staff", None, **bearer).status_code == 401, "the session ended"
    later = {"Authorization": f"Bearer {sign_in(office, NEW, 'bao')}"}
    assert office.send("GET", "/api/v1/staff", None, **later).status_code == 403
    assert office.send("GET", "/api/v1/devices", None, **later).status_code == 200
    assert (command("disable", "bao"), sign_in(office, NEW, "bao")) == (0, 401)
    assert command("list") == 0
    assert capsys.readouterr().out == "bao\ttechnician\tdisabled\nchief\tadmin\tpassword\n"
    assert command("enable", "bao") == 0
    assert isinstance(sign_in(office, NEW, "bao"), str)
    told = [event["data"] for event in office.events() if event["type"] == "access.administered"]
    assert [(one["act"], one["about"]) for one in told] == [
        ("admin add", "bao"),
        ("admin role technician", "bao"),
        ("admin disable", "bao"),
        ("admin enable", "bao"),
    ]


@pytest.mark.parametrize("arguments", [("role", "chief", "--role", "head"), ("disable", "chief"), ("enable", "nobody")])
def test_at_the_machine_the_last_administrator_stays_and_nobody_is_nobody(
    office: OfficeStory, command: Command, arguments: tuple[str, ...]
) -> None:
    before = office.events()
    assert command(*arguments) == 1
    assert (office.events(), isinstance(sign_in(office, OLD), str)) == (before, True)
