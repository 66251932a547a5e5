"""The recorded end of the journal: the newest whole record counts, whatever became of the other."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.store.head_file import SLOT_BYTES, HeadFile, RecordedHead

HEAD = RecordedHead("ba-vi", "01a2", 7, "ab" * 32, "2024-04-15", {"A": 12, "Đ": 3})


@pytest.fixture
def file(tmp_path: Path) -> HeadFile:
    return HeadFile(tmp_path / "journal.head")


def seqs(file: HeadFile, *seqs: int) -> None:
    for seq in seqs:
        file.write(replace(HEAD, seq=seq))


def test_what_was_written_is_read_with_its_order(file: HeadFile) -> None:
    assert file.read() is None
    file.start(HEAD)
    assert file.read() == replace(HEAD, order=1)
    seqs(file, 8, 9)
    assert file.read() == replace(HEAD, seq=9, order=3)
    file.close()
    assert HeadFile(file.path).read() == replace(HEAD, seq=9, order=3)


@pytest.mark.parametrize("torn", range(1, 400, 23))
def test_a_torn_record_leaves_the_one_before(file: HeadFile, torn: int) -> None:
    file.start(HEAD)
    seqs(file, 8, 9)
    before = file.path.read_bytes()
    seqs(file, 10)
    after = file.path.read_bytes()
    place = next(n for n in range(len(after)) if before[n] != after[n]) // SLOT_BYTES * SLOT_BYTES
    changed = [n for n in range(place, place + SLOT_BYTES) if before[n] != after[n]]
    cut = changed[min(torn, len(changed) - 1)]
    file.path.write_bytes(after[:cut] + before[cut:])
    record = file.read()
    assert record is not None and record.seq == 9


def test_nonsense_and_an_empty_file_hold_no_record(file: HeadFile) -> None:
    for content in (b"", b"x", os.urandom(2 * SLOT_BYTES)):
        file.path.write_bytes(content)
        assert file.read() is None


def test_a_new_start_forgets_what_was_there_and_leaves_no_part(file: HeadFile, tmp_path: Path) -> None:
    file.start(HEAD)
    seqs(file, *range(8, 20))
    file.start(replace(HEAD, epoch="01a3", seq=1))
    assert file.read() == replace(HEAD, epoch="01a3", seq=1, order=1)
    assert [path.name for path in tmp_path.iterdir()] == ["journal.head"]
    file.sync()


def test_after_closing_nothing_is_written(file: HeadFile) -> None:
    file.start(HEAD)
    file.close()
    seqs(file, 8)
    file.sync()
    assert file.read() == replace(HEAD, order=1)


def test_a_record_that_does_not_fit_is_refused_not_cut(file: HeadFile) -> None:
    with pytest.raises(ValueError, match="more than 4096"):
        file.start(replace(HEAD, hash="a" * 5000))


def test_nobody_else_reads_it(file: HeadFile) -> None:
    file.start(HEAD)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
