"""What a command says is Vietnamese: every sentence that one says through its mouth stands in the catalogue."""

from __future__ import annotations

import ast
import errno
import socket
from collections.abc import Iterator, Set

import pytest

from config.sentences import sentence_of_address, sentence_of_system
from display_board.voices.packs import PackError
from kiosk.commands import speech
from kiosk.domain.errors import PlaceNotNamed, UnknownEvent, UnknownPerson
from kiosk.domain.numbering import NoTicketNumber
from kiosk.i18n.catalogues import catalogue
from kiosk.maintenance.backup import NotABackup
from tests.sources import product_files, short, tree

SPEAKING = {"say", "warn", "fail", "words", "ToldError", "NotABackup", "NoBackup", "InUse", "NotInitialised"}
SPEAKING |= {"DatabaseUnfit", "DatabaseDamaged"}
OF_PRINTERS = {f"kiosk/commands/{name}.py" for name in ("dialogue", "printer_trial", "printers")}  # another catalogue
ROOMS = ("kiosk/commands/", "kiosk/maintenance/", "kiosk/store/", "kiosk/bootstrap.py")


def texts_of(source: ast.Module, speaking: Set[str] = SPEAKING) -> Iterator[str]:
    """The sentences handed to whatever speaks, written there or named by a constant of the module."""
    constants = {
        target.id: node.value.value
        for node in source.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in speaking and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
            elif isinstance(first, ast.Name) and first.id in constants:
                yield constants[first.id]


def test_every_sentence_of_a_command_is_in_the_catalogue() -> None:
    known = catalogue("commands", "doctor").sentences()
    files = [file for file in product_files() if short(file).startswith(ROOMS)]
    spoken = {(short(file), text) for file in files for text in texts_of(tree(file))}
    own = {(name, text) for name, text in spoken if name not in OF_PRINTERS}
    assert len(own) > 60
    assert {text for _, text in own if text not in known} - {"{problem}"} == set()


def test_why_a_voice_pack_is_refused_or_not_made_is_in_the_catalogue() -> None:
    """Read from the parts that make and read packs: no reason is put together on the spot."""
    files = [file for file in product_files() if short(file).startswith("display_board/voices/")]
    raised = [
        node
        for file in files
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "PackError"
    ]
    said = [text for file in files for text in texts_of(tree(file), {"PackError"})]
    assert len(said) == len(raised) > 20
    assert set(said) - {"{problem}"} - catalogue("voices").sentences().keys() == set()


def test_what_the_rules_refuse_has_a_sentence() -> None:
    assert set(speech.OF_DOMAIN.values()) - catalogue("commands").sentences().keys() == set()


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
    assert [(file, line) for file, line in built if file != "kiosk/commands/sync.py"] == []


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


@pytest.mark.parametrize(
    ("reason", "number"),
    [
        ("another program listens there already", errno.EADDRINUSE),
        ("may not listen on a port below 1024", errno.EACCES),
        ("does not have this address", errno.EADDRNOTAVAIL),
        ("no machine has this name", socket.EAI_NONAME),
    ],
)
def test_why_nobody_can_listen_is_told_as_of_an_address(
    capsys: pytest.CaptureFixture[str], reason: str, number: int
) -> None:
    error = OSError(number, "in the system's own English")
    assert reason in sentence_of_address(error).told("en")
    assert speech.cannot_listen("127.0.0.1:80", error) == 1
    why = sentence_of_address(error).told()
    assert capsys.readouterr().err == f"motcua: không mở được 127.0.0.1:80: {why}\n" and "hãy " in why


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UnknownEvent("", seq=9, last=3), "không có sự kiện 9; dòng cuối của nhật ký là 3"),
        (PlaceNotNamed("", places="kiosk-1, kiosk-2"), "hãy nói thiết bị này ở vị trí nào (kiosk-1, kiosk-2)"),
        (NoTicketNumber('"{text}" is not a ticket number such as A012', text="7A"), "“7A” không phải là số phiếu"),
        (PackError("{file} is silent; record it again", file="a.wav"), "a.wav không có tiếng; hãy ghi âm lại"),
    ],
)
def test_a_fact_may_have_any_name(error: Exception, told: str) -> None:
    assert speech.reason_of(error).startswith(told)


def test_a_failure_is_said_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert speech.fail("there is no clerk “{name}”; see motcua clerk list", name="Lan") == 1
    assert capsys.readouterr() == ("", "motcua: không có cán bộ “Lan”; hãy xem motcua clerk list\n")
