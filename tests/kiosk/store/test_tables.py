"""Each table of an office is reached in one way."""

from __future__ import annotations

import ast
from pathlib import Path

from kiosk.store.store import Store
from kiosk.store.tables import OfficeTables, _Family
from kiosk.store.unit_of_work import Actor
from tests.kiosk.store.conftest import NOW

ROOT = Path(__file__).resolve().parents[3]
FAMILIES = {name: family._kind for name, family in vars(OfficeTables).items() if isinstance(family, _Family)}


def test_the_unit_of_work_and_the_reading_view_hand_out_the_same_classes(office_store: Store) -> None:
    assert len(FAMILIES) == 26
    with office_store.unit(Actor("system", None), NOW) as unit, office_store.reading() as reading:
        for name, kind in FAMILIES.items():
            for view in (unit, reading):
                assert type(getattr(view, name)) is kind
                assert getattr(view, name) is getattr(view, name), "made once"
                assert (getattr(view, name)._office, getattr(view, name)._transaction) == ("ba-vi", view.transaction)


def test_a_family_of_the_class_itself_is_its_description() -> None:
    assert isinstance(OfficeTables.tickets, _Family)


def test_nobody_else_makes_a_table_by_hand() -> None:
    names = {kind.__name__ for kind in FAMILIES.values()}
    found = []
    for file in [*ROOT.glob("kiosk/**/*.py"), *ROOT.glob("tests/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                found.append(f"{file.relative_to(ROOT)}: {node.func.id}")
    assert found == []
