"""A database with the tables and nothing in them, in which two offices write within one transaction."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.bootstrap import build_office
from kiosk.domain.service import Office
from kiosk.store import schema
from kiosk.store.engine import open_writer
from kiosk.store.store import Store
from kiosk.store.tables import OfficeTables
from kiosk.store.unit_of_work import Actor, UnitOfWork
from tests.office import sample_configuration

NOW = 1_713_143_100_000  # Monday 2024-04-15, 08:05 in Hanoi
DAY = "2024-04-15"
EPOCH = "epoch-1"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Upgrading takes long; every test gets a copy of one upgraded file."""
    file = tmp_path_factory.mktemp("template") / "empty.db"
    engine = open_writer(f"sqlite:///{file}")
    schema.upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def sample_office() -> Office:
    return build_office(sample_configuration("sqlite:///sample.db"))


@pytest.fixture
def url(template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(template, tmp_path / 'motcua.db')}"


@pytest.fixture
def store(url: str, sample_office: Office) -> Iterator[Store]:
    """The store of the sample office; its row does not exist yet."""
    store = numbered_store(url, sample_office)
    yield store
    store.close()


@pytest.fixture
def tables(store: Store) -> Iterator[OfficeTables]:
    """The tables of the office "ba-vi", in one transaction that is never committed."""
    transaction = store._begin()
    yield OfficeTables(transaction, "ba-vi")
    transaction.close()


@pytest.fixture
def other(tables: OfficeTables) -> OfficeTables:
    """The tables of another office in the same database and transaction."""
    return OfficeTables(tables.transaction, "soc-son")


@pytest.fixture
def office_store(store: Store) -> Store:
    """The store of the sample office with its row: day not opened, journal empty."""
    with store.writing() as tables:
        tables.office_state.create(EPOCH, DAY, NOW)
        tables.epochs.start(EPOCH, 1, NOW, "new")
    return store


def numbered_store(url: str, office: Office) -> Store:
    """A store whose identifiers are id-1, id-2, …"""
    counter = itertools.count(1)
    return Store(url, office, lambda: f"id-{next(counter)}")


@pytest.fixture
def unit_of(office_store: Store) -> Callable[[], UnitOfWork]:
    return lambda: office_store.unit(Actor("kiosk", "hall"), NOW)
