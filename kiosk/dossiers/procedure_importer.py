"""Takes a table of procedures into the catalogue: whole, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from config.procedures import ProcedureSection, keep_procedures, kept_procedures, with_kept
from config.schema import Configuration
from kiosk.dossiers.procedure_table import NamedService, ProcedureChange, ProcedureTable, ProcedureTableReader
from kiosk.dossiers.table_importer import UnreadableTable
from kiosk.i18n.catalogues import translate
from sync.dossiers.text_keys import key_of

NO_TABLE = "no table of procedures: no row names the columns code and name of procedures"
COUNTS = "{created} new, {updated} changed, {unchanged} as they were"
ENDED = "{count} procedures are no longer in the table and end"
ELSEWHERE = "{count} procedures of fields that this office does not have were left out"


class ProcedureImporter:
    """Of one office; what came in before counts beside its configuration."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    def current(self) -> list[ProcedureSection]:
        """Those of the configuration under those that came in. Raises UnreadableTable."""
        try:
            kept = kept_procedures()
            own = [one.model_dump(mode="json") for one in self._configuration.procedure]
            return [ProcedureSection.model_validate(row) for row in with_kept(own, kept)]
        except ValueError as error:
            raise UnreadableTable(str(error)) from error

    def read(self, table: Path | bytes, confirmed: bool = False, whole_on: date | None = None) -> ProcedureTable:
        """`whole_on`: the table is a whole catalogue of that day. Raises UnreadableTable."""
        from sync.dossiers.opening import table_of
        from sync.dossiers.sheets import TableFileError

        try:
            file = table_of(table)
        except TableFileError as error:
            raise UnreadableTable(error.told()) from error
        zone = ZoneInfo(self._configuration.office.timezone)
        found = ProcedureTableReader(self.current(), self._services(), zone, confirmed, whole_on).read(file)
        if found is None:
            raise UnreadableTable(translate(NO_TABLE))
        return found

    def take(self, table: ProcedureTable) -> None:
        """Raises UnreadableTable when it can't be kept."""
        news = [change.after.model_dump(mode="json") for change in table.differing()]
        try:
            rows = with_kept(kept_procedures(), news)
            keep_procedures([ProcedureSection.model_validate(row) for row in rows])
        except (OSError, ValueError) as error:
            raise UnreadableTable(str(error)) from error

    def sentences(self, table: ProcedureTable) -> list[str]:
        """The counts, and what was left out."""
        counts = Counter(change.kind for change in table.changes)
        created, updated, unchanged = (counts[kind] for kind in ("created", "updated", "unchanged"))
        lines = [translate(COUNTS, created=created, updated=updated, unchanged=unchanged)]
        if ended := counts["ended"]:
            lines.append(translate(ENDED, count=ended))
        return [*lines, translate(ELSEWHERE, count=table.elsewhere)] if table.elsewhere else lines

    def _services(self) -> Sequence[NamedService]:
        return [
            NamedService(
                one.code,
                frozenset(map(key_of, (one.code, one.name, one.letter, one.hint))),
                {key_of(name): name for name in one.fields},
            )
            for one in self._configuration.service
        ]


def kind_text(change: ProcedureChange) -> str:
    return translate(f"procedure {change.kind}")
