"""Templates that an officer edits: filled with the report's own words, and refused with line and name when broken."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from kiosk.reports.document import Document, DocumentSection, Paragraph
from kiosk.reports.request import TemplateBroken
from kiosk.reports.word_template import MOST_BYTES, WordTemplate, fill, read_template, tagged
from kiosk.reports.writers.docx_writer import to_docx
from tests.kiosk.reports.geometry.letters import SHORT

PATH = Path("office-report.docx")


def template(*paragraphs: str) -> WordTemplate:
    word = docx.Document()
    for text in paragraphs:
        word.add_paragraph(text)
    out = io.BytesIO()
    word.save(out)
    return WordTemplate(PATH, out.getvalue())


def texts(data: bytes) -> list[str]:
    word: Any = docx.Document(io.BytesIO(data))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in (*word.paragraphs, *(p for cell in cells for p in cell.paragraphs))]


def test_the_template_to_begin_with_gives_the_report_itself() -> None:
    made = texts(fill(WordTemplate(PATH, to_docx(tagged(SHORT))), SHORT))
    own = texts(to_docx(SHORT))
    assert [text.replace("\u00a0", " ") for text in made] == [text.replace("\u00a0", " ") for text in own]


def test_an_officer_s_own_sentence_stands_in_the_report() -> None:
    made = texts(
        fill(
            template("Kính thưa {{ superior }}.", "{%p for row in tables[0] %}", "{{ row.count }}", "{%p endfor %}"),
            SHORT,
        )
    )
    assert made == ["Kính thưa Ủy ban nhân dân huyện Ba Tơ.", "1.234", "1.234"]


# paragraphs of a template → what the message says
BROKEN = [
    (("Một", "{{ titel }}"), "dòng 2: không có “titel”; hãy sửa bằng Word"),
    (("{{ title }", "x"), "dòng 1: .*; hãy sửa bằng Word, hoặc bỏ tệp mẫu đi"),
    (("a", "b", "{% for x in parts %}"), "dòng 3"),
    (("{% if title %}", "{% endfor %}"), "dòng 2"),
    (("a", "{{ parts[99][0] }}"), "dòng 2: list object has no element 99"),
    (("{{ title.__class__.__mro__ }}",), "dòng 1: .*unsafe"),
    (("a", "b", "c {{ title / 2 }}"), "dòng 3: unsupported operand"),
]


@pytest.mark.parametrize(("paragraphs", "message"), BROKEN)
def test_a_broken_template_is_refused_with_line_and_name(paragraphs: tuple[str, ...], message: str) -> None:
    with pytest.raises(TemplateBroken, match=message) as refusal:
        fill(template(*paragraphs), SHORT)
    assert str(refusal.value).startswith("office-report.docx: ")


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateBroken, match=r"không phải \.docx"):
        fill(WordTemplate(PATH, b"{\\rtf1}"), SHORT)
    folder = tmp_path / "templates"
    folder.mkdir()
    assert read_template(tmp_path, "queue") is None
    (folder / "queue.docx").write_bytes(b"x")
    assert read_template(tmp_path, "queue") == WordTemplate(folder / "queue.docx", b"x")


def test_a_bomb_is_refused() -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (MOST_BYTES + 1))
    with pytest.raises(TemplateBroken, match="quá lớn"):
        fill(WordTemplate(PATH, out.getvalue()), SHORT)


def test_tags_in_a_report_s_own_words_stay_words() -> None:
    document: Document = replace(SHORT, sections=(DocumentSection("", (Paragraph("{{ title }} <b> & {% x %}"),)),))
    made = texts(fill(template("{{ parts[0][0] }}"), document))
    assert made == ["{{ title }} <b> & {% x %}"]
