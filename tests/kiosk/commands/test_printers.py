"""`motcua printer …` as a technician uses it, in front of a virtual printer that is moved through its control port."""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import os
import pty
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.loading import sample_text
from kiosk.cli import main
from kiosk.commands.demo import free_port
from tests.ticket_printer.slips import until
from ticket_printer.delivery.driver import PrintOutcome, TicketPrinter
from ticket_printer.protocol.profiles import profile
from ticket_printer.simulator.printer import SimulatedPrinter

ROOT = Path(__file__).resolve().parents[3]
HANDS = {"1/4": '{"cover": "open"}', "2/4": '{"cover": "closed"}', "3/4": '{"paper": "out"}', "4/4": '{"paper": "ok"}'}


class Bench:
    """A virtual printer on the table, the technician's terminal beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.device = SimulatedPrinter(paper_dir=folder / "paper", mm_per_s=900.0, cut_s=0.02, control=("127.0.0.1", 0))
        self.device.start()
        config = folder / "office.toml"
        config.write_text(sample_text(), encoding="utf-8")
        url = "tcp://{}:{}".format(*self.device.address)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MOTCUA")},
            "MOTCUA_HOME": str(folder / "state"),
            "MOTCUA_CONFIG": str(config),
            "MOTCUA__PRINTER": json.dumps([{"name": "hall", "url": url, "profile": "generic-80"}]),
        }

    def order(self, line: str) -> None:
        with socket.create_connection(self.device.control_address, 5) as control:
            control.sendall(line.encode() + b"\n")
            assert b"error" not in control.recv(4000)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "kiosk.cli", "printer", *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """In this process, without a terminal."""
        said, complained = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", io.StringIO())
            for name in ("MOTCUA_HOME", "MOTCUA_CONFIG", "MOTCUA__PRINTER"):
                patch.setenv(name, self.environment[name])
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
                code = main(["printer", *arguments])
        return subprocess.CompletedProcess(arguments, code, said.getvalue(), complained.getvalue())

    def run_with_hands(self, *arguments: str) -> tuple[int, str]:
        """Somebody does what is asked for; answers the exit code and what was said."""
        said = ""
        with subprocess.Popen(
            self.command(*arguments),
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                said += line
                if line[:3] in HANDS:
                    self.order(HANDS[line[:3]])
        return process.returncode, said

    @property
    def profiles(self) -> Path:
        return self.folder / "state" / "profiles"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.device.stop()


def test_status_says_in_vietnamese_how_each_printer_is(bench: Bench) -> None:
    assert bench.run("status").stdout == "hall: OK: Máy in sẵn sàng.\n"
    bench.order('{"paper": "out"}')
    done = bench.run("status")
    assert done.returncode == 1 and "hall: FAULT paper_out: Hết giấy" in done.stdout


def test_a_trial_without_a_terminal_prints_one_slip_and_keeps_nothing(bench: Bench) -> None:
    done = bench.run("test")
    assert done.returncode == 0 and "Đã in: hall" in done.stdout
    assert bench.device.count == 1
    assert not bench.profiles.exists()


def test_a_trial_without_paper_says_what_to_do_and_sends_nothing(bench: Bench) -> None:
    bench.order('{"paper": "out"}')
    done = bench.run("test")
    assert done.returncode == 1 and "Hết giấy: lắp cuộn mới" in done.stdout
    assert bench.device.waiting < 100 and bench.device.count == 0


def test_a_printer_that_cannot_be_reached_names_the_service_as_a_possible_user(bench: Bench) -> None:
    bench.device.stop()
    done = bench.run("test", "--yes")
    assert done.returncode == 1 and "/admin/printers" in done.stdout


def test_hands_at_the_printer_make_a_profile_that_the_office_can_use(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = bench.run_with_hands("test", "--yes", "--wait", "20")
    assert code == 0, said
    assert said.count("Máy in báo đúng.") == 2 and 'profile = "hall"' in said
    monkeypatch.setenv("MOTCUA_HOME", str(bench.folder / "state"))
    known = profile("hall")
    assert (known.proof, known.status_trusted, known.near_end, known.status_back) == ("process_id", True, True, True)
    assert known.width_dots == 576
    bench.environment["MOTCUA__PRINTER"] = bench.environment["MOTCUA__PRINTER"].replace("generic-80", "hall")
    assert "Đã in: hall" in bench.run("test").stdout


def test_a_printer_without_process_ids_is_proven_by_its_queue(bench: Bench) -> None:
    bench.order('{"process_id": false}')
    code, said = bench.run_with_hands("test", "--yes", "--wait", "20", "--save", "quay-in")
    assert code == 0 and "có, theo thứ tự in" in said
    assert profile("quay-in", bench.profiles).proof == "queue"
    readable = [path.stat().st_mode & 0o777 for path in (bench.profiles, bench.profiles / "quay-in.toml")]
    assert readable == [0o755, 0o644], "a technician works as root, the service does not"


def test_a_printer_that_says_nothing_ends_with_a_profile_that_expects_nothing(bench: Bench) -> None:
    bench.order('{"silent": true}')
    done = bench.run("test", "--yes", "--wait", "20")
    code, said = done.returncode, done.stdout
    assert code == 0 and "Máy in không trả lời câu hỏi nào." in said and "1/4" not in said
    known = profile("hall", bench.profiles)
    assert (known.proof, known.status_trusted) == ("none", False)
    assert "“chưa rõ”" in said


def test_hands_that_change_nothing_leave_a_printer_untrusted(bench: Bench) -> None:
    done = bench.run("test", "--yes", "--wait", "0.5")
    assert done.returncode == 0 and done.stdout.count("Máy in không báo gì.") == 2
    assert profile("hall", bench.profiles).status_trusted is False


def test_one_name_cannot_be_given_to_two_printers(bench: Bench) -> None:
    one = json.loads(bench.environment["MOTCUA__PRINTER"])[0]
    bench.environment["MOTCUA__PRINTER"] = json.dumps([one, {**one, "name": "gate"}])
    done = bench.run("test", "--yes", "--save", "both")
    assert done.returncode == 1 and "--name" in done.stderr
    assert bench.run("test", "--name", "nowhere").returncode == 1


ANSWERS = {
    "hai đầu thước": "k",
    "mi-li-mét thứ mấy": "64",
    "vạch 50": "99",
    "từ 40 đến 70": "56",
    "đủ dấu": "c",
    "cắt thế nào": "d",
    "phạm vào dòng cuối": "c",
    "Từ chỗ cắt": "6",
    "hai vạch đen": "c",
    "ô đen ở giữa": "k",
    "C: có ô QR": "c",
    "D: các chữ": "c",
}


def test_what_the_technician_reads_off_the_paper_stands_in_the_profile(bench: Bench) -> None:
    said = at_a_terminal(bench, ANSWERS)
    known = profile("hall", bench.profiles)
    assert (known.width_dots, known.dpi, known.cutter) == (512, 180, "full"), said
    assert known.feed_rows == 64, "6 mm that the blade cut off and 3 to spare, at 180 dots an inch"
    assert 1 <= known.answer_ms < 500
    assert (known.doubling, known.centring, known.native_qr, known.code_page) == (True, False, True, "tcvn")
    assert until(lambda: bench.device.count == 2)


def at_a_terminal(bench: Bench, answers: dict[str, str]) -> str:
    """Questions are answered when they stand on the screen; Enter is pressed where nothing happens."""
    master, slave = pty.openpty()
    left, said, seen = dict(answers), "", 0
    with subprocess.Popen(
        bench.command("test", "--wait", "30"), env=bench.environment, cwd=ROOT, stdin=slave, stdout=slave, stderr=slave
    ) as process:
        os.close(slave)
        letters = codecs.getincrementaldecoder("utf-8")()
        while chunk := _read(master):
            said += letters.decode(chunk)
            fresh = said[seen:]
            for words in [words for words in left if words in fresh and fresh.rstrip(" ").endswith(("]", "?"))]:
                os.write(master, left.pop(words).encode() + b"\n")
                seen = len(said)
            if "(Enter:" in fresh:
                os.write(master, b"\n")
                seen = len(said)
    os.close(master)
    assert process.returncode == 0, said
    return said


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:
        return b""


# ---- the virtual printer
def ordered(control: int, **order: object) -> dict[str, object]:
    with socket.create_connection(("127.0.0.1", control), 5) as line, line.makefile("rw") as lines:
        print(json.dumps(order), file=lines, flush=True)
        found: dict[str, object] = json.loads(lines.readline())
        return found


@pytest.mark.parametrize("door", ["tcp", "pty"])
def test_a_presenter_is_simulated_from_the_command_line(tmp_path: Path, door: str) -> None:
    port, control, link = free_port(), free_port(), tmp_path / "ttyS9"
    where = ["--listen", f"127.0.0.1:{port}"] if door == "tcp" else ["--pty", str(link)]
    command = [sys.executable, "-m", "kiosk.cli", "simulate", "printer", *where, "--control", f"127.0.0.1:{control}"]
    url = f"tcp://127.0.0.1:{port}" if door == "tcp" else f"serial://{link}?baud=115200&flow=xon"
    with subprocess.Popen(
        [*command, "--presenter", "--xon", "--speed", "900"], cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None and "simulate printer" in process.stderr.readline()
        shown = ordered(control)
        assert (shown["presenter"], shown["xon"], shown["rows"]) == (True, True, 0)
        printer = TicketPrinter(url, "custom-vkp80")
        assert until(printer.free_presenter)
        assert printer.send([b"\x1bJ\x40\x1bi\x1de\x03\x0c"], 1) == PrintOutcome("PRINTED")
        assert ordered(control)["mouth"] is True and not printer.free_presenter()
        assert ordered(control, take=True)["mouth"] is False and printer.free_presenter()
        printer.close()
        process.terminate()
