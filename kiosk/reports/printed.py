"""What reports showed that the journal does not hold, kept so that they can be made again: the office's settings, its
remarks, points, forms and rules, its own templates, and how far followers of the journal were behind.

`printed/index.jsonl` in the folder of reports has a line for each change: of which report, with which day on it, made
from which place in the journal. What a line names lies beside it, under the hash of its bytes, once.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import IO, Any

from contract.records import dataclass
from kiosk.domain.office_files import OfficeFile, OfficeFiles
from kiosk.i18n.system_words import refusal_of_system
from kiosk.reports.delays import SHOWN_BY as DELAYED
from kiosk.reports.office_points import GIVEN_FOR
from kiosk.reports.remarks import SHOWN_BY
from kiosk.reports.wording import translate

FOLDER, INDEX = "printed", "index.jsonl"
EARLIER = "office-report.printed"  # where remarks were kept before
NONE = "none.toml"  # no file is called so
NOT_KEPT = (
    "what this report showed cannot be kept ({problem}), so later it cannot be made again as it is; see that {folder} "
    "may be written and its disk has room, then make the report again"
)


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
    """Names of the files with what a report showed; a part is empty where the office had none, and None where the line
    says nothing of it: one of an earlier version, which did not keep it, or a template that could not be read.
    """

    settings: str | None
    remarks: str | None
    template: str | None
    points: str | None = None
    rules: str | None = None
    delays: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """`made`: the day on which the report was made."""

    key: PrintedReport
    shown: Shown
    made: str


# The reports whose lines say something of a part to a report; None: all, for what every report shows. Settings, words
# and rules hold until they are changed, so a line of before tells them; delays are of the moment, so just its own does.
PARTS: dict[str, Callable[[str], Set[str] | None]] = {
    "settings": lambda _: None,
    "remarks": lambda _: SHOWN_BY,
    "template": lambda report: {report},
    "points": lambda _: GIVEN_FOR,
    "rules": lambda _: None,
    "delays": lambda _: DELAYED,
}
OF_THE_MOMENT = frozenset({"delays"})
Content = tuple[bytes | None, str]  # and the kind of its file
NO_TEMPLATE = Shown("", "", "")  # of a report without a line: one with a template has its own


class NotKept(Exception):
    """A report cannot be made again as it is; the message says why and what to do."""


class PrintedFolder:
    """`reports`: the folder of reports."""

    def __init__(self, reports: Path) -> None:
        self._reports, self._folder = reports, reports / FOLDER

    def keep(self, printed: PrintedReport, settings: str, files: OfficeFiles, today: date) -> None:
        """Keep what it was made from. Raises NotKept.

        The last one of a day counts; one that is given an earlier day later changes nothing that is kept for that.
        """
        try:
            contents = _contents(settings, files)
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / INDEX).open("ab", buffering=0) as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # other processes keep theirs before or after
                self._note(file, printed, contents, today.isoformat())
        except OSError as error:
            problem = refusal_of_system(error)
            raise NotKept(translate(NOT_KEPT, problem=problem, folder=self._folder)) from error

    def settings(self, printed: PrintedReport) -> str | None:
        """None when nothing was kept of then, or it is lost."""
        data = self._kept(self._named("settings", printed))
        return None if data is None else data.decode()

    def remarks(self, printed: PrintedReport) -> Path | None:
        """A file like the office's own, which is not there where the office had none; None when nothing was kept of
        then, or it is lost.
        """
        name = self._named("remarks", printed)
        return self._remarks_by(printed.dated) if name is None else self._path_of(name)

    def points(self, printed: PrintedReport) -> Path | None:
        """The same of the points that the office gave itself."""
        name = self._named("points", printed)
        return None if name is None else self._path_of(name)

    def forms(self, printed: PrintedReport) -> dict[str, OfficeFile] | None:
        """The files of the office's forms and rules by their names; None when nothing is kept of then."""
        name = self._named("rules", printed)
        if not name:
            return None if name is None else {}
        data = self._kept(name)
        kept = {} if data is None else json.loads(data)
        path = self._folder / name
        return None if data is None else {name: OfficeFile(path, text.encode()) for name, text in kept.items()}

    def delays(self, printed: PrintedReport) -> bytes | None:
        """How far followers were behind in this very report, as text; None when nothing is kept of it."""
        return self._kept(self._named("delays", printed))

    def template(self, printed: PrintedReport) -> tuple[Path, bytes] | None:
        """Of this report, never of another; None when the office had none. Raises LookupError: nothing is kept."""
        if _chosen(self._lines(), printed) is None or self.is_lost("template", printed):
            raise LookupError(printed.report)
        name = self._named("template", printed)
        data = self._kept(name)
        return None if name is None or data is None else (self._folder / name, data)

    def is_lost(self, part: str, printed: PrintedReport) -> bool:
        """Whether a part of Shown was kept, and its file is gone or empty."""
        name = self._named(part, printed)
        return bool(name) and self._kept(name) is None

    def _named(self, part: str, printed: PrintedReport) -> str | None:
        """The file of a part; empty where there was none, None where no line says anything of it."""
        line = _chosen(_that_tell(part, self._lines(), printed), printed)
        return None if line is None else str(getattr(line.shown, part))

    def _path_of(self, name: str) -> Path | None:
        """None when it was there and is lost; where there was none, of a file that is not there."""
        return None if name and self._kept(name) is None else self._folder / (name or NONE)

    def _note(self, file: IO[bytes], printed: PrintedReport, contents: Mapping[str, Content], today: str) -> None:
        """The files, then a line where what is known would give something else; it begins with its end of line, so that
        half of one before it spoils only itself.
        """
        lines = self._lines()
        same = [line.made for line in lines if line.key == printed]
        if same and same[-1] != today != printed.dated:
            return
        shown = Shown(**{part: self._put(content) for part, content in contents.items()})
        if not all(_is_known(part, lines, printed, shown) for part in PARTS):
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

    def _put(self, content: Content) -> str | None:
        """The name of the file; empty for nothing, None of what is unknown. What a power cut left of one is written
        again.
        """
        data, kind = content
        if not data:
            return None if data is None else ""
        path = self._folder / f"{sha256(data).hexdigest()}.{kind}"
        if not path.exists() or path.stat().st_size != len(data):
            handle, beside = mkstemp(".new", dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        return path.name

    def _kept(self, name: str | None) -> bytes | None:
        return _content(self._folder / name) or None if name else None


def _contents(settings: str, files: OfficeFiles) -> dict[str, Content]:
    """By part of Shown; no data of what is unknown."""
    return {
        "settings": (settings.encode(), "json"),
        "remarks": (files.remarks.data, "toml"),
        "template": (None if files.template.fault else files.template.data, "docx"),
        "points": (files.points.data, "toml"),
        "rules": (_bundled(files.forms), "json"),
        "delays": (files.delays, "json"),
    }


def _bundled(forms: Mapping[str, OfficeFile]) -> bytes:
    """One file of all; nothing of none."""
    texts = {name: file.data.decode("utf-8") for name, file in forms.items()}
    return json.dumps(texts, ensure_ascii=False, sort_keys=True).encode() if texts else b""


def _that_tell(part: str, lines: Sequence[PrintedLine], printed: PrintedReport) -> Sequence[PrintedLine]:
    """The lines that say something of a part of Shown to a report."""
    reports = PARTS[part](printed.report)
    return [
        line
        for line in lines
        if (reports is None or line.key.report in reports) and getattr(line.shown, part) is not None
        if part not in OF_THE_MOMENT or line.key == printed
    ]


def _is_known(part: str, lines: Sequence[PrintedLine], printed: PrintedReport, shown: Shown) -> bool:
    """Whether what is known gives the same, or this report has no such part, or says nothing of it."""
    reports = PARTS[part](printed.report)
    if getattr(shown, part) is None or (reports is not None and printed.report not in reports):
        return True
    known = _known(_that_tell(part, lines, printed), printed)
    before = NO_TEMPLATE if known is None and part == "template" else None if known is None else known.shown
    return before is not None and getattr(before, part) == getattr(shown, part)


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
            names = (one["settings"], one["remarks"], one["template"], one.get("points"), one.get("rules"))
            lines.append(PrintedLine(key, Shown(*names, one.get("delays")), one["made"]))
        except (ValueError, KeyError, TypeError):
            continue
    return tuple(lines)


def _content(path: Path) -> bytes:
    """Nothing when there is no file. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
