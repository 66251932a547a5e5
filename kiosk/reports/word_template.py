"""A report in the office's own Word template: a .docx with tags, kept in the state folder and edited in Word.

Tags are Jinja's as docxtpl reads them: `{{ title }}`, a paragraph `{%p for line in parts[0] %}`, a row
`{%tr for row in tables[0] %}` … `{%tr endfor %}`. They are run in a sandbox; a tag that is broken or names what is not
there is refused with its line and name before anything is written.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from contract.records import dataclass
from kiosk.domain.letterhead import Letterhead
from kiosk.domain.office_files import OfficeFile
from kiosk.reports.document import Document, DocumentSection, Paragraph, Table, TableRow
from kiosk.reports.office_files import read_file
from kiosk.reports.request import TemplateBroken
from kiosk.reports.wording import translate
from kiosk.reports.writers import layout
from kiosk.reports.writers.text_cells import shown
from kiosk.reports.writers.undated import undated

FOLDER = "templates"  # in the folder of reports
MOST_BYTES = 20_000_000  # of all parts unpacked
FAULTS = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)  # of an expression in a tag
NO_DOCX = "{file}: this is no .docx; save it in Word as .docx"
MISPLACED = "{%tr …%} belongs into a row of a table, {%p …%} into a paragraph of its own"
PREFIXES = (("{%p ", "{% "), ("{%tr ", "{% "), ("{%tc ", "{% "), ("{%r ", "{% "), ("{{r ", "{{ "))


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """`path` is for messages."""

    path: Path
    data: bytes


def template_file(reports: Path, name: str) -> OfficeFile:
    """One that cannot be read, or is there and empty, has a fault: only a Word file is refused for it."""
    path = reports / FOLDER / f"{name}.docx"
    try:
        file = read_file(path, TemplateBroken)
    except TemplateBroken as error:
        return OfficeFile(path, b"", str(error))
    is_empty = not file.data and path.exists()
    return OfficeFile(path, b"", translate(NO_DOCX, file=path)) if is_empty else file


def template_in(file: OfficeFile) -> WordTemplate | None:
    """For a Word file; None when the office has none. Raises TemplateBroken."""
    if file.fault:
        raise TemplateBroken(file.fault)
    return WordTemplate(file.path, file.data) if file.data else None


def fill(template: WordTemplate, document: Document) -> bytes:
    """The report in the template. Raises TemplateBroken."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    context = values_of(document)
    check(template, context)
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    made = DocxTemplate(io.BytesIO(template.data))
    try:
        made.render(context, jinja_env=environment, autoescape=True)
    except (TemplateError, SyntaxError, *FAULTS) as error:
        sentence = "{file}: a tag stands where it can't: {problem}; mend it in Word, or take the file away"
        raise TemplateBroken(translate(sentence, file=template.path, problem=translate(MISPLACED))) from error
    out = io.BytesIO()
    made.save(out)
    return undated(out.getvalue())


def check(template: WordTemplate, context: dict[str, Any]) -> None:
    """Raises TemplateBroken at the first broken tag or unknown name; a line is a paragraph, cells of tables too."""
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
    from jinja2.meta import find_undeclared_variables
    from jinja2.sandbox import SandboxedEnvironment

    from kiosk.reports.template_faults import sentence_of_fault

    environment = SandboxedEnvironment(undefined=StrictUndefined)
    lines = _lines(template)
    text = "\n".join(lines)
    try:
        tree = environment.parse(text)
        unknown = find_undeclared_variables(tree) - set(context)
    except TemplateSyntaxError as error:
        raise TemplateBroken(
            _sentence(template, error.lineno, sentence_of_fault(error, lines, error.lineno))
        ) from error
    for node in tree.find_all(nodes.Name):
        if node.name in unknown:
            known = ", ".join(sorted(name for name in context if name.islower()))
            sentence = "{file}: line {line}: there is no “{name}”; mend it in Word; names: {known}"
            raise TemplateBroken(translate(sentence, file=template.path, line=node.lineno, name=node.name, known=known))
    try:
        environment.from_string(text).render(context)
    except (TemplateError, *FAULTS) as error:
        line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error)
        raise TemplateBroken(_sentence(template, line, sentence_of_fault(error, lines, line))) from error


