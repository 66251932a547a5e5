"""The office as configured: its services, counters, printers and sensitive fields."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.errors import UnknownCounter, UnknownPrinter, UnknownService
from kiosk.domain.service import CounterPlace, Service
from tests.kiosk.actions.memory import small_office


def test_a_service_is_found_by_code_and_by_letter() -> None:
    office = small_office()
    assert office.service("DD").name == "Đất đai"
    assert office.service_of_letter("C").code == "DD"


def test_an_unknown_service_is_refused_naming_those_that_there_are() -> None:
    with pytest.raises(UnknownService, match='there is no service "XX"; services: HT, DD, KQ') as refused:
        small_office().service("XX")
    assert refused.value.facts == {"service": "XX"}
    with pytest.raises(UnknownService, match="no service has the letter Z") as refused:
        small_office().service_of_letter("Z")
    assert refused.value.facts == {"service": "Z"}


def test_an_unknown_counter_is_refused_naming_those_that_there_are() -> None:
    assert small_office().counter("3").services == ("DD", "KQ")
    with pytest.raises(UnknownCounter, match='there is no counter "9"; counters: 1, 2, 3') as refused:
        small_office().counter("9")
    assert refused.value.facts == {"counter": "9"}


def test_slips_come_out_where_the_kiosk_stands_else_on_the_first_printer() -> None:
    office = replace(small_office(), printers=("hall", "side"), dispensers={"kiosk-2": "side"})
    assert office.printer_for("kiosk-2", "kiosk") == "side"
    assert office.printer_for("kiosk-1", "kiosk") is None, "nobody gets a slip at another machine"
    assert replace(office, shared_printer="hall").printer_for("kiosk-1", "kiosk") == "hall"
    assert office.printer_for("counter-1", "counter") == "hall", "a counter has no machine of its own"
    assert replace(office, dispensers={}).printer_for("kiosk-1", "kiosk") == "hall"
    assert small_office().printer_for("kiosk-1", "kiosk") is None


def test_a_kiosk_that_gives_no_numbers_has_no_printer_and_lacks_none() -> None:
    office = replace(small_office(), printers=("hall",), information=frozenset({"look-up"}))
    assert office.printer_for("look-up", "kiosk") is None
    assert (office.printer_for("kiosk", "kiosk"), office.lacks_printer("look-up")) == ("hall", False)
    named = replace(office, dispensers={"kiosk-1": "hall"})
    assert [named.lacks_printer(name) for name in ("kiosk-1", "kiosk-2", "look-up")] == [False, True, False]
    assert not small_office().lacks_printer("kiosk"), "an office without printers prints nowhere"


def test_a_printer_that_there_is_not_is_refused() -> None:
    office = replace(small_office(), printers=("hall",))
    office.require_printer("hall")
    with pytest.raises(UnknownPrinter, match='there is no printer "attic"'):
        office.require_printer("attic")


def test_a_sensitive_service_hides_all_its_fields_another_only_those_named() -> None:
    services = {
        "A": Service("A", "A", "a", fields=("Hộ tịch", "Nuôi con nuôi"), sensitive=True),
        "B": Service("B", "B", "b", fields=("Đất đai", "Người có công"), sensitive_fields=("Người có công",)),
    }
    office = replace(small_office(), services=services)
    withheld = {
        name for name in ("Hộ tịch", "Nuôi con nuôi", "Đất đai", "Người có công") if office.field_rules.withholds(name)
    }
    assert withheld == {"Hộ tịch", "Nuôi con nuôi", "Người có công"}


def test_an_office_that_says_nothing_has_these_settings() -> None:
    office = small_office()
    assert office.service("HT").letter == "A"
    assert (office.no_show_grace_ms, office.priority_in_a_row, office.require_clerk) == (900_000, 2, False)
    assert (office.languages, office.printers, office.notices, office.dispensers) == (("vi", "en"), (), (), {})
    assert office.masked_names == frozenset()
    assert CounterPlace("1", "Quầy 1", ()).officer == ""
    assert Service("A", "A", "a") == Service("A", "A", "a", (), False, None, ())
