"""Every report as Word file and workbook opens in LibreOffice; its sums are those we wrote; letters keep the decree."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from openpyxl import load_workbook

from kiosk.domain.office_facts import OfficeFacts
from kiosk.reports import catalogue
from kiosk.reports.periods import range_of
from kiosk.reports.request import ReportRequest
from kiosk.reports.writers.docx_writer import to_docx
from kiosk.samples.known_answers import KnownAnswers, fill_known
from kiosk.samples.random_days import RandomDays
from tests.kiosk.reports.geometry.letters import LETTER, SHORT, setting
from tests.kiosk.reports.geometry.test_letters import PRODUCED, deviations
from tests.office import OfficeStory
from tests.soak.office_suite import converted, formulas, without_values

ABOUT = OfficeFacts("Bộ phận Một cửa xã Ba Vì", "UBND xã Ba Vì", [("Công chức", "Hộ tịch")], 5, 15, {})
NAMES = [name for name, kind in catalogue.REPORTS.items() if "docx" in kind.formats]
WORKBOOKS = [name for name, kind in catalogue.REPORTS.items() if "xlsx" in kind.formats]


class Files:
    """Every report of a sample as a file, and what LibreOffice made of each."""

    def __init__(self, folder: Path, story: OfficeStory, known: KnownAnswers) -> None:
        self.known, self._folder, self._story = known, folder, story
        self.word = self._written(NAMES, "docx")
        self.sheets = self._written(WORKBOOKS, "xlsx")
        self.pages = dict(zip(NAMES, converted(list(self.word.values()), "pdf", folder), strict=True))
        bare = [_bare(file, folder / "bare") for file in self.sheets.values()]
        self.reckoned = dict(zip(WORKBOOKS, converted(bare, "fods", folder), strict=True))
        self.printed = dict(
            zip(WORKBOOKS, converted(list(self.sheets.values()), "pdf", folder / "sheets"), strict=True)
        )

    def _written(self, names: list[str], kind: str) -> dict[str, Path]:
        return {name: self._file(name, kind) for name in names}

    def _file(self, name: str, kind: str) -> Path:
        office = self._story.app.office
        levels = dict(zip(office.survey.levels, ("Rất hài lòng", "Hài lòng", "Chưa hài lòng"), strict=True))
        period = range_of(self.known.first, self.known.last)
        (self._folder / "sheets").mkdir(exist_ok=True)
        with self._story.app.store.reading() as reading:
            request = ReportRequest(name, kind, period, levels, LETTER, ABOUT)
            data = catalogue.make_report(reading, office, request)
        file = self._folder / f"{name.replace('.', '-')}.{kind}"
        file.write_bytes(data)
        return file


def _bare(file: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    out = folder / file.name
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(part, without_values(source.read(part)))
    return out


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Files]:
    folder = tmp_path_factory.mktemp("suite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        story = OfficeStory(f"sqlite:///{folder / 'motcua.db'}")
        pairs = [(one.code, one.field) for one in story.app.configuration.procedure]
        known = fill_known(story.app.store, RandomDays.of(3, None, 1), 150, pairs, story.clock.now_ms())
        yield Files(folder, story, known)
        story.close()


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_a_word_file_opens_with_its_title_on_the_first_page(files: Files, name: str) -> None:
    made = docx_title(files.word[name])
    with pdfplumber.open(files.pages[name]) as pdf:
        first = " ".join((pdf.pages[0].extract_text() or "").split())
        assert made.casefold() in first.casefold()
        assert all((page.extract_text() or "").strip() for page in pdf.pages), "no empty page"


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_no_signature_and_no_heading_stands_alone_on_a_page(files: Files, name: str) -> None:
    with pdfplumber.open(files.pages[name]) as pdf:
        pages = [
            [line["text"] for line in page.extract_text_lines() if not line["text"].isdigit()] for page in pdf.pages
        ]
        pictures = [bool(page.images) for page in pdf.pages]
    for lines, has_picture in zip(pages, pictures, strict=True):
        assert has_picture or not lines[0].startswith(("Nơi nhận", "Người lập biểu")), name
        assert not [line for line in lines[-1:] if line[:2] in {"1.", "2.", "3.", "4.", "5."}], name


def docx_title(file: Path) -> str:
    import docx

    return str(docx.Document(str(file)).core_properties.title)


@pytest.mark.soak
@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_reckons_to_what_was_written(files: Files, name: str) -> None:
    stored = load_workbook(files.sheets[name], data_only=True)
    written = load_workbook(files.sheets[name])
    ours = [
        stored[sheet.title][cell.coordinate].value
        for sheet in written.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    theirs = list(formulas(files.reckoned[name]))
    assert [int(value) for _, value in theirs] == ours
    assert all(formula.startswith("of:=SUM([.") for formula, _ in theirs)
    with pdfplumber.open(files.printed[name]) as pdf:
        assert all(page.extract_words() or page.rects for page in pdf.pages), "no empty page"


@pytest.mark.soak
def test_the_sums_of_the_form_are_the_known_ones(files: Files) -> None:
    sums = [int(value) for _, value in formulas(files.reckoned["II.06a"])]
    known = files.known.dossiers
    columns = [known.received, known.online, known.in_person, known.carried_over, known.resolved, known.early]
    assert sums == [*columns, known.on_time, known.late, known.open, known.open_in_time, known.open_overdue]


@pytest.mark.soak
def test_a_letter_from_word_deviates_from_the_decree_in_nothing(tmp_path: Path) -> None:
    files = []
    for name, document in PRODUCED.items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(to_docx(document))
    for made in converted(files, "pdf", tmp_path):
        assert deviations(made.read_bytes()) == {}, made.name


@pytest.mark.soak
def test_a_letter_from_word_that_breaks_a_rule_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = setting("LEFT_MM", 20)(monkeypatch, SHORT)
    file = tmp_path / "narrow.docx"
    file.write_bytes(to_docx(document))
    (made,) = converted([file], "pdf", tmp_path)
    assert "the_left_margin_is_30_to_35" in deviations(made.read_bytes())
