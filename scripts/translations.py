"""Compiles every catalogue (.po) beside itself (.mo)."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for po in sorted(Path(__file__).resolve().parents[1].glob("*/translations/*/LC_MESSAGES/*.po")):
    with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
        write_mo(target, read_po(source))
