"""A damaged database is told before a wrong answer leaves: bits flipped, pages zeroed or mixed up, files cut."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.soak.corruption import Expected, Outcome, build, outcome, run


def office_of(events: int, factory: pytest.TempPathFactory) -> tuple[Path, Expected]:
    folder = factory.mktemp("office") / "sound"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOTCUA_HOME", str(folder))
        return folder, build(folder, events)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Expected]:
    """So small that all of it is recounted at start."""
    return office_of(600, tmp_path_factory)


def counted(seeds: range, base: tuple[Path, Expected], folder: Path) -> Counter[Outcome]:
    outcomes: Counter[Outcome] = Counter()
    for seed in seeds:
        done, found = run(folder / str(seed), *base, seed)
        outcomes[found] += 1
        print(seed, done, found)
    return outcomes


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_an_undamaged_office_says_nothing(base: tuple[Path, Expected], tmp_path: Path) -> None:
    shutil.copytree(base[0], tmp_path / "copy")
    assert outcome(tmp_path / "copy", base[1]) is Outcome.UNSEEN


def test_damage_is_told_before_a_wrong_answer_leaves(base: tuple[Path, Expected], tmp_path: Path) -> None:
    outcomes = counted(range(25), base, tmp_path)
    assert outcomes[Outcome.WRONG] == 0
    assert outcomes[Outcome.AT_START] + outcomes[Outcome.WHEN_MET] >= 15, outcomes


@pytest.mark.soak
@pytest.mark.parametrize("events", [600, 6000], ids=["all recounted at start", "a part left to the night"])
def test_of_four_hundred_damages_98_percent_are_told_before_a_wrong_answer(
    events: int, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    outcomes = counted(range(1000, 1400), office_of(events, tmp_path_factory), tmp_path)
    print(events, outcomes)
    assert outcomes[Outcome.WRONG] <= 8, outcomes
