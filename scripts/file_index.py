"""Writes docs/files.md, a line for every module, from what stands at its top:  python scripts/file_index.py"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "files.md"
PARTS = ("contract", "config", "kiosk", "ticket_printer", "display_board", "sync", "scripts")
SENTENCE = re.compile(r"(.+?[.!?])(?:\s|$)", re.DOTALL)
OPENING = """# Every module in a line
Made from the first sentence of each file of Python and JavaScript by `scripts/file_index.py`; tests hold it to them.
The short way to a place is the table "Where is …?" of [architecture.md](architecture.md). Styles, templates and data
(`.css`, `.html`, `.toml`) lie beside the modules that use them.
"""


class UntoldFile(Exception):
    """A file that does not say at its top what it is; the text names it."""


def index_text() -> str:
    return OPENING + "".join(_folder_text(folder) for folder in _folders())


def _folders() -> Iterator[Path]:
    for part in PARTS:
        folders = {path.parent for path in (ROOT / part).rglob("*") if path.suffix in {".py", ".js"}}
        yield from sorted(folder for folder in folders if _files(folder))


def _folder_text(folder: Path) -> str:
    opening = folder / "__init__.py"
    told = _first_sentence(opening) if opening.exists() and opening.read_text(encoding="utf-8").strip() else ""
    lines = [f"- `{path.name}`: {_first_sentence(path)}\n" for path in _files(folder)]
    return f"\n## `{folder.relative_to(ROOT)}/`\n" + (f"{told}\n\n" if told else "") + "".join(lines)


def _files(folder: Path) -> list[Path]:
    found = [path for path in folder.iterdir() if path.suffix in {".py", ".js"} and path.name != "__init__.py"]
    return sorted(path for path in found if path.read_text(encoding="utf-8").strip())


def _first_sentence(path: Path) -> str:
    """Raises UntoldFile."""
    text = path.read_text(encoding="utf-8")
    told = ast.get_docstring(ast.parse(text)) if path.suffix == ".py" else _comment(text)
    if not told:
        raise UntoldFile(f"{path.relative_to(ROOT)} does not say at its top what it is")
    paragraph = " ".join(told.split("\n\n")[0].split())
    sentence = SENTENCE.match(paragraph)
    return sentence[1] if sentence else paragraph


def _comment(text: str) -> str:
    """The comment with which a module of JavaScript begins."""
    lines = []
    for line in text.splitlines():
        if not (found := re.fullmatch(r"\s*(?:/\*\*?|\*/|\*|//)\s?(.*?)(?:\*/)?", line)):
            break
        lines.append(found[1].strip())
    return "\n".join(lines).strip()


if __name__ == "__main__":
    TARGET.write_text(index_text(), encoding="utf-8")
