"""The office's own remarks in the narrative report: a file in the state folder, kept from one report to the next."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from contract.toml_words import toml_sentence
from kiosk.domain.office_files import OfficeFile
from kiosk.i18n.system_words import refusal_of_system
from kiosk.reports.narrative_texts import remark_headings
from kiosk.reports.office_files import text_in
from kiosk.reports.wording import translate

FILE = "office-report.toml"
SHOWN_BY = frozenset({"office-report", "staff"})  # reports with remarks
MOST_LETTERS = 2000  # of a line
MOST_LINES = 50  # under a heading
HEAD = """# Nhận xét của cơ quan trong báo cáo tình hình tổ chức, hoạt động. Mỗi dòng một ý, trong dấu ngoặc kép:
#   strengths = ["Tiếp nhận hồ sơ đúng quy định.", "…"]
# Tệp này được giữ lại cho kỳ báo cáo sau.
"""


class RemarksUnreadable(ValueError):
    """The file of remarks can't be used; the message names file and place."""


def remarks_in(file: OfficeFile) -> dict[str, list[str]]:
    """Lines by heading; nothing when there is no file. Raises RemarksUnreadable."""
    try:
        data = tomllib.loads(text_in(file, RemarksUnreadable))
    except tomllib.TOMLDecodeError as error:
        raise RemarksUnreadable(f"{file.path}: {toml_sentence(error)}") from error
    headings = remark_headings()
    for name in data:
        _require_heading(file.path, name, headings)
    return {name: _lines(file.path, name, value) for name, value in data.items()}


def write_template(folder: Path) -> Path | None:
    """A file with the empty headings, for the office to fill in; None when there is one already. Raises OSError."""
    path = folder / FILE
    if path.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    empty = "".join(f"\n# {heading}\n{name} = []\n" for name, heading in remark_headings().items())
    path.write_text(HEAD + empty, encoding="utf-8")
    return path


def write_remarks(folder: Path, remarks: Mapping[str, Sequence[str]]) -> None:
    """Keep the lines under each heading for the next report. Raises RemarksUnreadable when they cannot be kept."""
    path = folder / FILE
    headings = remark_headings()
    for name, lines in remarks.items():
        _require_heading(path, name, headings)
        _lines(path, name, list(lines))
    kept = "".join(
        f"\n# {title}\n{name} = [\n{''.join(map(_toml_line, remarks.get(name, ())))}]\n"
        for name, title in headings.items()
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(HEAD + kept, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        sentence = "{file}: cannot be written ({problem}); see that the folder is there, may be written and has space"
        raise RemarksUnreadable(translate(sentence, file=path, problem=refusal_of_system(error))) from error


def _require_heading(path: Path, name: str, headings: Mapping[str, str]) -> None:
    """Raises RemarksUnreadable."""
    if name not in headings:
        sentence = "{file}: there is no heading “{name}”; mend it; headings: {known}"
        raise RemarksUnreadable(translate(sentence, file=path, name=name, known=", ".join(headings)))


def _toml_line(line: str) -> str:
    return f"  {toml_text(' '.join(line.split()))},\n"


def toml_text(text: str) -> str:
    """A basic string of TOML; its escapes are those of JSON, and DEL beside them."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _lines(path: Path, name: str, value: object) -> list[str]:
    lines = value if isinstance(value, list) else [value]
    texts = [line.strip() for line in lines if isinstance(line, str) and len(line) <= MOST_LETTERS]
    if not isinstance(value, list) or len(texts) < len(lines):
        raise RemarksUnreadable(translate('{file}: {name} is no list; write ["…", "…"]', file=path, name=name))
    if len(texts) > MOST_LINES:
        raise RemarksUnreadable(
            translate("{file}: {name} has more than {most} lines; shorten it", file=path, name=name, most=MOST_LINES)
        )
    return [text for text in texts if text]
