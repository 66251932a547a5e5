"""What a program wrote to its files, recorded by strace, and what a disk may hold when the power goes at any moment.

A write is on the disk for certain once a sync of its file, begun after it, has ended. Until then the disk holds it, or
not, or a beginning of whole sectors of it: each write by itself, so that later ones may be there without earlier ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2"
OPTIONS = ("-f", "-y", "-xx", "-s", "4000000", "-ttt", "-e", f"trace={CALLS}", "-e", "signal=none")
_LINE = re.compile(r"(\d+)\s+(\d+\.\d+) (?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)", re.DOTALL)
_BYTES = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(slots=True)
class FileChange:
    """One change of one file. `at`: when it began, `sync`: when the sync that made it certain had ended (s since 1970).

    `kind`: "write" (`data` at `offset`), "truncate" (to `offset` bytes), "remove", "rename" (to `target`).
    """

    kind: str
    path: str
    at: float
    offset: int = 0
    data: bytes = b""
    target: str = ""
    sync: float = float("inf")


@dataclass
class DiskTrace:
    """The changes under `folder`, in the order in which they began."""

    folder: Path
    changes: list[FileChange] = field(default_factory=list)

    @classmethod
    def read(cls, trace: Path, folder: Path, names: re.Pattern[str]) -> DiskTrace:
        """From strace's output; only files whose names match."""
        reader = _TraceReader(cls(folder), names)
        for pid, at, name, arguments in _calls(trace):
            reader.take(pid, at, name, arguments)
        return reader.trace

    def image(self, base: dict[str, bytes], moment: float, chance: Random) -> dict[str, bytes]:
        """The files by name when the power goes at `moment`, as the disk may hold them then."""
        files = {name: bytearray(data) for name, data in base.items()}
        for change in self.changes:
            if change.at < moment:
                _apply(files, change, certain=change.sync < moment, chance=chance)
        return {name: bytes(data) for name, data in files.items()}


def _apply(files: dict[str, bytearray], change: FileChange, certain: bool, chance: Random) -> None:
    if not certain and chance.random() < 1 / 3:
        return
    if change.kind == "remove":
        files.pop(change.path, None)
    elif change.kind == "rename":
        if change.path in files:
            files[change.target] = files.pop(change.path)
    elif change.kind == "truncate":
        data = files.setdefault(change.path, bytearray())
        data[change.offset :] = b""
        data.extend(bytes(change.offset - len(data)))
    else:
        written = change.data
        if not certain and chance.random() < 1 / 2:
            written = written[: chance.randrange(len(written) // SECTOR + 1) * SECTOR]
        data = files.setdefault(change.path, bytearray())
        data.extend(bytes(max(0, change.offset - len(data))))
        data[change.offset : change.offset + len(written)] = written


class _TraceReader:
    """Follows files by the paths that strace writes beside each descriptor."""

    def __init__(self, trace: DiskTrace, names: re.Pattern[str]) -> None:
        self.trace = trace
        self._names = names
        self._positions: dict[str, int] = {}

    def take(self, pid: str, at: tuple[float, float], name: str, arguments: str) -> None:
        if name == "openat":
            self._open(at[0], arguments)
        elif name in {"fsync", "fdatasync"}:
            self._sync(at, self._path_of_descriptor(arguments))
        elif name.startswith(("unlink", "rename")):
            self._move(at[0], name, arguments)
        elif (path := self._path_of_descriptor(arguments)) is not None:
            self._write(at[0], name, path, arguments)

    def _write(self, at: float, name: str, path: str, arguments: str) -> None:
        if name == "ftruncate":
            size = _number(arguments.split(">", 1)[1].split(",")[1])
            self.trace.changes.append(FileChange("truncate", path, at, size))
            return
        _, text, rest = arguments.split('"', 2)
        data = bytes.fromhex("".join(_BYTES.findall(text)))
        offset = _number(rest.split(",")[2]) if name == "pwrite64" else self._positions.get(path, 0)
        if name == "write":
            self._positions[path] = offset + len(data)
        self.trace.changes.append(FileChange("write", path, at, offset, data))

    def _open(self, at: float, arguments: str) -> None:
        path = self._name(_texts(arguments)[0])
        if path is None or "O_RDONLY" in arguments:
            return
        self._positions[path] = 0
        if "O_TRUNC" in arguments:
            self.trace.changes.append(FileChange("truncate", path, at, 0))
        elif "O_APPEND" in arguments:
            self._positions[path] = 1 << 60  # never met: the files watched here are not appended to by `write`

    def _sync(self, at: tuple[float, float], path: str | None) -> None:
        began, ended = at
        for change in self.trace.changes:
            if change.at < began and change.sync > ended and (path is None or path in {change.path, change.target}):
                change.sync = min(change.sync, ended)

    def _move(self, at: float, name: str, arguments: str) -> None:
        paths = [self._name(text) for text in _texts(arguments)]
        if paths[0] is None:
            return
        if name.startswith("unlink"):
            self.trace.changes.append(FileChange("remove", paths[0], at))
        elif paths[1] is not None:
            self.trace.changes.append(FileChange("rename", paths[0], at, target=paths[1]))

    def _path_of_descriptor(self, arguments: str) -> str | None:
        """A name in the folder, or None for another file; a sync of the folder itself is one of every file."""
        match = re.match(r"\d+<([^>]*)>", arguments)
        text = _decoded(match[1]) if match else ""
        return self._name(text)

    def _name(self, path: str) -> str | None:
        whole = Path(path)
        if whole.parent != self.trace.folder and whole.is_absolute():
            return None
        return whole.name if self._names.fullmatch(whole.name) else None


def _number(text: str) -> int:
    """The number at the beginning; ")" or "<unfinished ...>" may follow. Raises ValueError."""
    match = re.match(r"\s*(\d+)", text)
    if match is None:
        raise ValueError(f"no number: {text!r}")
    return int(match[1])


def _texts(arguments: str) -> list[str]:
    return [_decoded(text) for text in re.findall(r'"([^"]*)"', arguments)]


def _decoded(text: str) -> str:
    return bytes.fromhex("".join(_BYTES.findall(text))).decode(errors="replace") if "\\x" in text else text


def _calls(trace: Path) -> Iterator[tuple[str, tuple[float, float], str, str]]:
    """(thread, (began, ended), call, arguments) of each call that succeeded, in the order in which they began."""
    begun: dict[str, tuple[float, str, str]] = {}
    calls: list[tuple[float, str, float, str, str]] = []
    with trace.open(encoding="ascii", errors="replace") as file:
        for line in file:
            match = _LINE.match(line)
            if match is None:
                continue
            pid, at, resumed, started, rest = match[1], float(match[2]), match[3], match[4], match[5]
            if started and rest.rstrip().endswith("<unfinished ...>"):
                begun[pid] = (at, started, rest)
                continue
            began, name, arguments = begun.pop(pid, (at, "", "")) if resumed else (at, started, rest)
            result = rest.rsplit("= ", 1)[-1].strip()
            if name and not result.startswith(("-", "?")):
                calls.append((began, pid, at, name, arguments))
    calls.sort(key=lambda call: call[0])
    for began, pid, ended, name, arguments in calls:
        yield pid, (began, ended), name, arguments
