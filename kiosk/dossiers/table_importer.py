"""Reads tables of dossiers that the office hands in, and puts what they would change into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from config.schema import Configuration
from kiosk.domain.dossier import Dossier
from kiosk.domain.dossier_change import TIMES, DossierChange
from kiosk.domain.dossier_words import WordsRefused
from sync.wording import grouped, translate

if TYPE_CHECKING:
    from sync.dossiers.tables import KnownDossiers, TableContents

EMPTY = "–"
MOST_REFUSED = 5
COUNTS = "{created} new, {updated} changed, {unchanged} as they were"
GOES_BACK = "Careful: {count} ended dossiers are in progress again; is the file old?"


class UnreadableTable(ValueError):
    """The file is no table of dossiers; the message says what to do, for people."""


class DossierTableImporter:
    """Reads in the words, procedures and time zone of one office; what reads tables is loaded with the first."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._zone = ZoneInfo(configuration.office.timezone)

    def read(self, table: Path | bytes, today: date | None = None, known: KnownDossiers | None = None) -> TableContents:
        """`today`: the local date, when it is known. `known` as in `read_dossiers`. Raises UnreadableTable."""
        from kiosk.dossiers.taught_words import TaughtWords
        from sync.dossiers.office_sanitizer import sanitizer_for
        from sync.dossiers.opening import table_of
        from sync.dossiers.sheets import TableFileError
        from sync.dossiers.tables import nothing_known, read_dossiers

        try:
            file = table_of(table)
            sanitizer = sanitizer_for(self._configuration)
            sanitizer.vocabulary = TaughtWords().added_to(sanitizer.vocabulary)
            return read_dossiers(file, sanitizer, today, known or nothing_known)
        except WordsRefused as error:
            raise UnreadableTable(str(error)) from error
        except TableFileError as error:
            raise UnreadableTable(error.told()) from error

    def refusal_text(self, refused: Sequence[tuple[str, str]]) -> list[str]:
        """A sentence for each dossier that the rules of the office refuse."""
        sentences = [f"{code}: {reason}" for code, reason in refused[:MOST_REFUSED]]
        more = len(refused) - MOST_REFUSED
        return [*sentences, translate("… and {count} more", count=grouped(more))] if more > 0 else sentences

    def kind_text(self, change: DossierChange) -> str:
        return translate(f"dossier {change.kind}")

    def change_text(self, change: DossierChange) -> str:
        """Where a new dossier stands and its days, else each difference; "!" before one that goes back."""
        after = change.after
        if change.before is None:
            days = [
                f"{translate(f'column {name}').lower()} {self._value_text(name, getattr(after, name))}"
                for name in TIMES
            ]
            return "; ".join([after.field, translate(f"step {after.step}"), *days])
        parts = [
            f"{translate(f'column {name}')}: {self._value_text(name, old)} → {self._value_text(name, new)}"
            for name, old, new in change.differences()
        ]
        return ("! " if change.goes_back else "") + "; ".join(parts)

    def standing(self, dossier: Dossier) -> dict[str, str]:
        """Where a dossier would stand, in words: its field, channel, status and days."""
        texts = {
            name: self._value_text(name, getattr(dossier, name)) for name in ("field", "channel", "status", *TIMES)
        }
        return {f"{name.removesuffix('_at')}_text": text for name, text in texts.items()}

    def count_sentences(self, changes: Sequence[DossierChange]) -> list[str]:
        """A sentence with the counts, and a warning when ended dossiers would be in progress again."""
        counts = Counter(change.kind for change in changes)
        sentences = [translate(COUNTS, **{kind: grouped(counts[kind]) for kind in ("created", "updated", "unchanged")})]
        back = sum(change.goes_back for change in changes)
        return [*sentences, translate(GOES_BACK, count=grouped(back))] if back else sentences

    def _value_text(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return EMPTY
        if name in TIMES:
            return datetime.fromtimestamp(value / 1000, self._zone).strftime("%d/%m/%Y %H:%M")
        if isinstance(value, bool):
            return translate("yes" if value else "no")
        if name in {"status", "channel"}:
            return translate(f"{name} {value}")
        return str(value)
