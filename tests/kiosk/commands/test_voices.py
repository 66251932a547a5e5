"""`motcua voice` as a technician uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.display_board.voices.fake_piper import fake_piper, model
from tests.kiosk.commands.test_commands import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_build_makes_the_voices_and_check_names_what_is_left_to_record(shell: Shell) -> None:
    before = shell.run("voice", "check")
    assert before.returncode == 1 and "motcua voice build --language vi" in before.stdout
    built = shell.run("voice", "build", "--calls")
    assert built.stdout.splitlines() == [
        "vi: đã tạo 47 câu, giữ 0 câu ghi âm, giọng espeak-ng (vi+f5, 135, 50, room 1+0, treble -6 dB)",
        "en: đã tạo 60 câu, giữ 0 câu ghi âm, giọng espeak-ng (en-gb, 150, 50)",
    ]
    after = shell.run("voice", "check")
    assert after.returncode == 1
    assert after.stdout.startswith("Giọng hre thiếu 17 câu (“Mời bà con có số”, “đến quầy số”, “không”")
    assert "motcua voice build --language vi" in after.stdout.splitlines()[1], "the pages are still silent"
    assert len(after.stdout.splitlines()) == 2


def test_piper_reads_the_language_of_its_model(shell: Shell, tmp_path: Path) -> None:
    file = model(tmp_path)
    shell.config.write_text(
        shell.config.read_text(encoding="utf-8").replace(
            "quiet = false  ", f'piper = "{fake_piper(tmp_path)}"\nquiet = false  '
        ),
        encoding="utf-8",
    )
    by_option = shell.run("voice", "build", "--calls", "--engine", "piper", "--model", str(file))
    assert by_option.stdout == "vi: đã tạo 47 câu, giữ 0 câu ghi âm, giọng piper (vi_VN-test-medium)\n"


def test_one_line_of_the_configuration_switches_to_piper(shell: Shell, tmp_path: Path) -> None:
    shell.config.write_text(
        shell.config.read_text(encoding="utf-8").replace(
            "quiet = false  ", f'piper = "{fake_piper(tmp_path)}"\nmodel = "{model(tmp_path)}"\nquiet = false  '
        ),
        encoding="utf-8",
    )
    done = shell.run("voice", "build", "--calls", "--language", "vi")
    assert done.stdout == "vi: đã tạo 47 câu, giữ 0 câu ghi âm, giọng piper (vi_VN-test-medium)\n"
    assert "model" not in shell.run("voice", "check").stdout
    (tmp_path / "vi_VN-test-medium.onnx").unlink()
    assert "hãy ghi đúng tệp mô hình giọng. Xem docs/voice.md" in shell.run("voice", "check").stdout
    assert "không có tệp" in shell.run("voice", "build", "--calls").stderr


def test_a_pack_is_carried_from_one_machine_to_another(shell: Shell, tmp_path: Path) -> None:
    shell.run("voice", "build", "--calls", "--language", "vi")
    pack = tmp_path / "giong-vi.zip"
    assert shell.run("voice", "export", "vi", "--to", str(pack)).returncode == 0
    (tmp_path / "other").mkdir()
    other = Shell(tmp_path / "other")
    brought = other.run("voice", "import", str(pack))
    assert (brought.returncode, brought.stdout.partition(",")[0]) == (0, "vi: 47 câu")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("voice", "export", "hre", "--to", "x.zip"), 1, "chưa có gói giọng “hre”; hãy ghi âm"),
        (
            ("voice", "export", "../etc", "--to", "x.zip"),
            1,
            "“../etc” không phải là mã ngôn ngữ; hãy viết hai hoặc ba chữ cái",
        ),
        (("voice", "import", "/nowhere/x.zip"), 1, "không có tệp hoặc thư mục này"),
        (("voice", "import", __file__), 1, "tệp không phải gói giọng hoặc đã hỏng; hãy xuất hoặc tải lại"),
        (("voice", "build", "--language", "hre"), 2, "invalid choice"),
        (("voice", "build", "--engine", "piper"), 1, "piper cần tệp mô hình giọng"),
        (
            ("voice", "build", "--model", "/nowhere/x.onnx"),
            1,
            "không có tệp /nowhere/x.onnx; hãy ghi đúng tệp mô hình giọng",
        ),
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
