"""Which dossiers came of a visit: linked, refused, removed, and brought back."""

from __future__ import annotations

import pytest

from contract.tickets import TicketState
from kiosk.actions import calling, dossier_links, undoing
from kiosk.domain.errors import BadDossierCode, DomainError, ImpossibleDossierDay, UnknownDossier
from tests.kiosk.actions.memory import MemoryUnit
from tests.kiosk.actions.test_calling import called

CODE, OTHER = "000.00.53.H48-240414-0001", "000.00.53.H48-240415-0002"


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


@pytest.mark.parametrize("typed", [CODE, " 000.00.53.h48 - 240414 - 0001 "])
def test_a_dossier_is_linked_once_by_its_code(unit: MemoryUnit, typed: str) -> None:
    ticket = called(unit)
    linked = dossier_links.link_dossier(unit, ticket.id, typed)
    assert linked.dossiers == unit.tickets.get(ticket.id).dossiers == (CODE,)
    assert (unit.events[-1][0], unit.events[-1][2]["dossier"]) == ("ticket.dossier_linked", CODE)
    count = len(unit.events)
    assert dossier_links.link_dossier(unit, ticket.id, CODE) == linked
    assert len(unit.events) == count


REFUSED = [
    ("0912345678", BadDossierCode),
    ("000.00.53.H48-240414-00", BadDossierCode),
    ("000.00.53.H48-241314-0001", ImpossibleDossierDay),
    ("000.00.53.H48-240230-0001", ImpossibleDossierDay),
    ("000.00.53.H48-240416-0001", ImpossibleDossierDay),
]


@pytest.mark.parametrize(("typed", "error"), REFUSED)
def test_a_refusal_says_whether_the_form_or_the_day_is_wrong(
    unit: MemoryUnit, typed: str, error: type[DomainError]
) -> None:
    ticket = called(unit)
    with pytest.raises(error):
        dossier_links.link_dossier(unit, ticket.id, typed)
    assert unit.tickets.get(ticket.id) == ticket


def test_a_dossier_of_today_may_be_linked(unit: MemoryUnit) -> None:
    assert dossier_links.link_dossier(unit, called(unit).id, OTHER).dossiers == (OTHER,)


def test_a_dossier_linked_by_mistake_is_removed_and_may_come_back(unit: MemoryUnit) -> None:
    ticket = called(unit)
    for code in (CODE, OTHER):
        dossier_links.link_dossier(unit, ticket.id, code)
    assert dossier_links.unlink_dossier(unit, ticket.id, CODE, "1").dossiers == (OTHER,)
    kind, subject, data = unit.events[-1]
    assert (kind, subject, data["dossier"]) == ("ticket.dossier_unlinked", ticket.id, CODE)
    assert undoing.undo(unit, ticket.id, "1").dossiers == (CODE, OTHER)
    assert unit.tickets.get(ticket.id).state is TicketState.CALLED


def test_what_was_linked_after_a_removal_stays_when_that_is_undone(unit: MemoryUnit) -> None:
    ticket = called(unit)
    dossier_links.link_dossier(unit, ticket.id, CODE)
    dossier_links.unlink_dossier(unit, ticket.id, CODE, "1")
    dossier_links.link_dossier(unit, ticket.id, OTHER)
    assert undoing.undo(unit, ticket.id, "1").dossiers == (CODE, OTHER)


def test_only_what_is_linked_is_removed(unit: MemoryUnit) -> None:
    ticket = called(unit)
    with pytest.raises(UnknownDossier, match="A001 is not linked to"):
        dossier_links.unlink_dossier(unit, ticket.id, CODE, "1")


def test_a_link_by_another_counter_does_not_hide_what_it_changed_before(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.hold(unit, ticket.id, "1", None)
    calling.recall(unit, ticket.id, "2")
    dossier_links.link_dossier(unit, ticket.id, CODE)
    with pytest.raises(DomainError, match="changed at another counter"):
        undoing.undo(unit, ticket.id, "1")
    assert undoing.undo(unit, ticket.id, "2").state is TicketState.ON_HOLD
