"""What a command says is Vietnamese: every sentence that one says through its mouth stands in the catalogue."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from config.sentences import sentence_of_system
from kiosk.commands import speech
from kiosk.domain.errors import UnknownPerson
from kiosk.i18n.catalogues import catalogue
from kiosk.maintenance.backup import NotABackup
from tests.sources import product_files, short, tree

SPEAKING = {"say", "warn", "fail", "words", "ToldError", "NotABackup", "NoBackup", "InUse", "NotInitialised"}
SPEAKING |= {"DatabaseUnfit", "DatabaseDamaged"}
OF_PRINTERS = {f"kiosk/commands/{name}.py" for name in ("dialogue", "printer_trial", "printers")}  # another catalogue
ROOMS = ("kiosk/commands/", "kiosk/maintenance/", "kiosk/store/", "kiosk/bootstrap.py")


def texts_of(source: ast.Module) -> Iterator[str]:
    """The sentences handed to whatever speaks, written there or named by a constant of the module."""
    constants = {
        target.id: node.value.value
        for node in source.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKING and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
            elif isinstance(first, ast.Name) and first.id in constants:
                yield constants[first.id]


def test_every_sentence_of_a_command_is_in_the_catalogue() -> None:
    known = catalogue("commands").sentences()
    files = [file for file in product_files() if short(file).startswith(ROOMS)]
    spoken = {(short(file), text) for file in files for text in texts_of(tree(file))}
    own = {(name, text) for name, text in spoken if name not in OF_PRINTERS}
    assert len(own) > 60
    assert {text for _, text in own if text not in known} - {"{problem}"} == set()


def test_nobody_fails_or_prints_in_english_past_the_catalogue() -> None:
    """A sentence put together on the spot has no key that could be translated."""
    built = [
        (short(file), node.lineno)
        for file in product_files()
        if short(file).startswith("kiosk/commands/")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "fail"
        if node.args and isinstance(node.args[0], ast.JoinedStr)
        if any(isinstance(part, ast.Constant) and str(part.value).strip(" :;,") for part in node.args[0].values)
    ]
    assert [
        (file, line) for file, line in built if file not in {"kiosk/commands/sync.py", "kiosk/commands/serve.py"}
    ] == []


def test_an_error_within_an_error_is_told_in_its_own_words() -> None:
    inner = NotABackup("{file} is damaged; take an older backup", file="a.db")
    outer = NotABackup("{refusal}; it brings administrators unknown here: {names}", refusal=inner, names="Hoa")
    assert speech.reason_of(outer) == (
        "a.db bị hỏng; hãy dùng bản sao lưu cũ hơn; bản này mang theo quản trị viên không có ở đây: Hoa"
    )
    assert str(outer) == "a.db is damaged; take an older backup; it brings administrators unknown here: Hoa"


def test_what_the_system_and_the_rules_refuse_is_told_too() -> None:
    full = OSError(28, "No space left on device", "/media/usb/x.db")
    assert speech.reason_of(full) == f"/media/usb/x.db: {sentence_of_system(full).told()}"
    assert speech.reason_of(UnknownPerson('there is nobody called "an"')).startswith("không có ai tên này; hãy")


def test_a_failure_is_said_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert speech.fail("there is no clerk “{name}”; see motcua clerk list", name="Lan") == 1
    assert capsys.readouterr() == ("", "motcua: không có cán bộ “Lan”; hãy xem motcua clerk list\n")
