"""What reports showed that the journal does not hold, kept so that they can be made again: the office's settings, its
remarks and its own templates.

`printed/index.jsonl` in the folder of reports has a line for each change: of which report, with which day on it, made
from which place in the journal. What a line names lies beside it, under the hash of its bytes, once.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from contract.records import dataclass
from kiosk.reports.remarks import FILE
from kiosk.reports.word_template import FOLDER as TEMPLATES

FOLDER, INDEX = "printed", "index.jsonl"
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


class PrintedFolder:
    """`reports`: the folder of reports."""

    def __init__(self, reports: Path) -> None:
        self._reports, self._folder = reports, reports / FOLDER

    def keep(self, printed: PrintedReport, settings: str, today: date) -> None:
        """Keep what it showed just now. A folder that takes nothing holds no report up.

        The last one of a day counts; one that is given an earlier day later changes nothing that is kept for that.
        """
        try:
            shown = Shown(
                self._put(settings.encode(), "json"),
                self._put(_content(self._reports / FILE), "toml"),
                self._put(_content(self._reports / TEMPLATES / f"{printed.report}.docx"), "docx"),
            )
            same = [made for key, _, made in self._lines() if key == printed]
            if same and same[-1] != today.isoformat() != printed.dated:
                return
            if self._known(printed) != shown:
                self._write(asdict(printed) | asdict(shown) | {"made": today.isoformat()})
        except OSError as error:
            log.warning("what a report showed is not kept for making it again: %s", error)

    def settings(self, printed: PrintedReport) -> str | None:
        """None when nothing was kept of then."""
        shown = self._shown(printed)
        data = None if shown is None else self._kept(shown.settings)
        return None if data is None else data.decode()

    def remarks(self, printed: PrintedReport) -> Path | None:
        """A file like the office's own, which need not be there; None when nothing was kept of then."""
        shown = self._shown(printed)
        return None if shown is None else self._folder / (shown.remarks or "none.toml")

    def template(self, printed: PrintedReport) -> tuple[Path, bytes] | None:
        """None when the office had none; raises LookupError when nothing was kept of then."""
        shown = self._shown(printed)
        if shown is None:
            raise LookupError(printed.report)
        data = self._kept(shown.template)
        return None if data is None else (self._folder / shown.template, data)

    def _shown(self, printed: PrintedReport) -> Shown | None:
        """As it is known; of one that was never made, as the office showed itself from that place or by that day."""
        known = self._known(printed)
        if known is not None:
            return known
        lines = list(self._lines())
        there = [shown for key, shown, _ in lines if (key.epoch, key.seq) == (printed.epoch, printed.seq)]
        by_then = [(key.dated, place) for place, (key, _, _) in enumerate(lines) if key.dated <= printed.dated]
        return there[-1] if there else lines[max(by_then)[1]][1] if by_then else None

    def _known(self, printed: PrintedReport) -> Shown | None:
        """Of its own line, else of the last change before its place: a place is reached once, so none comes between."""
        before: tuple[int, Shown] | None = None
        own: Shown | None = None
        for key, shown, _ in self._lines():
            if key == printed:
                own = shown
            if key.epoch == printed.epoch and key.seq < printed.seq and (before is None or before[0] <= key.seq):
                before = key.seq, shown
        return own or (before[1] if before else None)

    def _lines(self) -> Iterator[tuple[PrintedReport, Shown, str]]:
        """Lines that can be read, with the day on which each was made."""
        for line in _content(self._folder / INDEX).splitlines():
            try:
                one: dict[str, Any] = json.loads(line)
                key = PrintedReport(*(one[name] for name in ("report", "first", "last", "dated", "epoch", "seq")))
                yield key, Shown(one["settings"], one["remarks"], one["template"]), one["made"]
            except (ValueError, KeyError, TypeError):
                continue

    def _write(self, line: dict[str, Any]) -> None:
        """A line begins with its end of line, so that half of one before it spoils only itself."""
        with (self._folder / INDEX).open("ab") as file:
            file.write(b"\n" + json.dumps(line, ensure_ascii=False).encode())

    def _put(self, data: bytes, kind: str) -> str:
        """The name of the file; empty for nothing."""
        if not data:
            return ""
        path = self._folder / f"{sha256(data).hexdigest()}.{kind}"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(".new")
            beside.write_bytes(data)
            beside.replace(path)
        return path.name

    def _kept(self, name: str) -> bytes | None:
        return _content(self._folder / name) or None if name else None


def _content(path: Path) -> bytes:
    """Nothing when there is no file. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
