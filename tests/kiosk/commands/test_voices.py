"""`motcua voice` as a technician uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kiosk.commands.test_commands import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_build_makes_the_voices_and_check_names_what_is_left_to_record(shell: Shell) -> None:
    before = shell.run("voice", "check")
    assert before.returncode == 1 and "motcua voice build --language vi" in before.stdout
    built = shell.run("voice", "build", "--calls")
    assert built.stdout.splitlines() == [
        "vi: 47 phrases made, 0 recorded ones kept",
        "en: 60 phrases made, 0 recorded ones kept",
    ]
    after = shell.run("voice", "check")
    assert after.returncode == 1
    assert after.stdout.startswith("Giọng hre thiếu 17 câu (“Mời bà con có số”, “đến quầy số”, “không”")
    assert "motcua voice build --language vi" in after.stdout.splitlines()[1], "the pages are still silent"
    assert len(after.stdout.splitlines()) == 2


def test_a_pack_is_carried_from_one_machine_to_another(shell: Shell, tmp_path: Path) -> None:
    shell.run("voice", "build", "--calls", "--language", "vi")
    pack = tmp_path / "giong-vi.zip"
    assert shell.run("voice", "export", "vi", "--to", str(pack)).returncode == 0
    (tmp_path / "other").mkdir()
    other = Shell(tmp_path / "other")
    brought = other.run("voice", "import", str(pack))
    assert (brought.returncode, brought.stdout.partition(",")[0]) == (0, "vi: 47 phrases")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("voice", "export", "hre", "--to", "x.zip"), 1, 'no voice pack "hre"'),
        (("voice", "export", "../etc", "--to", "x.zip"), 1, "not the code of a language"),
        (("voice", "import", "/nowhere/x.zip"), 1, "No such file"),
        (("voice", "import", __file__), 1, "not a voice pack"),
        (("voice", "build", "--language", "hre"), 2, "invalid choice"),
        (("voice",), 2, "required"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(
    shell: Shell, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = shell.run(*arguments)
    assert done.returncode == code
    assert words in done.stderr


def test_a_voice_that_nobody_needs_is_not_missed(shell: Shell) -> None:
    shell.config.write_text(
        shell.config.read_text(encoding="utf-8")
        .replace('languages = ["vi", "hre"]', 'languages = ["vi"]')
        .replace("ticket_language = true", "ticket_language = false"),
        encoding="utf-8",
    )
    shell.run("voice", "build", "--calls", "--language", "vi")
    done = shell.run("voice", "check")
    assert "hre" not in done.stdout and "Giọng en" not in done.stdout
    assert len(done.stdout.splitlines()) == 1, "only the pages are silent yet"
