"""A disk that fails under the log or under the database itself is noticed at once, and no promise is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.failing_disk import broken_promises, copy_of, run_on_failing_disk, template

FILES = ("motcua.db", "motcua.db-wal")
CALLS = ("pwrite64", "fsync,fdatasync")
SHORT = [("motcua.db", "pwrite64", 2), ("motcua.db-wal", "fsync,fdatasync", 7)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("office")
    return folder, template(folder)


def check(office: tuple[Path, dict[str, str]], folder: Path, file: str, call: str, k: int) -> bool:
    """Whether an error came."""
    environment = copy_of(office[0], folder, office[1])
    run = run_on_failing_disk(folder, environment, file, call, k)
    assert broken_promises(folder, environment, run) == []
    return run.failed_at is not None


@pytest.mark.parametrize(("file", "call", "k"), SHORT)
def test_the_service_ends_when_its_disk_fails(
    office: tuple[Path, dict[str, str]], tmp_path: Path, file: str, call: str, k: int
) -> None:
    assert check(office, tmp_path / "failing", file, call, k)


@pytest.mark.soak
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("file", FILES)
def test_an_error_at_each_of_sixty_writes_and_syncs_of_either_file(
    office: tuple[Path, dict[str, str]], tmp_path: Path, file: str, call: str
) -> None:
    failed = [check(office, tmp_path / f"failing-{k}", file, call, k) for k in range(1, 61)]
    assert all(failed), "each of them came"
