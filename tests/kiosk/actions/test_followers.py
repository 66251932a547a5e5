"""What followers report of themselves, and what administrators do about them."""

from __future__ import annotations

from typing import Any

import pytest

from contract.followers import webhook_name
from kiosk.actions.followers import LOCAL_BOARD, forget, report, require_own_follower, resend
from kiosk.domain.accounts import RegisteredDevice
from kiosk.domain.errors import BadRequest, ByUsb, Forbidden, UnknownFollower
from kiosk.domain.followers import FollowerStatus, Upstream

URL = "https://example.org/hook"
HOOK = webhook_name(URL)
UPSTREAM = Upstream({"tinh": "https://mot-cua.example/events"}, "usb")
NOW = 1_000_000


class Rows:
    """Followers by name."""

    def __init__(self, *rows: FollowerStatus) -> None:
        self.by_name = {row.name: row for row in rows}

    def all(self) -> list[FollowerStatus]:
        return list(self.by_name.values())

    def put(self, follower: FollowerStatus) -> None:
        self.by_name[follower.name] = follower

    def remove(self, name: str) -> None:
        self.by_name.pop(name, None)


class Hooks:
    def all(self) -> list[tuple[str, str]]:
        return [(URL, "secret")]


class Devices:
    def all(self) -> list[RegisteredDevice]:
        return [
            RegisteredDevice(name, role, None, 0, None, None, None, "new", "{}")
            for name, role in (("tv", "board"), ("hall", "board"), ("kiosk-1", "kiosk"))
        ]


class Tables:
    """The tables that these use cases touch."""

    def __init__(self, *rows: FollowerStatus) -> None:
        self.followers = Rows(*rows)
        self.webhooks, self.devices = Hooks(), Devices()

    def __getitem__(self, name: str) -> FollowerStatus:
        return self.followers.by_name[name]


def row(seq: int, tried: int = 0, **again: int) -> Any:
    return {"epoch": "e1", "seq": seq, "code": "late", "reason": "trễ", "tried": tried, **again}


def status(
    name: str = "tinh", state: str = "ok", since: int = NOW, cursor: int = 5, refused: Any = ()
) -> FollowerStatus:
    return FollowerStatus(name, "e1", cursor, state, None, list(refused), since, since)


def test_a_first_report_is_kept_as_it_is() -> None:
    tables = Tables()
    report(tables, status(refused=[row(3)]))
    assert tables["tinh"] == status(refused=[row(3)])


@pytest.mark.parametrize(
    ("before", "after", "since"), [("ok", "ok", 10), ("ok", "waiting", NOW), ("waiting", "ok", NOW)]
)
def test_since_is_when_the_follower_entered_its_state(before: str, after: str, since: int) -> None:
    tables = Tables(status(state=before, since=10))
    report(tables, status(state=after, cursor=9))
    assert (tables["tinh"].since, tables["tinh"].cursor, tables["tinh"].updated_at) == (since, 9, NOW)


def test_a_report_does_not_forget_what_staff_asked_for() -> None:
    tables = Tables(status(refused=[row(3, again=50), row(4)]))
    report(tables, status(refused=[row(3), row(4), row(5)]))
    assert tables["tinh"].refused == [row(3, again=50), row(4), row(5)]
    report(tables, status(refused=[row(3, tried=50), row(4)]))
    assert tables["tinh"].refused == [row(3, tried=50), row(4)]


def test_a_webhook_that_was_removed_reports_no_more() -> None:
    tables = Tables()
    report(tables, status(HOOK))
    with pytest.raises(UnknownFollower):
        report(tables, status("webhook-0123456789abcdef"))
    assert set(tables.followers.by_name) == {HOOK}


@pytest.mark.parametrize(
    ("event", "again"),
    [(None, [NOW, NOW, NOW]), (("e1", 4), [None, NOW, None]), (("e1", 5), [None, None, NOW])],
)
def test_one_refused_event_or_all_are_asked_for_again(event: tuple[str, int] | None, again: list[int | None]) -> None:
    tables = Tables(status(refused=[row(3), row(4), row(5)]))
    count = resend(tables, "tinh", UPSTREAM, event, NOW)
    assert count == sum(at is not None for at in again)
    assert [one.get("again") for one in tables["tinh"].refused] == again


