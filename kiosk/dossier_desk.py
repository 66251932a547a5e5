"""Where tables of dossiers are handed in: read past the edge, shown as changes in words, taken whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from config.schema import Configuration
from kiosk.domain.dossier_change import TIMES, Change
from sync.dossiers.edge import edge_for
from sync.dossiers.sheets import BadFile, read_table, table_of
from sync.dossiers.tables import Found, dossiers_of
from sync.wording import number, say

EMPTY = "–"
COUNTS = "{created} new, {updated} changed, {unchanged} as they were"
GOES_BACK = "Careful: {count} ended dossiers are in progress again; is the file old?"


class UnreadableTable(ValueError):
    """The file is no table of dossiers; the message says what to do, for people."""


class DossierDesk:
    """The desk of one office."""

    def __init__(self, configuration: Configuration) -> None:
        self._edge = edge_for(configuration)
        self._zone = ZoneInfo(configuration.office.timezone)

    def read(self, table: Path | bytes) -> Found:
        """Raises UnreadableTable."""
        try:
            rows = table_of(table) if isinstance(table, bytes) else read_table(table)
            return dossiers_of(rows, self._edge)
        except BadFile as error:
            raise UnreadableTable(say(error.reason, **error.facts)) from error

    def happens(self, change: Change) -> str:
        return say(f"dossier {change.kind}")

    def told(self, change: Change) -> str:
        """Of a new dossier where it stands, else each difference; "!" before one that goes back."""
        after = change.after
        if change.before is None:
            due = f"{say('column due_at').lower()} {self._shown('due_at', after.due_at)}"
            return f"{after.field}; {say(f'step {after.step}')}; {due}"
        parts = [
            f"{say(f'column {name}')}: {self._shown(name, old)} → {self._shown(name, new)}"
            for name, old, new in change.differences()
        ]
        return ("! " if change.goes_back else "") + "; ".join(parts)

    def counted(self, changes: Sequence[Change]) -> list[str]:
        """A sentence with the counts, and a warning when ended dossiers would be in progress again."""
        counts = Counter(change.kind for change in changes)
        sentences = [say(COUNTS, **{kind: number(counts[kind]) for kind in ("created", "updated", "unchanged")})]
        back = sum(change.goes_back for change in changes)
        return [*sentences, say(GOES_BACK, count=number(back))] if back else sentences

    def _shown(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return EMPTY
        if name in TIMES:
            return datetime.fromtimestamp(value / 1000, self._zone).strftime("%d/%m/%Y %H:%M")
        if isinstance(value, bool):
            return say("yes" if value else "no")
        if name in {"status", "channel"}:
            return say(f"{name} {value}")
        return str(value)
