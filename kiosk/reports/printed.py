"""What reports showed that the journal does not hold, kept so that they can be made again: the office's settings, its
remarks and its own templates.

`printed/index.jsonl` in the folder of reports has a line for each change: of which report, with which day on it, made
from which place in the journal. What a line names lies beside it, under the hash of its bytes, once.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import IO, Any

from contract.records import dataclass
from kiosk.reports.remarks import FILE, SHOWN_BY
from kiosk.reports.word_template import FOLDER as TEMPLATES

FOLDER, INDEX = "printed", "index.jsonl"
EARLIER = "office-report.printed"  # where remarks were kept before
log = logging.getLogger("kiosk.reports")


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """Which report it was, of which days (ISO dates), with which day on it, from which place in the journal."""

    report: str
    first: str
    last: str
    dated: str
    epoch: str
    seq: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Names of the files with what a report showed; a part is empty where the office had none."""

    settings: str
    remarks: str
    template: str


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """`made`: the day on which the report was made."""

    key: PrintedReport
    shown: Shown
    made: str


class PrintedFolder:
    """`reports`: the folder of reports."""

    def __init__(self, reports: Path) -> None:
        self._reports, self._folder = reports, reports / FOLDER

    def keep(self, printed: PrintedReport, settings: str, today: date) -> None:
        """Keep what it showed just now. A folder that takes nothing holds no report up.

        The last one of a day counts; one that is given an earlier day later changes nothing that is kept for that.
        """
        try:
            remarks = _content(self._reports / FILE) if printed.report in SHOWN_BY else b""
            shown = Shown(
                self._put(settings.encode(), "json"),
                self._put(remarks, "toml"),
                self._put(_content(self._reports / TEMPLATES / f"{printed.report}.docx"), "docx"),
            )
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / INDEX).open("ab", buffering=0) as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # other processes keep theirs before or after
                self._note(file, printed, shown, today.isoformat())
        except OSError as error:
            log.warning("what a report showed is not kept for making it again: %s", error)

    def settings(self, printed: PrintedReport) -> str | None:
        """None when nothing was kept of then."""
        line = _chosen(self._lines(), printed)
        data = None if line is None else self._kept(line.shown.settings)
        return None if data is None else data.decode()

    def remarks(self, printed: PrintedReport) -> Path | None:
        """A file like the office's own, which need not be there; None when nothing was kept of then."""
        line = _chosen(_with_remarks(self._lines()), printed)
        return self._remarks_by(printed.dated) if line is None else self._folder / (line.shown.remarks or "none.toml")

    def template(self, printed: PrintedReport) -> tuple[Path, bytes] | None:
        """Of this report, never of another; None when the office had none. Raises LookupError: nothing is kept."""
        lines = self._lines()
        if _chosen(lines, printed) is None:
            raise LookupError(printed.report)
        line = _chosen(_of(lines, printed.report), printed)
        data = None if line is None else self._kept(line.shown.template)
        return None if line is None or data is None else (self._folder / line.shown.template, data)

    def _note(self, file: IO[bytes], printed: PrintedReport, shown: Shown, today: str) -> None:
        """A line where what is known would give something else; it begins with its end of line, so that half of one
        before it spoils only itself.
        """
        lines = self._lines()
        same = [line.made for line in lines if line.key == printed]
        if same and same[-1] != today != printed.dated:
            return
        parts = (lines, _with_remarks(lines), _of(lines, printed.report))
        settings, remarks, template = (_known(some, printed) for some in parts)
        with_remarks = printed.report in SHOWN_BY
        if (
            settings is None
            or settings.shown.settings != shown.settings
            or (with_remarks and (remarks is None or remarks.shown.remarks != shown.remarks))
            or ("" if template is None else template.shown.template) != shown.template
        ):
            line = asdict(printed) | asdict(shown) | {"made": today}
            file.write(b"\n" + json.dumps(line, ensure_ascii=False).encode())
            os.fsync(file.fileno())

    def _remarks_by(self, day: str) -> Path | None:
        """As earlier versions kept them, by the day on a report."""
        known = [path for path in (self._reports / EARLIER).glob("????-??-??.toml") if path.stem <= day]
        return max(known, default=None)

    def _lines(self) -> Sequence[PrintedLine]:
        index = self._folder / INDEX
        try:
            now = index.stat()
        except FileNotFoundError:
            return ()
        return _read(index, now.st_size, now.st_mtime_ns)

    def _put(self, data: bytes, kind: str) -> str:
        """The name of the file; empty for nothing. What a power cut left of one is written again."""
        if not data:
            return ""
        path = self._folder / f"{sha256(data).hexdigest()}.{kind}"
        if not path.exists() or path.stat().st_size != len(data):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, beside = mkstemp(".new", dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        return path.name

    def _kept(self, name: str) -> bytes | None:
        return _content(self._folder / name) or None if name else None


def _of(lines: Sequence[PrintedLine], report: str) -> Sequence[PrintedLine]:
    return [line for line in lines if line.key.report == report]


def _with_remarks(lines: Sequence[PrintedLine]) -> Sequence[PrintedLine]:
    return [line for line in lines if line.key.report in SHOWN_BY]


def _chosen(lines: Sequence[PrintedLine], printed: PrintedReport) -> PrintedLine | None:
    """As it is known; of one that was never made, as the office showed itself from that place or by that day."""
    known = _known(lines, printed)
    if known is not None:
        return known
    there = [line for line in lines if (line.key.epoch, line.key.seq) == (printed.epoch, printed.seq)]
    by_then = [(line.key.dated, place) for place, line in enumerate(lines) if line.key.dated <= printed.dated]
    return there[-1] if there else lines[max(by_then)[1]] if by_then else None


def _known(lines: Sequence[PrintedLine], printed: PrintedReport) -> PrintedLine | None:
    """Its own line, else the last change before its place: a place is reached once, so none comes between."""
    before: PrintedLine | None = None
    own: PrintedLine | None = None
    for line in lines:
        if line.key == printed:
            own = line
        is_before = line.key.epoch == printed.epoch and line.key.seq < printed.seq
        if is_before and (before is None or before.key.seq <= line.key.seq):
            before = line
    return own or before


@lru_cache(maxsize=2)
def _read(index: Path, size: int, changed: int) -> Sequence[PrintedLine]:
    """Lines that can be read; once for each size and time of change."""
    lines = []
    for text in _content(index).splitlines():
        try:
            one: dict[str, Any] = json.loads(text)
            key = PrintedReport(*(one[name] for name in ("report", "first", "last", "dated", "epoch", "seq")))
            lines.append(PrintedLine(key, Shown(one["settings"], one["remarks"], one["template"]), one["made"]))
        except (ValueError, KeyError, TypeError):
            continue
    return tuple(lines)


def _content(path: Path) -> bytes:
    """Nothing when there is no file. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
