"""What is forgotten: only what is old enough, only of this office."""

from __future__ import annotations

from kiosk.domain.accounts import PairingRequest
from kiosk.domain.help_request import HelpRequest
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW


def fill(tables: OfficeTables) -> None:
    for age in (0, 100):
        at = NOW - age
        tables.free_texts.add(f"x{age}", "note", "t", "words", at)
        tables.free_texts.set_applicant(f"D{age}", "Phạm V. T.", at)
        tables.help_requests.add(HelpRequest(f"h{age}", "kiosk", "kiosk-1", at))
        tables.ratings.add_token(f"token{age}", "t", at)
        tables.sessions.add(f"session{age}", "lan", "1", "counter-1", at)
        tables.pin_failures.set("counter-1", f"lan{age}", 3, at)
        asked = PairingRequest(f"code{age}", "kiosk", "kiosk-2", None, at, None, 0, None, f"secret{age}", None)
        tables.pairings.add(asked)
        tables.persons.add(f"mai {age}", "hash")
        tables.person_sessions.add(f"token{age}", f"mai {age}", "admin-1", at, at)


def test_what_is_old_enough_goes_and_the_rest_stays(tables: OfficeTables, other: OfficeTables) -> None:
    fill(tables)
    fill(other)
    before = NOW - 50
    signed_in = [tables.sessions, tables.person_sessions, tables.pin_failures, tables.pairings]
    families = [tables.free_texts, tables.help_requests, *signed_in]
    assert [family.purge(before) for family in families] == [1, 1, 1, 1, 1, 1]
    assert tables.ratings.purge_tokens(before) == 1
    assert [family.purge(before) for family in families] == [0, 0, 0, 0, 0, 0]
    assert (tables.free_texts.get("x0"), tables.free_texts.get("x100")) == ("words", None)
    assert tables.free_texts.applicant("D100") == "Phạm V. T.", "names beside dossiers have a rule of their own"
    assert [one.id for one in tables.help_requests.open()] == ["h0"]
    assert tables.ratings.ticket_of_token("token100") is None and tables.ratings.ticket_of_token("token0") == "t"
    assert tables.sessions.get("session100") is None and tables.sessions.get("session0") is not None
    assert [one.person for one in tables.person_sessions.all()] == ["mai 0"]
    assert [one.person for one in other.person_sessions.all()] == ["mai 100", "mai 0"]
    assert other.free_texts.get("x100") == "words" and other.sessions.get("session100") is not None
