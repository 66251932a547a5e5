"""A database that lost what was acknowledged is found out when the service starts, and no number comes out twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kiosk.maintenance.journal_head import recorded_head
from kiosk.maintenance.verification import verify_store
from kiosk.server import Server
from tests.office import OfficeStory

KINDS = ("flip", "zeros", "cut", "missing")


@pytest.fixture
def office_before(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of an office that was killed after 12 acknowledged numbers, all of them in the write-ahead log only."""
    files = tmp_path_factory.mktemp("before")
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    with story.app.store.exclusive() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    service = Server(story.app)
    for _ in range(12):
        story.take_number()
    for file in home.iterdir():
        shutil.copy(file, files)
    service.close()
    return files


def damage(log: Path, kind: str, chance: Random) -> None:
    data = bytearray(log.read_bytes())
    place = chance.randrange(len(data) // 8, len(data))
    if kind == "flip":
        data[place] ^= 1 << chance.randrange(8)
    elif kind == "zeros":
        data[place : place + 4096] = bytes(len(data[place : place + 4096]))
    elif kind == "cut":
        del data[place:]
    if kind == "missing":
        log.unlink()
    else:
        log.write_bytes(data)


def opened(files: Path, home: Path, harm: Callable[[Path], None]) -> OfficeStory:
    for file in home.iterdir():
        file.unlink()
    for file in files.iterdir():
        if not file.name.endswith("-shm"):
            shutil.copy(file, home)
    harm(home / "motcua.db-wal")
    return OfficeStory(f"sqlite:///{home / 'motcua.db'}")


def check(files: Path, home: Path, kind: str, chance: Random) -> bool:
    """Whether the damage took anything; when it did, it is told, no number repeats and the journal recounts."""
    story = opened(files, home, lambda log: damage(log, kind, chance))
    try:
        with story.app.store.reading() as reading:
            left = reading.tickets.last_ordinals(reading.state.business_date).get("A", 0)
            known = reading.state.head.seq
        record = recorded_head("ba-vi")
        assert record is not None and record.numbers["A"] == 12
        service = Server(story.app)
        service.stop_serving()
        first = story.events()[0]
        if known == record.seq:
            assert "lost" not in first["data"]
            assert story.take_number().number == "A013"
            return False
        assert (first["type"], first["data"]["reason"]) == ("office.epoch_started", "damaged")
        expected = [] if left == 12 else [{"letter": "A", "first": left + 1, "last": 12}]
        assert first["data"]["lost"] == {"business_date": "2024-04-15", "seq": record.seq, "numbers": expected}
        assert story.take_number().number == "A013"
        assert verify_store(story.app.store).listed == []
        return True
    finally:
        story.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_log_never_takes_back_in_silence(kind: str, office_before: Path, home: Path) -> None:
    chance = Random(kind)
    taken = [check(office_before, home, kind, chance) for _ in range(1 if kind == "missing" else 3)]
    assert any(taken)


@pytest.mark.soak
def test_four_hundred_damages_of_the_log_are_all_told(office_before: Path, home: Path) -> None:
    chance = Random(7)
    taken = [check(office_before, home, chance.choice(KINDS), chance) for _ in range(400)]
    assert sum(taken) > 300
