"""Bundles as files on a USB stick that may be pulled out at any byte: a draft beside, synced, proven, then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from contract.records import dataclass
from sync.bundles.format.frames import (
    END,
    FIRST,
    HEADER,
    MAGIC,
    BundleError,
    BundleFrame,
    BundleHeader,
    header_from,
    pack_frame,
    read_frames,
    read_header,
)
from sync.bundles.format.keys import Signer

SUFFIX = ".mcb"
DRAFT = ".part"
SYNC_BYTES = 1024 * 1024  # what a pulled stick loses at most
UNPROVEN = "what was written to the stick cannot be read back; the stick is damaged, take another one"


@dataclass(frozen=True, slots=True)
class ProvenPrefix:
    """The proven beginning of a file: its header, its last frame, and how many frames that is."""

    header: BundleHeader
    last: BundleFrame
    count: int
    whole: bool


def draft_of(path: Path) -> Path:
    return path.with_name(path.name + DRAFT)


def proven_prefix(path: Path, public: str) -> ProvenPrefix | None:
    """What `public` signed of a file, up to the first byte that is missing or wrong; None when there is nothing."""
    header: BundleHeader | None = None
    last: BundleFrame | None = None
    count = 0
    with suppress(BundleError, FileNotFoundError), path.open("rb") as file:
        for frame in read_frames(file, lambda _: public):
            header = header_from(frame.body) if frame.kind == HEADER else header
            last, count = frame, count + 1
    if header is None or last is None:
        return None
    return ProvenPrefix(header, last, count, last.kind == END)


def header_in(path: Path) -> BundleHeader | None:
    """Unproven; None when the file is missing. Raises BundleError."""
    try:
        with path.open("rb") as file:
            return read_header(file)
    except FileNotFoundError:
        return None


class BundleDraft:
    """A bundle being written to `PATH.part`; `finish` names it. `size` is its bytes so far. Raises OSError."""

    def __init__(
        self, path: Path, signer: Signer, header: Mapping[str, object], prefix: ProvenPrefix | None = None
    ) -> None:
        """Behind the proven prefix of an earlier attempt, or from the start."""
        self._path, self._signer = path, signer
        self._file = draft_of(path).open("r+b" if prefix else "wb")
        self._unsynced = 0
        self.size = prefix.last.end if prefix else 0
        self.count = prefix.count if prefix else 0
        self._digest = prefix.last.digest if prefix else FIRST
        if prefix:
            self._file.truncate(self.size)
            self._file.seek(self.size)
        else:
            self._write(MAGIC)
            self.add(HEADER, header)

    def add(self, kind: str, body: object) -> None:
        data, self._digest = pack_frame(self._signer, self._digest, kind, body)
        self.count += 1
        self._write(data)

    def finish(self, end: Mapping[str, object]) -> Path:
        """The whole file under its name. Raises BundleError when the stick does not give back what it took."""
        self.add(END, {**end, "frames": self.count + 1})
        self._sync()
        descriptor = self._file.fileno()
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)  # read from the stick, not from memory
        self._file.close()
        prefix = proven_prefix(draft_of(self._path), self._signer.public)
        if prefix is None or not prefix.whole or prefix.count != self.count:
            raise BundleError("damaged-stick", UNPROVEN)
        draft_of(self._path).replace(self._path)
        sync_folder(self._path.parent)
        return self._path

    def close(self) -> None:
        """Leave the draft for a later attempt."""
        with suppress(OSError):
            self._file.close()

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self.size += len(data)
        self._unsynced += len(data)
        if self._unsynced >= SYNC_BYTES:
            self._sync()

    def _sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._unsynced = 0


def sync_folder(folder: Path) -> None:
    """Make a rename last; file systems of sticks that cannot sync a folder are left to do it themselves."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def file_name(office: str, *words: str) -> str:
    """Letters that every file system of a stick (FAT, exFAT, NTFS) takes; office codes have no others."""
    return "_".join(("motcua", office, *words)) + SUFFIX


def answers_in(folder: Path, office: str) -> Iterator[tuple[Path, BundleHeader]]:
    """The answers for an office that lie on a stick, by name; what is no bundle is passed over."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with suppress(BundleError, OSError):
            header = header_in(path)
            if header and (header.kind, header.office) == ("answer", office):
                yield path, header
