"""Compiles every catalogue (.po) beside itself (.mo); the same source gives the same bytes on any day."""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

UNDATED = datetime(2024, 1, 1, tzinfo=UTC)

for po in sorted(Path(__file__).resolve().parents[1].glob("*/translations/*/LC_MESSAGES/*.po")):
    with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
        catalogue = read_po(source)
        catalogue.creation_date = catalogue.revision_date = UNDATED
        write_mo(target, catalogue)
