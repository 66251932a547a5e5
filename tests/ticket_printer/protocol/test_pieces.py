"""A slip in pieces."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from ticket_printer.protocol.pieces import pieces

commands = st.lists(st.binary(min_size=1, max_size=60), min_size=1, max_size=30)


@given(commands, st.integers(1, 200))
def test_pieces_are_the_slip_and_end_where_a_command_ends(parts: list[bytes], size: int) -> None:
    found = list(pieces(iter(parts), size))
    assert b"".join(found) == b"".join(parts)
    ends = {len(b"".join(parts[:n])) for n in range(len(parts) + 1)}
    assert {len(b"".join(found[:n])) for n in range(len(found) + 1)} <= ends
    assert all(len(piece) <= max(size, max(map(len, parts))) for piece in found)


def test_the_first_command_goes_out_before_the_third_is_drawn() -> None:
    drawn = []

    def drawing() -> Iterator[bytes]:
        for n in range(5):
            drawn.append(n)
            yield b"x" * 10

    assert next(pieces(drawing())) == b"x" * 10
    assert drawn == [0, 1]


def test_a_piece_ends_directly_behind_each_picture() -> None:
    """The small commands before it go with it: bytes lost in its dots take the question behind it with them."""
    feed, centre, picture = b"\x1bJ\x08", b"\x1ba\x01", b"\x1dv0\x00" + bytes(200)
    assert list(pieces([b"\x1b@", feed, centre + picture, picture, feed, feed, picture])) == [
        b"\x1b@",
        feed + centre + picture,
        picture,
        feed + feed + picture,
    ]


def test_letters_are_parted_after_about_a_hundred_bytes() -> None:
    lines = [b"a line of letters, thirty long\n"] * 12
    assert [len(piece) // 31 for piece in pieces(lines)] == [1, 4, 4, 3]
