"""Templates that an officer edits: filled with the report's own words, and refused with line and name when broken."""

from __future__ import annotations

import io
import re
import zipfile
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from kiosk.reports.document import Document, DocumentSection, Paragraph
from kiosk.reports.request import TemplateBroken
from kiosk.reports.word_template import MOST_BYTES, WordTemplate, fill, tagged, template_file, template_in
from kiosk.reports.writers import layout
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
    (("Một", "{{ titel }}"), r"dòng 2: không có “titel”; hãy sửa bằng Word; các tên dùng được: .*title"),
    (("{{ title }", "x"), r"dòng 1: thẻ trong “{{ title }” viết chưa đúng; hãy viết như {{ title }}"),
    (("a", "b", "{% for x in parts %}"), r"dòng 3: thẻ {% for … %} chưa đóng; hãy viết thêm {% endfor %}"),
    (("{% if title %}", "{% endfor %}"), r"dòng 2: thẻ {% endfor %} không dùng được ở đây"),
    (("a", "{{ parts[99][0] }}"), r"dòng 2: “{{ parts\[99\]\[0\] }}” gọi tới thứ mà báo cáo này không có"),
    (("{{ title.__class__.__mro__ }}",), r"dòng 1: “.*__mro__ }}” gọi tới thứ mà tệp mẫu không được dùng"),
    (("a", "b", "c {{ title / 2 }}"), r"dòng 3: “c {{ title / 2 }}” không tính được; hãy chỉ viết tên"),
    (("a", "{{ title|hoa }}"), r"dòng 2: không có phép “hoa” cho giá trị; hãy bỏ đi"),
    (("{{ title is chan }}",), r"dòng 1: không có phép “chan”"),
    (("{{ }}",), r"dòng 1: thẻ trong “{{ }}” viết chưa đúng"),
    (("{{ 'abc }}",), r"dòng 1: thẻ trong .* viết chưa đúng"),
    (("{# ghi chú",), r"dòng 1: thẻ trong .* viết chưa đúng"),
    (("{{ 1 / 0 }}",), r"dòng 1: .* không tính được"),
    (("{{ range(10000000) }}",), r"dòng 1: .* không tính được"),
    (("{% include 'x' %}",), r"dòng 1: .* không tính được"),
    (("{%tr for row in tables[0] %}", "{%tr endfor %}"), r"có thẻ đặt sai chỗ: {%tr …%} phải nằm trong một hàng"),
]
ENGLISH = re.compile(r"\b(the|is|not|no|of|expected|unexpected|named|object|error|tag)\b", re.IGNORECASE)


@pytest.mark.parametrize(("paragraphs", "message"), BROKEN)
def test_a_broken_template_is_refused_with_line_and_name(paragraphs: tuple[str, ...], message: str) -> None:
    with pytest.raises(TemplateBroken, match=message) as refusal:
        fill(template(*paragraphs), SHORT)
    told = str(refusal.value)
    assert told.startswith("office-report.docx: ")
    quoted = re.sub("“[^”]*”|{[%{][^}]*}|; các tên dùng được.*", "", told.removeprefix("office-report.docx: "))
    assert not ENGLISH.search(quoted), told


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateBroken, match=r"không phải \.docx"):
        fill(WordTemplate(PATH, b"{\\rtf1}"), SHORT)
    folder = tmp_path / "templates"
    folder.mkdir()
    assert template_in(template_file(tmp_path, "queue")) is None
    (folder / "queue.docx").write_bytes(b"x")
    assert template_in(template_file(tmp_path, "queue")) == WordTemplate(folder / "queue.docx", b"x")


def test_a_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (MOST_BYTES + 1))
    with pytest.raises(TemplateBroken, match="quá lớn"):
        fill(WordTemplate(PATH, out.getvalue()), SHORT)


def test_tags_in_a_report_s_own_words_stay_words() -> None:
    document: Document = replace(SHORT, sections=(DocumentSection("", (Paragraph("{{ title }} <b> & {% x %}"),)),))
    made = texts(fill(template("{{ parts[0][0] }}"), document))
    assert made == ["{{ title }} <b> & {% x %}"]


def as_word_keeps_it(data: bytes) -> bytes:
    """A run for each letter, marks of the spelling checker between them: what hours of editing leave in a file."""
    word: Any = docx.Document(io.BytesIO(data))
    paragraphs = [one for one in word.element.body.iter(f"{{{layout.WORD_NAMESPACE}}}p")]
    for element in paragraphs:
        for run in list(element.iter(f"{{{layout.WORD_NAMESPACE}}}r")):
            texts = [node for node in run.iter(f"{{{layout.WORD_NAMESPACE}}}t")]
            letters = "".join(node.text or "" for node in texts)
            if len(run) - (run.find(f"{{{layout.WORD_NAMESPACE}}}rPr") is not None) != len(texts) or len(letters) < 2:
                continue
            for letter in letters:
                copy = deepcopy(run)
                for node in copy.findall(f"{{{layout.WORD_NAMESPACE}}}t"):
                    copy.remove(node)
                etree.SubElement(copy, f"{{{layout.WORD_NAMESPACE}}}t", {PRESERVE: "preserve"}).text = letter
                run.addprevious(etree.Element(f"{{{layout.WORD_NAMESPACE}}}proofErr"))
                run.addprevious(copy)
            run.getparent().remove(run)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def test_a_template_that_word_parted_into_letters_still_works() -> None:
    kept = as_word_keeps_it(to_docx(tagged(SHORT)))
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert b"{{ period" not in archive.read("word/document.xml")
    whole = fill(WordTemplate(PATH, to_docx(tagged(SHORT))), SHORT)
    assert texts(fill(WordTemplate(PATH, kept), SHORT)) == texts(whole)


def test_a_broken_tag_is_named_in_a_template_that_word_parted_into_letters() -> None:
    kept = as_word_keeps_it(template("Một", "{{ titel }}").data)
    with pytest.raises(TemplateBroken, match=r"dòng 2: không có “titel”"):
        fill(WordTemplate(PATH, kept), SHORT)
