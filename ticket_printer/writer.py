"""One printer's slips as bytes, in the way that suits its line; and what it keeps of them in its memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ticket_printer.errors import PrinterError
from ticket_printer.profiles import Profile
from ticket_printer.slip import Slip
from ticket_printer.ways import BAUD, BITS_A_BYTE, Way, way_for, while_storing

if TYPE_CHECKING:
    from ticket_printer.line import Line
    from ticket_printer.stored import Stock

ANSWER_S = 1.0  # to the question for its keys
PIECE_S = 5.0  # for one picture into the memory: writing it stops a printer longer than paper ever does
TICK_S = 0.05
TRIES = 3  # a printer that stops so often while storing is left alone until the service starts again
BLOCKS_AT_MOST = 100


class Writer:
    """`baud` None: a line faster than paper. `opened`: the line as it is now. Used by the printer's one thread."""

    def __init__(
        self,
        known: Profile,
        width: int,
        baud: int | None,
        monotonic: Callable[[], float],
        opened: Callable[[], Line | None],
    ) -> None:
        self._known, self._width, self._baud, self._monotonic = known, width, baud, monotonic
        self._opened = opened
        self.wanted = way_for(known, baud, width)
        self._stock: Stock | None = None
        self._line: Line | None = None  # the one that the next two speak of
        self._left: Iterator[bytes] | None = None
        self._held: bool | None = None
        self._failures = 0

    @property
    def way(self) -> Way:
        """How the next slip goes; another than `wanted` as long as the printer does not hold our pictures."""
        known = self._held and self._line is not None and self._line is self._opened()
        if self.wanted.kind == "stored" and not known:
            return while_storing(self._known, self._baud, self._width)
        return self.wanted

    def parts(self, slip: Slip) -> Iterator[bytes]:
        """Whole commands from initialisation to cut; the first come before the last are drawn."""
        from ticket_printer.writing import written

        yield from written(slip, self._width, self._known, self.way, self._stock)

    def prepare(self, line: Line, samples: Callable[[], Iterable[Slip]]) -> bool:
        """One step towards a printer that holds the pictures of the samples; whether there is more to do.

        Call it when nothing is to be printed. Raises PrinterError when the line breaks.
        """
        if self.wanted.kind != "stored" or self._failures >= TRIES:
            return False
        if line is not self._line:
            self._line, self._left, self._held = line, None, None
        if self._held is not None:
            return False
        stock = self._stock = self._stock or self._made(samples)
        if self._left is None:
            return self._looked(line, stock, stock.upload())
        piece = next(self._left, None)
        if piece is None:
            return self._looked(line, stock, None)
        self._store(line, piece)
        return True

    def give_up(self) -> None:
        """Keep nothing in the printer until the service starts again."""
        self._failures = TRIES

    def forget(self) -> None:
        """Another printer may be on the line by now: ask again what it holds."""
        self._line = None

    def _looked(self, line: Line, stock: Stock, otherwise: Iterator[bytes] | None) -> bool:
        """Ask the printer what it holds; what to do when it lacks something (None: give up on this line)."""
        found = held_keys(line, self._monotonic)
        if found is not None and stock.lies_in(found):
            self._held = True
        elif found is None or otherwise is None:
            self._held = False
        else:
            self._left = otherwise
        return self._held is None

    def _store(self, line: Line, piece: bytes) -> None:
        """One picture, and the printer's answer behind it: never more than one is on the way.

        Raises PrinterError when it does not come.
        """
        until = self._monotonic() + PIECE_S + len(piece) * BITS_A_BYTE / (self._baud or BAUD)
        line.send_in_turn(piece, until)
        while line.owed:
            if self._monotonic() >= until:
                self._failures += 1
                raise PrinterError("deadline", True, "the printer stores nothing more")
            line.listen(TICK_S)

    def _made(self, samples: Callable[[], Iterable[Slip]]) -> Stock:
        from ticket_printer.stored import stock_of

        known = self._known
        return stock_of(samples(), self._width, known.centring, known.doubling, known.graphics_bytes)


def held_keys(line: Line, monotonic: Callable[[], float]) -> frozenset[bytes] | None:
    """The keys of all pictures in the printer's memory; None when it does not answer. Raises PrinterError."""
    from ticket_printer.stored import LIST_KEYS, NEXT_BLOCK, listed

    found: frozenset[bytes] = frozenset()
    question, more = LIST_KEYS, True
    for _ in range(BLOCKS_AT_MOST):
        line.send(question, monotonic() + ANSWER_S)
        block = _block(line, monotonic)
        if block is None:
            return None
        keys, more = listed(block)
        found, question = found | keys, NEXT_BLOCK
        if not more:
            line.send(NEXT_BLOCK, monotonic() + ANSWER_S)
            return found
    raise PrinterError("no_answer", True, "the list of stored pictures does not end")


def _block(line: Line, monotonic: Callable[[], float]) -> bytes | None:
    from ticket_printer.replies import Block
    from ticket_printer.stored import LISTED

    until = monotonic() + ANSWER_S
    while (left := until - monotonic()) > 0:
        for reply in line.listen(left):
            if isinstance(reply, Block) and reply.data.startswith(LISTED):
                return reply.data
    return None
