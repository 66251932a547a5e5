"""LibreOffice as the office that gets our files: it opens them, reckons, and turns them into PDF."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from kiosk.reports.writers.layout import font_file

# Times New Roman is not on this machine; letters of the same widths stand for it, as `layout` has them.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{folder}/fonts</cachedir>
  <alias binding="same">
    <family>Times New Roman</family>
    <prefer><family>Liberation Serif</family></prefer>
  </alias>
</fontconfig>
"""
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


def converted(files: Sequence[Path], form: str, folder: Path) -> list[Path]:
    """`form`: pdf, fods …; all files in one start of the program."""
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS.format(fonts=Path(font_file(False)).parent, folder=folder), encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    out = folder / form
    command += ["--outdir", str(out), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=600, env=environment)
    return [out / f"{file.stem}.{form}" for file in files]


def formulas(flat: Path) -> Iterator[tuple[str, str]]:
    """(formula, value) of each cell of a flat spreadsheet that has one."""
    for cell in etree.parse(flat).iter(f"{{{TABLE}}}table-cell"):
        if formula := cell.get(f"{{{TABLE}}}formula"):
            yield formula, str(cell.get(f"{{{OFFICE}}}value"))


def without_values(sheet: bytes) -> bytes:
    """A sheet whose formulas lost the values stored beside them: who opens it has to reckon."""
    return re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", sheet)
