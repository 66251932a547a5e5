"""Encodes one printer's slips in the mode that suits its line, and keeps reusable pictures in its memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ticket_printer.errors import PrinterError
from ticket_printer.protocol.profiles import Profile
from ticket_printer.rendering.render_mode import (
    BAUD,
    BITS_A_BYTE,
    RenderMode,
    choose_render_mode,
    mode_without_graphics,
)
from ticket_printer.slip import Slip

if TYPE_CHECKING:
    from ticket_printer.delivery.printer_link import PrinterLink
    from ticket_printer.rendering.stored_graphics import StoredGraphics

ANSWER_S = 1.0  # to the question for its keys
PIECE_S = 5.0  # for one picture into the memory: writing it stops a printer longer than paper ever does
TICK_S = 0.05
TRIES = 3  # a printer that stops so often while storing is left alone until the service starts again
BLOCKS_AT_MOST = 100


class SlipEncoder:
    """`baud` None: a line faster than paper. `clean_link`: the open link, if any. Used by the printer's one thread."""

    def __init__(
        self,
        known: Profile,
        width: int,
        baud: int | None,
        monotonic: Callable[[], float],
        clean_link: Callable[[], PrinterLink | None],
    ) -> None:
        self._known, self._width, self._baud, self._monotonic = known, width, baud, monotonic
        self._clean_link = clean_link
        self.preferred_mode = choose_render_mode(known, baud, width)
        self._graphics: StoredGraphics | None = None
        self._link: PrinterLink | None = None  # to which the next two fields apply
        self._upload: Iterator[bytes] | None = None
        self._held: bool | None = None  # whether the printer holds the graphics; None: not known yet
        self._failures = 0

    @property
    def mode(self) -> RenderMode:
        """Of the next slip; another than `preferred_mode` as long as the printer does not hold our pictures."""
        held = self._held and self._link is not None and self._link is self._clean_link()
        if self.preferred_mode.kind == "stored" and not held:
            return mode_without_graphics(self._known, self._baud, self._width)
        return self.preferred_mode

    def encode(self, slip: Slip) -> Iterator[bytes]:
        """Whole commands from initialisation to cut; the first come before the last are drawn."""
        from ticket_printer.rendering.encoding import encode_slip

        keys = self._graphics.keys if self._graphics else None
        yield from encode_slip(slip, self._width, self._known, self.mode, keys)

    def prepare(self, link: PrinterLink, samples: Callable[[], Iterable[Slip]]) -> bool:
        """One step towards a printer that holds the pictures of the samples; whether there is more to do.

        Call it when nothing is to be printed. Raises PrinterError when the line breaks.
        """
        if self.preferred_mode.kind != "stored" or self._failures >= TRIES:
            return False
        if link is not self._link:
            self._link, self._upload, self._held = link, None, None
        if self._held is not None:
            return False
        graphics = self._graphics = self._graphics or self._select(samples)
        if self._upload is None:
            return self._check_memory(link, graphics, graphics.upload())
        command = next(self._upload, None)
        if command is None:
            return self._check_memory(link, graphics, None)
        self._store(link, command)
        return True

    def give_up(self) -> None:
        """Keep nothing in the printer until the service starts again."""
        self._failures = TRIES

    def forget_memory(self) -> None:
        """Another printer may be on the line by now: ask again what it holds."""
        self._link = None

    def _check_memory(self, link: PrinterLink, graphics: StoredGraphics, upload: Iterator[bytes] | None) -> bool:
        """Ask the printer what it holds; `upload`: what to send when it lacks something (None: give up on this line).

        Returns whether there is more to do.
        """
        keys = read_stored_keys(link, self._monotonic)
        if keys is not None and graphics.is_held_by(keys):
            self._held = True
        elif keys is None or upload is None:
            self._held = False
        else:
            self._upload = upload
        return self._held is None

    def _store(self, link: PrinterLink, command: bytes) -> None:
        """Send one picture and wait for the answer behind it: never more than one is on the way.

        Raises PrinterError when the answer does not come.
        """
        until = self._monotonic() + PIECE_S + len(command) * BITS_A_BYTE / (self._baud or BAUD)
        link.send_with_barrier(command, until)
        while link.owed:
            if self._monotonic() >= until:
                self._failures += 1
                raise PrinterError("deadline", retryable=True, detail="the printer stores nothing more")
            link.listen(TICK_S)

    def _select(self, samples: Callable[[], Iterable[Slip]]) -> StoredGraphics:
        from ticket_printer.rendering.stored_graphics import select_graphics

        known = self._known
        return select_graphics(samples(), self._width, known.centring, known.doubling, known.graphics_bytes)


def read_stored_keys(link: PrinterLink, monotonic: Callable[[], float]) -> frozenset[bytes] | None:
    """The keys of all pictures in the printer's memory; None when it does not answer. Raises PrinterError."""
    from ticket_printer.rendering.stored_graphics import LIST_KEYS, NEXT_BLOCK, parse_key_block

    keys: frozenset[bytes] = frozenset()
    question = LIST_KEYS
    for _ in range(BLOCKS_AT_MOST):
        link.send(question, monotonic() + ANSWER_S)
        block = _next_key_block(link, monotonic)
        if block is None:
            return None
        more_keys, more = parse_key_block(block)
        keys, question = keys | more_keys, NEXT_BLOCK
        if not more:
            link.send(NEXT_BLOCK, monotonic() + ANSWER_S)
            return keys
    raise PrinterError("no_answer", retryable=True, detail="the list of stored pictures does not end")


def _next_key_block(link: PrinterLink, monotonic: Callable[[], float]) -> bytes | None:
    from ticket_printer.protocol.replies import Block
    from ticket_printer.rendering.stored_graphics import LISTED

    until = monotonic() + ANSWER_S
    while (left := until - monotonic()) > 0:
        for reply in link.listen(left):
            if isinstance(reply, Block) and reply.data.startswith(LISTED):
                return reply.data
    return None
