"""Values of the domain: equal when they say the same, and never changed in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from contract.tickets import CounterState, PrintState, TicketState
from kiosk.domain.accounts import ClerkAccount, ClerkSession, PairingRequest, PinFailures, RegisteredDevice
from kiosk.domain.calendar import OpeningHours, Session
from kiosk.domain.counter import Counter, UndoStep
from kiosk.domain.dossier import Dossier
from kiosk.domain.dossier_change import DossierChange
from kiosk.domain.followers import FollowerStatus, Upstream
from kiosk.domain.help_request import HelpRequest
from kiosk.domain.paper import PaperRoll
from kiosk.domain.print_job import PrintJob
from kiosk.domain.queue import NextCall, Waiting
from kiosk.domain.rating import Rating
from kiosk.domain.service import CounterPlace, Service
from kiosk.domain.survey import Survey
from kiosk.domain.ticket import Ticket
from kiosk.domain.voices import (
    BuiltClips,
    InstalledPack,
    LanguageStudio,
    Phrase,
    PhraseClip,
    RecordedClip,
    VoiceProgress,
)

CODE = "000.00.53.H48-240414-0001"
DAY = "2024-04-15"


def dossier() -> Dossier:
    return Dossier(CODE, "1.001193", "Hộ tịch", 2, 4, 1_000)


# (how one is made, a field of it, another value of the field)
VALUES: list[tuple[Callable[[], object], str, object]] = [
    (lambda: RegisteredDevice("pc-1", "counter", "1", 0, None, None, None, "new", "{}"), "revoked_at", 5),
    (lambda: PairingRequest("BCDFGHJK", "board", "tv", None, 1_000, None, 0, None, None, None), "approved_at", 2_000),
    (lambda: ClerkAccount("lan", "Lan", "scrypt$…", False), "disabled", True),
    (lambda: ClerkSession("lan", "1", "pc-1", 1_000), "expires_at", 9_000),
    (lambda: PinFailures(4, 0), "failures", 0),
    (lambda: Session(0, time(7), time(11, 30)), "closes", time(12)),
    (lambda: OpeningHours(ZoneInfo("Asia/Ho_Chi_Minh")), "always", True),
    (lambda: UndoStep("e1", "t1", 3, {"calls": 1}), "version", 4),
    (lambda: Counter("1", CounterState.OPEN, "Lan"), "clerk", "Minh"),
    (dossier, "status", 9),
    (lambda: DossierChange(dossier(), None), "before", dossier()),
    (lambda: FollowerStatus("tinh", "E1", 7, "ok", None, [], 2_000, 1_000), "cursor", 8),
    (lambda: Upstream({"tinh": "https://127.0.0.1/events"}, "usb"), "bundle", "stick"),
    (lambda: HelpRequest("h1", "kiosk", "kiosk-1", 1_000), "asked_at", 2_000),
    (lambda: PaperRoll(used=9), "used", 10),
    (lambda: PrintJob("j1", "t1", "A001", "hall", 0, False, 1_000), "state", PrintState.PRINTED),
    (lambda: Waiting("t1", 12, True), "arrival", 1),
    (lambda: NextCall(Waiting("t1", 12, True), "priority", 1), "why", "turn"),
    (
        lambda: Rating("r1", "t1", "1", "lan", "HT", "attitude", "bad", ("slow",), 1, 2, DAY, "tablet-1"),
        "level",
        "good",
    ),
    (lambda: Service("HT", "A", "Hộ tịch", ("Hộ tịch",)), "daily_cap", 3),
    (lambda: CounterPlace("1", "Quầy 1", ("HT",)), "officer", "Lan"),
    (lambda: Survey("attitude", ("good", "bad")), "window_ms", 1),
    (lambda: Ticket("t1", "A012", "HT", "HT", TicketState.WAITING, DAY, 12, 1_000, "s:HT"), "rated", True),
    (lambda: VoiceProgress("vi", 40, 30, 20, machine=True), "recorded", 21),
    (lambda: PhraseClip("ab12", 900, "recorded", "mời số", "Lan", False), "origin", "synthetic"),
    (
        lambda: Phrase("number", "mời số", needed=True, clip=None),
        "clip",
        PhraseClip("ab12", 900, "recorded", "mời", "", False),
    ),
    (lambda: LanguageStudio(VoiceProgress("vi", 1, 0, 0, machine=False), "Lan", "CC0", ()), "speaker", "Minh"),
    (lambda: RecordedClip("ab12", 900), "milliseconds", 901),
    (lambda: BuiltClips(3, 4, 0), "made", 4),
    (lambda: InstalledPack("vi", 40, "Lan", "CC0"), "phrases", 41),
]
NAMES = [type(make()).__name__ for make, _, _ in VALUES]


@pytest.mark.parametrize(("make", "field", "other"), VALUES, ids=NAMES)
def test_a_value_is_never_changed_in_place(make: Callable[[], object], field: str, other: object) -> None:
    value = make()
    with pytest.raises((FrozenInstanceError, AttributeError)):
        setattr(value, field, other)
    assert value == make()
    assert getattr(value, field) != other


@pytest.mark.parametrize(("make", "field", "other"), VALUES, ids=NAMES)
def test_two_that_say_the_same_are_equal(make: Callable[[], object], field: str, other: object) -> None:
    assert make() == make()
    assert make() is not make()


def test_a_request_for_help_says_where_and_never_who() -> None:
    request = HelpRequest("h1", "kiosk", "kiosk-1", 1_000)
    assert (request.id, request.place, request.device, request.asked_at) == ("h1", "kiosk", "kiosk-1", 1_000)
    assert HelpRequest.__slots__ == ("id", "place", "device", "asked_at")


def test_a_rating_names_what_was_rated_and_no_citizen() -> None:
    rating = Rating("r1", "t1", "2", "lan", "HT", "attitude", "bad", ("slow",), 1_000, 1_500, DAY, "tablet-2")
    assert (rating.ticket, rating.counter, rating.clerk, rating.service) == ("t1", "2", "lan", "HT")
    assert (rating.question, rating.level, rating.reasons) == ("attitude", "bad", ("slow",))
    assert (rating.tapped_at, rating.stored_at, rating.business_date) == (1_000, 1_500, "2024-04-15")