def _sentence(template: WordTemplate, line: int, problem: str) -> str:
    sentence = "{file}: line {line}: {problem}; mend it in Word, or take the file away"
    return translate(sentence, file=template.path, line=line, problem=problem)


def _line_of(error: BaseException) -> int:
    """Where in the template's text an error rose; Jinja puts its lines into the traceback."""
    place, line = error.__traceback__, 1
    while place is not None:
        if place.tb_frame.f_code.co_filename == "<template>":
            line = place.tb_lineno
        place = place.tb_next
    return line


def values_of(document: Document) -> dict[str, Any]:
    """What a template may name. In capitals what stands in capitals on paper."""
    letter = document.letter
    values: dict[str, Any] = {
        "title": document.title,
        "period": document.period,
        "office": document.office,
        "source": document.source,
        "heading": list(document.heading),
        "notes": list(document.notes),
        "section_titles": [section.title for section in document.sections],
        "parts": [
            [block.text for block in section.blocks if isinstance(block, Paragraph)] for section in document.sections
        ],
        "tables": [_rows(table) for _, table in document.tables()],
    }
    names = {"superior": "", "issuer": "", "symbol": "", "signer_name": "", "place_and_date": ""}
    for name in names:
        values[name] = "" if letter is None else getattr(letter, name)
    values["signer"] = [] if letter is None else [line.upper() for line in letter.signer]
    values["recipients"] = [] if letter is None else [*letter.recipients]
    values["addressees"] = "" if letter is None else "; ".join(letter.addressees)
    values |= {"ISSUER": values["issuer"].upper(), "SUPERIOR": values["superior"].upper()}
    return values


class _Tagged(Letterhead):
    """Its date is a tag."""

    @property
    def place_and_date(self) -> str:
        return "{{ place_and_date }}"


def tagged(document: Document) -> Document:
    """The same document with tags for what changes from one period to the next: a template to begin with.

    Title, issuer and signer stay words of the office: the rules under them have their lengths.
    """
    number = iter(range(len(document.tables())))
    sections = tuple(_tagged(place, section, number) for place, section in enumerate(document.sections))
    letter = document.letter
    if letter is not None:
        letter = _Tagged(**{name: getattr(letter, name) for name in Letterhead.__dataclass_fields__})
    return replace(document, period="{{ period }}", source="{{ source }}", sections=sections, letter=letter)


def _tagged(place: int, section: DocumentSection, number: Iterator[int]) -> DocumentSection:
    blocks: list[Paragraph | Table] = []
    if any(isinstance(block, Paragraph) for block in section.blocks):
        loop = ("{%p for line in parts[" + str(place) + "] %}", "{{ line }}", "{%p endfor %}")
        blocks += map(Paragraph, loop)
    for block in section.blocks:
        if isinstance(block, Table):
            keys = [column.key for column in block.columns]
            begin, end = "{%tr for row in tables[" + str(next(number)) + "] %}", "{%tr endfor %}"
            row = ["{{ row." + key.replace("-", "_") + " }}" for key in keys]
            rows = [[begin, *[""] * (len(keys) - 1)], row, [end, *[""] * (len(keys) - 1)]]
            blocks.append(replace(block, rows=[TableRow(cells) for cells in rows]))
    return replace(section, blocks=tuple(blocks))


def _rows(table: Table) -> list[dict[str, str]]:
    keys = [column.key.replace("-", "_") for column in table.columns]
    return [dict(zip(keys, map(shown, row.cells), strict=True)) for row in table.rows]


def _lines(template: WordTemplate) -> list[str]:
    """The text of each paragraph in the order of the page, with docxtpl's tags as plain ones. Raises TemplateBroken."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(template.data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        word = None if size > MOST_BYTES else docx.Document(io.BytesIO(template.data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise TemplateBroken(translate(NO_DOCX, file=template.path)) from error
    if word is None:
        raise TemplateBroken(translate("{file}: it is too large; make its pictures smaller", file=template.path))
    lines = []
    for paragraph in word.element.body.iter(f"{{{layout.WORD_NAMESPACE}}}p"):
        text = "".join(node.text or "" for node in paragraph.iter(f"{{{layout.WORD_NAMESPACE}}}t"))
        for tag, plain in PREFIXES:
            text = text.replace(tag, plain)
        lines.append(text)
    return lines
