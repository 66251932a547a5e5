"""The page of all modules says of each what it says of itself, and misses none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts import file_index
from scripts.file_index import PARTS, ROOT, TARGET, UntoldFile, index_text


def test_the_page_is_of_today() -> None:
    assert TARGET.read_text(encoding="utf-8") == index_text(), "run: python scripts/file_index.py"


def test_every_file_of_the_parts_stands_in_it_below_its_folder() -> None:
    wanted: set[str] = set()
    for part in PARTS:
        for folder, _, names in os.walk(ROOT / part):
            paths = [Path(folder) / name for name in names if name != "__init__.py" and name.endswith((".py", ".js"))]
            wanted.update(path.relative_to(ROOT).as_posix() for path in paths if path.stat().st_size)
    told, at = set(), ""
    for line in TARGET.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            at = line.split("`")[1]
        elif line.startswith("- "):
            told.add(at + line.split("`")[1])
    assert len(wanted) > 800 and told == wanted


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(file_index, "ROOT", tmp_path)
    (tmp_path / "kiosk" / "web").mkdir(parents=True)
    return tmp_path


def test_a_line_is_the_first_sentence_of_a_file_in_either_language(house: Path) -> None:
    (house / "kiosk/__init__.py").write_text('"""The service."""\n')
    (house / "kiosk/one.py").write_text('"""Chooses `A.1`\nof two. Then more.\n\nAnd more."""\n')
    (house / "kiosk/web/two.js").write_text("// Draws it: all\n// of it. More.\n\n// Not this.\nconst a = 1;\n")
    (house / "kiosk/web/three.js").write_text("/**\n * A block.\n */\n\nconst b = 1;\n")
    text = index_text()
    assert text.startswith("# Every module in a line\n")
    assert text.endswith(
        "\n## `kiosk/`\nThe service.\n\n- `one.py`: Chooses `A.1` of two.\n"
        "\n## `kiosk/web/`\n- `three.js`: A block.\n- `two.js`: Draws it: all of it.\n"
    )


@pytest.mark.parametrize(("name", "text"), [("mute.py", "A = 1\n"), ("mute.js", "const a = 1;\n// Later.\n")])
def test_a_file_that_does_not_say_what_it_is_is_named(house: Path, name: str, text: str) -> None:
    (house / "kiosk" / name).write_text(text)
    with pytest.raises(UntoldFile, match=rf"kiosk/{name} does not say at its top what it is"):
        index_text()
