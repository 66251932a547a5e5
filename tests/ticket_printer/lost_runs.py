"""Runs of bytes lost on a line, by arithmetic: what the printer's answers show, and what lies on the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from ticket_printer.protocol.commands import ASK_PAPER_IN_TURN, process_id
from ticket_printer.protocol.pieces import pieces
from ticket_printer.protocol.profiles import Profile
from ticket_printer.rendering.encoding import encode_slip
from ticket_printer.rendering.render_mode import RenderMode
from ticket_printer.simulator.paper import Paper
from ticket_printer.simulator.print_head import PrintHead
from ticket_printer.slip import Slip

BARRIERS = 3  # questions behind a slip whose proof has no name
LONGEST = 512


class _AtEnd(Exception):
    """The printer waits for bytes that do not come."""


def stream_of(slip: Slip, known: Profile, mode: RenderMode) -> bytes:
    """All bytes of a slip as the driver sends them: pieces, a question behind each, and what asks for the proof."""
    parts = pieces(encode_slip(slip, known.width_dots, known, mode))
    end = process_id(1) if known.proof == "process_id" else ASK_PAPER_IN_TURN * BARRIERS
    return b"".join(piece + ASK_PAPER_IN_TURN for piece in parts) + end


def printed(stream: bytes, width: int) -> tuple[Counter[str], list[bytes]]:
    """The answers by kind, and the papers that were cut."""
    at, answers = 0, Counter[str]()

    def take(count: int) -> bytes:
        nonlocal at
        if at + count > len(stream):
            raise _AtEnd
        at += count
        return stream[at - count : at]

    def answer(kind: str, _: bytes) -> None:
        answers[kind] += 1
        if kind == "cut":
            paper.cut()

    paper = Paper(width, None, lambda rows: None)
    head = PrintHead(paper, take, answer)
    try:
        while at < len(stream):
            head.step()
    except _AtEnd:
        pass
    del answers["cut"]
    return answers, [picture.tobytes() for picture in paper.pictures]


def runs(length: int, count: int, seed: int) -> Iterator[tuple[int, int]]:
    """(byte, how many from there): uniform over the slip."""
    chance = Random(seed)
    for _ in range(count):
        yield chance.randrange(length), chance.randint(1, LONGEST)


def unseen(stream: bytes, width: int, lost: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the runs after which every answer came and the paper is another."""
    whole = printed(stream, width)
    assert whole[1], "the slip was cut"
    wrong = []
    for at, count in lost:
        answers, papers = printed(stream[:at] + stream[at + count :], width)
        if answers == whole[0] and papers != whole[1]:
            wrong.append((at, count))
    return wrong
