"""A template that LibreOffice opened and saved again still gives the report; a broken one is still refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from kiosk.reports.request import TemplateBroken
from kiosk.reports.word_template import WordTemplate, fill, tagged
from kiosk.reports.writers.docx_writer import to_docx
from tests.kiosk.reports.geometry.letters import SEVERAL, SHORT
from tests.soak.office_suite import converted

REPORTS = {"short": SHORT, "several": SEVERAL}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Templates as the program saved them again, by name."""
    folder = tmp_path_factory.mktemp("templates")
    files = {name: folder / f"{name}.docx" for name in (*REPORTS, "broken")}
    for name, report in REPORTS.items():
        files[name].write_bytes(to_docx(tagged(report)))
    word = docx.Document()
    word.add_paragraph("Một")
    word.add_paragraph("{{ titel }}")
    word.save(str(files["broken"]))
    yield dict(zip(files, converted(list(files.values()), "docx", folder), strict=True))


def words(data: bytes) -> list[str]:
    word = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    texts = [*(paragraph.text for paragraph in word.paragraphs), *cells]
    return [" ".join(text.split()) for text in texts if text.strip()]


@pytest.mark.soak
@pytest.mark.parametrize("name", REPORTS)
def test_a_template_saved_again_gives_the_same_report(saved: dict[str, Path], name: str) -> None:
    report = REPORTS[name]
    again = fill(WordTemplate(saved[name], saved[name].read_bytes()), report)
    assert words(again) == words(fill(WordTemplate(saved[name], to_docx(tagged(report))), report))


@pytest.mark.soak
def test_a_broken_template_saved_again_is_refused_with_its_line(saved: dict[str, Path]) -> None:
    with pytest.raises(TemplateBroken, match=r"broken\.docx: dòng 2: không có “titel”"):
        fill(WordTemplate(saved["broken"], saved["broken"].read_bytes()), SHORT)
