"""Fixtures that every part shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from config.loading import sample_text
from sync.simulator.onestop import OneStop
from tests.browser import chromium
from tests.laid_tables import laid_database, lay_tables
from tests.office import OfficeStory
from tests.order import long_first
from tests.postgres import new_database, private_server

settings.register_profile("any machine", deadline=None)  # how fast a machine is says nothing about the office
settings.load_profile("any machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [items[place] for place in long_first([item.path for item in items])]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with private_server() as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Every test that asks for a database, with its tables, runs on both."""
    if request.param == "sqlite":
        return lay_tables(f"sqlite:///{tmp_path / 'motcua.db'}")
    return laid_database(request.getfixturevalue("postgres_server"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """For tests of how the tables are made."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'motcua.db'}"
    return new_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def office(home: Path, database_url: str) -> Iterator[OfficeStory]:
    """The sample office on a Monday morning, on each database."""
    story = OfficeStory(database_url)
    yield story
    story.close()


@pytest.fixture
def small_office(home: Path) -> Iterator[OfficeStory]:
    """The same on SQLite only, for what does not depend on the database."""
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    yield story
    story.close()


@pytest.fixture
def sample_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample configuration where the command line looks for it, beside the state."""
    file = home / "office.toml"
    file.write_text(sample_text(), encoding="utf-8")
    monkeypatch.setenv("MOTCUA_CONFIG", str(file))
    return file


@pytest.fixture
def province() -> Iterator[OneStop]:
    """The simulated one-stop system."""
    simulator = OneStop()
    simulator.start()
    yield simulator
    simulator.stop()
