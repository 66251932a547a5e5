"""Bytes lost on a line without a handshake: what the printer's answers show of it, by arithmetic over whole slips."""

from __future__ import annotations

import pytest

from tests.ticket_printer.lost_runs import LONGEST, printed, runs, stream_of, unseen
from tests.ticket_printer.slips import SLIP
from ticket_printer.protocol.profiles import profile
from ticket_printer.rendering.render_mode import choose_render_mode

# profile, baud (None: a line faster than paper), runs of a hundred that no answer shows, at most
LINES = [
    ("generic-80", None, 2),
    ("generic-80", 9600, 6),
    ("epson-tm-t20", None, 2),
    ("epson-tm-t20", 9600, 6),
    ("xprinter-80", 115200, 2),
]


def unseen_of(name: str, baud: int | None, count: int, seed: int = 1) -> int:
    known = profile(name)
    mode = choose_render_mode(known.model_copy(update={"graphics_bytes": 0}), baud)
    stream = stream_of(SLIP, known, mode)
    return len(unseen(stream, known.width_dots, runs(len(stream), count, seed)))


def test_the_arithmetic_knows_a_whole_slip_from_one_that_lacks_its_number() -> None:
    known = profile("generic-80")
    stream = stream_of(SLIP, known, choose_render_mode(known, 9600))
    answers, papers = printed(stream, known.width_dots)
    assert len(papers) == 1 and answers["paper"] == 14
    assert printed(stream[: len(stream) // 2], known.width_dots)[1] == []
    assert LONGEST == 512


def test_nearly_every_run_lost_from_a_slow_slip_is_seen() -> None:
    assert unseen_of("generic-80", 9600, 40) <= 4


@pytest.mark.soak
@pytest.mark.parametrize(("name", "baud", "most"), LINES)
def test_two_thousand_runs_lost_anywhere(name: str, baud: int | None, most: int) -> None:
    """Why a line without a handshake proves nothing; decision 40 has the figures."""
    assert unseen_of(name, baud, 400) <= 4 * most
