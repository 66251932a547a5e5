"""A CUPS queue, through commands that behave as lp, lpstat and cancel do (their words as CUPS 2.4 prints them)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ticket_printer.papers import parts
from ticket_printer.delivery.driver import PrintOutcome, TicketPrinter

COMMANDS = {
    "lp": 'n=$(( $(cat "$D/n" 2>/dev/null || echo 0) + 1 )); echo $n >"$D/n"; cat >"$D/hall-$n"\n'
    '[ -e "$D/stuck" ] && echo "hall-$n" >>"$D/waiting"\necho "request id is hall-$n (0 file(s))"',
    "lpstat": 'case "$*" in\n'
    '*-o*) [ -e "$D/waiting" ] && while read j; do echo "$j motcua 1024 Tue 24 Nov"; done <"$D/waiting"; exit 0;;\n'
    '*hall*) [ -e "$D/alert" ] && cat "$D/alert" || echo "printer hall is idle.  enabled since Tue"; exit 0;;\n'
    '*) echo "lpstat: Invalid destination name in list" >&2; exit 1;; esac',
    "cancel": 'grep -v "^$1$" "$D/waiting" >"$D/left"; mv "$D/left" "$D/waiting"; echo "$1" >>"$D/cancelled"',
}


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands keep their jobs."""
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for name, text in COMMANDS.items():
        (bin_ / name).write_text(f'#!/bin/sh\nD="{tmp_path}"\n{text}\n', encoding="ascii")
        (bin_ / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_}:/usr/bin:/bin")
    return tmp_path


def test_a_queue_gets_the_slip_whole_and_proves_nothing(queue: Path) -> None:
    printer = TicketPrinter("cups://hall", "generic-80")
    assert printer.send(parts(1), 1) == PrintOutcome("UNKNOWN", "no_proof")
    assert (queue / "hall-1").read_bytes() == b"".join(parts(1))
    assert printer.send(parts(2), 2) == PrintOutcome("UNKNOWN", "no_proof")
    printer.close()


def test_a_slip_that_stays_in_the_queue_is_cancelled_and_never_comes_out_later(
    queue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ticket_printer.delivery.delivery_protocol.GRACE_S", 0.2)
    monkeypatch.setattr("ticket_printer.delivery.delivery_protocol.PAPER_S", 0.2)
    (queue / "stuck").touch()
    printer = TicketPrinter("cups://hall", "generic-80")
    assert printer.send(parts(1), 1) == PrintOutcome("UNKNOWN", "deadline")
    assert (queue / "cancelled").read_text(encoding="ascii").split() == ["hall-1"]
    assert (queue / "waiting").read_text(encoding="ascii") == ""
    printer.close()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("printer hall now printing hall-3.\n\tAlerts: media-empty-error", "paper_out"),
        ("printer hall is idle.\n\tAlerts: cover-open-warning", "cover_open"),
        ("printer hall disabled since Tue -\n\tPaused", "offline"),
    ],
)
def test_what_the_queue_knows_of_its_printer_is_a_fault(queue: Path, said: str, reason: str) -> None:
    (queue / "alert").write_text(said, encoding="ascii")
    printer = TicketPrinter("cups://hall", "generic-80")
    assert printer.send(parts(1), 1) == PrintOutcome("NOT_PRINTED", reason)
    assert not (queue / "hall-1").exists()
    printer.close()


def test_a_slip_that_the_queue_refuses_is_not_printed_and_the_log_says_why(
    queue: Path, caplog: pytest.LogCaptureFixture
) -> None:
    printer = TicketPrinter("cups://hall", "generic-80")
    (queue / "bin" / "lp").write_text('#!/bin/sh\necho "lp: Destination is not accepting jobs" >&2; exit 1\n')
    assert printer.send(parts(1), 1) == PrintOutcome("NOT_PRINTED", "refused")
    assert "not accepting jobs" in caplog.text
    assert not (queue / "cancelled").exists()
    printer.close()


def test_a_slip_of_which_nobody_knows_whether_the_queue_took_it_is_unknown(
    queue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ticket_printer.transport.cups.COMMAND_S", 0.3)
    printer = TicketPrinter("cups://hall", "generic-80")
    (queue / "bin" / "lp").write_text("#!/bin/sh\nexec sleep 2\n")
    assert printer.send(parts(1), 1) == PrintOutcome("UNKNOWN", "unreachable")
    printer.close()


def test_a_queue_that_does_not_exist_is_unreachable(queue: Path) -> None:
    assert TicketPrinter("cups://none", "generic-80").status().reason == "unreachable"


def test_without_the_commands_of_cups_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert TicketPrinter("cups://hall", "generic-80").status().reason == "unsupported"
