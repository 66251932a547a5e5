"""What lies beside the database travels with a backup, comes back where it is missing, and leads nowhere else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kiosk.maintenance.backup import NotABackup
from kiosk.maintenance.state_files import archive_file, bring_back, keep_state_files

KEPT = {
    "procedures.json": b"[]",
    "dossier-words.json": b"{}",
    "translations/bdq.json": b"{}",
    "reports/office-report.toml": b"strengths = []",
    "voices/hre/clips/a.wav": b"RIFF",
    "pictures/hall.png": b"PNG",
}
NOT_KEPT = ("backup.key", "tokens/sync", "tls/ca.key", "reports/made/1.pdf", "reports/schedule.json", "motcua.db")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    for name, data in {**KEPT, **dict.fromkeys(NOT_KEPT, b"secret")}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def made(home: Path, tmp_path: Path) -> Path:
    archive = keep_state_files(home, tmp_path / "backup.db")
    assert archive == archive_file(tmp_path / "backup.db")
    return archive


def test_an_archive_holds_the_offices_work_and_no_secret(home: Path, tmp_path: Path) -> None:
    archive = made(home, tmp_path)
    assert set(zipfile.ZipFile(archive).namelist()) == set(KEPT)
    assert archive.stat().st_mode & 0o077 == 0


def test_a_new_machine_gets_all_of_it_back(home: Path, tmp_path: Path) -> None:
    brought, left = bring_back(made(home, tmp_path), tmp_path / "new")
    assert (set(brought), left) == (set(KEPT), [])
    assert {name: (tmp_path / "new" / name).read_bytes() for name in KEPT} == KEPT


def test_what_is_here_already_stays_as_it_is(home: Path, tmp_path: Path) -> None:
    archive = made(home, tmp_path)
    (home / "procedures.json").write_bytes(b"[1]")
    (home / "pictures/hall.png").unlink()
    brought, left = bring_back(archive, home)
    assert brought == ["pictures/hall.png"] and len(left) == len(KEPT) - 1
    assert (home / "procedures.json").read_bytes() == b"[1]"


def test_a_list_of_what_reports_showed_gets_the_lines_of_the_backup(home: Path, tmp_path: Path) -> None:
    index = home / "reports/printed/index.jsonl"
    index.parent.mkdir()
    index.write_bytes(b'\n{"seq": 1}\n{"seq": 2}')
    archive = made(home, tmp_path)
    index.write_bytes(b'\n{"seq": 2}\n{"seq": 3}')
    for _ in range(2):
        bring_back(archive, home)
        assert index.read_bytes().split(b"\n") == [b'{"seq": 1}', b"", b'{"seq": 2}', b'{"seq": 3}']


def test_an_office_without_such_files_has_no_archive(tmp_path: Path) -> None:
    (tmp_path / "backup.key").write_bytes(b"secret")
    assert keep_state_files(tmp_path, tmp_path / "backup.db") is None


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/x", "backup.key", "tokens/sync", "voices/../tokens/x", "reports/made/x", "voices\\..\\x", "voices"],
)
def test_an_archive_with_anything_else_brings_nothing(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "b.db.files.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("procedures.json", "[]")
        file.writestr(name, "x")
    with pytest.raises(NotABackup, match="no file of this product"):
        bring_back(archive, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_damaged_archive_brings_nothing(home: Path, tmp_path: Path) -> None:
    archive = made(home, tmp_path)
    data = bytearray(archive.read_bytes())
    data[data.index(b"PNG")] ^= 0xFF
    archive.write_bytes(data)
    with pytest.raises(NotABackup):
        bring_back(archive, tmp_path / "new")
    archive.write_bytes(b"no zip")
    with pytest.raises(NotABackup, match="cannot be read"):
        bring_back(archive, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_whatever_byte_of_an_archive_is_wrong_is_told_as_damage(home: Path, tmp_path: Path) -> None:
    archive = keep_state_files(home, tmp_path / "day.db")
    assert archive is not None
    whole = archive.read_bytes()
    seen = set()
    for place in range(len(whole)):
        for flipped in (0x01, 0xFF):
            archive.write_bytes(whole[:place] + bytes([whole[place] ^ flipped]) + whole[place + 1 :])
            try:
                bring_back(archive, tmp_path / "there")
            except NotABackup:
                seen.add("told")
    assert seen == {"told"}