@pytest.mark.parametrize("event", [("e1", 9), ("e2", 4), (None, 4)])
def test_an_event_that_was_not_refused_cannot_be_asked_for(event: tuple[str | None, int]) -> None:
    tables = Tables(status(refused=[row(4)]))
    with pytest.raises(UnknownFollower, match=f"^event {event[1]} is not among those refused$"):
        resend(tables, "tinh", UPSTREAM, event, NOW)
    assert tables["tinh"].refused == [row(4)]


def test_asking_where_nothing_was_refused_asks_for_nothing() -> None:
    assert resend(Tables(status()), "tinh", UPSTREAM, None, NOW) == 0


def test_what_travels_by_usb_is_neither_asked_for_nor_forgotten_here() -> None:
    tables = Tables(status("usb", refused=[row(4)]))
    with pytest.raises(ByUsb):
        resend(tables, "usb", UPSTREAM, None, NOW)
    with pytest.raises(ByUsb):
        forget(tables, "usb", UPSTREAM)
    assert tables["usb"].refused == [row(4)]


@pytest.mark.parametrize("name", ["tinh", HOOK])
def test_who_is_configured_is_not_forgotten(name: str) -> None:
    tables = Tables(status(name))
    with pytest.raises(Forbidden):
        forget(tables, name, UPSTREAM)
    assert name in tables.followers.by_name


@pytest.mark.parametrize("name", ["old-connector", "webhook-0123456789abcdef", "board-2"])
def test_who_is_no_longer_configured_is_forgotten(name: str) -> None:
    tables = Tables(status(name), status("tinh"))
    forget(tables, name, UPSTREAM)
    assert set(tables.followers.by_name) == {"tinh"}


def test_nobody_of_that_name_follows() -> None:
    for act in (lambda: resend(Tables(), "x", UPSTREAM, None, NOW), lambda: forget(Tables(), "x", UPSTREAM)):
        with pytest.raises(UnknownFollower):
            act()


# (device, its role, the follower it writes of, allowed)
OWNERS = [
    ("tv", "board", "board-tv", True),
    ("tv", "board", "tv", True),
    ("tinh", "board", "tinh", False),
    ("board-hall", "board", "board-hall", False),
    ("tv", "board", "board-hall", False),
    ("tv", "board", "board-unknown", True),
    ("tv", "board", "tinh", False),
    ("tv", "board", "usb", False),
    ("tv", "board", HOOK, False),
    ("tv", "board", "old-connector", False),
    ("tv", "board", "screen-of-the-door", False),
    ("tram", "sync", "tinh", True),
    ("tram", "sync", "usb", True),
    ("tram", "sync", HOOK, True),
    ("tram", "sync", "old-connector", True),
    ("tram", "sync", "board-tv", False),
    (LOCAL_BOARD, "board", "board-tv", True),
    (LOCAL_BOARD, "board", "board", True),
    (LOCAL_BOARD, "board", "tinh", False),
]


@pytest.mark.parametrize(("device", "role", "name", "allowed"), OWNERS)
def test_a_board_writes_of_itself_alone_and_of_nothing_that_leaves_the_office(
    device: str, role: str, name: str, allowed: bool
) -> None:
    tables = Tables(status("old-connector"), status("tinh"))
    if allowed:
        require_own_follower(tables, UPSTREAM, device, role, name)
        return
    with pytest.raises(Forbidden, match=f"^{name} is the follower of another device$"):
        require_own_follower(tables, UPSTREAM, device, role, name)


@pytest.mark.parametrize("name", ["", "Nguyễn Văn An", 'a"b', "a b", "a" * 61])
def test_who_follows_has_a_code_for_a_name_or_one_of_the_configuration(name: str) -> None:
    tables, usb = Tables(), Upstream(connectors={}, bundle="thẻ nhớ")
    for role in ("sync", "board"):
        with pytest.raises(BadRequest, match="letters, digits, dots"):
            require_own_follower(tables, UPSTREAM, "tram", role, name)
    require_own_follower(tables, usb, "tram", "sync", "thẻ nhớ")
