"""The inventory of personal data names every table: a new one cannot be forgotten."""

from __future__ import annotations

import re

from kiosk.domain import retention
from kiosk.store import store
from kiosk.store.columns import metadata
from tests.sources import ROOT

INVENTORY = (ROOT / "docs/personal-data.md").read_text(encoding="utf-8")


def test_every_table_stands_in_the_inventory() -> None:
    assert store.Store
    tables = {name for name in metadata.tables if name != "alembic_version"}
    assert tables - set(re.findall(r"`([a-z_]+)`", INVENTORY)) == set()


def test_the_days_of_the_inventory_are_those_of_the_rules() -> None:
    days = {name: value // retention.DAY for name, value in vars(retention).items() if name.endswith("_KEPT")}
    assert (days["WORDS_KEPT"], days["ANSWERS_KEPT"], days["RATING_TOKENS_KEPT"], days["FAILURES_KEPT"]) == (
        30,
        2,
        1,
        1,
    )
    assert "| 30 days |" in INVENTORY and "| 2 days |" in INVENTORY and "`rating_tokens` 1 day" in INVENTORY
